"""What a PDF says beside its pages: bookmarks, the numbers printed on them, attached files.

pypdf reads the objects of the file, PDFium what is shown; where the file is not as it should be
pypdf reads nothing, and no more is lost than these.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from corpus.formats.extracted import HeadingMark, Page

__all__ = ["Inside", "bookmarked", "inside"]

# Against files made to be slow, by eye: a code of laws has some 200 chapters.
_MOST_BOOKMARKS = 5000
_MOST_ATTACHED = 50
_LONGEST_LABEL = 12
_DEEPEST = 9
# What a file that is not as it should be raises in pypdf, beside its own errors.
_ODD = (LookupError, ValueError, TypeError, AttributeError, RecursionError, OSError, zlib.error)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading's words and level (1 is the highest), and the number of its page from 1."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class Inside:
    """``labels`` are the pages' printed numbers, one a page, or none where all are as counted."""

    bookmarks: tuple[Bookmark, ...] = ()
    labels: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()


def inside(content: bytes) -> Inside:
    """What pypdf finds; nothing of what it cannot read."""
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    odd = (PyPdfError, DependencyError, *_ODD)
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        count = len(reader.pages)
    except odd:
        return Inside()
    found: list[tuple[Any, ...]] = []
    for read in (_bookmarks, _labels, _attached):
        try:
            found.append(tuple(read(reader, count)))
        except odd:
            found.append(())
    return Inside(*found)


def bookmarked(
    text: str, pages: Sequence[Page], bookmarks: Sequence[Bookmark]
) -> tuple[HeadingMark, ...]:
    """The lines that a bookmark names, on its page or where the line of the page before goes on."""
    starts = {page.number: page.start for page in pages}
    marks: dict[int, HeadingMark] = {}
    for bookmark in bookmarks:
        first = starts.get(bookmark.page)
        if first is None:
            continue
        end = starts.get(bookmark.page + 1, len(text))
        at = text.rfind("\n", 0, first) + 1
        while at < max(end, first + 1):
            line = text[at:].partition("\n")[0]
            if _bare(line) == _bare(bookmark.title) and at not in marks:
                marks[at] = HeadingMark(at, bookmark.level)
                break
            at += len(line) + 1
    return tuple(marks[at] for at in sorted(marks))


def _bare(words: str) -> str:
    return "".join(words.split())


def _bookmarks(reader: Any, count: int) -> Iterator[Bookmark]:
    def walk(items: Sequence[Any], level: int) -> Iterator[Bookmark]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, min(level + 1, _DEEPEST))
                continue
            page = reader.get_destination_page_number(item)
            title = str(item.title or "").strip()
            if title and page is not None and 0 <= page < count:
                yield Bookmark(title, page + 1, level)

    yield from islice(walk(reader.outline, 1), _MOST_BOOKMARKS)


def _labels(reader: Any, count: int) -> Sequence[str]:
    if "/PageLabels" not in reader.root_object:
        return ()
    labels = [str(label)[:_LONGEST_LABEL] for label in reader.page_labels]
    counted = [str(number) for number in range(1, count + 1)]
    return () if labels == counted or len(set(labels)) < count else labels


def _attached(reader: Any, count: int) -> Sequence[str]:
    return list(
        islice(dict.fromkeys(str(name)[:80] for name in reader.attachments), _MOST_ATTACHED)
    )

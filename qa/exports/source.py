"""A document's text beside how it was read: each stretch with its section, or on its page."""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Document, kept_files, load_register

__all__ = ["source_lines", "source_page"]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some lines of the text, and how they were read."""

    start: int
    said: str
    lines: Sequence[str]


def source_lines(document: Document) -> Iterator[str]:
    """Every stretch of the text in its order, the reading in brackets above it.

    What stands in no passage (the head, the foot, a table of contents) is there too, so that
    nothing of the text is missing.
    """
    pages = {page.start: page.label or str(page.number) for page in document.pages}
    for start, end, said in _readings(document):
        turned = [label for at, label in pages.items() if start <= at < end]
        page = f"（第{'、'.join(turned)}页起）" if turned else ""
        yield f"〔{said}〕{page}"
        yield from (f"  {line}" for line in _lines(document, start, end))


def source_page(home: Path, document: Document) -> str:
    """One HTML file that fetches nothing: each page's JPEG, and what was read of it at its side.

    Without a PDF kept in ``home`` (a Word file, a web page, a law) there is no picture.
    """
    from qa.markup import render

    own = next((each for each in load_register(home) if each.id == document.id), None)
    pictures: Iterable[bytes] = ()
    if own and own.format == "pdf":
        from corpus.formats.pdf import page_pictures

        pictures = page_pictures(kept_files(home, own)["original.pdf"])
    starts = [page.start for page in document.pages] or [0]
    parts: list[list[_Stretch]] = [[] for _ in starts]
    for start, end, said in _readings(document):
        for at, until in _by_page(start, end, starts):
            page = max(0, bisect_right(starts, at) - 1)
            parts[page].append(_Stretch(at, said, _lines(document, at, until)))
    drawn = [b64encode(picture).decode("ascii") for picture in pictures]
    labels = [page.label or str(page.number) for page in document.pages] or [""]
    drawn += [""] * (len(starts) - len(drawn))
    return render(
        "exports/source.html",
        title=document.title,
        warnings=own.warnings if own else (),
        pages=list(zip(labels, drawn, parts, strict=False)),
    )


def _readings(document: Document) -> list[tuple[int, int, str]]:
    """Where each stretch begins and ends, and how it was read."""
    outside = "题头、目录或页尾，不入检索"
    spans = [(each.start, each.end, outside) for each in document.furniture if each.kind == "page"]
    for passage in document.passages:
        path = " > ".join(section.heading for section in document.path(passage.section))
        said = "标题" if passage.kind == "heading" else passage.article or path or "不属于任何章节"
        if passage.article and path:
            said = f"{path} > {passage.article}"
        spans.append((passage.start, passage.end, said))
    return sorted(spans)


def _by_page(start: int, end: int, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A stretch in the pieces that stand on a page each."""
    cuts = [start, *(at for at in starts if start < at < end), end]
    return ((at, until) for at, until in zip(cuts, cuts[1:], strict=False) if at < until)


def _lines(document: Document, start: int, end: int) -> list[str]:
    return [line for line in document.text[start:end].split("\n") if line.strip()]

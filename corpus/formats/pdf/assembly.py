"""Pages that were read, put together to one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.formats.extracted import Page
from corpus.formats.pdf.layout import paragraphs, text_of
from corpus.formats.pdf.rows import PageLines, Row

__all__ = ["ReadPage", "assembled"]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, and how it was read.

    ``fault`` says what is wrong with its text, ``wanted`` what is missing to recognise it,
    ``slanted`` what is set across it (a watermark), ``stamped`` whether a seal hides words of it.
    """

    lines: PageLines
    method: Literal["text", "ocr"] = "text"
    confidence: float | None = None
    fault: str | None = None
    wanted: str | None = None
    slanted: str = ""
    stamped: bool = False


def assembled(read: Sequence[ReadPage], labels: Sequence[str]) -> tuple[str, tuple[Page, ...]]:
    """The text, and where each page begins; one without words begins where the next does."""
    starts: dict[int, int] = {}
    texts: list[str] = []
    size = 0
    for rows in paragraphs([page.lines for page in read]):
        for at, row in enumerate(rows):
            if row.page not in starts:
                before = len(text_of(rows[:at]))
                starts[row.page] = size + before + _gap(rows, at)
        texts.append(text_of(rows))
        size += len(texts[-1]) + 1
    text = "\n".join(texts)
    pages: list[Page] = []
    following = len(text)
    for page in reversed(read):
        number = page.lines.number
        following = starts.get(number, following)
        label = labels[number - 1] if number <= len(labels) else ""
        pages.append(Page(following, number, page.method, page.confidence, label))
    return text, tuple(reversed(pages))


def _gap(rows: Sequence[Row], at: int) -> int:
    """The space before a row inside a paragraph."""
    return len(text_of(rows[: at + 1])) - len(text_of(rows[:at])) - len(rows[at].text) if at else 0

"""Running heads and page numbers: what stands at the edge of pages and is no text of the document.

A line that differs from page to page is none of these, but for a number that counts the pages: a
telephone number or a serial number (编号：0012) is the page's own text. One that is the same on all
and says a number is kept once, and so is the head of a ruled table that goes on from page to page;
a sentence is no running head.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.pdf.rows import PageLines, Row, rows_of

__all__ = ["furniture"]

# Set by eye; half and double of each, where that can be, change nothing on made PDFs
# (benchmarks.measure.documents --type pdf).
_MARGIN = 0.15  # of the page's height, where running heads and page numbers stand
_MOST_OF_HEAD = 0.5  # of the page's width: with two pages only, a longer line is no running head
_PAGE_NUMBER = re.compile(
    r"[-—–－―~·•一\s]*(?:\d{1,4}|[ivxlc]{1,6})[-—–－―~·•一\s]*|\d{1,4}\s*/\s*\d{1,4}"
    r"|第?\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页)?|Page\s*\d+(?:\s*of\s*\d+)?",
    re.I,
)
_COUNTED = re.compile(r"(?<![\d：:#№号—-])\s*([1-9]\d{0,3})(?!\d)")
_SENTENCE = re.compile(r"[\u4e00-\u9fff].*[。；]$")
_SAYS_A_NUMBER = re.compile(r"[：:]\s*\S*\d{3,}|\d{3,4}[-—]\d{7,8}")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the upper or the lower edge of its page; ``key`` is its text without figures."""

    row: Row
    key: str
    low: bool

    @property
    def place(self) -> int:
        """How far down it stands, in its own height."""
        return round(self.row.top / self.row.height)


def furniture(pages: Sequence[PageLines]) -> Iterator[Row]:
    """Page numbers, and what stands at the same place at the edge of three pages, or of both."""
    edges = list(_edges(pages))
    groups: defaultdict[tuple[str, bool, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.key, edge.low, edge.place].append(edge)
    written = sum(bool(page.fragments) for page in pages)
    both, share = written == 2, written / 20
    width = max((page.width for page in pages), default=0.0)
    said: set[str] = set()
    for edge in edges:
        row = edge.row
        near = (groups[edge.key, edge.low, edge.place + shift] for shift in (-1, 0, 1))
        alike = [each.row for group in near for each in group]
        enough = max(2 if both and row.right - row.left < _MOST_OF_HEAD * width else 3, share)
        repeated = sum(each.text == row.text for each in alike) >= enough
        if row.celled or (repeated and _SENTENCE.search(row.text)):
            continue
        if repeated and _SAYS_A_NUMBER.search(row.text) and row.text not in said:
            said.add(row.text)
        elif (
            repeated
            or (len(alike) >= enough and _counts_pages(alike))
            or (edge.low and _PAGE_NUMBER.fullmatch(row.text))
        ):
            yield row
    yield from _heads(pages)


def _heads(pages: Sequence[PageLines]) -> Iterator[Row]:
    """The first row of a table that goes on from the page before, where it stood there too."""
    before: set[str] = set()
    goes_on = False
    for page in pages:
        rows = rows_of(page)
        yield from (row for row in rows[:2] if goes_on and row.celled and row.text in before)
        before |= {row.text for row in rows if row.celled}
        goes_on = any(row.celled for row in rows[-2:])


def _edges(pages: Sequence[PageLines]) -> Iterator[_Edge]:
    for page in pages:
        rows = rows_of(page)
        for row in dict.fromkeys([*rows[:2], *rows[-2:]]):
            low = row.top > page.height * (1 - _MARGIN)
            if low or row.top < page.height * _MARGIN:
                yield _Edge(row, re.sub(r"\d+|\s", "#", row.text), low)


def _counts_pages(rows: Sequence[Row]) -> bool:
    """Whether one number in the rows goes on from page to page, and nothing else changes."""
    numbers = [[int(each) for each in re.findall(r"\d+", row.text)] for row in rows]
    changing = [column for column in zip(*numbers, strict=False) if len(set(column)) > 1]
    if len(changing) != 1:
        return False
    counted = {number - row.page for number, row in zip(changing[0], rows, strict=True)}
    paged = all(
        str(number) in _COUNTED.findall(row.text) or _PAGE_NUMBER.fullmatch(row.text)
        for number, row in zip(changing[0], rows, strict=True)
    )
    return len(counted) == 1 and paged

"""Tables of a page as rows: each line one row, its cells by " | "."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from corpus.formats.lines import LONGEST_REPEATED, Line
from corpus.formats.word import Element

__all__ = ["table_rows"]

_MOST_PARTS = 6  # paragraphs of a cell: more is a page laid out by a table (by eye)
_WIDEST = 100  # columns or rows that a merged cell may cover


def table_rows(table: Element, words: Callable[[Element], str]) -> list[Line]:
    """The rows of a table of words; [] for a table that only lays the page out.

    ``words`` reads a cell. What a merged cell says is said in each column and row that it covers:
    under 区域 over two rows every row has its own.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return []
    cells = [[each for each in row if each.tag in {"td", "th"}] for row in table.iter("tr")]
    if any(len(list(each.iter("p", "div", "br"))) > _MOST_PARTS for row in cells for each in row):
        return []
    texts = [[(words(each), each) for each in row] for row in cells]
    if max((sum(bool(said) for said, _ in row) for row in texts), default=0) < 2:
        return []
    return [Line(" | ".join(row)) for row in _grid(texts) if any(row)]


def _grid(rows: list[list[tuple[str, Element]]]) -> Iterator[list[str]]:
    """The words of each row by column."""
    above: dict[int, tuple[int, str]] = {}
    for row in rows:
        said: list[str] = []
        waiting = list(reversed(row))
        while waiting or len(said) in above:
            column = len(said)
            if column in above:
                left, words = above.pop(column)
                said.append(words)
                if left > 1:
                    above[column] = (left - 1, words)
                continue
            words, cell = waiting.pop()
            again = words if len(words) <= LONGEST_REPEATED else ""
            wide = _span(cell, "colspan") if len(row) > 1 else 1
            high = _span(cell, "rowspan")
            said += [words, *[again] * (wide - 1)]
            if high > 1:
                above |= {column + step: (high - 1, again) for step in range(wide)}
        yield said


def _span(cell: Element, name: str) -> int:
    """How many columns or rows the cell covers."""
    said = cell.get(name) or ""
    return min(int(said), _WIDEST) if re.fullmatch(r"[1-9]\d{0,3}", said) else 1

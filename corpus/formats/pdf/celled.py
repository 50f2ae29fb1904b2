"""The words of each ruled cell as one stretch, the cells of a table's row beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.rows import NUMBERED, PageLines, joined, rows_of
from corpus.formats.pdf.ruled import Box, Cell

__all__ = ["celled"]


def celled(fragments: Sequence[Fragment], cells: Sequence[Cell]) -> list[Fragment]:
    """The fragments, those of a cell as one; empty cells of rows that say something are there too.

    A cell that reaches over several rows stands in its first.
    """
    inside: defaultdict[Cell, list[Fragment]] = defaultdict(list)
    for fragment in fragments:
        if fragment.cell:
            inside[fragment.cell].append(fragment)
    found = [fragment for fragment in fragments if fragment.cell is None]
    rows: defaultdict[tuple[Box, float], list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.table, cell.row].append(cell)
    for row in rows.values():
        words = [fragment for cell in row for fragment in inside.get(cell, ())]
        if words:
            found += _placed(row, inside, median(each.height for each in words))
    return found


def _placed(
    row: Sequence[Cell], inside: dict[Cell, list[Fragment]], height: float
) -> Iterator[Fragment]:
    for cell in row:
        left, top, right, _ = cell.box
        text = _words(inside.get(cell, ()))
        yield Fragment(text, left + 1, top + 1, right - 1, top + 1 + height, cell)


def _words(parts: Sequence[Fragment]) -> str:
    """The lines of a cell as one, with a space where another item begins."""
    text = ""
    for row in rows_of(PageLines(0, 0, 0, parts)):
        words = " ".join(part.text for part in row.parts)
        text = f"{text} {words}".strip() if NUMBERED.match(words) else joined(text, words)
    return text

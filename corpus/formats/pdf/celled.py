"""The words of each cell as one stretch, the cells of a table's row beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.rows import NUMBERED, PageLines, Row, joined, rows_of
from corpus.formats.pdf.ruled import Box, Cell

__all__ = ["celled", "whole_cells"]

# In heights of a line, by eye.
_ALIGNED = 0.3  # between the beginnings of two lines of a cell
_FULL = 2.0  # from the end of a line that goes on to the next column, or the margin
_NEXT = 1.0  # from its foot to the head of the next one


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


def whole_cells(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of a table without rules with the lines that its cells go on in.

    Such a line has nothing in the first column, and stands under cells that were full.
    """
    margin = max((row.right for row in rows), default=0.0)
    found: list[Row] = []
    last: Row | None = None
    for row in rows:
        columns = _columns(found[-1], last, row, margin) if found and last else None
        if columns is None:
            found.append(row)
        else:
            parts = list(found[-1].parts)
            for at, part in zip(columns, row.parts, strict=True):
                text = joined(parts[at].text, part.text)
                right = max(parts[at].right, part.right)
                parts[at] = replace(parts[at], text=text, right=right)
            found[-1] = replace(found[-1], parts=tuple(parts))
        last = row
    return found


def _columns(above: Row, last: Row, row: Row, margin: float) -> list[int] | None:
    """In which cells of ``above``, whose lines end with ``last``, the parts go on; None if not."""
    height = min(above.height, row.height)
    foot = last.top + last.height
    if above.celled or not above.tabular or row.top - foot > _NEXT * height:
        return None
    if row.left < above.left + height or NUMBERED.match(row.text):
        return None
    ends = [*(part.left for part in above.parts[1:]), margin]
    columns = []
    for part in row.parts:
        places = enumerate(zip(above.parts, ends, strict=True))
        for at, (cell, end) in places:
            full = end - cell.right < _FULL * height
            if full and abs(cell.left - part.left) < _ALIGNED * height:
                columns.append(at)
    return columns if len(columns) == len(row.parts) else None

"""Where a page's columns part: text fills them, or the numbers go on from one to the other."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from corpus.formats.pdf.glyphs import Fragment
from corpus.headings import parse_label

__all__ = ["gutters"]

# Set by eye; half and double of each, where that can be, change nothing on made PDFs
# (benchmarks.measure.documents --type pdf).
_FEWEST = 12  # stretches of words on a page
_FEWEST_OF_COLUMN = 5
_MIDDLE = 0.3  # of the width, left and right of it, where columns may part
_CROSSING = 0.25  # share of lines that may run over the parting: headings, a table
_FULL = 0.85  # of the column's width, a full line
_INDENTED = 0.6  # of it, a line that begins a paragraph and runs to the margin
_AT_THE_MARGIN = 0.02  # of it
_FULL_SHARE = 0.3  # share of full lines that makes running text


def gutters(pages: Sequence[Sequence[Fragment]]) -> list[float | None]:
    """For each page the place between its two columns; None for one column, or a table's columns.

    A page whose columns do not show by themselves, with a table in one, is set as the others are.
    """
    found = [_gutter(page) for page in pages]
    sure = [place for place in found if place is not None]
    if not sure:
        return found
    usual = median(sure)
    return [
        usual if place is None and _may_part(page, usual) else place
        for page, place in zip(pages, found, strict=True)
    ]


def _gutter(page: Sequence[Fragment]) -> float | None:
    if not page:
        return None
    left, right = min(part.left for part in page), max(part.right for part in page)
    parts = [part for part in page if part.cell is None]
    beside = _beside_a_table(page, parts, left, right)
    if beside is not None or len(parts) < _FEWEST:
        return beside
    found: list[tuple[int, float]] = []
    for place in sorted({part.left - 1 for part in parts}):
        if not _MIDDLE * (right - left) < place - left < (1 - _MIDDLE) * (right - left):
            continue
        before, after = _sides(parts, place)
        crossing = len(parts) - len(before) - len(after)
        if min(len(before), len(after)) < _FEWEST_OF_COLUMN or crossing > _CROSSING * len(parts):
            continue
        near = max(part.right for part in before)
        filled = _filled(before, near - left) and _filled(after, right - place)
        if filled or _counts_on(before, after):
            found.append((crossing, (near + place) / 2))
    return min(found)[1] if found else None


def _beside_a_table(
    page: Sequence[Fragment], words: Sequence[Fragment], left: float, right: float
) -> float | None:
    """Between a ruled table and the lines beside it, which are of another column."""
    for table in dict.fromkeys(part.cell.table for part in page if part.cell):
        near = [part for part in words if table[1] < (part.top + part.bottom) / 2 < table[3]]
        before = [part.right for part in near if part.right <= table[0]]
        after = [part.left for part in near if part.left >= table[2]]
        for place, lines in (
            ((max(before, default=left) + table[0]) / 2, before),
            ((min(after, default=right) + table[2]) / 2, after),
        ):
            inner = _MIDDLE * (right - left) < place - left < (1 - _MIDDLE) * (right - left)
            if len(lines) > 1 and inner:
                return place
    return None


def _may_part(page: Sequence[Fragment], place: float) -> bool:
    """Whether one column at least is running text, and hardly a line runs on into the other."""
    parts = [part for part in page if part.cell is None]
    before, after = _sides(parts, place)
    if before and len(before) == len(parts):
        return True  # The last lines of all, in the first column.
    if not before or not after or (len(before) + len(after)) < (1 - _CROSSING) * len(parts):
        return False
    if _counts_on(before, after):
        return True
    widths = (
        max(part.right for part in side) - min(part.left for part in side)
        for side in (before, after)
    )
    return any(_filled(side, width) for side, width in zip((before, after), widths, strict=True))


def _sides(parts: Sequence[Fragment], place: float) -> tuple[list[Fragment], list[Fragment]]:
    return (
        [part for part in parts if part.right <= place],
        [part for part in parts if part.left >= place],
    )


def _counts_on(before: Sequence[Fragment], after: Sequence[Fragment]) -> bool:
    """Whether the numbers of the second column go on from those of the first, as no table's do."""
    last: dict[int, int] = {}
    first: dict[int, int] = {}
    for part in sorted(before, key=lambda each: each.top):
        last |= dict([parse_label(part.text) or (0, 0)])
    for part in sorted(after, key=lambda each: each.top):
        rank, number = parse_label(part.text) or (0, 0)
        first.setdefault(rank, number)
    return any(number == last.get(rank, 0) + 1 > 1 for rank, number in first.items() if rank)


def _filled(parts: Sequence[Fragment], width: float) -> bool:
    """Whether enough lines run from margin to margin for running text: a table's cells do not."""
    margin = max(part.right for part in parts) - _AT_THE_MARGIN * width
    full = sum(
        part.right - part.left > (_INDENTED if part.right >= margin else _FULL) * width
        for part in parts
    )
    return full >= _FULL_SHARE * len(parts)

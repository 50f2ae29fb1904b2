"""The lines of PDF pages put together to paragraphs, in the order in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from corpus.formats.pdf.breaks import begins, setting
from corpus.formats.pdf.celled import whole_cells
from corpus.formats.pdf.columns import gutters
from corpus.formats.pdf.edges import furniture
from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.notes import parted, usual_height
from corpus.formats.pdf.rows import Block, PageLines, Row, joined, leaders, rows_of
from corpus.formats.pdf.ruled import Box, holds

__all__ = ["joined", "paragraphs", "text_of"]

# Set by eye; half and double of each, where that can be, change nothing on made PDFs
# (benchmarks.measure.documents --type pdf).
_FULL_SHARE = 0.2  # of the rows of a block that shows its right margin
_FEW = 2  # rows that end at one place by chance
_LONG = 8  # rows of a block that shows its margins
_NARROW = 0.9  # of the usual width: a block that does not


def paragraphs(pages: Sequence[PageLines]) -> Iterator[list[Row]]:
    """The paragraphs of the pages, each the rows that it stands on; they may run over pages.

    Footnotes follow the paragraph with which their page ends.
    """
    around = set(furniture(pages))
    kept = [[row for row in rows_of(page) if row not in around] for page in pages]
    usual = usual_height(kept)
    split = [parted(rows, usual) for rows in kept]
    bodies = [rows for rows, _ in split]
    parting = gutters([[part for row in rows for part in row.parts] for rows in bodies])
    blocks = [
        block
        for page, rows, gutter in zip(pages, bodies, parting, strict=True)
        for whole in _blocks(page, rows, gutter)
        for block in _framed(page, whole)
    ]
    notes = [(page.number, rows) for page, (_, rows) in zip(pages, split, strict=True) if rows]
    return _with_notes(list(_with_margins([block for block in blocks if block.rows])), notes)


def _with_notes(
    blocks: Sequence[Block], notes: Sequence[tuple[int, list[Row]]]
) -> Iterator[list[Row]]:
    ends = {block.rows[-1].page: block.rows[-1] for block in blocks}
    waiting = list(notes)
    for paragraph in _joined(blocks):
        yield paragraph
        while waiting and ends.get(waiting[0][0], paragraph[-1]) in paragraph:
            yield from _joined([_block(waiting.pop(0)[1], False)])
    for _, rows in waiting:
        yield from _joined([_block(rows, False)])


def text_of(rows: Sequence[Row]) -> str:
    """The words of a paragraph, the ends of lines taken out."""
    text = ""
    for row in rows:
        text = joined(text, _without_leaders(row.text))
    return text


def _without_leaders(text: str) -> str:
    """A line of a table of contents without its dots and page number."""
    match = leaders(text)
    return match.group(1) if match else text


def _blocks(page: PageLines, rows: list[Row], gutter: float | None) -> Iterator[Block]:
    if gutter is None:
        yield _block(whole_cells(rows), False, page.width)
        return
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    band: list[Fragment] = []
    for row in [*rows, None]:
        if row is not None and not any(_crosses(part, gutter) for part in row.parts):
            band += row.parts
            continue
        for side in ([p for p in band if p.right <= gutter], [p for p in band if p.left >= gutter]):
            column = rows_of(PageLines(page.number, page.width, page.height, side))
            yield _block(whole_cells(column), True)
        band = []
        if row is not None:
            yield Block([row], False, left, right, right)


def _framed(page: PageLines, block: Block) -> Iterator[Block]:
    """The block in parts: what stands in a frame has margins of its own."""
    for frame, rows in groupby(block.rows, lambda row: _frame(page.frames, row)):
        part = list(rows)
        if frame:
            yield replace(_block(part, block.column), framed=True)
        else:
            yield replace(block, rows=part)


def _frame(frames: Sequence[Box], row: Row) -> Box | None:
    x, y = (row.left + row.right) / 2, row.top + row.height / 2
    return next((frame for frame in frames if holds(frame, x, y)), None)


def _crosses(part: Fragment, gutter: float) -> bool:
    """Whether words, or the table that they stand in, reach over the place between the columns."""
    left, right = (part.cell.table[0], part.cell.table[2]) if part.cell else (part.left, part.right)
    return left < gutter < right


def _block(rows: list[Row], column: bool, width: float = 0.0) -> Block:
    """The rows with their margins; without full lines the right one is as wide as the left.

    ``width`` is that of a page without columns.
    """
    if not rows:
        return Block([], column, 0, 0, 0)
    height = median(row.height for row in rows)
    enough = 1 + len(rows) // 10
    lefts = [row.left for row in rows]
    rights = [row.right for row in rows]
    left = next(
        x for x in sorted(lefts) if _near(x, lefts, height / 2) >= enough or x == max(lefts)
    )
    right = next(
        x
        for x in sorted(rights, reverse=True)
        if _near(x, rights, height) >= enough or x == min(rights)
    )
    if _near(right, rights, height) < max(2, _FULL_SHARE * len(rows)):
        right = max(right, width - left - height)
    full, times = Counter(map(round, rights)).most_common(1)[0]
    return Block(rows, column, left, right, full if times > _FEW else 0.0)


def _near(place: float, places: list[float], distance: float) -> int:
    return sum(abs(each - place) <= distance for each in places)


def _with_margins(blocks: Sequence[Block]) -> Iterator[Block]:
    """A block without full lines, which cannot show its margins, takes those of the others."""
    long = {
        column: [
            each
            for each in blocks
            if (each.column, each.framed) == (column, False) and len(each.rows) >= _LONG
        ]
        for column in (False, True)
    }
    widths = {
        column: median(each.right - each.left for each in found)
        for column, found in long.items()
        if found
    }
    for block in _as_shown(blocks):
        width = widths.get(block.column, 0.0)
        if not block.framed and block.right - block.left < _NARROW * width:
            usual = [] if block.column else [each.left for each in long[False]]
            left = min([block.left, median(usual)]) if usual else block.left
            yield replace(block, left=left, right=max(block.right, left + width))
        else:
            yield block


def _as_shown(blocks: Sequence[Block]) -> Iterator[Block]:
    """Pages with the margins that a wrapped line shows on them, or on others where none does."""
    shown = [None if each.column or each.framed else _wrapped(each) for each in blocks]
    known = [each for each in shown if each]
    for block, own in zip(blocks, shown, strict=True):
        if own:
            yield replace(block, left=own[0], right=own[1], full=max(block.full, own[1]))
        elif known and not block.column and not block.framed:
            left, right = (median(each[side] for each in known) for side in (0, 1))
            yield replace(block, left=min(block.left, left), right=max(block.right, right))
        else:
            yield block


def _wrapped(block: Block) -> tuple[float, float] | None:
    """The margins where a first line goes on: it ends furthest right, the next is furthest left.

    Items and headings show none, however many begin or end alike.
    """
    rows = [row for row in block.rows if not row.tabular]
    left = min((row.left for row in rows), default=0.0)
    right = max((row.right for row in rows), default=0.0)
    for row, after in pairwise(rows):
        near = row.height / 2
        ends, goes_on = row.right > right - near, after.left < left + near
        if ends and goes_on and after.left < row.left - row.height:
            return left, right
    return None


def _joined(blocks: Sequence[Block]) -> Iterator[list[Row]]:
    usual = setting(blocks)
    paragraph: list[Row] = []
    last: Block | None = None
    for block in blocks:
        for row, then in zip(block.rows, [*block.rows[1:], None], strict=True):
            if paragraph and last and begins(paragraph[-1], last, row, block, usual, then):
                yield paragraph
                paragraph = []
            paragraph.append(row)
            last = block
    if paragraph:
        yield paragraph

"""The lines of PDF pages put together to paragraphs, in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from corpus.formats.pdf.breaks import begins
from corpus.formats.pdf.columns import gutters
from corpus.formats.pdf.edges import furniture
from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.rows import Block, PageLines, Row, leaders, rows_of

__all__ = ["joined", "paragraphs", "text_of"]

# Set by eye; half and double of each, where that can be, change nothing on made PDFs
# (benchmarks.measure.documents --type pdf).
_LONG = 8  # rows of a block that shows its margins
_NARROW = 0.9  # of the usual width: a block that does not
_WIDE_LETTER = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]"
_NO_SPACE = re.compile(rf"{_WIDE_LETTER}$"), re.compile(rf"^{_WIDE_LETTER}")


def paragraphs(pages: Sequence[PageLines]) -> Iterator[list[Row]]:
    """The paragraphs of the pages, each the rows that it stands on; they may run over pages."""
    around = set(furniture(pages))
    kept = [[row for row in rows_of(page) if row not in around] for page in pages]
    parting = gutters([[part for row in rows for part in row.parts] for rows in kept])
    blocks = [
        block
        for page, rows, gutter in zip(pages, kept, parting, strict=True)
        for block in _blocks(page, rows, gutter)
    ]
    return _joined(list(_with_margins([block for block in blocks if block.rows])))


def text_of(rows: Sequence[Row]) -> str:
    """The words of a paragraph, the ends of lines taken out."""
    text = ""
    for row in rows:
        text = joined(text, _without_leaders(row.text))
    return text


def joined(before: str, after: str) -> str:
    """Two stretches of one sentence: with a space between letters, none beside Chinese ones."""
    if not before or not after:
        return before + after
    if before.endswith("-") and before[-2:-1].isalpha() and after[0].islower():
        return before[:-1] + after
    chinese = _NO_SPACE[0].search(before) or _NO_SPACE[1].search(after)
    digits = before[-1].isdigit() and after[0].isdigit()
    return before + after if chinese or digits else f"{before} {after}"


def _without_leaders(text: str) -> str:
    """A line of a table of contents without its dots and page number."""
    match = leaders(text)
    return match.group(1) if match else text


def _blocks(page: PageLines, rows: list[Row], gutter: float | None) -> Iterator[Block]:
    if gutter is None:
        yield _block(rows, False)
        return
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    band: list[Fragment] = []
    for row in [*rows, None]:
        if row is not None and not any(part.left < gutter < part.right for part in row.parts):
            band += row.parts
            continue
        for side in ([p for p in band if p.right <= gutter], [p for p in band if p.left >= gutter]):
            column = rows_of(PageLines(page.number, page.width, page.height, side))
            yield _block(column, True)
        band = []
        if row is not None:
            yield Block([row], False, left, right)


def _block(rows: list[Row], column: bool) -> Block:
    if not rows:
        return Block([], column, 0, 0)
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
    return Block(rows, column, left, right)


def _near(place: float, places: list[float], distance: float) -> int:
    return sum(abs(each - place) <= distance for each in places)


def _with_margins(blocks: Sequence[Block]) -> Iterator[Block]:
    """A block without full lines, which cannot show its margins, takes those of the others."""
    long = {
        column: [each for each in blocks if each.column == column and len(each.rows) >= _LONG]
        for column in (False, True)
    }
    widths = {
        column: median(each.right - each.left for each in found)
        for column, found in long.items()
        if found
    }
    for block in blocks:
        width = widths.get(block.column, 0.0)
        if block.right - block.left < _NARROW * width:
            usual = [] if block.column else [each.left for each in long[False]]
            left = min([block.left, median(usual)]) if usual else block.left
            yield replace(block, left=left, right=max(block.right, left + width))
        else:
            yield block


def _joined(blocks: Sequence[Block]) -> Iterator[list[Row]]:
    steps = [
        after.top - row.top
        for block in blocks
        for row, after in zip(block.rows, block.rows[1:], strict=False)
    ]
    step = median(steps) if len(steps) > _LONG else 0.0
    paragraph: list[Row] = []
    last: Block | None = None
    for block in blocks:
        for row, then in zip(block.rows, [*block.rows[1:], None], strict=True):
            if paragraph and last and begins(paragraph[-1], last, row, block, step, then):
                yield paragraph
                paragraph = []
            paragraph.append(row)
            last = block
    if paragraph:
        yield paragraph

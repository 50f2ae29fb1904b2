"""Whether a paragraph begins at a row of a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.formats.pdf.rows import NUMBERED, Block, Row, leaders

__all__ = ["Setting", "begins", "setting"]

# In heights of a line where nothing else is said. Set by eye; on made PDFs
# (benchmarks.measure.documents --type pdf) neither three quarters nor four thirds of one costs more
# than 0.2 % of the paths, as long as a ratio of two heights or steps stays above 1.
_EARLY = 2.0  # before the margin: the last line of a paragraph
_INDENT = 1.2  # of a first line
_ASIDE = 3.0  # further out than the line before
_INSET = 1.8  # of a centred line
_LIKE = 1.1  # the larger height to the smaller, in a title of several lines
_NEXT_LINES = 1.3  # to a line that goes on, in usual steps
_FAR = 2.2  # the same in heights
_OTHER_SIZE = 1.45  # the larger height to the smaller, where a heading begins or ends
_ENOUGH = 8  # steps that show how far apart lines stand
_ROOM = 1.1  # before the full lines' end: a character
_MARKED = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\w（“《]")
_GOES_ON = ("，", "、")
_STOPS = tuple("。；：！？…”』」;:!?.")
_ENDS = (*_STOPS, *"）)》〕")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set.

    ``step`` is how far below each other the lines of a paragraph stand, 0 where too few show it;
    ``indented``: a paragraph's first line stands further in than the next ones.
    """

    step: float
    indented: bool


def setting(blocks: Sequence[Block]) -> Setting:
    """What the blocks show; in lists of short items hardly a line has one of its own paragraph."""
    steps: list[float] = []
    within: list[float] = []
    back = further = 0
    for block in blocks:
        for row, after in pairwise(block.rows):
            steps.append(after.top - row.top)
            if row.right < block.right - row.height or NUMBERED.match(after.text):
                continue
            if not row.text.endswith(_ENDS):
                within.append(after.top - row.top)
            if _is_in(row, block):
                back += not _is_in(after, block)
                further += _is_in(after, block)
    shown = within if len(within) > _ENOUGH else steps
    return Setting(median(shown) if len(shown) > _ENOUGH else 0.0, back > 2 * further)


def _is_in(row: Row, block: Block) -> bool:
    return row.left > block.left + _INDENT * row.height


def _is_aside(row: Row, block: Block) -> bool:
    """Whether a row begins past the middle: who signed, and when."""
    return row.left > (block.left + block.right) / 2


def _farthest(row: Row, height: float, step: float) -> float:
    """How far below ``row`` its paragraph may go on; a heading's own space after it is small."""
    usual = _NEXT_LINES * step
    heading = step and NUMBERED.match(row.text)
    return usual if heading else max(usual, _FAR * height)


def _centred(row: Row, block: Block) -> bool:
    """Whether a row stands in the middle, further in than a paragraph's first line."""
    before, after = row.left - block.left, block.right - row.right
    return before > _INSET * row.height and abs(before - after) < row.height


def begins(
    row: Row, block: Block, after: Row, other: Block, usual: Setting, then: Row | None
) -> bool:
    """Whether a paragraph begins at ``after``, the row read after ``row``; ``then`` follows it."""
    height = min(row.height, after.height)
    if (
        (block.column, block.framed) != (other.column, other.framed)
        or any(each.tabular or leaders(each.text) for each in (row, after))
        or max(row.height, after.height) > _OTHER_SIZE * height
        or (block is other and after.top - row.top > _farthest(row, height, usual.step))
        or _ends_early(row, block, after)
        or (_is_aside(row, block) and _is_aside(after, other))
        or row.left - block.left > after.left - other.left + _ASIDE * height
    ):
        return True
    if block is not other and NUMBERED.match(after.text) and _is_short(row, other):
        return True
    ended = row.text.endswith(_ENDS)
    numbered = NUMBERED.match(after.text) is not None
    like = max(row.height, after.height) < _LIKE * height
    if not ended and not numbered and like and _centred(after, other):
        return False
    if after.left > other.left + _INDENT * height:
        alone = usual.indented and (then is None or NUMBERED.match(then.text) is not None)
        return alone or ended or numbered or not _below(row, block, after, other, then)
    if not numbered:
        return False
    # 《安全生产法》, and on the next line 第二十一条: one sentence. （一）…, and （二）…: two.
    counted = NUMBERED.match(row.text) is not None and "条" not in after.text[:8]
    return row.text.endswith(_STOPS) or counted


def _ends_early(row: Row, block: Block, after: Row) -> bool:
    """Whether the line ends before the margin, as no line does that goes on after a comma.

    Where lines end alike (in a box narrower than the block) no character of ``after`` is missed.
    """
    if row.text.endswith(_GOES_ON):
        return False
    alike = abs(row.right - after.right) < row.height / 2
    room = block.full - row.right > _ROOM * row.height and not alike
    early = row.right < block.right - _EARLY * min(row.height, after.height)
    return early or (room and _MARKED.match(after.text) is not None)


def _is_short(row: Row, other: Block) -> bool:
    """Whether a row has less than half the width of a block on another page."""
    return row.right - row.left < (other.right - other.left) / 2


def _below(row: Row, block: Block, after: Row, other: Block, then: Row | None) -> bool:
    """Whether an indented row goes on below one as far in: a whole paragraph may be indented.

    It does not when the row that follows is not: then it is a paragraph's first.
    """
    height = min(row.height, after.height)
    first = then is not None and then.left < after.left - _INDENT * height
    return not first and abs((after.left - other.left) - (row.left - block.left)) < height / 2

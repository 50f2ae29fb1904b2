"""Lines set on a wide grid, whose characters stand as far apart as words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

__all__ = ["Glyph", "closed_up"]

# Shares of a character's height, by eye: justified lines stay below the first, the cells of a table
# stand farther apart than the second, or not as evenly as the third wants.
_LEAST = 0.25
_MOST = 2.2
_UNEVEN = 0.15
_MOSTLY = 0.7
_BLANK = 0.6  # what is left between two characters where a blank was typed
_FEWEST = 3
_CLOSING = "，。；：、！？”’）》〉」』】〕"
_WIDE = re.compile(r"[\u3001-\u9fff\uff00-\uffef“”‘’—…]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box, in points from the page's upper left corner."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


def closed_up(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The characters, those of a spread line as wide as the step from one to the next."""
    line: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last and not glyph.character.isspace() and not _beside(last, glyph):
            yield from _closed(line)
            line = []
        line.append(glyph)
        last = last if glyph.character.isspace() else glyph
    yield from _closed(line)


def _beside(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands to the right of the one before it, on the same line."""
    shared = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    low = min(last.bottom - last.top, glyph.bottom - glyph.top)
    return shared >= low / 2 and glyph.left > last.left


def _closed(line: Sequence[Glyph]) -> Iterator[Glyph]:
    solid = [glyph for glyph in line if not glyph.character.isspace()]
    step = _step(solid)
    if not step:
        yield from line
        return
    for glyph, after in pairwise([*solid, None]):
        if glyph is None or after is None:
            continue
        wide = replace(glyph, right=min(glyph.right + step, after.left))
        yield wide
        blank = after.left - wide.right > _BLANK * (glyph.bottom - glyph.top)
        if blank and after.character not in _CLOSING:
            yield replace(wide, character=" ")
    yield solid[-1]


def _step(solid: Sequence[Glyph]) -> float:
    """How far apart the characters of a spread line stand; 0 for a line set as usual."""
    wide = sum(_WIDE.match(glyph.character) is not None for glyph in solid)
    if len(solid) < _FEWEST or wide < _MOSTLY * len(solid):
        return 0.0
    height = median(glyph.bottom - glyph.top for glyph in solid)
    gaps = [after.left - glyph.right for glyph, after in pairwise(solid)]
    step = median(gaps)
    even = sum(abs(gap - step) < _UNEVEN * height for gap in gaps)
    spread = _LEAST * height < step < _MOST * height and even >= _MOSTLY * len(gaps)
    return step if spread else 0.0

"""Rows of words beside each other, and the blocks that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.ruled import Box

__all__ = ["NUMBERED", "Block", "PageLines", "Row", "joined", "leaders", "rows_of"]

# Heights of a line between two cells of a table. Set by eye; half and double of it change nothing
# on made PDFs (benchmarks.measure.documents --type pdf).
_WIDE = 2.0
_LONGEST_LINE = 300  # characters in which dots and a page number are looked for
NUMBERED = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]+[编章节条]|[一二三四五六七八九十]+[、．.]"
    r"|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[.．、](?!\d)|[①-⑳]|附件|附表"
    r"|\d{1,2}(?:[.．]\d{1,2}){0,3}[ \u3000]+(?=[\u4e00-\u9fff])(?![个万亿元倍年月日])|[问答][:：]"
)
_WIDE_LETTER = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]"
_NO_SPACE = re.compile(rf"{_WIDE_LETTER}$"), re.compile(rf"^{_WIDE_LETTER}")
_NUMBER_GOES_ON = re.compile(r"\d[.,/:-]?$")
_LEADERS = re.compile(r"(.*?\S)\s*(?:[.．·‥…]\s*){4,}[(（]?[\dIVXivx]{1,5}[)）]?")


@dataclass(frozen=True, slots=True)
class PageLines:
    """What stands on a page of this size; the fragments in any order, and frames around some."""

    number: int
    width: float
    height: float
    fragments: Sequence[Fragment]
    frames: Sequence[Box] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Fragments beside each other."""

    page: int
    parts: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The words, with a space between two fragments, a bar between two cells."""
        text = self.parts[0].text
        for part, after in pairwise(self.parts):
            text += (" | " if part.cell and after.cell else " ") + after.text
        return text

    @property
    def left(self) -> float:
        """Where the row begins."""
        return self.parts[0].left

    @property
    def right(self) -> float:
        """Where the row ends."""
        return max(part.right for part in self.parts)

    @property
    def top(self) -> float:
        """The upper edge of its tallest fragment."""
        return min(part.top for part in self.parts)

    @property
    def height(self) -> float:
        """The height of its tallest fragment."""
        return max(part.height for part in self.parts)

    @property
    def celled(self) -> bool:
        """Whether ruled cells are in it."""
        return any(part.cell for part in self.parts)

    @property
    def tabular(self) -> bool:
        """Whether cells stand beside each other; a number before its heading is no cell."""
        return self.celled or any(
            after.left - part.right > _WIDE * self.height and not NUMBERED.fullmatch(part.text)
            for part, after in pairwise(self.parts)
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under each other: a page, a column of one between two lines that cross it, or a frame.

    ``full`` is where most of its full rows end, 0 where too few show it.
    """

    rows: list[Row]
    column: bool
    left: float
    right: float
    full: float
    framed: bool = False


def rows_of(page: PageLines) -> list[Row]:
    """The rows of a page from top to bottom."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(page.fragments, key=lambda each: (each.top + each.bottom) / 2):
        middle = (fragment.top + fragment.bottom) / 2
        if rows and any(part.top < middle < part.bottom for part in rows[-1]):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [
        Row(page.number, tuple(sorted(parts, key=lambda each: (each.left, each.top))))
        for parts in rows
    ]


def leaders(text: str) -> re.Match[str] | None:
    """A line of a table of contents with dots and a page number; its words are group 1."""
    return _LEADERS.fullmatch(text) if len(text) < _LONGEST_LINE else None


def joined(before: str, after: str) -> str:
    """Two stretches of one sentence: with a space between letters, none beside Chinese ones."""
    if not before or not after:
        return before + after
    if before.endswith("-") and before[-2:-1].isalpha() and after[0].islower():
        return before[:-1] + after
    chinese = _NO_SPACE[0].search(before) or _NO_SPACE[1].search(after)
    digits = _NUMBER_GOES_ON.search(before) and after[0].isdigit()
    return before + after if chinese or digits else f"{before} {after}"

"""Numbers without a break before them, or without one after them.

一、总体要求（一）指导思想。…, （一）申请。…（二）初审。… and 1.2025年新增学位: what proves each is
the number that it counts on from, or that counts on from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, pairwise

from corpus.headings import (
    ARTICLE,
    POINT,
    Heading,
    like_label,
    loose_label,
    parse_heading,
    titled,
)
from corpus.sections import Block

__all__ = ["unglued", "with_points"]

_POINT = re.compile(r"(?P<label>(?P<number>\d{1,2})\s?[.．、])(?=\d)")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千\d]+条")
_MAKES = (Heading(70, 1, "（一）", ""), Heading(POINT, 1, "1.", ""), Heading(90, 1, "（1）", ""))
_CLOSED = "[。！？]"
_CLOSED_OR_LISTED = "[。！？；;]"


def with_points(text: str, lines: Sequence[Block]) -> list[Block]:
    """The lines, those whose number runs into a figure (1.2025年…, 2、80岁…) with it read.

    One is read where it goes on from the number before it; a first one where a second follows.
    """
    glued = {
        at: match
        for at, line in enumerate(lines)
        if line.heading is None
        and (match := _POINT.match(text, line.start, line.end))
        and " | " not in text[line.start : line.end]
    }
    numbers = {at: int(match["number"]) for at, match in glued.items()}
    for at, line in enumerate(lines):
        if line.heading and line.heading.rank == POINT:
            numbers[at] = line.heading.number
    found = list(lines)
    order = sorted(numbers)
    last = 0
    for at, after in pairwise([*order, -1]):
        number = numbers[at]
        if at not in glued:
            last = number
        elif number == last + 1 > 1 or (number == 1 and numbers.get(after) == 2):
            last, label = number, glued[at]["label"].replace(" ", "")
            rest = text[glued[at].end() : lines[at].end]
            found[at] = replace(lines[at], heading=titled(POINT, number, label, rest))
    return found


def unglued(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The numbered blocks, cut before the numbers that stand in them as if on lines of their own.

    These count on from the block's own, or begin at 1 and go on behind a full stop, or have the
    number before that of the next block.
    """
    found: list[list[Block]] = []
    after: Heading | None = None
    for block in reversed(blocks):
        heading = block.heading
        if heading is None:
            found.append(list(_cut(text, block, dict(_chapter(text, block)))))
        elif not heading.label or heading.rank == ARTICLE:
            found.append([block])
        else:
            found.append(list(_cut(text, block, dict(_inside(text, block, heading, after)))))
        after = heading or after
    return [piece for pieces in reversed(found) for piece in pieces]


def _chapter(text: str, block: Block) -> Iterator[tuple[int, Heading]]:
    """第一章总则第一条为了…: the first article in the line of its chapter's heading."""
    match = _ARTICLE.search(text, block.start + 1, block.end)
    above = parse_heading(text[block.start : match.start()].strip()) if match else None
    article = parse_heading(text[match.start() : block.end]) if match else None
    if match and above and above.title and above.rank < ARTICLE and article:
        yield match.start(), article


def _inside(
    text: str, block: Block, heading: Heading, after: Heading | None
) -> Iterator[tuple[int, Heading]]:
    own = list(_row(text, block, heading, heading.number + 1, _CLOSED_OR_LISTED))
    if own:
        yield from own
        return
    for make in _MAKES:
        first = _first(text, block, make, 1)
        rest = list(_row(text, block, make, 2, _CLOSED))
        if make.rank > heading.rank and first and rest and first[0] < rest[0][0]:
            yield first
            yield from rest
            return
    if after and heading.rank < after.rank and after.number > 1 and after.label:
        first = _first(text, block, after, after.number - 1)
        if first:
            yield first


def _row(
    text: str, block: Block, make: Heading, number: int, closed: str
) -> Iterator[tuple[int, Heading]]:
    """The numbers that follow each other in a block from ``number`` on, each behind a stop."""
    at = block.start + 1
    for each in count(number):
        behind = rf"(?<={closed})\s?({loose_label(make, each)})"
        match = re.compile(behind).search(text, at, block.end)
        if match is None or _quoted(text, block.start, match.start()):
            return
        at = match.end()
        yield match.start(1), _heading(text, block, make, each, at)


def _first(text: str, block: Block, make: Heading, number: int) -> tuple[int, Heading] | None:
    match = re.compile(rf"(?<![\d第.．]){loose_label(make, number)}(?!\d)").search(
        text, block.start + 1, block.end
    )
    if match is None or _quoted(text, block.start, match.start()):
        return None
    return match.start(), _heading(text, block, make, number, match.end())


def _heading(text: str, block: Block, make: Heading, number: int, at: int) -> Heading:
    rest = text[at : block.end].strip()
    label = like_label(make.label, number)
    return titled(make.rank, number, label, rest) if rest else Heading(make.rank, number, label, "")


def _quoted(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return before.count("“") > before.count("”")


def _cut(text: str, block: Block, cuts: Mapping[int, Heading]) -> Iterator[Block]:
    """The block in pieces; what is left of it before the first is read again."""
    places = sorted(cuts)
    for start, end in zip([block.start, *places], [*places, block.end], strict=True):
        words = text[start:end].strip()
        heading = cuts.get(start) or (parse_heading(words) if places else None) or block.heading
        yield replace(block, start=start, end=end, heading=heading)

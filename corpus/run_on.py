"""Numbered headings that ran on into the paragraph before them, or lost the make of their number.

Only where a number is missing among the headings that count on is it looked for: after the end of
a sentence in the lines between (``…做好宣传。（三）加强保障。…``), or at the head of one of them in
another make (``三 保障措施``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.headings import Heading, like_label, loose_label, titled
from corpus.lists import runs
from corpus.sections import Block

__all__ = ["parted"]

_MOST = 20  # numbers missing in a row: what skips more is no numbering
_LONGEST = 40  # characters of a heading with another make of number (by eye)


def parted(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that hold a missing number cut before it."""
    cuts: dict[int, Heading] = {}
    for run in runs(text, blocks):
        before, number = run.members[0], 0
        while before and blocks[before - 1].heading is None and not blocks[before - 1].outside:
            before -= 1
        for at in run.members:
            heading = blocks[at].heading
            if heading is None:
                continue
            if number + 1 < heading.number <= number + _MOST:
                missing = range(number + 1, heading.number)
                cuts |= dict(_found(text, blocks[before:at], heading, missing))
            before, number = at, heading.number
    return [piece for block in blocks for piece in _cut(block, cuts)]


def _found(
    text: str, between: Sequence[Block], heading: Heading, missing: Sequence[int]
) -> Iterator[tuple[int, Heading]]:
    """Where the missing numbers stand, each after the one before."""
    if not between:
        return
    at, end = between[0].start, between[-1].end
    starts = {block.start for block in between if block.heading is None}
    for number in missing:
        closed = "[。；;：:！？”）)]"
        after = re.compile(rf"(?:(?<={closed})|(?<={closed} )){loose_label(heading, number)}")
        match = after.search(text, at, end) or _other_make(text, heading, number, starts, at)
        if match is None:
            continue
        at = match.end()
        line = next(block.end for block in between if match.start() < block.end)
        label, rest = like_label(heading.label, number), text[at:line].strip()
        if rest:
            yield match.start(), titled(heading.rank, number, label, rest)


def _other_make(
    text: str, heading: Heading, number: int, starts: set[int], at: int
) -> re.Match[str] | None:
    """The number at the head of a line, with a space or another mark after it."""
    bare = re.sub(r"[^\d零一二三四五六七八九十百千]", "", like_label(heading.label, number))
    if not bare:
        return None
    bracketed = heading.label[-1] in ")）"
    after = r"\s?[)）】〕]\s?" if bracketed else r"(?:\s?[.,，:：]\s?|[ \t\u3000]+)"
    loose = re.compile(rf"[(（【〔]?\s?{bare}{after}(?=[^\d\s]\S{{,{_LONGEST}}}$)", re.M)
    found = (loose.match(text, start) for start in sorted(starts) if start >= at)
    return next((match for match in found if match), None)


def _cut(block: Block, cuts: dict[int, Heading]) -> Iterator[Block]:
    """The block in pieces, each cut's heading at the head of its own."""
    places = [at for at in sorted(cuts) if block.start <= at < block.end]
    if not places:
        yield block
        return
    if places[0] > block.start:
        yield replace(block, end=places[0])
    for at, end in zip(places, [*places[1:], block.end], strict=True):
        yield replace(block, start=at, end=end, heading=cuts[at])

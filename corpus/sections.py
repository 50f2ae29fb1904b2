"""The section tree of an official document, with the headings that its source lost.

Sections follow the numbering, and where the numbering proves that a heading was lost, and its
number is nowhere in between, a section is put in its place and says so:

- a number is skipped (二、 then 四、), or the first ones are missing (第二节, text, 二、): of the
  paragraphs between the two headings the last belongs to the lost heading, the first to the heading
  before it, and any others are cited under their common parent, which is true in either case;
- numbers begin again (七、 then 一、) while a heading one rank up is missing later on.

What no number proves comes from the overlay, a person's reading kept in the catalog.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.headings import (
    ANNEX,
    ARTICLE,
    QUESTION,
    Heading,
    like_label,
    loose_label,
    parse_heading,
)
from corpus.records import HeadingOrigin, Section

__all__ = ["Block", "SectionTree"]

# 章, 节 and 一、 begin again under each parent; (一) and 1. often run on through the document.
_RESTARTS = 60


@dataclass(frozen=True, slots=True)
class Block:
    """One line: its span without indentation, and the heading it is, if it is one.

    ``styled``: a heading by its style too. ``item``: of a list. ``outside``: in no section of the
    body (a signature, the list of annexes). ``leaves``: the sections of this rank and below that
    are at their end before it; 0 for none.
    """

    start: int
    end: int
    heading: Heading | None
    origin: HeadingOrigin = "source"
    styled: bool = False
    item: bool = False
    outside: bool = False
    leaves: int = 0


class SectionTree:
    """Builds the section tree in one pass; ``home`` tells each text block's innermost section."""

    def __init__(self, text: str, blocks: list[Block]) -> None:
        self.text = text
        self.blocks = blocks
        self.sections: list[Section] = []
        self.numbers: list[int] = []
        self.home: dict[int, int | None] = {}
        self._open: list[int] = []
        self._ranks: list[int] = []
        self._zone: list[int] = []
        self._latest: dict[int, int] = {}
        for index, block in enumerate(blocks):
            if block.outside:
                self._leave(block.start)
                self.home[index] = self._top()
            elif block.heading is None or block.heading.rank == ARTICLE:
                leaves = block.leaves or (QUESTION - 1 if block.heading else 0)
                if leaves:
                    self._close(leaves, block.start)
                self._zone.append(index)
                self.home[index] = self._top()
                self._count(block)
            else:
                self._enter(index, block, block.heading)
        self._close(0, blocks[-1].end if blocks else 0)

    def _top(self) -> int | None:
        return self._open[-1] if self._open else None

    def _count(self, block: Block) -> None:
        """A heading may go on from the numbers of a list: (四) after the items (一) to (三)."""
        item = parse_heading(self.text[block.start : block.end]) if block.item else None
        if item and item.rank > _RESTARTS:
            self._latest[item.rank] = item.number

    def _leave(self, at: int) -> None:
        """Out of every section but the annex; what follows counts anew."""
        self._close(ANNEX + 1, at)
        self._latest.clear()
        self._zone.clear()

    def _enter(self, index: int, block: Block, heading: Heading) -> None:
        if heading.rank == ANNEX:
            self._leave(block.start)
        runs_on = (
            heading.rank > _RESTARTS and heading.number == self._latest.get(heading.rank, 0) + 1
        )
        number = heading.number
        if not heading.label:
            number = self._before(heading.rank)
        elif not runs_on:
            self._infer(index, heading)
        if heading.label:
            self._latest[heading.rank] = number
        self._close(heading.rank, block.start)
        self._add(heading.rank, number, heading.label, heading.title, block)
        self.home[index] = self._top()
        self._zone = [index] if heading.inline else []

    def _before(self, rank: int) -> int:
        """The number that a heading without one stands behind: those after it go on from there."""
        return next((self.numbers[i] for i in reversed(self._open) if self._ranks[i] == rank), 0)

    def _add(self, rank: int, number: int, label: str, title: str, block: Block) -> None:
        self.sections.append(
            Section(
                len(self._open) + 1, label, title, block.start, block.end, self._top(), block.origin
            )
        )
        self.numbers.append(number)
        self._ranks.append(rank)
        self._open.append(len(self.sections) - 1)

    def _close(self, rank: int, at: int) -> None:
        while self._open and self._ranks[self._open[-1]] >= rank:
            index = self._open.pop()
            self.sections[index] = replace(self.sections[index], end=at)

    def _infer(self, index: int, heading: Heading) -> None:
        """Put in the sections whose headings the numbering proves lost before block ``index``."""
        if not heading.titled and self.blocks[index].origin == "source":
            return
        sibling = next((i for i in reversed(self._open) if self._ranks[i] == heading.rank), None)
        number, rank, label = heading.number, heading.rank, heading.label
        if sibling is not None and not (
            self.sections[sibling].title or self.sections[sibling].origin != "source"
        ):
            return
        last = 0 if sibling is None else self.numbers[sibling]
        if number > last + 1 and self._stands(index, heading, last + 1):
            self._settle(rank, self._zone[1:] if sibling is not None else [])
        elif sibling is None:
            plain = not self._open or self._ranks[self._open[-1]] < rank
            if number > 1 and self._zone and plain:
                self._lost(label, rank, (1, number - 1), self._zone[-1])
        elif number > last + 1:
            if len(self._zone) > 1:
                self._settle(rank, self._zone[1:-1])
                self._lost(label, rank, (last + 1, number - 1), self._zone[-1])
        elif number <= last:
            self._restart(index, heading)

    def _stands(self, index: int, heading: Heading, first: int) -> bool:
        """Whether one of the numbers before the heading's stands in the lines before it."""
        start = self.blocks[self._zone[0]].start if self._zone else self.blocks[index].start
        between = self.text[start : self.blocks[index].start]
        return any(
            re.search(rf"(?:^|[。；;：:！？\s]){loose_label(heading, number)}", between)
            for number in range(first, heading.number)
        )

    def _restart(self, index: int, heading: Heading) -> None:
        """Numbers began again: the next heading one rank up was lost, if one is missing there."""
        number, rank = heading.number, heading.rank
        parent = next((i for i in reversed(self._open) if self._ranks[i] < rank), None)
        if parent is None or not 0 < self._ranks[parent] <= ARTICLE:
            return
        upper, last = self._ranks[parent], self.numbers[parent]
        lost = self._missing(index, rank, upper, last)
        above = self.sections[parent].label
        if lost is None or not above:
            return
        if number > 1 and len(self._zone) > 1:
            at = self._zone[-1]
            self._settle(upper, self._zone[1:-1])
            self._lost(above, upper, lost, at)
            self._lost(heading.label, rank, (1, number - 1), at)
        else:
            self._settle(upper, self._zone[1:])
            self._lost(above, upper, lost, index)

    def _missing(self, index: int, rank: int, upper: int, last: int) -> tuple[int, int] | None:
        """The number, or the range of numbers, of the lost heading of rank ``upper``.

        None when the next heading of that rank follows on: then nothing is missing.
        """
        restarts, before = 0, 10**6
        for block in self.blocks[index:]:
            heading = block.heading
            if block.outside or (heading and heading.rank < upper):
                break
            if heading is None or heading.rank > rank or not heading.label:
                continue
            if heading.rank == upper:
                missing = heading.number - last - 1
                if missing < 1 or restarts > missing:
                    return None
                return (
                    (last + 1, last + 1) if restarts == missing else (last + 1, heading.number - 1)
                )
            if heading.rank == rank:
                restarts += heading.number <= before
                before = heading.number
        return last + 1, last + 1

    def _lost(self, like: str, rank: int, missing: tuple[int, int], at: int) -> None:
        """A section for lost headings, from the first number to the last; ``like`` is a label."""
        start, (first, last) = self.blocks[at].start, missing
        self._close(rank, start)
        like = like.rpartition("至")[2]
        label = like_label(like, first)
        if last > first:
            label += "至" + like_label(like, last)
        self._add(rank, last, label, "", Block(start, start, None, "numbering"))
        if self.blocks[at].heading is None:
            self.home[at] = self._top()

    def _settle(self, rank: int, zone: list[int]) -> None:
        """Cite paragraphs of uncertain place under the parent that is certain."""
        if zone:
            self._close(rank, self.blocks[zone[0]].start)
            for index in zone:
                self.home[index] = self._top()

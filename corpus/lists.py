"""Numbered lines as what they are: headings, numbered paragraphs, or items of a list.

Lines that count on from each other are one run. It is a list, and stays in the section that opens
it, when its lines end with semicolons, or are words alone with nothing under any of them; single
sentences of a low rank are one too. Every other numbered line opens a section. One with nothing
under it is a passage, not a heading: what it says would be found nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.headings import (
    ARTICLE,
    POINT,
    QUESTION,
    SENTENCE_END,
    Heading,
    content,
    is_phrase,
)
from corpus.sections import Block

__all__ = ["Run", "runs", "settled"]

_BRACKETED = 70
_GOES_ON = re.compile(r"[；;](?:以及|并且|或者|[和及并或])?$")
_MAY_GO_ON = re.compile(r"[，,、](?:以及|并且|或者|[和及并或])?$")
_FIGURES = re.compile(r"[：:].*\d{2}")
_VALUE = re.compile(r"[^：:。；（(]{2,20}[：:]\s?\S")
_SHORT = 30  # characters of a （一）…。 that is an item: more is a paragraph (by eye)

_WAITING = 50
"""Runs that a number may go on; lists inside lists are five deep at most."""


@dataclass(slots=True)
class Run:
    """Lines of one rank that count on from each other, by where they stand among the blocks."""

    rank: int
    members: list[int] = field(default_factory=list)
    last: int = 0


def runs(text: str, blocks: Sequence[Block]) -> Iterator[Run]:
    """The runs of numbered lines; one ends where a line of a higher rank is.

    Where numbers begin again at 1 the run before waits: a list may stand under one of its lines
    (（一）…下列工作：（一）…；（二）…。（二）…).
    """
    opened: list[Run] = []
    for at, block in enumerate(blocks):
        heading = block.heading
        if heading is None and not block.outside:
            continue
        rank, number = (heading.rank, heading.number) if heading else (0, 0)
        while opened and (opened[-1].rank > rank or (opened[-1].rank == rank and not number)):
            yield opened.pop()
        if not number or rank <= ARTICLE:
            yield from reversed(opened)
            opened.clear()
            continue
        alike = [run for run in opened[-_WAITING:] if run.rank == rank]
        run = _joined(text, blocks, alike, number)
        while run and opened[-1] is not run:
            yield opened.pop()
        if run is None:
            run = Run(rank)
            opened.append(run)
        run.members.append(at)
        run.last = number
    yield from reversed(opened)


def _joined(text: str, blocks: Sequence[Block], runs: Sequence[Run], number: int) -> Run | None:
    """The run of a rank that a number goes on, the innermost last; None where it begins one."""
    if number == 1 or not runs:
        return None
    inner, *outer = reversed(runs)
    ended = text[blocks[inner.members[-1]].end - 1] in "。！"
    for run in outer:
        if number == run.last + 1 and (ended or number != inner.last + 1):
            return run
    return inner if number > inner.last else None


def settled(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each numbered line told apart: an item has no heading and says so."""
    found = list(blocks)
    for run in runs(text, blocks):
        lines = _Lines(text, blocks, run)
        if lines.are_a_list():
            for at in run.members:
                found[at] = replace(found[at], heading=None, item=True)
        elif lines.are_paragraphs():
            after = run.members[-1] + 1
            found[after] = replace(found[after], leaves=run.rank)
    for at, block in enumerate(found):
        if block.heading and block.heading.rank > ARTICLE:
            found[at] = replace(block, heading=_settled(text, found, at, block.heading))
    return found


def _settled(text: str, blocks: Sequence[Block], at: int, heading: Heading) -> Heading:
    """The heading of a section as it stands: alone in its line, or with the words under it."""
    block = blocks[at]
    under = _under(blocks, at)
    if under is None:
        return content(heading)
    if not heading.inline and _is_value(heading, text[under.start : under.end]):
        return content(heading)
    opens = under.heading is not None and not under.item
    if heading.inline and opens and is_phrase(text[block.start : block.end]):
        return replace(heading, inline=False)
    return heading


def _is_value(heading: Heading, under: str) -> bool:
    """Whether a title is a name with its value (8.咨询电话：0000-1234), though more follows it."""
    named = content(heading).title != heading.title
    return named and (_FIGURES.search(heading.title) is not None or _VALUE.match(under) is not None)


def _under(blocks: Sequence[Block], at: int) -> Block | None:
    """The block that follows, where it stands under the numbered line ``at``."""
    heading = blocks[at].heading
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if heading is None or after is None or after.outside:
        return None
    lower = after.heading is None or after.heading.rank > heading.rank
    return after if lower else None


class _Lines:
    """The lines of a run, and what stands around them."""

    def __init__(self, text: str, blocks: Sequence[Block], run: Run) -> None:
        self._blocks, self._run = blocks, run
        self._words = [text[blocks[at].start : blocks[at].end] for at in run.members]
        before = blocks[run.members[0] - 1] if run.members[0] else None
        self._colon = before is not None and text[before.end - 1] in "：:"
        self._headed = (
            before is not None and before.heading is not None and not before.heading.inline
        )
        self._labelled = before is not None and _is_label(before, text[before.start : before.end])
        self._asked = before is not None and text[before.end - 1] in "？?"
        steps = zip(run.members, run.members[1:], strict=False)
        # A quotation over several lines is one paragraph: “第五条 …。 / “…。”
        self._with_body = [
            any(text[block.start] != "“" for block in blocks[at + 1 : after]) for at, after in steps
        ]

    def are_a_list(self) -> bool:
        """Whether they are items, and none of them is over a section of its own."""
        if any(self._blocks[at].styled for at in self._run.members):
            return False
        if any(map(_GOES_ON.search, self._words)):
            return True
        alone = not any(self._with_body)
        if alone and any(map(_MAY_GO_ON.search, self._words[:-1])):
            return True
        if not all(map(_is_single, self._words)) or self._last_is_over_something():
            return False
        bare = not any(SENTENCE_END.search(words) for words in self._words[:-1])
        if bare and alone and (self._colon or self._headed or self._labelled):
            return True
        return not bare and self._are_sentences(alone)

    def are_paragraphs(self) -> bool:
        """Whether each says all that it has to say, so that a paragraph after the last is not its.

        本决定自…起施行 under 三、删去第十条。 is the decision's, and of 三、 only by mistake.
        """
        if len(self._words) < 2 or any(self._with_body) or self._run.rank <= ARTICLE:
            return False
        after = self._run.members[-1] + 1
        under = self._blocks[after] if after < len(self._blocks) else None
        if under is None or under.heading is not None or under.outside:
            return False
        whole = all(words[-1] in "。！？”" for words in self._words)
        return whole and (not any(map(is_phrase, self._words)) or all(map(_is_single, self._words)))

    def _are_sentences(self, alone: bool) -> bool:
        """Whether sentences are items: no （一）…。 with more than a few words, nor any 一、…。."""
        if self._run.rank >= POINT:
            few = sum(self._with_body) * 2 < len(self._with_body)
            return alone or (self._colon and few)
        short = all(len(words) <= _SHORT for words in self._words)
        return self._run.rank == _BRACKETED and alone and self._headed and short

    def _last_is_over_something(self) -> bool:
        """What follows a run may belong to what opened it; not what follows a line by itself."""
        under = _under(self._blocks, self._run.members[-1])
        if under is None or len(self._words) == 1:
            return under is not None
        next_question = self._asked and under.heading and under.heading.rank == QUESTION
        return under.heading is not None and not next_question


def _is_label(block: Block, words: str) -> bool:
    """Whether an unnumbered line is over what follows: short, and no sentence (提交材料)."""
    plain = block.heading is None and not block.item and not block.outside
    return plain and len(words) <= _SHORT and words[-1] not in "。！；;，,、"


def _is_single(line: str) -> bool:
    """Whether the line is one sentence at most."""
    return SENTENCE_END.search(line.rstrip("。！!？?”’）)")) is None

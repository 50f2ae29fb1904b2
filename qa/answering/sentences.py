"""Which of the units found (``qa.answering.units``) answers a question best.

Each unit is judged by five signs: late interaction with its words, how well its words explain the
question's (learned translations), the rank of its passage, whether a list is asked for and it is
one, and, for the few that are best by these, its own cosine. The weights were fitted so that the
answering unit comes first (benchmarks/train/fit_sentences.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus import Passage
from index import Found, Index, explained, subject
from qa.answering.units import Span, Unit, rows_around, units

__all__ = [
    "READ",
    "SAME",
    "SIGNS",
    "Candidate",
    "asks_for_many",
    "candidates",
    "ranked",
    "signs_of",
]

READ = 8
"""How many passages are read: the one that answers is among them for 39 of 40 questions of
qa/sets/answers-dev.jsonl and answers-laws-dev.jsonl, among three for 33."""
ENCODED = 6
"""How many units are encoded, 20 to 30 ms each the first time; with 4 the right one is missing for
one question in fourteen more, with 8 nothing is gained."""

SAME = 0.97
"""Cosine at which a question is one that a passage is known to answer: then that one is quoted."""

SIGNS = ("late", "translation", "place", "list", "cosine")
WEIGHTS = np.array([6.0, 1.6, 1.5, 3.0, 5.9])

_MANY = re.compile(
    r"哪[些几]|几[种类项条个]|(?:什么|啥)(?:样|人|情[况形]|条件|事|东西|行为|方式)|有(?:什么|啥)|包括|都.{0,6}(?:什么|啥)"
)

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may answer, the hit that led to it, and how well it answers."""

    unit: Unit
    hit: Found
    score: float = 0.0

    def text(self, *spans: Span) -> str:
        """The words of spans of its document, without the number of the article they begin."""
        words = "".join(self.hit.document.text[start:end] for start, end in spans)
        return words.removeprefix(self.hit.passage.article or "").lstrip()

    @property
    def readings(self) -> list[list[Span]]:
        """What is read as one: each item under what opens it."""
        opening = [] if self.unit.opening is None else [self.unit.opening]
        return [[*opening, item] for item in self.unit.items]

    @property
    def places(self) -> list[tuple[int, Passage]]:
        """The passages it stands in, with their rows."""
        return [
            (row, passage)
            for row, passage in rows_around(self.hit)
            if passage.end > self.unit.start and passage.start < self.unit.end
        ]

    @property
    def subject(self) -> str:
        """What stands over words too few to say what they are of: 收费标准 over 每份二十元."""
        lines = [self.text(span) for span in self._spans]
        return subject(self.hit.document, self.hit.passage, lines)

    @property
    def words(self) -> str:
        """All of its words."""
        return self.text(*self._spans)

    @property
    def _spans(self) -> tuple[Span, ...]:
        opening = () if self.unit.opening is None else (self.unit.opening,)
        return (*opening, *self.unit.items)


def asks_for_many(topic: str) -> bool:
    """Whether a question asks for several things: 哪些, 什么情况, 有几种."""
    return _MANY.search(topic) is not None


def ranked(index: Index, topic: str, found: Sequence[Found]) -> list[Candidate]:
    """The units of the first passages, the one that answers best first."""
    same = [hit for hit in found if hit.legs.get("question", 0.0) >= SAME]
    given = candidates(same or found)
    signs = signs_of(index, topic, given)
    order = np.argsort(-(signs @ WEIGHTS), kind="stable")
    return [replace(given[n], score=float(signs[n] @ WEIGHTS)) for n in order]


def candidates(found: Sequence[Found]) -> list[Candidate]:
    """Every unit of the first passages once; no headings, unless there is nothing else."""
    seen: set[tuple[str, Span]] = set()
    given: list[Candidate] = []
    for hit in found[:READ]:
        for unit in units(hit.document, hit.passage):
            key = (hit.document.id, unit.items[0])
            if key not in seen:
                seen.add(key)
                given.append(Candidate(unit, hit))
    return [each for each in given if each.unit.kind != "heading"] or given


def signs_of(index: Index, topic: str, given: Sequence[Candidate]) -> Values:
    """The SIGNS of each unit (units, signs); 0 for the cosine of those that are not encoded."""
    many = asks_for_many(topic)
    scores = [each.hit.score for each in given]
    spread = max(max(scores) - min(scores), 1e-6)
    signs = np.zeros((len(given), len(SIGNS)))
    for row, each in enumerate(given):
        texts = [each.subject + each.text(*reading) for reading in each.readings]
        signs[row, :4] = (
            _late(index, topic, each),
            max(explained(topic, texts)),
            (each.hit.score - max(scores)) / spread,
            many and each.unit.kind == "list",
        )
    best = np.argsort(-(signs @ WEIGHTS), kind="stable")[:ENCODED]
    signs[best, 4] = index.cosines(topic, [given[n].subject + given[n].words for n in best])
    return signs


def _late(index: Index, topic: str, candidate: Candidate) -> float:
    """The best late interaction of an item under its opening, in any passage they stand in."""
    if not index.embedder.token_dimension:
        return 0.0
    found = [0.0]
    for row, passage in candidate.places:
        inside = [
            [span for span in reading if span[0] < passage.end and span[1] > passage.start]
            for reading in candidate.readings
        ]
        found += index.likeness(topic, row, [stretch for stretch in inside if stretch])
    return max(found)

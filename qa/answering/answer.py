"""From ranked passages to an answer: the sentences that answer, or that nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index import Found, Index
from index.model import BUNDLED, AnswerReader
from qa.answering.answerability import answer_reader, answerability
from qa.answering.leaning import leaned_on
from qa.answering.marks import marks
from qa.answering.quoting import Quoter, Sentence
from qa.answering.route import Route
from qa.answering.sentences import Candidate, ranked
from qa.answering.units import Span, opening_of, units
from qa.settings import Settings

__all__ = ["Answer", "Answerer"]

_MOST_PLACES = 4
_MOST_UNITS = 2
_AS_GOOD = 0.8
_RELATED = 4
_NEAR = 3.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers, best first, and further sentences that may bear on the question.

    ``found`` are the passages found and, after them, those that the answer goes on in;
    ``evidence`` maps a passage's rank to the stretches to highlight in it.
    """

    answered: bool
    confidence: float
    sentences: list[Sentence] = field(default_factory=list)
    related: list[Sentence] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    evidence: dict[int, list[Span]] = field(default_factory=dict)


class Answerer:
    """Chooses sentences out of ranked passages and judges whether they answer."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._threshold = settings.answer_threshold

    def answer(self, question: str, route: Route) -> Answer:
        """The one or two units of the best passages that answer the question best.

        A place that was asked for is its own answer, with full confidence; one that is not there
        has none.
        """
        found = list(route.found)
        evidence = marks(question, found)
        if not found or (not found[0].asked_for and (route.name == "place" or route.reason)):
            return Answer(False, 0.0, found=found, evidence=evidence)
        if found[0].asked_for:
            quoter = Quoter(self._index, question, found)
            said = _place(quoter, route)
            return Answer(True, 1.0, said, [], quoter.found, evidence)
        topic = route.topic or question
        best = ranked(self._index, topic, found)
        reader = self._reader
        confidence = answerability(self._index, reader, question, topic, found, best)
        if confidence < self._threshold:
            return Answer(False, confidence, found=found, evidence=evidence)
        quoter = Quoter(self._index, topic, found)
        answering, related = _chosen(best)
        sentences = _leaning(quoter, _apart(quoter, answering))
        others = [s for s in _apart(quoter, related) if not _overlaps(s, sentences)]
        return Answer(True, confidence, sentences, others, quoter.found, evidence)

    @cached_property
    def _reader(self) -> AnswerReader | None:
        bundled = self._index.embedder.name == BUNDLED
        return answer_reader(self._settings) if bundled else None

    def evidence(self, question: str, found: Sequence[Found]) -> dict[int, list[Span]]:
        """The stretches of each hit that speak most to the question, by the hit's rank."""
        return marks(question, found)


def _chosen(best: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """What answers, and what only may bear on the question."""
    near = [each for each in best if each.score >= best[0].score - _NEAR]
    answering = [each for each in near if each.score >= best[0].score - _AS_GOOD][:_MOST_UNITS]
    return answering, near[len(answering) : len(answering) + _RELATED]


def _leaning(quoter: Quoter, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, and after them what the first leans on."""
    said = list(sentences)
    first = sentences[0]
    for hit, span in leaned_on(quoter.found[first.rank - 1], (first.start, first.end)):
        said += [each for each in quoter.stretch(hit, span) if not _overlaps(each, said)]
    return said


def _place(quoter: Quoter, route: Route) -> list[Sentence]:
    """What stands at the place: the stretch asked for, the passage, or the unit with a phrase."""
    said: list[Sentence] = []
    for hit in route.found:
        if not hit.asked_for or len(said) >= _MOST_PLACES:
            break
        spans = [(start, end) for start, end, _ in hit.evidence]
        if route.name == "phrase":
            said += _apart(quoter, [each for each in _units_at(hit, spans)])
        else:
            for span in spans or [(hit.passage.start, hit.passage.end)]:
                said += quoter.stretch(hit, span)
                opening = opening_of(hit, span)
                said += [] if opening is None else quoter.stretch(hit, opening)
    return said


def _units_at(hit: Found, spans: Sequence[Span]) -> list[Candidate]:
    return [
        Candidate(unit, hit)
        for unit in units(hit.document, hit.passage)
        if any(unit.start < end and start < unit.end for start, end in spans)
    ]


def _apart(quoter: Quoter, candidates: Sequence[Candidate]) -> list[Sentence]:
    """What is quoted of units, nothing twice: rows of one table have one header."""
    said: list[Sentence] = []
    for candidate in candidates:
        said += [each for each in quoter.quote(candidate) if not _overlaps(each, said)]
    return said


def _overlaps(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    return any(
        sentence.rank == other.rank and sentence.start < other.end and other.start < sentence.end
        for other in said
    )

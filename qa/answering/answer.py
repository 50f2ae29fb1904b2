"""From ranked passages to an answer: the sentences that answer, or that nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import sentence_spans
from index import Found, Index, shared_tokens, tokens
from qa.answering.answerability import answerability
from qa.answering.route import Route

__all__ = ["Answer", "Answerer", "Sentence"]

_MOST_SENTENCES = 4
_PASSAGES_READ = 3
_NEAR_BEST = 0.85
_WORDS_WEIGHT = 0.5
_RANK_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Sentence:
    """A verbatim sentence; ``rank`` is the hit it comes from, ``start`` and ``end`` its place."""

    text: str
    start: int
    end: int
    rank: int


@dataclass(frozen=True, slots=True)
class Answer:
    """``evidence`` maps a hit's rank to the stretches to highlight in it."""

    answered: bool
    confidence: float
    sentences: list[Sentence]
    evidence: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    start: int
    end: int
    score: float


class Answerer:
    """Chooses sentences out of ranked passages and judges whether they answer."""

    def __init__(self, index: Index, threshold: float) -> None:
        self._index = index
        self._threshold = threshold

    def answer(self, question: str, route: Route) -> Answer:
        """The sentences of the best passages that speak most to the question.

        A place that was asked for is its own answer, with full confidence; one that is not there
        has none.
        """
        if not route.found:
            return Answer(False, 0.0, [])
        scored = self._scored(question, route.found)
        evidence = _marks(route.found, scored)
        if route.found[0].asked_for:
            return Answer(True, 1.0, self._place(route), evidence)
        if route.name == "place" or route.reason:
            return Answer(False, 0.0, [], evidence)
        confidence = answerability(self._index, question, route.topic or question, route.found)
        if confidence < self._threshold:
            return Answer(False, confidence, [], evidence)
        return Answer(True, confidence, self._sentences(route.found, scored), evidence)

    def evidence(self, question: str, found: Sequence[Found]) -> dict[int, list[tuple[int, int]]]:
        """The stretches of each hit that speak most to the question, by the hit's rank."""
        return _marks(found, self._scored(question, found))

    def _sentences(
        self, found: Sequence[Found], scored: Sequence[Sequence[_Candidate]]
    ) -> list[Sentence]:
        candidates = [candidate for of_hit in scored[:_PASSAGES_READ] for candidate in of_hit]
        best = max(candidate.score for candidate in candidates)
        chosen = [c for c in candidates if c.score >= best * _NEAR_BEST]
        chosen.sort(key=lambda c: -c.score)
        return [
            self._sentence(found, c)
            for c in sorted(chosen[:_MOST_SENTENCES], key=lambda c: (c.rank, c.start))
        ]

    def _scored(self, question: str, found: Sequence[Found]) -> list[list[_Candidate]]:
        """Each hit's sentences, best first; none for a place that was asked for."""
        asked = set(tokens(question))
        return [
            [] if hit.asked_for else _candidates(asked, rank, hit)
            for rank, hit in enumerate(found, 1)
        ]

    def _place(self, route: Route) -> list[Sentence]:
        """What stands at the place: the stretch asked for, the passage, or a phrase's sentence."""
        sentences: list[Sentence] = []
        for rank, hit in enumerate(route.found, 1):
            if not hit.asked_for or len(sentences) >= _MOST_SENTENCES:
                break
            text = hit.document.text
            spans = [span[:2] for span in hit.evidence] or [(hit.passage.start, hit.passage.end)]
            if route.name == "phrase":
                every = sentence_spans(text, hit.passage.start, hit.passage.end)
                spans = [s for s in every if any(s[0] < e and b < s[1] for b, e in spans)]
            sentences += [Sentence(text[start:end], start, end, rank) for start, end in spans]
        return sentences[:_MOST_SENTENCES]

    def _sentence(self, found: Sequence[Found], candidate: _Candidate) -> Sentence:
        document = found[candidate.rank - 1].document
        text = document.text[candidate.start : candidate.end]
        return Sentence(text, candidate.start, candidate.end, candidate.rank)


def _candidates(asked: set[str], rank: int, hit: Found) -> list[_Candidate]:
    """A hit's sentences, best first: by meaning, the question's words, the hit's score."""
    stretches = hit.evidence or tuple(
        (*span, 0.0)
        for span in sentence_spans(hit.document.text, hit.passage.start, hit.passage.end)
    )
    scored = []
    for start, end, likeness in stretches:
        shared = shared_tokens(asked, hit.document.text[start:end])
        words = len(shared) / len(asked) if asked else 0.0
        score = likeness + _WORDS_WEIGHT * words + _RANK_WEIGHT * hit.score
        scored.append(_Candidate(rank, start, end, score))
    return sorted(scored, key=lambda c: (-c.score, c.start))


def _marks(
    found: Sequence[Found], scored: Sequence[Sequence[_Candidate]]
) -> dict[int, list[tuple[int, int]]]:
    """The stretches to highlight, by rank: the place that was asked for, or the best sentences."""
    marks: dict[int, list[tuple[int, int]]] = {}
    for rank, (hit, candidates) in enumerate(zip(found, scored, strict=True), 1):
        if hit.asked_for:
            marks[rank] = [(start, end) for start, end, _ in hit.evidence]
        elif candidates:
            near = [c for c in candidates if c.score >= candidates[0].score * _NEAR_BEST][:2]
            marks[rank] = sorted((c.start, c.end) for c in near)
    return marks

"""Index: search over the passages of a library, by meaning and by words together.

Four legs pick candidates: FAISS by the likeness of whole passages, the likeness of a question they
answer (``index.doc2query``), BM25 by words, and learned translations of words
(``index.translation``). Late interaction (``index.maxsim``) scores the candidates too; what all
five say is added (``index.fusion``). On disk an index is one generation folder (``index.build``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from corpus import Document, InputError, Passage, sentence_spans
from index.backends import Backend
from index.doc2query import AskedVectors
from index.fields import above_span, dense_field, field_span
from index.filters import EVERYTHING, Filters
from index.fusion import weighted_sum
from index.legs import NOTHING, Leg, Rows, Scores, candidates, of_best
from index.lexical import Lexical
from index.model import Embedder, Encoded
from index.parts import TokenParts
from index.rows import TextRows
from index.translation import Translation

__all__ = ["RUNS", "Found", "Index", "Run"]

Run = Literal["hybrid", "dense", "lexical"]
RUNS: tuple[Run, ...] = get_args(Run)

# Chosen on the development sets: the plan's, citizens' questions over all laws, and documents that
# nobody prepared beside both (benchmarks/train/fit_fusion.py).
WEIGHTS = {"dense": 1.0, "late": 0.85, "lexical": 0.35, "translation": 0.3}
# A library is about its own documents; the laws are there because these cite them.
OWN_DOCUMENTS = 0.3
NAMED_DOCUMENT = 0.5
_BEST = 1 + OWN_DOCUMENTS + NAMED_DOCUMENT
# How near a question must be to count as much as a near passage; chosen with the weights.
ASKED = np.float32(0.9)
CANDIDATES = 100
# What a question that people confirmed adds to its passage, from the likeness of any two questions
# on: chosen on one month of marks (benchmarks/measure/month.py).
CONFIRMED, UNLIKE = np.float32(0.5), np.float32(0.2)
_SUREST = np.float32(0.99)
_FILTERS_KEPT = 64
_TEXTS_KEPT = 20_000  # 30 MB of vectors


@dataclass(frozen=True, slots=True)
class Found:
    """One ranked passage.

    ``asked_for`` says that it is itself what was asked for, a place or words, not found by search.
    ``legs`` is what each leg of a hybrid search says of it (``Index.legs``; -inf for nothing).
    ``evidence`` holds stretches of the document's text with their similarity, best first: the
    sentences that speak to the question, or the place that was asked for.
    """

    row: int
    document: Document
    passage: Passage
    score: float
    evidence: tuple[tuple[int, int, float], ...] = ()
    asked_for: bool = False
    legs: Mapping[str, float] = field(default_factory=dict)


class _Admission(NamedTuple):
    """Which rows filters let through: by row, how many, and their numbers (None: all)."""

    mask: NDArray[np.bool_]
    total: int
    rows: Rows | None


class Index:
    """A library ready to be searched. Row numbers count the text passages of all documents."""

    def __init__(
        self,
        documents: Sequence[Document],
        backend: Backend,
        tokens: TokenParts,
        asked: AskedVectors,
        lexical: Lexical,
        translation: Translation,
        embedder: Callable[[], Embedder],
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self.passages = TextRows(documents)
        self._backend = backend
        self._tokens = tokens
        self._asked = self._came_with = asked
        self._taught = AskedVectors(asked.vectors[:0], asked.rows[:0])
        self._confirmed: dict[str, NDArray[np.float32]] = {}
        self._lexical = lexical
        self._translation = translation
        self._load_embedder = embedder
        self._admitted: dict[Filters, _Admission] = {}
        self._met: dict[str, NDArray[np.float32]] = {}
        self._encoded = lru_cache(16)(lambda query: self.embedder.encode([query], "query"))

    @cached_property
    def embedder(self) -> Embedder:
        """The model the index was built with, loaded when first needed."""
        return self._load_embedder()

    def search(
        self,
        query: str,
        k: int = 10,
        run: Run = "hybrid",
        filters: Filters = EVERYTHING,
        named: Collection[str] = (),
    ) -> list[Found]:
        """The ``k`` best passages, best first; fewer when fewer match.

        The hybrid run puts passages of the ``named`` documents (ids the question names) before
        equals.
        """
        if run not in RUNS:
            raise InputError(f"检索方式“{run}”不存在，请用 {'、'.join(RUNS)} 之一。")
        if not self._admission(filters).total:
            return []
        asked = None if run == "lexical" else self.encoded(query)
        if run == "hybrid":
            rows, legs = self.legs(query, filters, max(k, CANDIDATES))
            scores = (fused(legs) + self._prior(rows, named)) / _BEST
            scores = self._with_confirmed(query, rows, scores)
        else:
            leg = self._dense(asked, filters, k) if asked else self._by_words(query, filters)
            rows, legs = candidates([leg], k), {}
            scores = leg.at(rows)
        best = np.argsort(-scores, kind="stable")[:k]
        found = [self._found(int(rows[n]), float(scores[n]), asked) for n in best]
        said = [{name: float(leg[n]) for name, leg in legs.items()} for n in best]
        return [replace(hit, legs=each) for hit, each in zip(found, said, strict=True)]

    def legs(
        self, query: str, filters: Filters = EVERYTHING, depth: int = CANDIDATES
    ) -> tuple[Rows, dict[str, Scores]]:
        """The rows among the ``depth`` best of any leg, and what each leg says of them.

        The legs are ``dense`` and ``late`` (cosines), ``question`` (the cosine of the nearest
        question that the passage answers), ``lexical`` (BM25) and ``translation``.
        """
        asked = self.encoded(query)
        every = {
            "dense": self._dense(asked, filters, depth),
            "question": self._by_questions(asked, filters),
            "lexical": self._by_words(query, filters),
            "translation": self._by_translation(query, filters),
        }
        rows = candidates(every.values(), depth)
        legs = {name: leg.at(rows) for name, leg in every.items()}
        legs["late"] = self._tokens.maxsim(asked.tokens[0], rows)
        return rows, legs

    def encoded(self, query: str) -> Encoded:
        """The query's vectors; the last few are kept."""
        return self._encoded(query)

    def teach(self, questions: Sequence[tuple[int, str]]) -> None:
        """Questions that rows answer, beside those the passages came with; only new are encoded."""
        fresh = dict.fromkeys(text for _, text in questions if text not in self._confirmed)
        if fresh:
            vectors = self.embedder.encode(list(fresh), "query").vectors
            self._confirmed |= dict(zip(fresh, vectors, strict=True))
        known = [self._confirmed[text] for _, text in questions]
        rows = [row for row, _ in questions]
        more = np.stack(known) if known else self._came_with.vectors[:0]
        self._taught = AskedVectors(more, np.array(rows, np.int64))
        self._asked = self._came_with.joined(more, rows)

    def forget(self) -> None:
        """Encode queries anew, so that their cost can be measured."""
        self._encoded.cache_clear()

    def cosines(self, query: str, texts: Sequence[str]) -> list[float]:
        """How near texts are to the query as whole passages; texts met before cost nothing."""
        fresh = list(dict.fromkeys(text for text in texts if text not in self._met))
        if len(self._met) + len(fresh) > _TEXTS_KEPT:
            self._met.clear()
            fresh = list(dict.fromkeys(texts))
        if fresh:
            vectors = self.embedder.encode(fresh, "passage").vectors
            self._met |= dict(zip(fresh, vectors, strict=True))
        asked = self.encoded(query).vectors[0]
        return [float(asked @ self._met[text]) for text in texts]

    def admitted(self, filters: Filters) -> NDArray[np.bool_]:
        """Which rows the filters let through."""
        return self._admission(filters).mask

    def _admission(self, filters: Filters) -> _Admission:
        if filters not in self._admitted:
            filters.check(self.documents)
            if len(self._admitted) >= _FILTERS_KEPT:
                self._admitted.clear()
            mask = self._mask(filters)
            rows = np.flatnonzero(mask)
            self._admitted[filters] = _Admission(
                mask, len(rows), None if len(rows) == len(mask) else rows
            )
        return self._admitted[filters]

    def _mask(self, filters: Filters) -> NDArray[np.bool_]:
        documents = list(self.documents.values())
        admitted = np.array([filters.admits(document) for document in documents], dtype=bool)
        mask = self.passages.of_documents(admitted)
        if filters.section:
            for number in np.flatnonzero(admitted).tolist():
                first, last = self.passages.span(number)
                here = self.passages[first:last]
                mask[first:last] = [filters.admits_passage(*row) for row in here]
        return mask

    def _with_confirmed(self, query: str, rows: Rows, scores: Scores) -> Scores:
        """The scores with what confirmed questions add; 1 is for what was asked for."""
        if not len(self._taught.rows):
            return scores
        near = self._taught.leg(self.encoded(query).vectors[0]).at(rows)
        added: Scores = np.minimum(scores + CONFIRMED * np.maximum(near - UNLIKE, 0), _SUREST)
        return added

    def _prior(self, rows: Rows, named: Collection[str]) -> Scores:
        prior = self._own_rows[rows] * np.float32(OWN_DOCUMENTS)
        if named:
            there = np.array([self.passages.document(row).id in named for row in rows], np.float32)
            prior = prior + there * np.float32(NAMED_DOCUMENT)
        return prior

    @property
    def lead(self) -> Document:
        """The document that the library is about: the first that no later version replaces."""
        current = (document for document in self.documents.values() if document.current)
        return next(current, next(iter(self.documents.values())))

    @cached_property
    def _own_rows(self) -> NDArray[np.bool_]:
        own = [document.origin != "law" for document in self.documents.values()]
        return self.passages.of_documents(np.array(own, dtype=bool))

    def _found(self, row: int, score: float, asked: Encoded | None) -> Found:
        """A row as a record, its sentences ordered by their likeness to the question."""
        document, passage = self.passages[row]
        evidence: list[tuple[int, int, float]] = []
        if asked is not None and self.embedder.token_dimension:
            spans = sentence_spans(document.text, passage.start, passage.end)
            scores = self._likeness(asked, row, [[span] for span in spans])
            evidence = [(*span, s) for span, s in zip(spans, scores, strict=True)]
            evidence.sort(key=lambda entry: -entry[2])
        return Found(row, document, passage, score, tuple(evidence))

    def likeness(
        self, query: str, row: int, stretches: Sequence[Sequence[tuple[int, int]]]
    ) -> list[float]:
        """Late interaction with stretches of one passage, each of spans of the document's text."""
        return self._likeness(self.encoded(query), row, stretches)

    def _likeness(
        self, asked: Encoded, row: int, stretches: Sequence[Sequence[tuple[int, int]]]
    ) -> list[float]:
        places = dense_field(*self.passages[row])[1]
        above = above_span(places)
        inside = [[above, *(field_span(places, *span) for span in s)] for s in stretches]
        return self._tokens.span_scores(asked.tokens[0], row, inside)

    def _dense(self, asked: Encoded, filters: Filters, depth: int) -> Leg:
        admission = self._admission(filters)
        count = min(depth, admission.total)
        if not count:
            return NOTHING
        limits = admission.rows, filters.where()
        scores, rows = self._backend.search(asked.vectors, count, *limits)
        return of_best(rows[0], scores[0])

    def _by_questions(self, asked: Encoded, filters: Filters) -> Leg:
        return self._asked.leg(asked.vectors[0]).among(self._admission(filters).mask)

    def _by_words(self, query: str, filters: Filters) -> Leg:
        return self._lexical.leg(query).among(self._admission(filters).mask)

    def _by_translation(self, query: str, filters: Filters) -> Leg:
        return self._translation.leg(query).among(self._admission(filters).mask)


def fused(legs: Mapping[str, Scores]) -> Scores:
    """The legs in one score between 0 and 1, by the weights above."""
    near = {**legs, "dense": np.maximum(legs["dense"], ASKED * legs["question"])}
    total = weighted_sum([near[name] for name in WEIGHTS], list(WEIGHTS.values()))
    return total / np.float32(sum(WEIGHTS.values()))

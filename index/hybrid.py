"""Index: search over the passages of a library, by meaning and by words together.

Four legs pick candidates: FAISS by the likeness of whole passages, the likeness of a question they
answer (``index.doc2query``), BM25 by words, and learned translations of words
(``index.translation``). Late interaction (``index.maxsim``) scores the candidates too; what all
five say is added (``index.fusion``). On disk an index is one generation folder (``index.build``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus import Document, InputError, Passage, sentence_spans
from index.backends import Backend
from index.doc2query import AskedVectors
from index.fields import dense_field, field_span
from index.filters import EVERYTHING, Filters
from index.fusion import weighted_sum
from index.lexical import Lexical
from index.maxsim import TokenStore
from index.model import Embedder, Encoded
from index.translation import Translation

__all__ = ["RUNS", "Found", "Index", "Run"]

Run = Literal["hybrid", "dense", "lexical"]
RUNS: tuple[Run, ...] = get_args(Run)
Scores = NDArray[np.float32]

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
_FILTERS_KEPT = 64


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


class Index:
    """A library ready to be searched. Row numbers count the text passages of all documents."""

    def __init__(
        self,
        documents: Sequence[Document],
        backend: Backend,
        tokens: TokenStore,
        asked: AskedVectors,
        lexical: Lexical,
        translation: Translation,
        embedder: Callable[[], Embedder],
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self.passages = [(d, p) for d in documents for p in d.passages if p.kind == "text"]
        self._backend = backend
        self._tokens = tokens
        self._asked = asked
        self._lexical = lexical
        self._translation = translation
        self._load_embedder = embedder
        self._admitted: dict[Filters, NDArray[np.bool_]] = {}
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
        admitted = self.admitted(filters)
        if not admitted.any():
            return []
        asked = None if run == "lexical" else self.encoded(query)
        if run == "hybrid":
            rows, legs = self.legs(query, filters, max(k, CANDIDATES))
            scores = (fused(legs) + self._prior(rows, named)) / _BEST
        else:
            every = (
                self._by_words(query, admitted)
                if asked is None
                else self._dense(asked.vectors, admitted, k)
            )
            rows, legs = candidates([every], k), {}
            scores = every[rows]
        best = np.argsort(-scores, kind="stable")[:k]
        found = [self._found(int(rows[n]), float(scores[n]), asked) for n in best]
        said = [{name: float(leg[n]) for name, leg in legs.items()} for n in best]
        return [replace(hit, legs=each) for hit, each in zip(found, said, strict=True)]

    def legs(
        self, query: str, filters: Filters = EVERYTHING, depth: int = CANDIDATES
    ) -> tuple[NDArray[np.int64], dict[str, Scores]]:
        """The rows among the ``depth`` best of any leg, and what each leg says of them.

        The legs are ``dense`` and ``late`` (cosines), ``question`` (the cosine of the nearest
        question that the passage answers), ``lexical`` (BM25) and ``translation``.
        """
        admitted = self.admitted(filters)
        asked = self.encoded(query)
        every = {
            "dense": self._dense(asked.vectors, admitted, depth),
            "question": self._by_questions(asked.vectors, admitted),
            "lexical": self._by_words(query, admitted),
            "translation": self._by_translation(query, admitted),
        }
        rows = candidates(every.values(), depth)
        legs = {name: scores[rows] for name, scores in every.items()}
        legs["late"] = self._tokens.maxsim(asked.tokens[0], rows)
        return rows, legs

    def encoded(self, query: str) -> Encoded:
        """The query's vectors; the last few are kept."""
        return self._encoded(query)

    def admitted(self, filters: Filters) -> NDArray[np.bool_]:
        """Which rows the filters let through."""
        if filters not in self._admitted:
            filters.check(self.documents)
            if len(self._admitted) >= _FILTERS_KEPT:
                self._admitted.clear()
            ids = {d.id for d in self.documents.values() if filters.admits(d)}
            self._admitted[filters] = np.array(
                [d.id in ids and filters.admits_passage(d, p) for d, p in self.passages], dtype=bool
            )
        return self._admitted[filters]

    def _prior(self, rows: NDArray[np.int64], named: Collection[str]) -> Scores:
        ids = [self.passages[row][0].id for row in rows]
        own = np.array([OWN_DOCUMENTS * (i not in self._statutes) for i in ids], dtype=np.float32)
        return own + np.array([NAMED_DOCUMENT * (i in named) for i in ids], dtype=np.float32)

    @property
    def lead(self) -> Document:
        """The document that the library is about: the first that no later version replaces."""
        current = (document for document in self.documents.values() if document.current)
        return next(current, next(iter(self.documents.values())))

    @cached_property
    def _statutes(self) -> frozenset[str]:
        return frozenset(d.id for d in self.documents.values() if d.origin == "law")

    def _found(self, row: int, score: float, asked: Encoded | None) -> Found:
        """A row as a record, its sentences ordered by their likeness to the question."""
        document, passage = self.passages[row]
        evidence: list[tuple[int, int, float]] = []
        if asked is not None and self.embedder.token_dimension:
            spans = sentence_spans(document.text, passage.start, passage.end)
            places = dense_field(document, passage)[1]
            inside = [field_span(places, start, end) for start, end in spans]
            scores = self._tokens.span_scores(asked.tokens[0], row, inside)
            evidence = [(*span, s) for span, s in zip(spans, scores, strict=True)]
            evidence.sort(key=lambda entry: -entry[2])
        return Found(row, document, passage, score, tuple(evidence))

    def _dense(
        self, vectors: NDArray[np.float32], admitted: NDArray[np.bool_], depth: int
    ) -> Scores:
        scores = np.full(len(self.passages), -np.inf, dtype=np.float32)
        among = None if admitted.all() else np.flatnonzero(admitted)
        count = min(depth, int(admitted.sum()))
        if count:
            found, rows = self._backend.search(vectors, count, among)
            scores[rows[0]] = found[0]
        return scores

    def _by_questions(self, vectors: NDArray[np.float32], admitted: NDArray[np.bool_]) -> Scores:
        scores = self._asked.scores(vectors[0], len(self.passages))
        return np.where(admitted, scores, -np.inf).astype(np.float32)

    def _by_words(self, query: str, admitted: NDArray[np.bool_]) -> Scores:
        scores = self._lexical.scores(query)
        return np.where(admitted & (scores > 0), scores, -np.inf).astype(np.float32)

    def _by_translation(self, query: str, admitted: NDArray[np.bool_]) -> Scores:
        scores = self._translation.scores(query)
        return np.where(admitted & (scores > 0), scores, -np.inf).astype(np.float32)


def candidates(legs: Iterable[Scores], depth: int) -> NDArray[np.int64]:
    """The rows among the ``depth`` best of any leg, in the order of the library."""
    best = [np.argsort(-scores, kind="stable")[:depth] for scores in legs]
    finite = [rows[np.isfinite(s[rows])] for rows, s in zip(best, legs, strict=True)]
    return np.unique(np.concatenate(finite)).astype(np.int64)


def fused(legs: Mapping[str, Scores]) -> Scores:
    """The legs in one score between 0 and 1, by the weights above."""
    near = {**legs, "dense": np.maximum(legs["dense"], ASKED * legs["question"])}
    total = weighted_sum([near[name] for name in WEIGHTS], list(WEIGHTS.values()))
    return total / np.float32(sum(WEIGHTS.values()))

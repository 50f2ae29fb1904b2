"""Index: dense and lexical search over the passages of a library, fused.

On disk an index is one generation folder, complete and checksummed (``index.generation``); here it
is loaded and asked. Row numbers count the text passages of all documents in order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus import Document, InputError, Passage
from index.backends.base import Backend
from index.embed import Embedder
from index.filters import Filters
from index.fusion import weighted_sum
from index.lexical import Lexical

__all__ = ["RUNS", "Found", "Index", "Run"]

Run = Literal["hybrid", "dense", "lexical"]
RUNS: tuple[Run, ...] = get_args(Run)
Scores = NDArray[np.float32]

DENSE_WEIGHT = 1.0
LEXICAL_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Found:
    """One ranked passage. ``evidence`` holds its units with their similarity, best first."""

    row: int
    document: Document
    passage: Passage
    score: float
    evidence: tuple[tuple[int, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Legs:
    """The score of every row in each leg; -inf where the row is not admitted."""

    dense: Scores
    lexical: Scores
    units: dict[int, list[tuple[int, int, float]]] = field(default_factory=dict)


class Index:
    """A library ready to be searched."""

    def __init__(
        self,
        documents: list[Document],
        units: NDArray[np.int64],
        backend: Backend,
        lexical: Lexical,
        embedder: Callable[[], Embedder],
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self.passages = [(d, p) for d in documents for p in d.passages if p.kind == "text"]
        self._units = units
        self._backend = backend
        self._lexical = lexical
        self._load_embedder = embedder
        self._admitted: dict[Filters, NDArray[np.bool_]] = {}

    @cached_property
    def embedder(self) -> Embedder:
        """The model the index was built with, loaded when first needed."""
        return self._load_embedder()

    def search(
        self, query: str, k: int = 10, run: Run = "hybrid", filters: Filters = Filters()
    ) -> list[Found]:
        """The ``k`` best passages, best first; fewer when fewer match."""
        if run not in RUNS:
            raise InputError(f"检索方式“{run}”不存在,请用 {'、'.join(RUNS)} 之一。")
        legs = self.legs(query, run, filters)
        if run == "hybrid":
            fused = weighted_sum([legs.dense, legs.lexical], [DENSE_WEIGHT, LEXICAL_WEIGHT])
            fused[~np.isfinite(legs.dense)] = -np.inf
        else:
            fused = legs.dense if run == "dense" else legs.lexical
            if run == "lexical":
                fused = np.where(fused > 0, fused, -np.inf).astype(np.float32)
        return self.ranked(fused, k, legs)

    def legs(self, query: str, run: Run, filters: Filters) -> Legs:
        """Every row's dense and lexical score (zeros for a leg the run does not use)."""
        admitted = self.admitted(filters)
        nothing = np.zeros(len(self.passages), dtype=np.float32)
        dense, evidence = nothing, {}
        if run != "lexical" and admitted.any():
            dense, evidence = self._dense(query, admitted)
        lexical = nothing if run == "dense" else self._lexical.scores(query)
        return Legs(
            np.where(admitted, dense, -np.inf).astype(np.float32),
            np.where(admitted, lexical, -np.inf).astype(np.float32),
            evidence,
        )

    def admitted(self, filters: Filters) -> NDArray[np.bool_]:
        """Which rows the filters let through."""
        if filters not in self._admitted:
            filters.check(self.documents)
            ids = {d.id for d in self.documents.values() if filters.admits(d)}
            self._admitted[filters] = np.array(
                [d.id in ids and filters.admits_passage(d, p) for d, p in self.passages], dtype=bool
            )
        return self._admitted[filters]

    def ranked(self, scores: Scores, k: int, legs: Legs) -> list[Found]:
        """The best rows of a score vector as records; equal scores in the order of the library."""
        order = np.argsort(-scores, kind="stable")[:k]
        return [
            Found(row, *self.passages[row], float(scores[row]), tuple(legs.units.get(row, ())))
            for row in map(int, order)
            if np.isfinite(scores[row])
        ]

    def _dense(
        self, query: str, admitted: NDArray[np.bool_]
    ) -> tuple[Scores, dict[int, list[tuple[int, int, float]]]]:
        rows, starts, ends = self._units.T
        among = None if admitted.all() else np.flatnonzero(admitted[rows])
        count = len(rows) if among is None else len(among)
        scores, numbers = self._backend.search(self.embedder.encode_queries([query]), count, among)
        best = np.full(len(self.passages), -np.inf, dtype=np.float32)
        evidence: dict[int, list[tuple[int, int, float]]] = {}
        np.maximum.at(best, rows[numbers[0]], scores[0])
        for score, number in zip(scores[0][:200], numbers[0][:200], strict=True):
            span = (int(starts[number]), int(ends[number]), float(score))
            evidence.setdefault(int(rows[number]), []).append(span)
        return best, evidence

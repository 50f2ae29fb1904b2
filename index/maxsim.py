"""Late interaction: a passage scored by its tokens' likeness to the question's (MaxSim).

Khattab and Zaharia, ColBERT, SIGIR 2020: each token of the question is matched with the passage's
nearest token, and the similarities are averaged. The tokens are those the encoder makes anyway,
stored in a few dimensions as bytes; at query time nothing is encoded but the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import load_arrays, save_arrays

__all__ = ["QUANTUM", "Spans", "TokenStore", "Tokens", "quantised"]

QUANTUM = 200
"""Bytes per unit: components of unit vectors in ±0.635 are kept to 1/200."""

Tokens = NDArray[np.int8]
Spans = NDArray[np.int32]
_FILES = ("tokens.npy", "token-starts.npy", "token-spans.npy")


def quantised(vectors: NDArray[np.float32]) -> Tokens:
    """Unit rows as bytes."""
    return np.clip(np.rint(vectors * QUANTUM), -127, 127).astype(np.int8)


@dataclass(frozen=True, slots=True)
class TokenStore:
    """The token vectors of all passages, one after the other.

    ``vectors`` (tokens, dimension); ``starts`` (passages + 1,) where each passage's tokens begin;
    ``spans`` (tokens, 2) the characters of the embedded text they stand for.
    """

    vectors: Tokens
    starts: NDArray[np.int64]
    spans: Spans

    @classmethod
    def build(cls, tokens: Sequence[Tokens], spans: Sequence[Spans]) -> TokenStore:
        """From one array a passage; a model without token vectors gives empty ones."""
        starts = np.concatenate([[0], np.cumsum([len(rows) for rows in tokens])])
        nothing = np.empty((0, 0), np.int8), np.empty((0, 2), np.int32)
        vectors = np.concatenate(tokens) if tokens else nothing[0]
        return cls(vectors, starts.astype(np.int64), np.concatenate(spans) if spans else nothing[1])

    def maxsim(self, query: Tokens, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The mean best similarity of the query's tokens (tokens, dimension) for each passage."""
        scores = np.zeros(len(rows), dtype=np.float32)
        counts = self.starts[rows + 1] - self.starts[rows]
        filled = np.flatnonzero(counts)
        if not len(query) or not len(filled):
            return scores
        starts, ends = self.starts[rows[filled]], self.starts[rows[filled] + 1]
        picked = [self.vectors[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        similar = _similar(np.concatenate(picked), query)
        firsts = np.concatenate([[0], np.cumsum(counts[filled])[:-1]])
        scores[filled] = np.maximum.reduceat(similar, firsts, axis=0).mean(axis=1)
        return scores

    def span_scores(
        self, query: Tokens, row: int, stretches: Sequence[Sequence[tuple[int, int]]]
    ) -> list[float]:
        """The same for stretches of one passage, each of spans in characters of its text."""
        first, last = self.starts[row], self.starts[row + 1]
        if first == last or not len(query):
            return [0.0] * len(stretches)
        similar = _similar(self.vectors[first:last], query)
        middles = self.spans[first:last].mean(axis=1)
        scores = []
        for stretch in stretches:
            among = [(middles >= start) & (middles < end) for start, end in stretch]
            inside = similar[np.any(among, axis=0)] if among else similar[:0]
            scores.append(float(inside.max(axis=0).mean()) if len(inside) else 0.0)
        return scores

    def passage(self, row: int) -> tuple[Tokens, Spans]:
        """One passage's tokens and spans."""
        part = slice(self.starts[row], self.starts[row + 1])
        return self.vectors[part], self.spans[part]

    def save(self, folder: Path) -> None:
        """Write three .npy files."""
        save_arrays(folder, _FILES, (self.vectors, self.starts, self.spans))

    @classmethod
    def load(cls, folder: Path) -> TokenStore:
        """Read what ``save`` wrote."""
        return cls(*load_arrays(folder, _FILES, "词向量文件"))


def _similar(tokens: Tokens, query: Tokens) -> NDArray[np.float32]:
    """Inner products (tokens, query tokens) of unit vectors kept as bytes."""
    return tokens.astype(np.float32) @ query.T.astype(np.float32) / np.float32(QUANTUM**2)

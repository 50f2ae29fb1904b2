"""The questions that passages answer, as another way to find them.

A question is compared with the questions people ask (``corpus.written_questions``): two ways of
asking are nearer to each other than either is to the text. A passage is as near as the nearest of
them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Passage
from index.arrays import load_arrays, save_arrays
from index.legs import NOTHING, Leg

__all__ = ["AskedVectors", "asked_questions"]

_FILES = ("asked.npy", "asked-rows.npy")


@dataclass(frozen=True, slots=True)
class AskedVectors:
    """``vectors`` unit rows (questions, dimension); ``rows`` (questions,) the passage of each."""

    vectors: NDArray[np.float32]
    rows: NDArray[np.int64]

    def leg(self, query: NDArray[np.float32]) -> Leg:
        """The cosine of the nearest question of each passage that answers one."""
        if not len(self.rows):
            return NOTHING
        order = np.argsort(self.rows, kind="stable")
        ordered = self.rows[order]
        firsts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        nearest = np.maximum.reduceat((self.vectors @ query)[order], firsts)
        return Leg(ordered[firsts], nearest)

    def joined(self, vectors: NDArray[np.float32], rows: Sequence[int]) -> AskedVectors:
        """These and more questions."""
        if not len(rows):
            return self
        return AskedVectors(
            np.concatenate([self.vectors.reshape(-1, vectors.shape[1]), vectors]),
            np.concatenate([self.rows, np.array(rows, np.int64)]),
        )

    def save(self, folder: Path) -> None:
        """Write two .npy files."""
        save_arrays(folder, _FILES, (self.vectors, self.rows))

    @classmethod
    def load(cls, folder: Path) -> AskedVectors:
        """Read what ``save`` wrote."""
        return cls(*load_arrays(folder, _FILES, "问法文件"))


def asked_questions(
    documents: Sequence[Document], pairs: Sequence[tuple[Document, Passage]]
) -> list[tuple[int, str]]:
    """The row (place in ``pairs``) of the passage that answers each question, and the question."""
    starts: dict[str, list[int]] = {}
    first: dict[str, int] = {}
    for row, (document, passage) in enumerate(pairs):
        starts.setdefault(document.id, []).append(passage.start)
        first.setdefault(document.id, row)
    return [
        (first[document.id] + bisect_right(starts[document.id], asked.start) - 1, asked.question)
        for document in documents
        for asked in document.asked
        if document.id in starts and asked.start >= starts[document.id][0]
    ]

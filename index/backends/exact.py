"""The exact backend: numpy, and the judge of every other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError
from index.backends.base import Ranked, Vectors, Where

__all__ = ["ExactBackend"]


class ExactBackend:
    """All inner products, sorted."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def search(
        self,
        queries: Vectors,
        k: int,
        among: NDArray[np.int64] | None = None,
        where: Where | None = None,
    ) -> Ranked:
        """See ``Backend.search``."""
        rows = np.arange(len(self._vectors)) if among is None else np.sort(among)
        scores = queries @ self._vectors[rows].T
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        shape = (len(queries), k)
        found, numbers = np.full(shape, -np.inf, np.float32), np.full(shape, -1, np.int64)
        found[:, : best.shape[1]] = np.take_along_axis(scores, best, axis=1)
        numbers[:, : best.shape[1]] = rows[best]
        return found, numbers

    def vectors(self) -> Vectors:
        """See ``Backend.vectors``."""
        return self._vectors

    def save(self, path: Path) -> None:
        """Write a .npy file."""
        with path.open("wb") as file:
            np.save(file, self._vectors, allow_pickle=False)

    @classmethod
    def load(cls, path: Path) -> ExactBackend:
        """Read what ``save`` wrote."""
        try:
            with path.open("rb") as file:
                return cls(np.load(file, allow_pickle=False))
        except (OSError, ValueError) as exc:
            raise DamagedError(f"向量文件损坏：{path}，请重新建库：faju build --force") from exc

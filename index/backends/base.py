"""What every vector backend does, and the only direction scores have: larger is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Backend", "Columns", "Ranked", "Vectors", "Where"]

Vectors = NDArray[np.float32]
Ranked = tuple[NDArray[np.float32], NDArray[np.int64]]

Value = str | bool
Columns = Mapping[str, Sequence[Value]]
"""What is known of each row beside its vector, by name: the document it is of, and so on."""

Where = Sequence[Mapping[str, Sequence[Value]]]
"""Rows by their columns: those for which all columns of one of these have one of the values."""


class Backend(Protocol):
    """Inner-product search over unit vectors, which is cosine similarity."""

    def search(
        self,
        queries: Vectors,
        k: int,
        among: NDArray[np.int64] | None = None,
        where: Where | None = None,
    ) -> Ranked:
        """Scores and row numbers, both of shape (queries, k), best first.

        ``among`` limits the search to these rows; ``where``, if given, names the same rows, for a
        backend that has the columns. When fewer than ``k`` rows are there, the rest is -inf and -1.
        Equal scores come in the order of the rows.
        """
        ...

    def vectors(self) -> Vectors:
        """All rows, shape (rows, dimension), as they were given."""
        ...

    def save(self, path: Path) -> None:
        """Write the vectors to one file."""
        ...

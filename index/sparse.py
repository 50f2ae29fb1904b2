"""Sparse matrices (scipy's) that grow by rows, and what is put together of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

__all__ = ["SparseRows", "stacked"]


class SparseRows:
    """Rows of numbers and values, to become one matrix."""

    def __init__(self, kind: DTypeLike) -> None:
        self._kind = kind
        self._numbers: list[Any] = [np.empty(0, np.int32)]
        self._values: list[Any] = [np.empty(0, kind)]
        self._ends = [0]

    def add(self, numbers: Any, values: Any) -> None:
        """One more row: the columns that are not zero, and what stands there."""
        self._numbers.append(np.asarray(numbers, np.int32))
        self._values.append(np.asarray(values, self._kind))
        self._ends.append(self._ends[-1] + len(self._numbers[-1]))

    def matrix(self, width: int) -> Any:
        """The ``csr_matrix`` (rows, width)."""
        from scipy.sparse import csr_matrix

        values, numbers = np.concatenate(self._values), np.concatenate(self._numbers)
        return csr_matrix(
            (values, numbers, np.array(self._ends)), shape=(len(self._ends) - 1, width)
        )


def stacked(parts: Sequence[Any]) -> Any:
    """The rows of matrices of one width, one after the other, by rows."""
    from scipy.sparse import vstack

    return vstack(parts, format="csr")

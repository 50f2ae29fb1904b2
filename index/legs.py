"""What one leg of a search says, and the best of what several say.

A leg speaks of few passages out of many: it is kept as the rows it speaks of and their scores, so
that nothing but what a query touches is sorted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["NOTHING", "Leg", "Rows", "Scores", "candidates", "of_best", "summed"]

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


class Leg(NamedTuple):
    """``scores`` of ``rows``, which ascend; of all other rows the leg says nothing."""

    rows: Rows
    scores: Scores

    def among(self, admitted: NDArray[np.bool_]) -> Leg:
        """What it says of the rows let through; ``admitted`` (passages,) is by row."""
        kept = admitted[self.rows]
        return Leg(self.rows[kept], self.scores[kept])

    def best(self, depth: int) -> Rows:
        """The rows of the ``depth`` best scores, in no order; of equal ones the first."""
        if len(self.rows) <= depth:
            return self.rows
        least = np.partition(self.scores, -depth)[-depth]
        above = np.flatnonzero(self.scores > least)
        equal = np.flatnonzero(self.scores == least)[: depth - len(above)]
        found: Rows = self.rows[np.concatenate([above, equal])]
        return found

    def at(self, rows: Rows) -> Scores:
        """The scores of some rows; -inf where it says nothing."""
        found = np.full(len(rows), -np.inf, np.float32)
        if len(self.rows):
            places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
            said = self.rows[places] == rows
            found[said] = self.scores[places[said]]
        return found


NOTHING = Leg(np.empty(0, np.int64), np.empty(0, np.float32))


def of_best(rows: Rows, scores: Scores) -> Leg:
    """A leg of rows in any order; those below 0 stand for none."""
    there = np.flatnonzero(rows >= 0)
    order = there[np.argsort(rows[there], kind="stable")]
    return Leg(rows[order], scores[order])


def summed(postings: Iterable[tuple[NDArray[np.int32], Scores]], size: int) -> Leg:
    """The sum of what each word says of ``size`` passages: rows, each once, and what each adds."""
    total = np.zeros(size, np.float32)
    for rows, scores in postings:
        total[rows] += scores
    said = np.flatnonzero(total > 0)
    return Leg(said, total[said])


def candidates(legs: Iterable[Leg], depth: int) -> Rows:
    """The rows among the ``depth`` best of any leg, in the order of the library."""
    return np.unique(np.concatenate([leg.best(depth) for leg in legs]))

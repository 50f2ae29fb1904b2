"""A short text laid along the stretch of a longer one that it is most like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.wording.ngrams import codes

__all__ = ["Alignment", "align"]

_WRONG, _LEFT_OUT = 5, 3
"""What a wrong or added character costs, and what one that the shorter text leaves out."""
_STOPS = np.array([ord(mark) for mark in "。;,:、!?()《》\0"], dtype=np.uint32)

Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretch ``[start, end)`` of the longer text, and its distance from the shorter."""

    start: int
    end: int
    distance: int

    def similarity(self, length: int) -> float:
        """1 for the same words, 0 for nothing in common; ``length`` is that of the shorter text."""
        return 1 - self.distance / (_WRONG * max(length, self.end - self.start, 1))


def align(short: str, long: str, gaps: Marks) -> Alignment:
    """The stretch of ``long`` with the least edit distance from ``short``.

    People leave words out more readily than they change them, so that costs less. Of several
    stretches with the same distance the longest, so that a wrong last character is shown beside the
    right one; but it does not grow over a mark of punctuation or a place before which ``gaps`` says
    that something stood. After P. H. Sellers, The theory and computation of evolutionary distances
    (1980), a row at a time.
    """
    letters = codes(long)
    marks = np.isin(letters, _STOPS)
    row = _last_row(codes(short), letters, anchored=False)
    distance = int(row.min())
    end = _longest(row, marks | gaps)
    # The same backwards from the end, where the other end is now fixed.
    first = max(0, end - len(short) - distance // _LEFT_OUT)
    row = _last_row(codes(short)[::-1], letters[first:end][::-1], anchored=True)
    before = (marks | np.append(gaps[1:], True))[first:end][::-1]
    return Alignment(end - _longest(row, before), end, distance)


def _longest(row: NDArray[np.int32], stops: Marks) -> int:
    """The last of the best ends that can be had without taking in a stop."""
    best = np.flatnonzero(row == row.min())
    end = int(best[0])
    for further in best[1:]:
        if further - end > 1 or stops[end]:
            break
        end = int(further)
    return end


def _last_row(
    short: NDArray[np.uint32], long: NDArray[np.uint32], anchored: bool
) -> NDArray[np.int32]:
    """Distances of ``short`` to the stretches of ``long`` that end at each place.

    They begin anywhere, or, if ``anchored``, at the beginning.
    """
    steps = np.arange(len(long) + 1, dtype=np.int32) * _LEFT_OUT
    row = steps.copy() if anchored else np.zeros_like(steps)
    for done, letter in enumerate(short, 1):
        following = np.empty_like(row)
        following[0] = done * _WRONG
        following[1:] = np.minimum(row[:-1] + (long != letter) * _WRONG, row[1:] + _WRONG)
        row = np.minimum.accumulate(following - steps) + steps
    return row

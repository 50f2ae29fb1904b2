"""A short text laid along the stretch of a longer one that it is most like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ngrams import codes

__all__ = ["Alignment", "align"]

_STOPS = frozenset("。;,:、!?()《》\0")


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretch ``[start, end)`` of the longer text, and its edit distance from the shorter."""

    start: int
    end: int
    distance: int

    def similarity(self, length: int) -> float:
        """1 for the same words, 0 for nothing in common; ``length`` is that of the shorter text."""
        return 1 - self.distance / max(length, self.end - self.start, 1)


def align(short: str, long: str) -> Alignment:
    """The stretch of ``long`` with the least Levenshtein distance from ``short``.

    Of several with the same distance the longest, so that a wrong last character is shown beside
    the right one, but not beyond a mark of punctuation. After P. H. Sellers, The theory and
    computation of evolutionary distances (1980), a row at a time.
    """
    end, distance = _end(short, long)
    # The same backwards from the end, where the other end is now fixed.
    reach = long[max(0, end - len(short) - distance) : end][::-1]
    row = _last_row(short[::-1], reach, anchored=True)
    length = _longest(row, reach)
    return Alignment(end - length, end, distance)


def _end(short: str, long: str) -> tuple[int, int]:
    row = _last_row(short, long, anchored=False)
    return _longest(row, long), int(row.min())


def _longest(row: NDArray[np.int32], text: str) -> int:
    """The last of the best ends that can be had without passing a mark of punctuation."""
    best = np.flatnonzero(row == row.min())
    end = int(best[0])
    for further in best[1:]:
        if further - end > 1 or text[end] in _STOPS:
            break
        end = int(further)
    return end


def _last_row(short: str, long: str, anchored: bool) -> NDArray[np.int32]:
    """Distances of ``short`` to the stretches of ``long`` that end at each place.

    They begin anywhere, or, if ``anchored``, at the beginning.
    """
    letters = codes(long)
    steps = np.arange(len(long) + 1, dtype=np.int32)
    row = steps.copy() if anchored else np.zeros_like(steps)
    for done, letter in enumerate(codes(short), 1):
        following = np.empty_like(row)
        following[0] = done
        following[1:] = np.minimum(row[:-1] + (letters != letter), row[1:] + 1)
        row = np.minimum.accumulate(following - steps) + steps
    return row

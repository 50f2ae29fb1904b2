"""Where in a long text the words of a short one may stand: an index of character pairs.

Every pair of neighbouring characters is kept with all its positions. The text is seen as buckets
of equal length; a pair votes for each bucket it stands in, rare pairs more than common ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bigrams", "codes"]

_MOST_VOTES = 400_000
"""Postings looked at for one text; the most common pairs are left out beyond it."""

Ints = NDArray[np.int64]


def codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text, shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


class Bigrams:
    """The pairs of one text; about nine bytes for each of its characters."""

    def __init__(self, text: str) -> None:
        points = codes(text)
        self.size = len(points)
        letters = np.flatnonzero(np.bincount(points)) if self.size else np.empty(0, dtype=np.int64)
        self._alphabet = max(1, len(letters))
        self._letter = np.full(0x110000, -1, dtype=np.int32)
        self._letter[letters] = np.arange(len(letters))
        order = _sorted_pairs(self._letter[points])
        keys = self._keys(points)[order]
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        self._pairs = keys[starts]
        self._starts = np.append(starts, len(keys)).astype(np.int32)
        self._positions = order

    def buckets(self, text: str, width: int) -> NDArray[np.float64]:
        """How well each stretch ``[b * width, (b + 2) * width)`` shares pairs with ``text``."""
        count = self.size // width + 1
        votes = np.zeros(count + 1)
        keys = np.unique(self._keys(codes(text)))
        rows = np.searchsorted(self._pairs, keys)
        rows = rows[rows < len(self._pairs)]
        rows = rows[self._pairs[rows] == keys[: len(rows)]]
        sizes = self._starts[rows + 1] - self._starts[rows]
        order = np.argsort(sizes, kind="stable")
        rows, sizes = rows[order], sizes[order]
        taken = max(1, int(np.searchsorted(np.cumsum(sizes), _MOST_VOTES, side="right")))
        for row, size in zip(rows[:taken], sizes[:taken], strict=True):
            places = self._positions[self._starts[row] : self._starts[row + 1]] // width
            # A pair votes once for a bucket, however often it stands there.
            votes[places[np.flatnonzero(np.diff(places, prepend=-1))]] += np.log(self.size / size)
        return votes[:-1] + votes[1:]

    def _keys(self, points: NDArray[np.uint32]) -> Ints:
        """One number for each pair; -1 for one with a letter that the text does not have."""
        letters = self._letter[points].astype(np.int64)
        keys = letters[:-1] * self._alphabet + letters[1:]
        keys[(letters[:-1] < 0) | (letters[1:] < 0)] = -1
        return keys


def _sorted_pairs(letters: NDArray[np.int32]) -> NDArray[np.int32]:
    """The places of the pairs, by first letter, second letter and place.

    Two passes over 16-bit numbers, which numpy sorts by radix, are three times as fast as one.
    """
    short = np.uint16 if letters.size == 0 or letters.max() <= 0xFFFF else np.int32
    first, second = letters[:-1].astype(short), letters[1:].astype(short)
    order = np.argsort(second, kind="stable").astype(np.int32)
    return order[np.argsort(first[order], kind="stable")]

"""Where in a long text the words of a short one may stand: an index of character pairs.

Every pair of neighbouring characters is kept with all its positions. The text is seen as buckets
of equal length; a pair votes for each bucket it stands in, rare pairs more than common ones.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bigrams", "codes"]

_MOST_VOTES = 400_000
"""Postings looked at for one text; the most common pairs are left out beyond it."""

_SMALL_ALPHABET = 46_340
"""Its square fits into 32 bits."""


def codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text, shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


class Bigrams:
    """The pairs of one text; about nine bytes for each of its characters."""

    def __init__(self, text: str) -> None:
        self.size = len(text)
        letters = sorted(map(ord, set(text)))
        self._alphabet = max(1, len(letters))
        self._letter = np.full(0x110000, -1, dtype=np.int32)
        self._letter[letters] = np.arange(len(letters))
        keys = self._keys(codes(text))
        order = _sorted(keys, self._alphabet)
        keys = keys[order]
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
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

    def _keys(self, points: NDArray[np.uint32]) -> NDArray[np.integer[Any]]:
        """One number for each pair; -1 for one with a letter that the text does not have."""
        letters = self._letter[points]
        if self._alphabet > _SMALL_ALPHABET:
            letters = letters.astype(np.int64)
        keys = letters[:-1] * self._alphabet + letters[1:]
        keys[(letters[:-1] < 0) | (letters[1:] < 0)] = -1
        return keys


def _sorted(keys: NDArray[np.integer[Any]], alphabet: int) -> NDArray[np.int32]:
    """``np.argsort(keys, kind="stable")`` of pairs of letters.

    Two passes over 16-bit numbers, which numpy sorts by radix, are three times as fast as one.
    """
    short = np.uint16 if alphabet <= 0xFFFF else np.int32
    order = np.argsort((keys % alphabet).astype(short), kind="stable").astype(np.int32)
    first = (keys // alphabet).astype(short)
    again = np.argsort(first[order], kind="stable").astype(np.int32)
    return np.asarray(order[again])

"""Where words remembered wrongly stand: candidates by character pairs, then laid along the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz

from qa.wording.alignment import align
from qa.wording.haystack import Haystack, Span
from qa.wording.ngrams import Bigrams

__all__ = ["LONG", "Near", "Stretch", "apart"]

_WINDOWS = 40
"""Windows whose likeness is looked at; of them the best are laid along the words."""
_ALIGNED = 12
LONG = 300
"""Words so long that the pairs alone say which windows are like them."""
_JOINED_REACH = 512
"""Characters within which fragments that were put together are looked for."""
_LEAST_PART = 0.7
"""The likeness that each of the fragments must have."""
_DISORDER = 0.95
"""What is left of the likeness of fragments that stand in another order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place in the haystack like the words, and how like (below 1); one span a fragment."""

    similarity: float
    spans: tuple[Span, ...]

    @property
    def whole(self) -> Span:
        """From the first fragment's beginning to the last one's end."""
        return min(start for start, _ in self.spans), max(end for _, end in self.spans)

    @property
    def in_order(self) -> bool:
        """Whether the fragments follow each other as in the draft."""
        pairs = zip(self.spans, self.spans[1:], strict=False)
        return all(before[1] <= after[0] for before, after in pairs)


class Near:
    """Near search over one haystack; the index of pairs is made when it is first needed."""

    def __init__(self, haystack: Haystack) -> None:
        self._haystack = haystack

    @cached_property
    def _bigrams(self) -> Bigrams:
        return Bigrams(self._haystack.text)

    def stretches(self, words: str, ranges: Sequence[Span], most: int = _ALIGNED) -> list[Stretch]:
        """At most so many stretches most like the words, best first; nothing is too unlike."""
        windows = self._windows(words, ranges, max(32, len(words)))
        if len(words) > LONG:
            windows = windows[: max(2, most * LONG // len(words))]
        else:
            text = self._haystack.text
            like = [fuzz.partial_ratio(words, text[start:end]) for start, end in windows]
            order = sorted(range(len(windows)), key=lambda row: -like[row])
            windows = [windows[row] for row in order[:most]]
        return apart([self._aligned(words, window) for window in windows])

    def joined(self, parts: Sequence[str], ranges: Sequence[Span]) -> list[Stretch]:
        """The places where all the fragments stand near each other, best first."""
        words = "".join(parts)
        windows = self._windows(words, ranges, max(_JOINED_REACH, len(words)))[: _ALIGNED // 2]
        found = []
        for window in windows:
            each: list[Stretch] = []
            for part in parts:
                best = self._aligned(part, window)
                after = each[-1].whole[1] if each else window[0]
                if best.whole[0] < after < window[1]:
                    later = self._aligned(part, (after, window[1]))
                    best = later if later.similarity > best.similarity - 0.05 else best
                each.append(best)
            if min(one.similarity for one in each) < _LEAST_PART:
                continue
            shares = (len(part) * one.similarity for part, one in zip(parts, each, strict=True))
            joined = Stretch(sum(shares) / len(words), tuple(one.spans[0] for one in each))
            if not joined.in_order:
                joined = Stretch(joined.similarity * _DISORDER, joined.spans)
            found.append(joined)
        return apart(found)

    def _aligned(self, words: str, window: Span) -> Stretch:
        start, end = window
        found = align(words, self._haystack.text[start:end], self._haystack.gaps(start, end))
        likeness = found.similarity(len(words))
        return Stretch(likeness, ((start + found.start, start + found.end),))

    def _windows(self, words: str, ranges: Sequence[Span], width: int) -> list[Span]:
        """Windows that share rare pairs with the words, best first, each inside one stretch."""
        votes = self._bigrams.buckets(words, width)
        allowed = np.zeros(len(votes), dtype=bool)
        for start, end in ranges:
            allowed[max(0, start // width - 1) : -(-end // width)] = True
        votes[~allowed] = 0
        count = min(3 * _WINDOWS, len(votes))
        top = np.argpartition(-votes, count - 1)[:count]
        found: list[Span] = []
        taken: set[int] = set()
        for bucket in top[np.lexsort((top, -votes[top]))].tolist():
            if votes[bucket] <= 0 or len(found) >= _WINDOWS:
                break
            if not taken & {bucket - 1, bucket + 1}:
                taken.add(bucket)
                span = (bucket * width - width // 2, (bucket + 2) * width + width // 2)
                found += self._inside(span, ranges)
        return found

    def _inside(self, window: Span, ranges: Sequence[Span]) -> list[Span]:
        """The parts of a window in each document that may be shown."""
        found: list[Span] = []
        for first, last in ranges:
            at, stop = max(window[0], first), min(window[1], last)
            while at < stop:
                end = self._haystack.stretch(at)[1]
                if min(end, stop) > at:
                    found.append((at, min(end, stop)))
                at = end + 1
        return found


def apart(found: Iterable[Stretch]) -> list[Stretch]:
    """Best first; of those that lie over each other only the best."""
    chosen: list[Stretch] = []
    for one in sorted(found, key=lambda stretch: (-round(stretch.similarity, 3), stretch.whole)):
        start, end = one.whole
        if start < end and all(end <= o.whole[0] or o.whole[1] <= start for o in chosen):
            chosen.append(one)
    return chosen

"""Evidence marked in a passage, and a long passage folded around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import sentence_spans

__all__ = ["Fold", "Piece", "clipped", "evidence", "folded", "folds", "pieces"]

LONG = 280  # characters; a longer passage is folded to the sentences that matter
SLACK = 60  # fewer hidden characters than this are not worth a fold

Pair = tuple[int, int]
Piece = tuple[str, bool]
"""Words, and whether they are marked."""


@dataclass(frozen=True, slots=True)
class Fold:
    """A stretch of a passage in pieces; one that is not ``shown`` waits behind a button."""

    pieces: list[Piece]
    length: int
    shown: bool


def folded(text: str, spans: Sequence[Pair]) -> list[Fold]:
    """``text`` in ``folds``, each in ``pieces``."""
    return [
        Fold(pieces(text[start:end], clipped(spans, start, end - start)), end - start, shown)
        for start, end, shown in folds(text, spans)
    ]


def evidence(text: str, start: int, spans: Iterable[Sequence[int]]) -> list[Pair]:
    """``spans`` (offsets into a document) ``clipped`` to its ``text`` that begins at ``start``.

    None where they are the whole of it: marking everything marks nothing.
    """
    within = clipped(spans, start, len(text))
    return [] if within == [(0, len(text))] else within


def folds(text: str, spans: Sequence[Pair]) -> list[tuple[int, int, bool]]:
    """``text`` in stretches ``(start, end, shown)``; one shown stretch when it is short enough.

    Whole sentences are shown: those that touch a span of ``spans`` (sorted, offsets into ``text``),
    or, without spans, the first ones up to ``LONG`` characters.
    """
    whole = [(0, len(text), True)]
    if len(text) <= LONG:
        return whole
    starts = [0, *(start for start, _ in sentence_spans(text)[1:]), len(text)]
    found: list[tuple[int, int, bool]] = []
    for start, end in pairwise(starts):
        shown = any(a < end and b > start for a, b in spans) if spans else start == 0 or end <= LONG
        if found and found[-1][2] == shown:
            found[-1] = (found[-1][0], end, shown)
        else:
            found.append((start, end, shown))
    hidden = sum(end - start for start, end, shown in found if not shown)
    return found if hidden >= SLACK else whole


def pieces(text: str, spans: Sequence[Pair]) -> list[Piece]:
    """``text`` in pieces, those of ``spans`` (sorted, disjoint, offsets into it) marked."""
    cut: list[Piece] = []
    done = 0
    for start, end in spans:
        cut += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [*cut, (text[done:], False)]


def clipped(spans: Iterable[Sequence[int]], offset: int, length: int) -> list[Pair]:
    """``spans`` less ``offset``, cut to ``[0, length)``, sorted, overlapping ones joined."""
    cut = sorted((max(0, s[0] - offset), min(length, s[1] - offset)) for s in spans)
    joined: list[Pair] = []
    for start, end in cut:
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined

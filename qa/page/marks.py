"""Evidence marked in a passage, and a long passage folded around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from corpus import sentence_spans

__all__ = ["clipped", "folds", "marked"]

LONG = 280  # characters; a longer passage is folded to the sentences that matter
SLACK = 60  # fewer hidden characters than this are not worth a fold

Span = tuple[int, int]


def folds(text: str, spans: Sequence[Span]) -> list[tuple[int, int, bool]]:
    """``text`` in pieces ``(start, end, shown)``; one shown piece when it is short enough.

    Whole sentences are shown: those that touch a span of ``spans`` (sorted, offsets into ``text``),
    or, without spans, the first ones up to ``LONG`` characters.
    """
    whole = [(0, len(text), True)]
    if len(text) <= LONG:
        return whole
    starts = [0, *(start for start, _ in sentence_spans(text)[1:]), len(text)]
    pieces: list[tuple[int, int, bool]] = []
    for start, end in pairwise(starts):
        shown = any(a < end and b > start for a, b in spans) if spans else start == 0 or end <= LONG
        if pieces and pieces[-1][2] == shown:
            pieces[-1] = (pieces[-1][0], end, shown)
        else:
            pieces.append((start, end, shown))
    hidden = sum(end - start for start, end, shown in pieces if not shown)
    return pieces if hidden >= SLACK else whole


def marked(text: str, spans: Sequence[Span]) -> str:
    """``text`` escaped, with ``<mark>`` around ``spans`` (sorted, disjoint, offsets into it)."""
    out, done = [], 0
    for start, end in spans:
        out += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return "".join([*out, escape(text[done:])])


def clipped(spans: Iterable[Sequence[int]], offset: int, length: int) -> list[Span]:
    """``spans`` less ``offset``, cut to ``[0, length)``, sorted, overlapping ones joined."""
    cut = sorted((max(0, s[0] - offset), min(length, s[1] - offset)) for s in spans)
    joined: list[Span] = []
    for start, end in cut:
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined

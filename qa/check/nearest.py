"""Where words that are not a source's own stand nearly in it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np

from qa.check.compare import Source, Stretch, key, pieces, place, widened
from qa.wording import align

__all__ = ["nearest", "nearest_apart"]

Span = tuple[int, int]

_SHORTEST_BLOCK = 3
_LONGEST_GAP = 400
"""Characters of the source that a draft may have left out in the middle to be laid along it."""
_GOOD, _SURE = 0.8, 0.9
_GAPS = 0.3
"""What a stretch loses of its likeness for the share of it that the words leave out."""
_LONGEST_ALIGNED = 1200


def nearest(quotation: str, source: Source, start: int, end: int) -> Stretch | None:
    """The stretch of ``source.text[start:end]`` nearest to the quotation; None if nothing is.

    Words left out in the middle count little, so that a shortened sentence is shown whole.
    """
    low, high = source.inside(start, end)
    wanted = key(quotation)
    area = source.key[low:high]
    if not wanted or not area:
        return None
    first, last, likeness = _aligned(wanted, area)
    if likeness < _SURE:
        begin, stop, share = _spanned(wanted, area)
        # What is fairly like already is not traded for a stretch with long gaps in it.
        gaps = _GAPS * (stop - begin - len(wanted)) / max(stop - begin, 1)
        if share - (gaps if likeness >= _GOOD else 0) > likeness:
            first, last, likeness = begin, stop, share
    if first >= last:
        return None
    begin, stop = widened(source, *source.outside(first + low, last + low))
    return Stretch(max(start, begin), min(end, stop), likeness)


def _aligned(wanted: str, area: str) -> tuple[int, int, float]:
    if len(wanted) > _LONGEST_ALIGNED:
        return 0, 0, 0.0
    found = align(wanted, area, np.zeros(len(area), dtype=np.bool_))
    return found.start, found.end, found.similarity(len(wanted))


def _spanned(wanted: str, area: str) -> tuple[int, int, float]:
    """From the first common run to the last, and the share of the words in common runs."""
    blocks = SequenceMatcher(None, wanted, area, autojunk=False).get_matching_blocks()
    kept = [block for block in blocks if block.size >= _SHORTEST_BLOCK]
    if not kept or any(b.b - a.b - a.size > _LONGEST_GAP for a, b in pairwise(kept)):
        return 0, 0, 0.0
    first, last = kept[0], kept[-1]
    begin = max(0, first.b - first.a)
    rest = len(wanted) - last.a - last.size
    stop = min(len(area), last.b + last.size + rest)
    share = sum(block.size for block in kept) / len(wanted)
    return begin, stop, share * 0.98


def nearest_apart(
    quotation: str, source: Source, start: int, end: int, spans: list[Span] | None = None
) -> list[tuple[Span, Stretch]]:
    """Each part of a quotation and the stretch nearest to it, in order; [] if one fails.

    The parts are those between marks of elision, or ``spans``.
    """
    found: list[tuple[Span, Stretch]] = []
    at = start
    for first, last in pieces(quotation) if spans is None else spans:
        part = quotation[first:last]
        exact = place(part, source, source.inside(at, end))
        where = Stretch(*source.outside(*exact)) if exact else nearest(part, source, at, end)
        if where is None:
            return []
        found.append(((first, last), where))
        at = where.end
    return found

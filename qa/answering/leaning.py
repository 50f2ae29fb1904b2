"""What a sentence leans on: 前款规定的期限届满后 says nothing without the 款 before it."""

from __future__ import annotations

from corpus import pointed_back
from index import Found
from qa.answering.units import Span

__all__ = ["leaned_on"]

_LONGEST = 400
"""Characters; what is longer would bury the sentence that leans on it (by eye)."""
_MOST = 2


def leaned_on(hit: Found, span: Span) -> list[tuple[Found, Span]]:
    """The 款 or articles that words of an article point back to, each with the hit it is in."""
    if hit.passage.article is None:
        return []
    targets = dict.fromkeys(pointed_back(hit.document, *span))
    apart = [target for target in targets if target[1] <= span[0] or target[0] >= span[1]]
    near = [target for target in apart if target[1] - target[0] <= _LONGEST]
    return [(_hit_at(hit, target[0]), target) for target in near[:_MOST]]


def _hit_at(hit: Found, at: int) -> Found:
    """The passage around an offset of the hit's document."""
    texts = [passage for passage in hit.document.passages if passage.kind == "text"]
    wanted = next(passage for passage in reversed(texts) if passage.start <= at)
    row = hit.row + texts.index(wanted) - texts.index(hit.passage)
    return Found(row, hit.document, wanted, hit.score)

"""What to highlight in the passages found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus import sentence_spans
from index import Found, shared_tokens, tokens
from qa.answering.units import Span

__all__ = ["marks"]

_NEAR_BEST = 0.85
_WORDS_WEIGHT = 0.5
_MOST = 2
"""A sentence nearly as good as a passage's best is highlighted too; by eye."""


def marks(question: str, found: Sequence[Found]) -> dict[int, list[Span]]:
    """By rank: the place that was asked for, or the sentences nearest by meaning and by words."""
    asked = set(tokens(question))
    return {rank: spans for rank, hit in enumerate(found, 1) if (spans := list(_of(asked, hit)))}


def _of(asked: set[str], hit: Found) -> Iterator[Span]:
    if hit.asked_for:
        yield from ((start, end) for start, end, _ in hit.evidence)
        return
    text, passage = hit.document.text, hit.passage
    spans = sentence_spans(text, passage.start, passage.end)
    stretches = hit.evidence or tuple((*span, 0.0) for span in spans)
    scores: dict[Span, float] = {}
    for start, end, likeness in stretches:
        shared = shared_tokens(asked, text[start:end])
        scores[start, end] = likeness + _WORDS_WEIGHT * len(shared) / max(len(asked), 1)
    best = sorted(scores, key=lambda span: (-scores[span], span))
    near = [span for span in best if scores[span] >= scores[best[0]] * _NEAR_BEST]
    yield from sorted(near[:_MOST])

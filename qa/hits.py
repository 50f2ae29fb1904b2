"""The contract's ``hit``: one ranked passage as a plain dict (design, section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus import Document, Passage

__all__ = ["Hit", "document_label", "make_hit"]

Hit = dict[str, Any]


def make_hit(
    rank: int,
    score: float,
    document: Document,
    passage: Passage,
    highlights: Sequence[tuple[int, int]] = (),
) -> Hit:
    """A JSON-ready hit; ``start``, ``end``, ``highlights`` are offsets into the document's text."""
    return {
        "rank": rank,
        "score": round(score, 6),
        "passage_id": passage.id,
        "document": document_label(document),
        "section": [section.heading for section in document.path(passage.section)],
        "article": passage.article,
        "citation": document.citation(passage),
        "text": document.passage_text(passage),
        "start": passage.start,
        "end": passage.end,
        "highlights": [list(span) for span in highlights],
    }


def document_label(document: Document) -> dict[str, str]:
    """How a hit names its document."""
    return {"id": document.id, "title": document.title, "status": document.status}

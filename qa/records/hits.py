"""The contract's ``hit``: one ranked passage as a plain dict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus import Document, Passage

__all__ = ["Hit", "document_label", "make_hit", "quoted_words"]

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


def quoted_words(hit: Mapping[str, Any], sentences: Sequence[Mapping[str, Any]] = ()) -> str:
    """The sentences of a hit, character for character, a cut shown as dots (……).

    The whole passage where there are none.
    """
    text, offset = hit["text"], hit["start"]
    words, end = "", 0
    for sentence in sorted(sentences, key=lambda sentence: int(sentence["start"])):
        left_out = text[end : sentence["start"] - offset]
        words += ("……" if left_out.strip() else left_out) if words else ""
        words += sentence["text"].strip()
        end = sentence["end"] - offset
    return words or str(text).strip()

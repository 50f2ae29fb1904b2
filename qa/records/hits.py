"""One ranked passage as the contract has it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Document, Passage
from qa.records.types import ArticleHistory, DocumentLabel, Hit, PassageRecord, Sentence

__all__ = [
    "article_history",
    "document_label",
    "make_hit",
    "quoted_sentence",
    "passage_record",
    "quoted_words",
]


def make_hit(
    rank: int,
    score: float,
    document: Document,
    passage: Passage,
    highlights: Sequence[tuple[int, int]] = (),
) -> Hit:
    """A passage with its rank and its score."""
    shown = passage_record(document, passage, highlights)
    return {"rank": rank, "score": round(score, 6), **shown}


def quoted_sentence(text: str, start: int, end: int, rank: int, note: str = "") -> Sentence:
    """Words of a hit; ``note`` says what is left out of a list, "" for nothing."""
    sentence: Sentence = {"text": text, "start": start, "end": end, "hit": rank}
    return {**sentence, "note": note} if note else sentence


def passage_record(
    document: Document, passage: Passage, highlights: Sequence[tuple[int, int]] = ()
) -> PassageRecord:
    """A passage with its citation; all offsets are into the document's text."""
    return {
        "passage_id": passage.id,
        "document": document_label(document),
        "section": [section.heading for section in document.path(passage.section)],
        "article": passage.article,
        "citation": document.citation(passage),
        "text": document.passage_text(passage),
        "start": passage.start,
        "end": passage.end,
        "highlights": [list(span) for span in highlights],
        **article_history(document, passage.article),
    }


def article_history(document: Document, article: str | None) -> ArticleHistory:
    """Since when an article reads as it does and what changed it, as far as that is known."""
    found: ArticleHistory = {}
    since = document.since(article)
    if since:
        found["since"] = since
    history = document.history(article)
    if history:
        found["amended"] = [
            {
                "kind": each.kind,
                "article": each.article,
                "by": each.by,
                "by_id": each.by_id,
                "since": each.since,
                "former": each.former,
                "wording": each.wording,
                "made": each.made,
                "left": each.left,
            }
            for each in history
        ]
    return found


def document_label(document: Document) -> DocumentLabel:
    """How a hit names its document."""
    return {"id": document.id, "title": document.title, "status": document.status}


def quoted_words(hit: Hit, sentences: Sequence[Sentence] = ()) -> str:
    """The sentences of a hit, character for character, a cut shown as dots (……).

    The whole passage where there are none.
    """
    text, offset = hit["text"], hit["start"]
    words, end = "", 0
    for sentence in sorted(sentences, key=lambda sentence: sentence["start"]):
        left_out = text[end : sentence["start"] - offset]
        words += ("……" if left_out.strip() else left_out) if words else ""
        words += sentence["text"].strip()
        end = sentence["end"] - offset
    return words or text.strip()

"""Quotations whose sentences stand in one document, but not in one place of it."""

from __future__ import annotations

from dataclasses import replace

from corpus import Citation, Document, sentence_spans
from qa.check.attribution import Attribution
from qa.check.finding import Finding, shown, standing_note
from qa.check.shelf import Place, Shelf

__all__ = ["scattered"]

_SURE = 0.85
"""Likeness from which a sentence is taken to stand where it nearly does."""
_SENTENCE = 8
"""Letters of a sentence that is looked for by itself."""


def scattered(shelf: Shelf, words: str, document: Document, said: Attribution) -> Finding | None:
    """Sentences that each stand in the document, but not all in one place."""
    article = said.targets[0].article
    sentences = [words[first:last] for first, last in sentence_spans(words)]
    if len(sentences) < 2 or min(map(len, sentences)) < _SENTENCE:
        return None
    places = [_place_of(shelf, sentence, document, said.targets[0]) for sentence in sentences]
    other = next((place for place in places if place and place.passage.article != article), None)
    if other is None or None in places:
        return None
    where = "；".join(
        f"“{shown(sentence)}”见于{place.citation}"
        for sentence, place in zip(sentences, places, strict=True)
        if place is not None
    )
    note = f"这段话不在一处：{where}。" + standing_note(document)
    return Finding("wrong_article", document.title, document, article, other, (), note)


def _place_of(shelf: Shelf, words: str, document: Document, target: Citation) -> Place | None:
    """Where one sentence stands in the document, best in the article said, or very nearly."""
    found = shelf.standing(words, documents=[document.id])
    if not found:
        spans = shelf.spans(document, replace(target, clause=None, item=None))
        near = shelf.nearest(words, document, spans)
        found = [near] if near else []
    if not found or found[0].similarity < _SURE:
        found = shelf.nearby(words, documents=[document.id])
    found = [place for place in found if place.similarity >= _SURE]
    here = [place for place in found if place.passage.article == target.article]
    return next(iter(here or found), None)

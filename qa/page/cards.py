"""A ranked passage as a card, as 问答 and 原文查找 show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.page.excerpts import Passage
from qa.page.marks import Fold, evidence, folded
from qa.records import Hit, Sentence, quoted_words

__all__ = ["Card", "card_of", "cited"]


@dataclass(frozen=True, slots=True)
class Card:
    """A ranked passage as shown, with what can be copied of it."""

    hit: Hit
    folds: list[Fold]
    marks: list[tuple[int, int]]
    copied: str
    passage: Passage


def card_of(hit: Hit, said: Sequence[Sentence] = ()) -> Card:
    """The card of a hit; ``said`` are the sentences that an answer takes from it."""
    text, start = hit["text"], hit["start"]
    spans = evidence(text, start, [*hit["highlights"], *([s["start"], s["end"]] for s in said)])
    return Card(
        hit=hit,
        folds=folded(text, spans),
        marks=[(start + a, start + b) for a, b in spans],
        copied=cited(hit, said),
        passage=Passage.of(hit["document"]["id"], start, text, hit["citation"]),
    )


def cited(hit: Hit, sentences: Sequence[Sentence]) -> str:
    """What 复制引文 copies: ``quoted_words`` and where they stand."""
    return f"“{quoted_words(hit, sentences)}”\n——{hit['citation']}"

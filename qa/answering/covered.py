"""Places in a question that the law found holds in: they ask nothing that it does not say."""

from __future__ import annotations

from corpus.lexicon import word_at
from index import Found, words

__all__ = ["without_places"]

_PLACE = "ns"
_FEW = 4


def without_places(topic: str, hit: Found) -> str:
    """What is asked of a national law, without the places in it: the law holds in 上海 too.

    A place that the passage itself speaks of is asked about; and every document that is no
    national law may be another place's.
    """
    if hit.document.origin != "law":
        return topic
    said = hit.document.passage_text(hit.passage)
    kept = [word for word in words(topic) if not _is_place(word) or word in said]
    asked = "".join(kept)
    return asked if len(asked) >= _FEW else topic


def _is_place(word: str) -> bool:
    found = word_at(word, 0)
    return len(word) > 1 and (found.text, found.tag) == (word, _PLACE)

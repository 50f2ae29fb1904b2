"""Questions that stand near one that was asked: those which the passages beside it answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus import Document
from index import tokens
from qa.records import AskReply, Hit

__all__ = ["related_questions"]

_MOST = 3
_HITS = 6
_LONGEST = 30  # characters that a button holds
_SAME = 0.5  # of the words of one question that another shares when it asks the same, by eye


def related_questions(reply: AskReply, documents: Mapping[str, Document]) -> list[str]:
    """At most three, of the questions that were written for the passages found, one a passage.

    Those of a passage that answers ask the same again, and so they are left out, and any that
    shares half its words with another. Documents of one's own have none.
    """
    chosen: list[str] = []
    answering = {sentence["hit"] for sentence in reply["sentences"]}
    for hit in [hit for hit in reply["hits"] if hit["rank"] not in answering][:_HITS]:
        others = [reply["question"], *chosen]
        fresh = (q for q in _written(hit, documents) if not any(_same(q, o) for o in others))
        chosen += [question for question in [next(fresh, "")] if question]
    return chosen[:_MOST]


def _written(hit: Hit, documents: Mapping[str, Document]) -> Iterator[str]:
    document = documents[hit["document"]["id"]]
    for asked in document.asked:
        if hit["start"] <= asked.start < hit["end"] and len(asked.question) <= _LONGEST:
            yield asked.question


def _same(one: str, other: str) -> bool:
    first, second = set(tokens(one)), set(tokens(other))
    return len(first & second) >= _SAME * min(len(first), len(second))

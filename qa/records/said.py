"""What an answer quotes, passage by passage, and what stands nearest where nothing answers."""

from __future__ import annotations

from qa.records.hits import quoted_words
from qa.records.types import AnswerLine, Hit, Sentence

__all__ = ["nearest", "passages_said"]

_NEAREST = 3  # passages below 文件未作规定, as on the page and in the terminal
_CLIPPED = 300  # characters

Said = tuple[Hit, str]


def passages_said(record: AnswerLine) -> list[Said]:
    """The passages an answer quotes, each with its words (``quoted_words``), in their order."""
    if "error" in record:
        return []
    groups: dict[int, list[Sentence]] = {}
    for sentence in record["sentences"]:
        groups.setdefault(sentence["hit"], []).append(sentence)
    hits = {hit["rank"]: hit for hit in record["hits"]}
    return [(hits[rank], quoted_words(hits[rank], group)) for rank, group in groups.items()]


def nearest(record: AnswerLine) -> list[Said]:
    """For a question that is refused the passages nearest to it, long ones cut."""
    if "error" in record or record["answered"]:
        return []
    near = [(hit, hit["text"].strip()) for hit in record["hits"][:_NEAREST]]
    return [(hit, t if len(t) <= _CLIPPED else f"{t[:_CLIPPED]}……") for hit, t in near]

"""What an answer quotes, passage by passage, and what stands nearest where nothing answers."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records.hits import quoted_words
from qa.records.types import AnswerLine, Hit, Sentence

__all__ = ["nearest", "passages_said", "related_said"]

_NEAREST = 3  # passages below 文件未作规定, as on the page and in the terminal
_CLIPPED = 300  # characters

Said = tuple[Hit, str]


def passages_said(record: AnswerLine) -> list[Said]:
    """The passages an answer quotes, each with its words (``quoted_words``), in their order.

    What a long list leaves out is said behind its words.
    """
    return [] if "error" in record else _by_passage(record["sentences"], record["hits"])


def related_said(record: AnswerLine) -> list[Said]:
    """The same of the sentences that only may bear on the question (相关原句)."""
    return [] if "error" in record else _by_passage(record["related"], record["hits"])


def _by_passage(sentences: Sequence[Sentence], hits: Sequence[Hit]) -> list[Said]:
    groups: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        groups.setdefault(sentence["hit"], []).append(sentence)
    ranked = {hit["rank"]: hit for hit in hits}
    said = []
    for rank, group in groups.items():
        notes = "".join(f"（{each['note']}）" for each in group if "note" in each)
        said.append((ranked[rank], quoted_words(ranked[rank], group) + notes))
    return said


def nearest(record: AnswerLine) -> list[Said]:
    """For a question that is refused the passages nearest to it, long ones cut."""
    if "error" in record or record["answered"]:
        return []
    near = [(hit, hit["text"].strip()) for hit in record["hits"][:_NEAREST]]
    return [(hit, t if len(t) <= _CLIPPED else f"{t[:_CLIPPED]}……") for hit, t in near]

"""The contract as types: two documents laid side by side."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from qa.records.types import DocumentLabel

__all__ = [
    "ComparedDocument",
    "ComparedPart",
    "ComparedPlace",
    "ComparedRow",
    "ComparisonCounts",
    "ComparisonReply",
]


class ComparedDocument(DocumentLabel):
    """One of the two; ``version`` names its text among others of the title, ``published`` ISO."""

    version: str
    published: str


class ComparedPlace(TypedDict):
    """An article or paragraph: its label, its words without the label, its span with it."""

    label: str
    citation: str
    text: str
    start: int
    end: int


class ComparedPart(TypedDict):
    """Words of both that stand beside each other; those of one in order are its whole text."""

    op: Literal["equal", "insert", "delete", "replace"]
    old: str
    new: str


class ComparedRow(TypedDict):
    """Two places that say the same, or one that stands alone.

    ``moved``: the same words under another number; of a ``changed`` one the labels may differ too.
    ``parts`` are there for a changed one; ``note`` is what is to be said of it.
    """

    kind: Literal["kept", "changed", "added", "removed", "moved"]
    old: ComparedPlace | None
    new: ComparedPlace | None
    similarity: float
    parts: list[ComparedPart]
    note: str


class ComparisonCounts(TypedDict):
    """How many rows there are of each kind."""

    kept: int
    changed: int
    added: int
    removed: int
    moved: int


class ComparisonReply(TypedDict):
    """What ``documents compare`` gives: every place of both once, in the order of the new one."""

    old: ComparedDocument
    new: ComparedDocument
    counts: ComparisonCounts
    rows: list[ComparedRow]

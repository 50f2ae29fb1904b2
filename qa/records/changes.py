"""The contract as types: what is printed of a change to the library."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

__all__ = [
    "AddedRecord",
    "BuiltRecord",
    "ExaminedRecord",
    "FetchedRecord",
    "PackedRecord",
    "PartState",
    "ReadFacts",
    "RemovedRecord",
]


class BuiltRecord(TypedDict):
    """What ``build`` left; ``fresh`` is false when everything was up to date already."""

    documents: int
    passages: int
    model: str
    fresh: bool
    home: str


PartState = Literal["sound", "mended", "damaged"]


class ExaminedRecord(TypedDict):
    """What ``doctor`` says of one part of a home; ``damaged`` is what it could not mend."""

    part: str
    state: PartState
    said: str


class ReadFacts(TypedDict, total=False):
    """What a file says of itself, unknown facts "", what to look at, how much was read."""

    title: str
    issuer: str
    number: str
    published: str
    effective: str
    kind: str
    status: str
    warnings: list[str]
    characters_kept: int
    characters_left_out: int


class AddedRecord(ReadFacts):
    """What came of a file of ``documents add`` or ``watch``; ``id`` is null where none came in."""

    file: str
    outcome: Literal["added", "same", "declined", "failed", "left"]
    id: str | None
    message: str


class RemovedRecord(TypedDict):
    """A document that ``documents remove`` took out."""

    id: str
    title: str
    outcome: Literal["removed"]


class PackedRecord(TypedDict):
    """What came of one document of ``documents export`` or ``import``."""

    id: str
    title: str
    outcome: Literal["exported", "added", "same", "declined"]
    message: str


class FetchedRecord(TypedDict):
    """What came of one document of ``documents fetch``; ``differences`` are lines, - and +.

    ``unlisted`` says that it has no official address.
    """

    outcome: Literal["added", "newer", "older", "same", "failed", "unlisted"]
    title: str
    message: str
    address: NotRequired[str]
    id: NotRequired[str]
    differences: NotRequired[list[str]]

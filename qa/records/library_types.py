"""The contract as types: documents, their sections, what they cite, and what was kept of them."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from annotated_types import Len
from typing_extensions import TypedDict

from corpus import Origin
from qa.records.types import ArticleHistory, DocumentLabel

__all__ = [
    "AboutRecord",
    "BlockRecord",
    "CitedRecord",
    "ConfirmedRecord",
    "CitingPassage",
    "DocumentList",
    "DocumentRecord",
    "ExcerptRecord",
    "LinkRecord",
    "LinksReply",
    "PlaceRecord",
    "SectionRecord",
    "SpanRecord",
    "TocEntry",
]

PlaceRecord = Annotated[list[str | int], Len(4, 4)]
"""A place of the library as the page keeps it: document, start, end, checksum of the words."""


class SpanRecord(TypedDict):
    """Where a cited place stands in the document that is cited."""

    start: int
    end: int


class CitingPassage(TypedDict):
    """The passage in which a reference stands."""

    document_id: str
    title: str
    status: str
    passage_id: str
    citation: str
    start: int
    end: int
    text: str


_From = TypedDict("_From", {"from": CitingPassage})


class LinkRecord(_From):
    """One reference, ``from`` the passage it stands in to the place it cites.

    ``start``/``end`` are the mention's offsets into the citing document; ``target`` is the span of
    the cited place in the cited one, null without an article or when it is not there; ``exists``
    says whether it is; ``note`` what to watch for, "" for nothing. ``passage_id`` is the passage in
    which the cited place begins.
    """

    surface: str
    start: int
    end: int
    title: str
    document_id: str | None
    article: str | None
    clause: int | None
    item: int | None
    held: bool
    exists: bool
    citation: str
    passage_id: str | None
    target: SpanRecord | None
    note: str


class LinksReply(TypedDict):
    """What a passage or a document cites, and what cites it."""

    cites: list[LinkRecord]
    cited_by: list[LinkRecord]


class TocEntry(TypedDict):
    """A heading of a table of contents; ``origin`` says whether it stands in the source."""

    index: int
    level: int
    heading: str
    start: int
    end: int
    origin: Literal["source", "numbering", "overlay"]


class DocumentRecord(TypedDict):
    """A document of the library: facts, ``toc`` where it was asked for, and of an own one its file.

    Dates are ISO or ""; ``source`` is an address, a file or a package; ``origin`` says whether it
    comes with the program (bundled), is a national law, or was taken in (own).
    """

    id: str
    title: str
    name: str
    kind: str
    status: str
    origin: Origin
    issuer: str
    published: str
    effective: str
    source: str
    characters: int
    passages: int
    toc: NotRequired[list[TocEntry]]
    file: NotRequired[str]
    format: NotRequired[str]
    sha256: NotRequired[str]
    added: NotRequired[str]
    method: NotRequired[str]
    address: NotRequired[str]
    fetched: NotRequired[dict[str, str]]
    warnings: NotRequired[list[str]]


class DocumentList(TypedDict):
    """Every document of the library."""

    documents: list[DocumentRecord]


class ConfirmedRecord(TypedDict):
    """A question that people confirmed, and the words of the passage that answers it.

    ``document`` is a title; ``stands`` says that the words stand in it as it reads now.
    """

    question: str
    document: str
    words: str
    added: str
    stands: bool


class BlockRecord(ArticleHistory):
    """A heading or a passage of a section, as it is read."""

    kind: Literal["heading", "text"]
    text: str
    start: int
    end: int
    passage_id: str
    citation: str


class SectionRecord(TypedDict):
    """A stretch of a document that is read whole, under the headings of ``path``."""

    document: DocumentRecord
    path: list[str]
    start: int
    end: int
    blocks: list[BlockRecord]


class CitedRecord(TypedDict):
    """A document that a plan cites, on these lines of its text, held or not.

    ``url`` is its official address as the catalog has it; ``address`` the same with a warning where
    nobody opened it, "" where none is known; ``how`` says how to get it when it is not held.
    """

    title: str
    lines: list[int]
    held: bool
    document_id: str | None
    address: str
    how: str
    issuer: str
    date: str
    url: str


class ExcerptRecord(TypedDict):
    """What stands at a place that was kept; ``missing`` says why nothing does, "" when it does."""

    place: PlaceRecord
    missing: str
    document: NotRequired[DocumentLabel]
    section: NotRequired[list[str]]
    article: NotRequired[str | None]
    citation: NotRequired[str]
    text: NotRequired[str]


class AboutRecord(TypedDict):
    """What the library holds and as of when; ``library`` tells one home from another."""

    documents: int
    passages: int
    as_of: str
    plan: str
    model: str
    library: str
    examples: list[str]

"""What reading a document gives, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Extracted", "HeadingMark", "Kind", "Page"]

Kind = Literal["txt", "md", "html", "docx", "pdf", "doc", "rtf", "odt", "ofd"]


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """The line that begins at ``start`` is a heading by its style; levels are 1 to 9."""

    start: int
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """Where in the text the words of a page begin, and how they were read.

    ``confidence`` (0 to 1) is the recogniser's own, and None where the file held the text.
    ``label`` is the number printed on the page, "" where it is ``number``.
    """

    start: int
    number: int
    method: Literal["text", "ocr"]
    confidence: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document's text, a paragraph a line, with its headings and written-out list numbers in it.

    ``pages`` are told for PDF and OFD only. ``facts`` are what the file says of itself (``title``,
    ``author``, ``date``, ``source`` …), as it says it. ``attachments`` of a web page are
    "name: address". ``warnings`` are Chinese sentences for the user. ``left_out`` are the lines
    that are no text of the document: running heads, page numbers, a page's menus.
    """

    text: str
    kind: Kind
    headings: tuple[HeadingMark, ...] = ()
    pages: tuple[Page, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

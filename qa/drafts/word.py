"""The text of a .docx, each stretch of it with the element it comes from.

Body, tables and text boxes in the order of the file, then footnotes and endnotes; a paragraph is a
line. Tracked changes are read as accepted. Comments, field codes, headers and footers are left
out, and the copy of a text box that is kept for old programs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from corpus.formats.word import Element, W, in_fallback, leaves, notes, open_word

__all__ = ["Piece", "WordText", "read_word"]


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]`` stands in this element (w:t, w:tab …); ``body`` is false in a note."""

    start: int
    end: int
    element: Element
    body: bool

    @property
    def run(self) -> Element:
        """The run that holds the element."""
        return self.element.getparent()


@dataclass(frozen=True, slots=True)
class WordText:
    """An open document with its text; ``pieces`` are in order and do not overlap."""

    document: Any
    text: str
    pieces: tuple[Piece, ...] = field(repr=False)

    def covering(self, start: int, end: int) -> list[Piece]:
        """The pieces that share a character with the span."""
        first = max(0, bisect_right(self.pieces, start, key=lambda piece: piece.start) - 1)
        found = []
        for piece in self.pieces[first:]:
            if piece.start >= end:
                break
            if piece.end > start:
                found.append(piece)
        return found

    def saved(self) -> bytes:
        """The document as a .docx."""
        target = BytesIO()
        self.document.save(target)
        return target.getvalue()


def read_word(content: bytes, name: str) -> WordText:
    """Open a .docx and read its text; InputError for one that is encrypted, damaged or unsafe."""
    document = open_word(content, name)
    texts: list[str] = []
    pieces: list[Piece] = []
    size = 0
    for root, body in _roots(document):
        for paragraph in root.iter(f"{W}p"):
            if in_fallback(paragraph):
                continue
            for element, words in leaves(paragraph):
                if words:
                    pieces.append(Piece(size, size + len(words), element, body))
                    texts.append(words)
                    size += len(words)
            texts.append("\n")
            size += 1
    return WordText(document, "".join(texts), tuple(pieces))


def _roots(document: Any) -> Iterator[tuple[Element, bool]]:
    yield document.element.body, True
    for root in notes(document):
        yield root, False

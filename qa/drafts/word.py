"""The text of a .docx, each stretch of it with the element it comes from.

Body, tables and text boxes in the order of the file, then footnotes and endnotes; a paragraph is a
line. Tracked changes are read as accepted. Comments, field codes, headers and footers are left
out, and the copy of a text box that is kept for old programs.
"""

from __future__ import annotations

import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

from corpus import InputError
from corpus.formats.word_guard import guard

__all__ = ["Piece", "WordText", "read_word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_SKIPPED = {
    _FALLBACK,
    *(
        _W + name
        for name in (
            "del moveFrom txbxContent instrText delText delInstrText"
            " rPr pPr rt sectPr tblPr trPr tcPr"
        ).split()
    ),
}
_NOTES = ("footnotes", "endnotes")

Element = Any
"""An lxml element; python-docx gives no types for them."""


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
    guard(content, name)
    document = _open(content, name)
    texts: list[str] = []
    pieces: list[Piece] = []
    size = 0
    for root, body in _roots(document):
        for paragraph in root.iter(f"{_W}p"):
            if _in_fallback(paragraph):
                continue
            for element, words in _leaves(paragraph):
                if words:
                    pieces.append(Piece(size, size + len(words), element, body))
                    texts.append(words)
                    size += len(words)
            texts.append("\n")
            size += 1
    return WordText(document, "".join(texts), tuple(pieces))


def _open(content: bytes, name: str) -> Any:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    _parse_notes()
    damaged = f"{name} 已损坏，打不开，请在 Word 中修复或重新保存后再试。"
    try:
        return docx.Document(BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, AttributeError) as exc:
        raise InputError(damaged) from exc
    except (ValueError, SyntaxError, TypeError, IndexError) as exc:
        # lxml's XMLSyntaxError is a SyntaxError.
        raise InputError(damaged) from exc


@cache
def _parse_notes() -> None:
    """Let python-docx parse, and write back, the parts that it would carry along as bytes."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.part import PartFactory, XmlPart

    for kind in (CONTENT_TYPE.WML_FOOTNOTES, CONTENT_TYPE.WML_ENDNOTES):
        PartFactory.part_type_for[kind] = XmlPart


def _roots(document: Any) -> Iterator[tuple[Element, bool]]:
    yield document.element.body, True
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if not relation.is_external and kind in _NOTES:
            yield relation.target_part.element, False


def _in_fallback(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(_FALLBACK), None) is not None


def _leaves(node: Element) -> Iterator[tuple[Element, str]]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child, child.text or ""
        elif child.tag in _CHARACTERS:
            yield child, _CHARACTERS[child.tag]
        else:
            yield from _leaves(child)

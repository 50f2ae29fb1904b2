"""A .docx opened safely, and the stretches of words in its elements."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from corpus.errors import InputError
from corpus.formats.word.guard import guard

__all__ = ["Element", "W", "in_fallback", "leaves", "notes", "open_word"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_SKIPPED = {
    _FALLBACK,
    *(
        W + name
        for name in (
            "del moveFrom txbxContent instrText delText delInstrText"
            " rPr pPr rt sectPr tblPr trPr tcPr"
        ).split()
    ),
}
_NOTES = ("footnotes", "endnotes")
_PARSED = {*_NOTES, "numbering"}

Element = Any
"""An lxml element; python-docx gives no types for them."""


def open_word(content: bytes, name: str) -> Any:
    """python-docx's document; InputError for one that is encrypted, damaged or unsafe."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    guard(content, name)
    _parse_notes()
    damaged = f"{name} 已损坏，打不开，请在 Word 中修复或重新保存后再试。"
    try:
        document = docx.Document(BytesIO(content))
        _parsed(document)
    except (PackageNotFoundError, zipfile.BadZipFile, LookupError, AttributeError) as exc:
        raise InputError(damaged) from exc
    except (ValueError, SyntaxError, TypeError, zlib.error, EOFError, OSError) as exc:
        # lxml's XMLSyntaxError is a SyntaxError.
        raise InputError(damaged) from exc
    except RuntimeError as exc:
        # Packed in a way that is not known, or encrypted.
        raise InputError(damaged) from exc
    return document


def _parsed(document: Any) -> None:
    """Have python-docx make now what it makes when it is first asked for, and trips over."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if not relation.is_external and kind in _PARSED:
            relation.target_part.element.tag  # noqa: B018
    document.styles.element.tag  # noqa: B018
    document.element.body.tag  # noqa: B018


@cache
def _parse_notes() -> None:
    """Let python-docx parse, and write back, the parts that it would carry along as bytes."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.part import PartFactory, XmlPart

    for kind in (CONTENT_TYPE.WML_FOOTNOTES, CONTENT_TYPE.WML_ENDNOTES):
        PartFactory.part_type_for[kind] = XmlPart


def notes(document: Any) -> Iterator[Element]:
    """The roots of the footnotes and the endnotes."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if not relation.is_external and kind in _NOTES:
            yield relation.target_part.element


def in_fallback(paragraph: Element) -> bool:
    """Whether it is the copy of a text box that is kept for old programs."""
    return next(paragraph.iterancestors(_FALLBACK), None) is not None


def leaves(node: Element) -> Iterator[tuple[Element, str]]:
    """The elements below that show words, tabs or breaks, and what they show."""
    stack = [iter(node)]
    while stack:
        for child in stack[-1]:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{W}t":
                yield child, child.text or ""
            elif child.tag in _CHARACTERS:
                yield child, _CHARACTERS[child.tag]
            else:
                stack.append(iter(child))
                break
        else:
            stack.pop()

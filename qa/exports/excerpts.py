"""A collection of passages (摘编) as a Word document with footnotes, or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from qa.exports.answers_word import source
from qa.exports.footnotes import Footnotes
from qa.exports.word import new_document, saved
from qa.records import AboutRecord, ExcerptRecord, holdings, printable

__all__ = ["excerpts_markdown", "excerpts_word"]

_MARKUP = re.compile(r"[\\`*_\[\]<>|~]|^[#+-]")
_NUMBERED = re.compile(r"^(\d+)([.)])")


def excerpts_word(records: Sequence[ExcerptRecord], about: AboutRecord) -> bytes:
    """A .docx: documents and sections as headings, under them the passages with footnotes."""
    document = new_document("摘编")
    notes = Footnotes(document)
    document.add_paragraph(holdings(about))
    for kind, words in _outline(records):
        if isinstance(kind, int):
            document.add_heading(printable(words), level=kind)
            continue
        for line in _lines(kind):
            paragraph = document.add_paragraph(printable(line))
        notes.refer(paragraph, words)
    notes.attach()
    return saved(document)


def excerpts_markdown(records: Sequence[ExcerptRecord], about: AboutRecord) -> str:
    """Markdown: documents and sections as headings, the passages as quotations."""
    blocks = ["# 摘编", _escaped(holdings(about))]
    for kind, words in _outline(records):
        if isinstance(kind, int):
            blocks.append(f"{'#' * (kind + 1)} {_escaped(words)}")
        else:
            lines = [*map(_escaped, _lines(kind)), f"——{_escaped(words)}"]
            blocks.append("\n>\n".join(f"> {line}" for line in lines))
    return "\n\n".join(blocks) + "\n"


def _outline(records: Sequence[ExcerptRecord]) -> list[tuple[int | ExcerptRecord, str]]:
    """Headings with their level (1 a document, 2 a section), and records with their source."""
    outline: list[tuple[int | ExcerptRecord, str]] = []
    for _, of_document in groupby(records, lambda record: str(record["document"]["id"])):
        members = list(of_document)
        label = members[0]["document"]
        status = f"（{label['status']}）" if label["status"] else ""
        outline.append((1, f"《{label['title']}》{status}"))
        for section, of_section in groupby(members, lambda record: list(record["section"])):
            if section:
                outline.append((2, " › ".join(section)))
            outline += [
                (record, source(record["citation"], record["document"])) for record in of_section
            ]
    return outline


def _lines(record: ExcerptRecord) -> list[str]:
    return [line.strip() for line in printable(record["text"]).split("\n") if line.strip()]


def _escaped(line: str) -> str:
    """So that no words become markup."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", line))

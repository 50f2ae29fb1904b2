"""A whole document to take away: its table of contents first, then all of its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa.exports.word import new_document, saved
from qa.records import BlockRecord, DocumentRecord, printable

__all__ = ["whole_text", "whole_word"]

_LEVELS = 3


def whole_word(document: DocumentRecord, blocks: Sequence[BlockRecord]) -> bytes:
    """A .docx: the facts, the table of contents with links, the headings as Word's own."""
    word = new_document(document["name"])
    word.add_paragraph(printable(_facts(document)))
    levels = {entry["start"]: entry["level"] for entry in document.get("toc", [])}
    if levels:
        word.add_paragraph("目录").runs[0].bold = True
        for number, entry in enumerate(document["toc"]):
            _link(word, entry["level"], printable(entry["heading"]), f"section{number}")
    numbers = {entry["start"]: at for at, entry in enumerate(document.get("toc", []))}
    for block in blocks:
        if block["kind"] == "heading":
            level = min(levels.get(block["start"], 1), _LEVELS)
            heading = word.add_heading(printable(block["text"].strip()), level=level)
            if block["start"] in numbers:
                _bookmark(heading, f"section{numbers[block['start']]}", numbers[block["start"]])
            continue
        for line in _lines(block):
            word.add_paragraph(line)
    return saved(word)


def whole_text(document: DocumentRecord, blocks: Sequence[BlockRecord]) -> str:
    """Plain text: the facts, the table of contents set in by level, the text."""
    toc = document.get("toc", [])
    contents = ["  " * (entry["level"] - 1) + entry["heading"] for entry in toc]
    head = [document["name"], _facts(document), "", *(["目录", *contents, ""] if contents else [])]
    body = [line for block in blocks for line in _lines(block)]
    return "\n".join(map(printable, [*head, *body])) + "\n"


def _facts(document: DocumentRecord) -> str:
    published, effective = document["published"], document["effective"]
    facts = (
        document["issuer"],
        f"{published} 公布" if published else "",
        f"{effective} 起施行" if effective else "",
        document["status"],
    )
    return " · ".join(fact for fact in facts if fact)


def _lines(block: BlockRecord) -> list[str]:
    return [line.strip() for line in printable(block["text"]).split("\n") if line.strip()]


def _link(word: Any, level: int, words: str, name: str) -> None:
    """A line of the table of contents that leads to its heading."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    paragraph = word.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(0.75 * (level - 1))
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(words)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.append(run._r)
    paragraph._p.append(link)


def _bookmark(heading: Any, name: str, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    heading._p.insert(1, begin)
    heading._p.append(end)

"""A whole document taken away: Word with its own headings and a table of contents, and text."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.oxml.ns import qn
from doubles.engine import FakeEngine

from qa.exports import whole_text, whole_word
from qa.records import BlockRecord


def plan() -> tuple[FakeEngine, str]:
    engine = FakeEngine()
    return engine, next(d["id"] for d in engine.documents() if d["kind"] == "规划")


def test_word_has_headings_and_a_table_of_contents_that_leads_to_them() -> None:
    engine, name = plan()
    document = engine.document(name)
    word = docx.Document(BytesIO(whole_word(document, engine.blocks(name))))
    headings = [p for p in word.paragraphs if p._p.style and p._p.style.startswith("Heading")]
    assert [p.text for p in headings] == [entry["heading"] for entry in document["toc"]]
    links = {link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}
    assert links == marks and len(links) == len(headings) > 2
    assert word.paragraphs[0].text == document["name"]


def test_text_begins_with_the_contents_and_has_every_line() -> None:
    engine, name = plan()
    document, blocks = engine.document(name), engine.blocks(name)
    lines = whole_text(document, blocks).splitlines()
    assert lines[0] == document["name"] and "目录" in lines
    body: list[BlockRecord] = [block for block in blocks if block["kind"] == "text"]
    assert all(block["text"].strip().split("\n")[0].strip() in lines for block in body)

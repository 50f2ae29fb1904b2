"""The answers of a batch as a Word document, each citation a footnote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa.exports.footnotes import Footnotes
from qa.exports.word import new_document, saved
from qa.records import (
    AboutRecord,
    AnswerLine,
    DocumentLabel,
    Hit,
    holdings,
    nearest,
    outcome,
    passages_said,
    printable,
    related_said,
    tally,
)

__all__ = ["answers_word", "source"]


def answers_word(records: Sequence[AnswerLine], about: AboutRecord) -> bytes:
    """A .docx: a page that says what was asked of what, then every question with its answer."""
    document = new_document("批量问答结果")
    notes = Footnotes(document)
    document.add_paragraph(holdings(about))
    document.add_paragraph(tally(records))
    document.add_paragraph(
        "答案都是文件原话，出处见脚注；没有答案的，说明原因，列出相近的原文供参考。"
    )
    document.add_page_break()
    for number, record in enumerate(records, 1):
        _question(document, notes, number, record)
    notes.attach()
    return saved(document)


def source(citation: str, document: DocumentLabel) -> str:
    """A footnote's words: the citation, and the status where the citation does not say it."""
    status = document["status"]
    return citation if not status or status in citation else f"{citation}（{status}）"


def _question(document: Any, notes: Footnotes, number: int, record: AnswerLine) -> None:
    own = "" if record["id"] == str(number) else f"（编号 {record['id']}）"
    question = printable(record["question"]) or "（空）"
    document.add_heading(f"{number}. {question}{printable(own)}", level=2)
    if "error" in record:
        document.add_paragraph(f"未作答：{printable(record['error'])}")
        return
    if record["notice"]:
        document.add_paragraph(printable(record["notice"]))
    for hit, words in passages_said(record):
        notes.refer(
            document.add_paragraph(printable(words)), source(hit["citation"], hit["document"])
        )
    sure = f"置信度 {record['confidence']:.0%}"
    if not record["answered"]:
        document.add_paragraph().add_run(f"{outcome(record)}（{sure}）。").bold = True
        _listed(document, notes, "可能相关：", nearest(record))
    elif record["sentences"]:
        document.add_paragraph(f"（{sure}）")
        _listed(document, notes, "相关原句：", related_said(record))


def _listed(document: Any, notes: Footnotes, head: str, said: Sequence[tuple[Hit, str]]) -> None:
    if said:
        document.add_paragraph(head)
    for hit, words in said:
        paragraph = document.add_paragraph(printable(words), style="List Bullet")
        notes.refer(paragraph, source(hit["citation"], hit["document"]))

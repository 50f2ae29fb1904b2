"""What a check found, to keep on file: a Word report with the sources as footnotes, and a CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from qa.check import Item
from qa.exports import Footnotes, csv_file, new_document, saved
from qa.records import KINDS, check_tally, printable, verdict_words

__all__ = ["check_csv", "check_report"]

_COLUMNS = (
    "序号",
    "位置",
    "类别",
    "结论",
    "原稿文字",
    "所引文件",
    "条",
    "说明",
    "原文出处",
    "原文",
)
_LONGEST_SOURCE = 1500


def check_csv(items: Sequence[Item]) -> bytes:
    """One line for each item."""
    return csv_file([_COLUMNS, *(_row(number, item) for number, item in enumerate(items, 1))])


def _row(number: int, item: Item) -> Sequence[str]:
    found, source = item.finding, item.finding.source
    return (
        str(number),
        f"{item.start}-{item.end}",
        KINDS[item.kind],
        verdict_words(item.verdict, found.goes_on),
        item.surface,
        found.title,
        found.article or "",
        found.suggestion,
        source.citation if source else "",
        source.words if source else "",
    )


def check_report(items: Sequence[Item], name: str, day: date) -> bytes:
    """The report on the draft of this name as a .docx; each source is a footnote of its own."""
    document = new_document("引文核对报告")
    notes = Footnotes(document)
    document.add_paragraph(f"文稿：{name or '（粘贴的文字）'}")
    document.add_paragraph(f"核对日期：{day.isoformat()}")
    told = check_tally([item.verdict for item in items], sum(item.retold for item in items))
    document.add_paragraph(told if items else "没有发现引文或出处。")
    if items:
        _table(document, items, notes)
        document.add_paragraph(
            "“与原文一致”指除全角半角、引号样式和空白外逐字相同；本报告以文档库所收文本为准。"
        )
    notes.attach()
    return saved(document)


def _table(document: Any, items: Sequence[Item], notes: Footnotes) -> None:
    from docx.shared import Cm

    widths = (Cm(1.2), Cm(2.4), Cm(6.2), Cm(6.2))
    table = document.add_table(rows=len(items) + 1, cols=4, style="Table Grid")
    rows = [row.cells for row in table.rows]
    for cell, words in zip(rows[0], ("序号", "结论", "原稿文字", "说明"), strict=True):
        cell.text = words
        cell.paragraphs[0].runs[0].bold = True
    for number, (item, cells) in enumerate(zip(items, rows[1:], strict=True), 1):
        found = item.finding
        cells[0].text = str(number)
        cells[1].text = f"{verdict_words(item.verdict, found.goes_on)}（{KINDS[item.kind]}）"
        cells[2].text = printable(item.surface)
        cells[3].text = printable(found.suggestion)
        if found.source is not None:
            words = " ".join(found.source.words.split())[:_LONGEST_SOURCE]
            notes.refer(cells[2].paragraphs[0], f"{found.source.citation}：“{words}”")
    for cells in rows:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width

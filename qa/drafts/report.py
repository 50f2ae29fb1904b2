"""What a check found, to keep on file: a Word report with the sources as footnotes, and a CSV."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape

from qa.check.finding import VERDICTS, Item

__all__ = ["check_csv", "check_report"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KINDS = {"citation": "出处", "quotation": "引文"}
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
_NOTES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:footnotes xmlns:w="{_W}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0">
<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
%s</w:footnotes>"""
_NOTE = (
    '<w:footnote w:id="{number}"><w:p><w:pPr><w:jc w:val="left"/></w:pPr>'
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="18"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {words}</w:t></w:r>'
    "</w:p></w:footnote>"
)


def check_csv(items: Sequence[Item]) -> bytes:
    """One line for each item, in UTF-8 with a mark, so that Excel shows it rightly."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(_COLUMNS)
    for number, item in enumerate(items, 1):
        found = item.finding
        source = found.source
        row = [
            str(number),
            f"{item.start}-{item.end}",
            _KINDS[item.kind],
            VERDICTS[item.verdict],
            item.surface,
            found.title,
            found.article or "",
            found.suggestion,
            source.citation if source else "",
            source.words if source else "",
        ]
        writer.writerow([_no_formula(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def _no_formula(cell: str) -> str:
    """A spreadsheet must not run what a draft holds."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def check_report(items: Sequence[Item], name: str, day: date) -> bytes:
    """The report on the draft of this name as a .docx; each source is a footnote of its own."""
    import docx

    document = docx.Document()
    _face(document)
    document.add_heading("引文核对报告", level=1)
    counts = Counter(item.verdict for item in items)
    told = "，".join(f"{words} {counts[key]} 处" for key, words in VERDICTS.items() if counts[key])
    document.add_paragraph(f"文稿：{name or '（粘贴的文字）'}")
    document.add_paragraph(f"核对日期：{day.isoformat()}")
    document.add_paragraph(f"共 {len(items)} 处。{told}。" if items else "没有发现引文或出处。")
    notes: list[str] = []
    if items:
        _table(document, items, notes)
        document.add_paragraph(
            "“与原文一致”指除全角半角、引号样式和空白外逐字相同；本报告以文档库所收文本为准。"
        )
    _attach(document, notes)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _face(document: Any) -> None:
    from docx.oxml.ns import qn

    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    for level in (1, 2):
        heading = document.styles[f"Heading {level}"].element
        heading.rPr.rFonts.set(qn("w:eastAsia"), "黑体")


def _table(document: Any, items: Sequence[Item], notes: list[str]) -> None:
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
        cells[1].text = f"{VERDICTS[item.verdict]}（{_KINDS[item.kind]}）"
        cells[2].text = _clean(item.surface)
        cells[3].text = _clean(found.suggestion)
        if found.source is not None:
            words = " ".join(found.source.words.split())[:_LONGEST_SOURCE]
            notes.append(f"{found.source.citation}：“{words}”")
            _refer(cells[2].paragraphs[0], len(notes))
    for cells in rows:
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width


def _refer(paragraph: Any, number: int) -> None:
    from docx.oxml import OxmlElement

    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(f"{{{_W}}}id", str(number))
    run._r.append(reference)


def _attach(document: Any, notes: Sequence[str]) -> None:
    """Give the document its part of footnotes, which python-docx has no call for."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    written = "".join(
        _NOTE.format(number=number, words=escape(_clean(words)))
        for number, words in enumerate(notes, 1)
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        (_NOTES % written).encode("utf-8"),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _clean(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        c
        for c in words
        if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) < 0xE000 and c not in "\ufffe\uffff")
    )

"""The 新旧条文对照表 in the three columns that legal staff print: Word, and Excel.

What is gone is struck through in the old column, what is new is bold in the new one, so that it can
be told in black and white.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qa.exports.excel import Marked, Sheet, workbook
from qa.exports.word import new_document, saved
from qa.records import ComparedDocument, ComparedPlace, ComparedRow, ComparisonReply, printable

__all__ = ["comparison_excel", "comparison_word", "tally_of"]

_NOTE = "说明"
_WIDTHS_CM = (11.2, 11.2, 3.9)
_NAMES = {"kept": "未修改", "changed": "修改", "added": "新增", "removed": "删去", "moved": "移动"}

Run = tuple[str, bool]
"""Words, and whether they are marked as gone or new."""


def comparison_word(reply: ComparisonReply, changes: bool = False) -> bytes:
    """A .docx, landscape; with ``changes`` only the rows that are not the same in both."""
    document = new_document(f"{_title(reply)}对照表")
    _landscape(document)
    document.add_paragraph(tally_of(reply))
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    _head(table.rows[0], [_column(reply["old"]), _column(reply["new"]), _NOTE])
    for row in _chosen(reply, changes):
        cells = table.add_row().cells
        _write(cells[0], _runs(row, "old"), struck=True)
        _write(cells[1], _runs(row, "new"))
        _write(cells[2], [(row["note"], False)])
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS_CM, strict=True):
            cell.width = _cm(width)
    return saved(document)


def comparison_excel(reply: ComparisonReply, changes: bool = False) -> bytes:
    """An .xlsx with the same three columns; the tally is a sheet of its own."""
    rows: list[Sequence[Any]] = [(_column(reply["old"]), _column(reply["new"]), _NOTE)]
    for row in _chosen(reply, changes):
        rows.append((Marked(_runs(row, "old")), Marked(_runs(row, "new"), new=True), row["note"]))
    counts: list[Sequence[Any]] = [("类别", "条（段）数")]
    counts += [(_NAMES[kind], count) for kind, count in _counts(reply)]
    return workbook([Sheet("对照表", rows, (60, 60, 30)), Sheet("统计", counts, (16, 16))])


def tally_of(reply: ComparisonReply) -> str:
    """How much is the same and how much is not, in a sentence."""
    told = "，".join(f"{_NAMES[kind]} {count}" for kind, count in _counts(reply) if count)
    return f"{_column(reply['old'])}与{_column(reply['new'])}逐条对照：{told}。"


def _counts(reply: ComparisonReply) -> Iterator[tuple[str, int]]:
    counts = reply["counts"]
    yield from (
        ("changed", counts["changed"]),
        ("moved", counts["moved"]),
        ("added", counts["added"]),
        ("removed", counts["removed"]),
        ("kept", counts["kept"]),
    )


def _chosen(reply: ComparisonReply, changes: bool) -> Iterator[ComparedRow]:
    yield from (row for row in reply["rows"] if not changes or row["kind"] != "kept")


def _title(reply: ComparisonReply) -> str:
    old, new = reply["old"], reply["new"]
    same = old["title"] == new["title"]
    return f"《{new['title']}》新旧条文" if same else f"《{old['title']}》与《{new['title']}》"


def _column(document: ComparedDocument) -> str:
    version = f"（{document['version']}）" if document["version"] else ""
    return f"《{document['title']}》{version}"


def _runs(row: ComparedRow, side: str) -> list[Run]:
    """A place with its label, what differs in it marked; a row alone is marked whole."""
    place = row["old"] if side == "old" else row["new"]
    if place is None:
        return []
    label = [(f"{place['label']}\u3000", row["kind"] == "moved")] if place["label"] else []
    return label + _words(row, side, place)


def _words(row: ComparedRow, side: str, place: ComparedPlace) -> list[Run]:
    if not row["parts"]:
        return [(place["text"], row["kind"] in {"added", "removed"})]
    if side == "old":
        return [(part["old"], part["op"] != "equal") for part in row["parts"] if part["old"]]
    return [(part["new"], part["op"] != "equal") for part in row["parts"] if part["new"]]


def _landscape(document: Any) -> None:
    from docx.enum.section import WD_ORIENT

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = _cm(1.7)


def _cm(width: float) -> Any:
    from docx.shared import Cm

    return Cm(width)


def _head(row: Any, titles: Sequence[str]) -> None:
    """The header, repeated on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, title in zip(row.cells, titles, strict=True):
        cell.paragraphs[0].add_run(printable(title)).bold = True


def _write(cell: Any, runs: Sequence[Run], struck: bool = False) -> None:
    """Words into a cell, a paragraph a line; marked ones struck through, or else bold."""
    paragraph = cell.paragraphs[0]
    for words, marked in runs:
        for number, line in enumerate(printable(words).split("\n")):
            paragraph = cell.add_paragraph() if number else paragraph
            run = paragraph.add_run(line)
            run.bold = marked and not struck
            run.font.strike = marked and struck

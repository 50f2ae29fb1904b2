"""The answers of a batch as a file: Excel, Word, CSV or JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from corpus import InputError
from qa.exports.csv_file import csv_file
from qa.exports.excel import Cell, Sheet, cell_text, workbook
from qa.records import (
    AboutRecord,
    AnswerLine,
    Hit,
    holdings,
    nearest,
    outcome,
    passages_said,
    related_said,
    tally,
)

__all__ = [
    "COLUMNS",
    "FORMATS",
    "answer_row",
    "answers_file",
    "json_lines",
    "template",
]

FORMATS = (".xlsx", ".docx", ".csv", ".jsonl")
COLUMNS = {
    "序号": 6,
    "编号": 10,
    "问题": 36,
    "结果": 14,
    "答案（文件原话）": 70,
    "出处": 44,
    "文件": 30,
    "效力": 12,
    "条或页": 16,
    "置信度": 9,
    "可能相关": 60,
    "相关原句": 60,
    "说明": 30,
}
"""The table's columns and how wide they are, in characters."""

_PAGE = re.compile(r"（(第\d+(?:至\d+)?页)[^（）]*）$")


def answers_file(records: Sequence[AnswerLine], about: AboutRecord, suffix: str) -> bytes:
    """All answers in the format of this suffix; InputError for one that is not in ``FORMATS``."""
    if suffix == ".jsonl":
        return json_lines(records)
    if suffix == ".docx":
        from qa.exports.answers_word import answers_word

        return answers_word(records, about)
    if suffix not in FORMATS:
        raise InputError(f"结果文件的扩展名应是 {'、'.join(FORMATS)} 之一，现在是“{suffix}”。")
    rows: list[list[Cell]] = [list(COLUMNS)]
    rows += [answer_row(number, record) for number, record in enumerate(records, 1)]
    if suffix == ".csv":
        return csv_file([[_as_text(cell) for cell in row] for row in rows])
    tinted = {n for n, each in enumerate(records, 2) if outcome(each) != "已回答"}
    told: list[list[Cell]] = [["说明"], [holdings(about)], [tally(records)]]
    return workbook(
        [Sheet("答案", rows, list(COLUMNS.values()), tinted), Sheet("说明", told, [100])]
    )


def json_lines(records: Iterable[Mapping[str, object]]) -> bytes:
    """One JSON object a line."""
    lines = [json.dumps(each, ensure_ascii=False) + "\n" for each in records]
    return "".join(lines).encode(errors="replace")


def template() -> bytes:
    """An empty table of questions with two examples, as an .xlsx."""
    rows = [["编号", "问题"], ["1", "民法典第一千二百六十条"], ["2", "重大行政决策要走哪些程序？"]]
    return workbook([Sheet("问题", rows, [12, 80])])


def answer_row(number: int, record: AnswerLine) -> list[Cell]:
    """One question's cells, as ``COLUMNS`` has them; of several passages one a line, numbered."""
    said = passages_said(record)
    several = len(said) > 1
    words = [f"{words}〔{n}〕" if several else words for n, (_, words) in enumerate(said, 1)]
    hits = [hit for hit, _ in said]
    columns = (
        [hit["citation"] for hit in hits],
        [f"《{hit['document']['title']}》" for hit in hits],
        [hit["document"]["status"] for hit in hits],
        [hit["article"] or _page(hit) for hit in hits],
    )
    near, related = (
        [f"{hit['citation']}：{words}" for hit, words in found(record)]
        for found in (nearest, related_said)
    )
    return [
        number,
        record["id"],
        record["question"],
        outcome(record),
        "\n".join(words),
        *(_numbered(column) for column in columns),
        "" if "error" in record else float(record["confidence"]),
        "\n".join(near),
        "\n".join(related),
        record["error"] if "error" in record else record["notice"],
    ]


def _numbered(column: Sequence[str]) -> str:
    """One line for each passage, numbered where they differ."""
    if len(set(column)) <= 1:
        return column[0] if column else ""
    return "\n".join(f"〔{number}〕{cell}" for number, cell in enumerate(column, 1))


def _page(hit: Hit) -> str:
    found = _PAGE.search(hit["citation"])
    return found[1] if found else ""


def _as_text(cell: Cell) -> str:
    return f"{cell:.0%}" if isinstance(cell, float) else cell_text(str(cell))

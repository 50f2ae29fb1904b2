"""Question sets kept as a table: CSV in either encoding, Excel, and what is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest

from corpus import InputError
from qa.exports import Sheet, csv_file, workbook
from qa.inputs.questions import COLUMNS, Question, Relevant, questions_of_bytes
from qa.inputs.tables import read_table

HEADER = "编号,问题,题型,文件,原文依据,条文号"
ROWS = """
q1,规划到哪年为止？,事实,规划,到2025年底,
,,,,,
7,"谁管,怎么管？",多处,规划,统筹协调,
7,,,民法典,,第54条
q3,市长电话是多少？,,,,
"""
EXPECTED = (
    Question("q1", "规划到哪年为止？", "事实", (Relevant("规划", evidence="到2025年底"),)),
    Question(
        "7",
        "谁管,怎么管？",
        "多处",
        (Relevant("规划", evidence="统筹协调"), Relevant("民法典", article="第五十四条")),
    ),
    Question("q3", "市长电话是多少？", "未分类", ()),
)


def excel(*rows: list[object]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_that_excel_writes(encoding: str) -> None:
    content = (HEADER + ROWS).replace("\n", "\r\n").encode(encoding)
    assert questions_of_bytes(content, "题集.CSV") == EXPECTED


def test_english_headers_other_columns_and_tabs_are_read() -> None:
    text = "ID\t备注\tQuestion\nq1\t随便\t几点开门？\n"
    assert questions_of_bytes(text.encode(), "a.csv") == (
        Question("q1", "几点开门？", "未分类", ()),
    )


def test_an_excel_sheet_gives_the_same_with_numbers_as_they_are_shown() -> None:
    content = excel(
        list(COLUMNS),
        ["q1", "规划到哪年为止？", "事实", "规划", "到2025年底", None],
        [None] * 6,
        [7, "谁管,怎么管？", "多处", "规划", "统筹协调", None],
        [7.0, None, None, "民法典", None, "第54条"],
        ["q3", " 市长电话是多少？ ", None, None, None, None],
    )
    assert questions_of_bytes(content, "题集.xlsx") == EXPECTED


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (",问,,,,", "第 2 行：缺少“编号”"),
        ("q1,,事实,规划,法治,", "第 2 行：缺少“问题”"),
        ("q1,问一,,规划,法治,\nq2,问二,,,法治,", "第 3 行：缺少“文件”"),
        ("q1,问一,,规划,法治,\n\nq1,问二,,规划,政府,", "第 4 行：编号与第 2 行相同，“问题”却不同"),
        ("q1,问一,,规划,法治,\nq1,,,规划,,", "第 3 行：编号与第 2 行相同，却没有“原文依据”"),
        ("q 1,问一,,规划,法治,", "空白"),
        ("q1,问一,all,规划,法治,", "“题型”不能是 all"),
        ("q1,问一,,规划,——,", "第 2 行：“原文依据”为空"),
        ("", "没有题目"),
    ],
)
def test_a_mistake_names_the_row_as_excel_counts_it(rows: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        questions_of_bytes(f"{HEADER}\n{rows}".encode(), "题集.csv")


def bomb() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (201 * 2**20))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "complaint"),
    [
        ("编号,题型\nq1,a".encode(), "a.csv", "没有“问题”这一列"),
        (b"\n \n", "a.csv", "空"),
        (b"x" * (20 * 2**20 + 1), "a.csv", "超过 20 MB"),
        ((HEADER + "\nq,a" * 20_001).encode(), "a.csv", "超过 20000 行"),
        (b"\xff\xfe\xff", "a.csv", "编码"),
        (('编号,问题\nq1,"' + "长" * 140_000 + '"').encode(), "a.csv", "第 2 行不是完整的 CSV"),
        (b"PK\x03\x04 and no more", "a.xlsx", "不是完整的 Excel"),
        (b"no package", "a.xlsx", "不是完整的 Excel"),
        (excel(list(COLUMNS))[:-400], "a.xlsx", "不是完整的 Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", "旧版 .xls 或已加密"),
        (bomb(), "a.xlsx", "解压后过大"),
    ],
    ids="column empty large long bytes field cut other damaged old bomb".split(),
)
def test_what_is_no_table_is_refused(content: bytes, name: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        questions_of_bytes(content, name)


def test_what_is_written_is_read_again_and_begins_no_formula() -> None:
    rows = [["编号", "问题"], ["1", "=HYPERLINK(1)"], ["2", "几点？"], ["3", "＝1+1"]]
    for content, mark in ((csv_file(rows), "'"), (workbook([Sheet("表", rows, [8, 40])]), "")):
        found = read_table(content, "a", COLUMNS, ("id", "question"))
        assert [(row.number, row.fields["question"]) for row in found] == [
            (2, f"{mark}=HYPERLINK(1)"),
            (3, "几点？"),
            (4, f"{mark}＝1+1"),
        ]

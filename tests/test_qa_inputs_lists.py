"""Lists of questions as offices make them: the column is found, said, and can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest

from corpus import InputError
from qa.inputs import list_of_bytes

ASKED = ["退休以后医保怎么转？", "办营业执照要带什么材料", "工地夜里施工归谁管？"]
Rows = Sequence[Sequence[Any]]


def book(*sheets: tuple[str, Rows], merged: Sequence[str] = ()) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        made.worksheets[0].merge_cells(area)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def word(rows: Rows, before: Sequence[str] = (), merged: Sequence[tuple[int, int]] = ()) -> bytes:
    made = docx.Document()
    for line in before:
        made.add_paragraph(line)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for cell, text in zip(table.rows[at].cells, row, strict=True):
                cell.text = str(text)
        for first, last in merged:
            table.cell(first, 1).merge(table.cell(last, 1))
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def texts(content: bytes, name: str = "问题.xlsx", column: str = "") -> list[str]:
    return [each.text for each in list_of_bytes(content, name, column).asked]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([("问　题",), *[(each,) for each in ASKED]], "问 题"),
        ([("序号", "问题描述"), *enumerate(ASKED, 1)], "问题描述"),
        (
            [("序号", "来电时间", "咨询问题"), *[(n, "9:00", q) for n, q in enumerate(ASKED)]],
            "咨询问题",
        ),
        ([("三季度热线问题汇总表", None), ("序号", "诉求内容"), *enumerate(ASKED, 1)], "诉求内容"),
        (
            [("填表单位：信访科",), (), ("序号", "姓名", "电话", "反映事项（必填）")]
            + [(n, "古丽", 13900000000 + n, q) for n, q in enumerate(ASKED)],
            "反映事项（必填）",
        ),
        (
            [("问题编号", "问题类型", "提问", "答复")]
            + [(f"W{n}", "社保", q, "您好，请带身份证到窗口办理。") for n, q in enumerate(ASKED)],
            "提问",
        ),
        (
            [("序号", "来访情况", None, "备注"), (None, "来访人", "咨询的问题", None)]
            + [(n, "王强", q, None) for n, q in enumerate(ASKED, 1)],
            "咨询的问题",
        ),
        ([("科室", "想问的"), *[("社保科", each) for each in ASKED]], "想问的"),
    ],
    ids="spaced described dated title notes answered two-rows unnamed".split(),
)
def test_the_column_of_the_questions_is_found(rows: Rows, header: str) -> None:
    found = list_of_bytes(book(("Sheet1", rows)), "问题.xlsx")
    assert [each.text for each in found.asked] == ASKED
    assert found.said() == f"已读取：“{header}”一列，共 3 题"


def test_a_second_sheet_is_looked_into_and_named() -> None:
    told = ("说明", [("填表说明",), ("请各科室于月底前报送",), ("联系人：李敏",)])
    asked = ("问题", [("序号", "咨询问题"), *enumerate(ASKED, 1)])
    found = list_of_bytes(book(told, asked), "问题.xlsx")
    assert [each.text for each in found.asked] == ASKED
    assert found.said() == "已读取：第 2 张表“问题”，“咨询问题”一列，共 3 题"


def test_merged_cells_and_group_rows_are_no_questions() -> None:
    rows = [
        ("序号", "问题", "材料"),
        ("一、社保类", None, None),
        (1, ASKED[0], "身份证"),
        (None, None, "户口本"),
        (2, ASKED[1], "申请表"),
        (3, None, "（漏填）"),
    ]
    content = book(("表", rows), merged=["A2:C2", "A3:A4", "B3:B4"])
    found = list_of_bytes(content, "问题.xlsx").asked
    assert [(each.row, each.id, each.text) for each in found] == [
        (3, "1", ASKED[0]),
        (5, "2", ASKED[1]),
        (6, "3", ""),
    ]


def test_a_list_without_a_header_is_read_from_its_first_row() -> None:
    found = list_of_bytes(book(("表", [(n, q) for n, q in enumerate(ASKED, 1)])), "a.xlsx")
    assert [(each.row, each.text) for each in found.asked] == list(enumerate(ASKED, 1))
    assert found.said() == "已读取：第 B 列（没有表头），共 3 题"


def test_a_column_can_be_chosen_by_header_letter_or_place() -> None:
    rows = [("问题", "补充说明"), (ASKED[0], "已经退休两年"), (ASKED[1], "个体户")]
    content = book(("表", rows))
    for column in ("补充说明", "b", "1:B"):
        assert texts(content, column=column) == ["已经退休两年", "个体户"]
    with pytest.raises(InputError, match="没有“答复”这一列，现有：“问题”一列、“补充说明”一列"):
        list_of_bytes(content, "a.xlsx", "答复")


def test_numbers_are_never_taken_for_questions() -> None:
    rows = [
        ("序号", "单位", "地址"),
        (1, "市住房公积金管理中心", "友好北路一号"),
        (2, "市医疗保障局", "南湖路"),
    ]
    with pytest.raises(InputError, match="看不出.*“序号”一列、“单位”一列、“地址”一列.*指定一列"):
        _ = list_of_bytes(book(("表", rows)), "a.xlsx").asked


def test_tables_of_a_word_file_are_read_with_merged_cells() -> None:
    rows = [
        ("序号", "群众提问", "承办"),
        (1, ASKED[0], "医保局"),
        ("", "", "社保局"),
        (2, ASKED[1], ""),
    ]
    content = word(rows, before=["群众提问登记表", "2024年9月"], merged=[(1, 2)])
    found = list_of_bytes(content, "登记.docx")
    assert [(each.id, each.text) for each in found.asked] == [("1", ASKED[0]), ("2", ASKED[1])]
    assert found.said().startswith("已读取：第 1 个表格，“群众提问”一列，共 2 题")


@pytest.mark.parametrize("numbering", ["{}. ", "{}、", "（{}）", "第{}题：", ""])
def test_a_text_or_a_word_file_gives_one_question_a_line(numbering: str) -> None:
    lines = ["群众关心的问题"] + [f"{numbering.format(n)}{q}" for n, q in enumerate(ASKED, 1)]
    assert texts("\r\n\r\n".join(lines).encode("gb18030"), "问题.txt") == ASKED
    assert texts(word([], before=lines), "问题.docx") == ASKED
    assert list_of_bytes("\n".join(lines).encode(), "a.txt").said() == "已读取：每行一题，共 3 题"


def test_a_number_that_belongs_to_the_question_stays() -> None:
    line = "1.5倍工资是哪几天？"
    assert texts(f"{line}\n2024年能休几天年假？".encode(), "a.txt") == [
        line,
        "2024年能休几天年假？",
    ]


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.wps", "a.pdf"])
def test_a_kind_that_cannot_be_read_says_what_to_save_it_as(name: str) -> None:
    with pytest.raises(InputError, match="另存为"):
        list_of_bytes(b"anything", name)


def test_a_question_set_may_have_a_title_above_its_header() -> None:
    from qa.inputs import questions_of_bytes

    rows = [("三季度题集", None, None), ("编 号", "问　题", "原文依据"), ("甲", ASKED[0], None)]
    content = book(("封面", [("内部资料",)]), ("题", rows))
    assert [each.question for each in questions_of_bytes(content, "题集.xlsx")] == [ASKED[0]]

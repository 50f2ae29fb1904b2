"""The 新旧条文对照表: its rows, and its three columns in Word and Excel."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from doubles.contract import checked
from openpyxl.cell.rich_text import CellRichText

from corpus.lawrows import Row
from corpus.lawtext import compose
from corpus.records import Amended, Document
from qa.cli import main
from qa.comparison import compare_documents, parted
from qa.exports import comparison_excel, comparison_word, tally_of
from qa.records import ComparisonReply

AIM = "为了保护传统村落，制定本条例。"
DUTY = "市人民政府应当建立传统村落保护目录，每五年更新一次。"
FUND = "保护资金列入市级财政预算，专款专用。"
FINE = "擅自拆除传统建筑的，处五千元罚款。"


def rules(year: str, *articles: str, amended: tuple[Amended, ...] = ()) -> Document:
    frame = Document(
        f"rules-{year}",
        "滨海市传统村落保护条例",
        "地方性法规",
        "现行有效",
        "",
        published=f"{year}-06-01",
        amended=amended,
    )
    labels = ("第一条", "第二条", "第三条", "第四条")
    return compose(
        frame, [Row("", "", label, text) for label, text in zip(labels, articles, strict=False)]
    )


def compared() -> ComparisonReply:
    old = rules("2016", AIM, DUTY, FUND, FINE)
    history = Amended(
        "changed", "第四条", "第四条", "《关于修改〈条例〉的决定》第二条", "d", "2024-07-01"
    )
    new = rules(
        "2024",
        AIM,
        "鼓励社会力量参与保护。",
        DUTY,
        FINE.replace("五千元", "一万元以上五万元以下"),
        amended=(history,),
    )
    return compare_documents(old, new)


def test_every_article_is_kept_moved_changed_added_or_removed() -> None:
    reply = compared()
    checked("documents compare", reply)
    assert reply["counts"] == {"kept": 1, "changed": 1, "added": 1, "removed": 1, "moved": 1}
    rows = [
        (
            row["kind"],
            row["old"]["label"] if row["old"] else "",
            row["new"]["label"] if row["new"] else "",
            row["note"],
        )
        for row in reply["rows"]
    ]
    assert rows == [
        ("kept", "第一条", "第一条", "未修改"),
        ("added", "", "第二条", "新增"),
        ("moved", "第二条", "第三条", "第二条改为第三条，文字未改"),
        ("removed", "第三条", "", "删去"),
        (
            "changed",
            "第四条",
            "第四条",
            "“五千元”改为“一万元以上五万元以下”"
            "（《关于修改〈条例〉的决定》第二条，自2024-07-01起施行）",
        ),
    ]
    assert (reply["old"]["version"], reply["new"]["version"]) == ("2016年文本", "2024年文本")


def test_the_parts_of_each_side_are_its_whole_text() -> None:
    old, new = "可以 自愿参加，\n不得强迫。", "应当自愿参加；不得强迫他人。"
    parts = parted(old, new)
    assert "".join(part["old"] for part in parts) == old
    assert "".join(part["new"] for part in parts) == new
    assert [(p["op"], p["old"], p["new"]) for p in parts if p["op"] != "equal"] == [
        ("replace", "可以", "应当"),
        ("replace", "，", "；"),
        ("insert", "", "他人"),
    ]
    added = parted("依法处罚。", "依法处罚。\n单位犯前款罪的，依照前款处罚。")
    assert added[1:] == [{"op": "insert", "old": "", "new": "单位犯前款罪的，依照前款处罚。"}]
    assert parted("一样", "一样") == [{"op": "equal", "old": "一样", "new": "一样"}]
    assert parted("", "新增") == [{"op": "insert", "old": "", "new": "新增"}]


def test_word_has_three_columns_with_what_is_gone_struck_and_what_is_new_bold() -> None:
    document = docx.Document(BytesIO(comparison_word(compared())))
    section = document.sections[0]
    assert int(section.page_width or 0) > int(section.page_height or 0)
    assert (
        document.paragraphs[1].text
        == tally_of(compared())
        == (
            "《滨海市传统村落保护条例》（2016年文本）与《滨海市传统村落保护条例》（2024年文本）逐条对照："
            "修改 1，移动 1，新增 1，删去 1，未修改 1。"
        )
    )
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells][2] == "说明"
    *_, last = table.rows
    old, new, note = last.cells
    assert (old.text, note.text[:7]) == (f"第四条\u3000{FINE}", "“五千元”改为")
    struck = [run.text for run in old.paragraphs[0].runs if run.font.strike]
    bold = [run.text for run in new.paragraphs[0].runs if run.bold]
    assert (struck, bold) == (["五千元"], ["一万元以上五万元以下"])


def test_changes_alone_leave_out_what_is_the_same() -> None:
    document = docx.Document(BytesIO(comparison_word(compared(), changes=True)))
    assert len(document.tables[0].rows) == 1 + 4


def test_the_command_compares_a_law_with_the_version_before_it_and_writes_the_table(
    quick_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(quick_home)]
    target = tmp_path / "宪法.docx"
    assert main(["documents", "compare", "宪法", "--changes", "--out", str(target), *home]) == 0
    first, *rows = capsys.readouterr().out.splitlines()
    assert first.endswith("逐条对照：修改 36，移动 15，新增 5，未修改 87。")
    assert "第一百二十三条 → 第一百二十八条  第一百二十三条改为第一百二十八条，文字未改" in rows
    assert len(docx.Document(str(target)).tables[0].rows) == 1 + 36 + 15 + 5
    for names, said in [
        (["宪法（1999年）", "宪法"], "的文本，现有：2018年文本、1982年文本。"),
        (["民法典"], "更早的文本"),
        (["宪法", "宪法"], "同一份文本"),
        (["宪法", "民法典", "--out", "a.pdf"], ".docx 或 .xlsx"),
    ]:
        assert main(["documents", "compare", *names, *home]) == 2
        assert said in capsys.readouterr().err


def test_excel_has_the_same_columns_and_no_formula() -> None:
    old = rules("2016", "=1+1，制定本条例。")
    new = rules("2024", "=1+1，为了保护传统村落制定本条例。")
    book = openpyxl.load_workbook(
        BytesIO(comparison_excel(compare_documents(old, new))), rich_text=True
    )
    sheet = book["对照表"]
    assert [cell.value for cell in sheet[1]] == [
        "《滨海市传统村落保护条例》（2016年文本）",
        "《滨海市传统村落保护条例》（2024年文本）",
        "说明",
    ]
    told = sheet["B2"].value
    assert isinstance(told, CellRichText)
    assert str(told) == "第一条\u3000=1+1，为了保护传统村落制定本条例。"
    assert [str(part) for part in told if not isinstance(part, str)] == ["为了保护传统村落"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert book["统计"]["B2"].value == 1

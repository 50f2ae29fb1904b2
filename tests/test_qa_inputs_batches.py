"""A batch of questions: tables in; Excel, Word, CSV and JSON lines out."""

from __future__ import annotations

import csv
import json
import zipfile
from io import BytesIO, StringIO
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from doubles.engine import FakeEngine
from doubles.records import hit_of, reply_of
from lxml import etree

from corpus import InputError
from qa.exports.answers import COLUMNS, FORMATS, answer_row, answers_file, template
from qa.exports.answers_word import source
from qa.inputs import Asked, asked_of_text, list_of_bytes, replies
from qa.records import (
    AnswerLine,
    DocumentLabel,
    FailedLine,
    outcome,
    passages_said,
    tally,
)

EVIDENCE = "规范涉企行政检查,着力解决涉企现场检查事项多、频次高、随意检查等问题。"
HOSTILE = f"=cmd|'/c calc'!A0\x00\x0b\ud800{'长' * 100_000}<w:p>]]>&amp;"
QUESTIONS = ("涉企现场检查事项多、频次高怎么办？", "火星上怎么施行法人制度？", "", "这题出错")


def excel(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def records() -> list[AnswerLine]:
    asked = [Asked(row, f"编{row}", question) for row, question in enumerate(QUESTIONS, 2)]
    return list(replies(asked, FakeEngine().ask, "question"))


ABOUT = FakeEngine().about()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [
                ("编号", "备注", "问题"),
                ("甲", "x", "谁管？"),
                (),
                (7, "y", None),
                (None, "", "何时？"),
            ],
            [Asked(2, "甲", "谁管？"), Asked(4, "7", ""), Asked(5, "3", "何时？")],
        ),
        ([("ID", "Question"), ("a", "谁管？")], [Asked(2, "a", "谁管？")]),
        ([("谁管？",), ("何时？",)], [Asked(1, "1", "谁管？"), Asked(2, "2", "何时？")]),
        ([("编号", "咨询内容"), ("a", "谁管？")], [Asked(2, "a", "谁管？")]),
    ],
    ids=["named columns and holes", "English names", "no header", "an id and something else"],
)
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_questions_are_read_from_a_table(
    rows: list[tuple[Any, ...]], expected: list[Asked], suffix: str
) -> None:
    content = excel(*rows)
    if suffix == "csv":
        text = StringIO()
        csv.writer(text).writerows(rows)
        content = text.getvalue().encode("gb18030")
    assert list(list_of_bytes(content, f"问题.{suffix}").asked) == expected


def test_questions_are_read_from_lines_and_from_json_lines() -> None:
    expected = [Asked(1, "1", "谁管？"), Asked(3, "2", "何时？")]
    assert asked_of_text("谁管？\r\n \x00\n何时？\ud800") == expected
    lines = '{"id": "甲", "question": "谁管？"}\n'.encode()
    assert list(list_of_bytes(lines, "问题.jsonl").asked) == [Asked(1, "甲", "谁管？")]
    assert [each.text for each in list_of_bytes(template(), "模板.xlsx").asked] == [
        "民法典第一千二百六十条",
        "重大行政决策要走哪些程序？",
    ]


@pytest.mark.parametrize("content", [excel(("编号", "问题")), b"\xef\xbb\xbf", b"PK\x03\x04xx"])
def test_a_file_without_questions_is_the_users_to_mend(content: bytes) -> None:
    with pytest.raises(InputError, match="问题.xlsx"):
        list_of_bytes(content, "问题.xlsx")
    with pytest.raises(InputError, match="每行写一个问题"):
        asked_of_text(" \n ")


def test_each_question_comes_out_answered_refused_or_with_what_was_wrong(
    records: list[AnswerLine],
) -> None:
    assert [each["id"] for each in records] == ["编2", "编3", "编4", "编5"]
    outcomes = ["已回答", "文件未作规定", "未作答", "未作答"]
    assert list(map(outcome, records)) == outcomes
    assert "error" in records[2] and "没有写问题" in records[2]["error"]
    assert tally(records) == "共 4 题：已回答 1 题，文件未作规定 1 题，未作答 2 题。"


def test_excel_has_every_answer_word_for_word_with_its_source(records: list[AnswerLine]) -> None:
    book = openpyxl.load_workbook(BytesIO(answers_file(records, ABOUT, ".xlsx")))
    sheet = book["答案"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == tuple(COLUMNS)
    answered, refused, empty, _ = [dict(zip(header, row, strict=True)) for row in rows]
    assert EVIDENCE in answered["答案（文件原话）"]
    assert answered["出处"].startswith(
        "〔1〕《乌鲁木齐市法治首府建设“十四五”规划》(征求意见稿)第三章"
    )
    assert answered["效力"] == "征求意见稿"
    assert answered["置信度"] == 0.8
    assert refused["结果"] == "文件未作规定"
    assert refused["答案（文件原话）"] is None
    assert refused["可能相关"].count("：") >= 1
    assert (empty["结果"], empty["问题"]) == ("未作答", None)
    assert "没有写问题" in empty["说明"]
    assert sheet.freeze_panes == "A2"
    assert sheet["C2"].alignment.wrap_text
    assert sheet.column_dimensions["E"].width == 70
    told = [row[0] for row in book["说明"].iter_rows(values_only=True)]
    assert "5份文件，效力状态截至2026年11月22日" in str(told[1])
    assert told[2] == tally(records)


def test_the_page_stands_in_its_column_where_there_is_no_article() -> None:
    cited = "《某报告》第一章（第3至4页，OCR，可信度 93%）"
    hit = hit_of(text="文。", document={"id": "a", "title": "某报告", "status": ""}, citation=cited)
    sentence = {"text": "文。", "start": 0, "end": 2, "hit": 1}
    row = answer_row(1, reply_of(id="1", question="？", hits=[hit], sentences=[sentence]))
    cells = dict(zip(COLUMNS, row, strict=True))
    assert cells["条或页"] == "第3至4页"
    assert (cells["出处"], cells["文件"]) == (cited, "《某报告》")


def test_csv_opens_in_excel(records: list[AnswerLine]) -> None:
    content = answers_file(records, ABOUT, ".csv")
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    assert header == list(COLUMNS)
    assert [row[3] for row in rows] == list(map(outcome, records))
    assert rows[0][9] == "80%"


def test_json_lines_are_the_records(records: list[AnswerLine]) -> None:
    lines = answers_file(records, ABOUT, ".jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines] == records


def parts(content: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(package.read(name)) for name in names}


def test_word_has_the_citations_as_real_footnotes(records: list[AnswerLine]) -> None:
    content = answers_file(records, ABOUT, ".docx")
    package = parts(content)
    notes = package["word/footnotes.xml"]
    kinds = {note.get(qn("w:id")): note.get(qn("w:type")) for note in notes}
    assert kinds.pop("-1") == "separator"
    assert kinds.pop("0") == "continuationSeparator"
    referred = [
        reference.get(qn("w:id"))
        for reference in package["word/document.xml"].iter(qn("w:footnoteReference"))
    ]
    assert referred == list(kinds) == [str(n) for n in range(1, len(referred) + 1)]
    texts = ["".join(note.itertext()).strip() for note in notes][2:]
    cited = [hit["citation"] for hit, _ in passages_said(records[0])]
    assert len(cited) == 2
    assert [text.removesuffix("（现行有效）") for text in texts[:2]] == cited


def test_a_footnote_says_the_status_that_the_citation_does_not() -> None:
    law: DocumentLabel = {"id": "a", "title": "某法", "status": "现行有效"}
    assert source("《某法》第一条", law) == "《某法》第一条（现行有效）"
    draft: DocumentLabel = {"id": "b", "title": "某规划", "status": "征求意见稿"}
    assert source("《某规划》(征求意见稿)", draft) == "《某规划》(征求意见稿)"


def test_word_finds_every_part_and_style_that_the_footnotes_need(records: list[AnswerLine]) -> None:
    package = parts(answers_file(records, ABOUT, ".docx"))
    types = {
        each.get("PartName"): each.get("ContentType") for each in package["[Content_Types].xml"]
    }
    assert types["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    relations = {each.get("Target") for each in package["word/_rels/document.xml.rels"]}
    assert "footnotes.xml" in relations
    styles = {each.get(qn("w:styleId")) for each in package["word/styles.xml"]}
    used = {
        each.get(qn("w:val"))
        for name in ("word/document.xml", "word/footnotes.xml")
        for kind in ("w:pStyle", "w:rStyle")
        for each in package[name].iter(qn(kind))
    }
    assert {"FootnoteText", "FootnoteReference"} <= used <= styles
    order = [etree.QName(each).localname for each in package["word/settings.xml"]]
    assert order[order.index("footnotePr") + 1] == "compat"


def test_word_opens_with_a_first_page_headings_and_chinese_faces(records: list[AnswerLine]) -> None:
    document = docx.Document(BytesIO(answers_file(records, ABOUT, ".docx")))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == "批量问答结果"
    assert "效力状态截至2026年11月22日" in lines[1]
    assert lines[2] == tally(records)
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings[0] == f"1. {QUESTIONS[0]}（编号 编2）"
    assert len(headings) == len(records)
    assert EVIDENCE in lines
    assert "文件未作规定（置信度 80%）。" in lines
    faces = {
        name: document.styles[name].element.rPr.rFonts.attrib
        for name in ("Normal", "Heading 2", "footnote text")
    }
    assert {name: face[qn("w:eastAsia")] for name, face in faces.items()} == {
        "Normal": "仿宋",
        "Heading 2": "黑体",
        "footnote text": "宋体",
    }
    assert not any("Theme" in key for face in faces.values() for key in face)


@pytest.mark.parametrize("suffix", FORMATS)
def test_hostile_text_breaks_no_file(records: list[AnswerLine], suffix: str) -> None:
    reply = json.loads(json.dumps(records[0]))
    reply |= {"id": HOSTILE, "question": HOSTILE, "notice": HOSTILE}
    for sentence, hit in zip(reply["sentences"], reply["hits"], strict=False):
        sentence["text"] = hit["text"] = hit["citation"] = HOSTILE
    broken: FailedLine = {"id": "-1", "question": "@x", "hits": [], "error": HOSTILE}
    content = answers_file([reply, broken], ABOUT, suffix)
    if suffix == ".xlsx":
        sheet = openpyxl.load_workbook(BytesIO(content))["答案"]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert sheet["C2"].value.startswith("=cmd|'/c calc'!A0长长")
        assert max(len(str(cell.value)) for cell in cells) < 32_767
        assert sheet["C2"].quotePrefix
    elif suffix == ".docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)
        assert f"{'长' * 100_000}<w:p>]]>&amp;" in text
        assert "<w:p>]]>&amp;" in "".join(parts(content)["word/footnotes.xml"].itertext())
    elif suffix == ".csv":
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
        assert [row[1][:5] for row in rows[1:]] == ["'=cmd", "'-1"]
    else:
        assert len(content.decode().splitlines()) == 2


def test_an_unknown_kind_of_file_is_said() -> None:
    with pytest.raises(InputError, match=r"\.xlsx.*\.doc"):
        answers_file([], ABOUT, ".doc")

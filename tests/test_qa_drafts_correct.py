"""Corrected drafts: the file's own formatting kept, changes tracked, and what is on record."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from docx.shared import Pt
from test_qa_drafts import with_footnote

from qa.check.finding import Correction, Finding, Item
from qa.drafts.correct import corrected_text, corrected_word, corrections
from qa.drafts.draft import Draft, draft_of_bytes, draft_of_text
from qa.drafts.report import check_csv, check_report
from qa.records import Verdict

WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WRONG, RIGHT = "可以遵循自愿原则", "应当遵循自愿原则"


def altered(draft: Draft, wrong: str = WRONG, right: str = RIGHT) -> Item:
    start = draft.text.index(wrong)
    end = start + len(wrong)
    found = Finding("altered", suggestion="应为", correction=Correction(start, end, right))
    return Item(start, end, wrong, "quotation", found)


def remark(draft: Draft, words: str, verdict: Verdict = "not_found") -> Item:
    start = draft.text.index(words)
    return Item(
        start, start + len(words), words, "quotation", Finding(verdict, suggestion="查不到")
    )


def runs(*texts: str) -> bytes:
    """One paragraph of several runs, each in its own size."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for size, text in enumerate(texts, 10):
        paragraph.add_run(text).font.size = Pt(size)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def xml(content: bytes, part: str = "document") -> str:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(f"word/{part}.xml").decode()


def test_a_text_is_put_right_in_its_place_and_line_ends_stay() -> None:
    draft = draft_of_text("甲：\r\n“可以遵循\r\n自愿原则”。\r\n", "稿.txt")
    item = altered(draft, "可以遵循\n自愿原则", "应当遵循\n自愿原则")
    assert corrected_text(draft, [item]) == "甲：\r\n“应当遵循\r\n自愿原则”。\r\n"


def test_markdown_keeps_its_marks() -> None:
    draft = draft_of_text("**“可以遵循自愿原则”**", "稿.md")
    assert corrected_text(draft, [altered(draft)]) == "**“应当遵循自愿原则”**"


def test_corrections_that_contradict_each_other_are_left_to_the_reader() -> None:
    first = Finding("wrong_article", correction=Correction(0, 5, "甲"))
    second = Finding("wrong_article", correction=Correction(0, 5, "乙"))
    items = [Item(9, 12, "x", "quotation", first), Item(15, 18, "y", "quotation", second)]
    assert corrections(items) == []


@pytest.mark.parametrize(
    "texts",
    [
        ("前“可以遵循自愿原则”后",),
        ("前“可", "以遵循自愿", "原则”后"),
        ("前“", "可以", "遵循自愿原则”后"),
        ("可以遵循自愿原则",),
    ],
)
def test_a_change_is_tracked_and_reads_right_once_accepted(texts: tuple[str, ...]) -> None:
    content = runs(*texts)
    draft = draft_of_bytes(content, "稿.docx")
    changed = corrected_word(draft, [altered(draft)], WHEN)
    assert draft_of_bytes(changed, "稿.docx").text == draft.text.replace(WRONG, RIGHT)
    document = xml(changed)
    assert "<w:del " in document and "<w:ins " in document
    assert 'w:author="法据" w:date="2026-01-02T03:04:05Z"' in document
    # Rejecting every change gives the words back, each in its run's size.
    deleted = document.split("<w:delText")[1:]
    assert "".join(part.split(">", 1)[1].split("<")[0] for part in deleted) == "可以"
    assert document.count('<w:sz w:val="20"/>') >= 1


def test_words_left_out_are_inserted_and_words_added_deleted() -> None:
    for wrong, right in [
        ("遵循原则", "遵循自愿原则"),
        ("遵循的原则", "遵循原则"),
        ("循原则", "遵循原则"),
    ]:
        draft = draft_of_bytes(runs(wrong), "稿.docx")
        changed = corrected_word(draft, [altered(draft, wrong, right)], WHEN)
        assert draft_of_bytes(changed, "稿.docx").text == right + "\n"


def test_several_changes_in_one_run() -> None:
    draft = draft_of_bytes(runs("可以遵循自愿原则，可以遵循公平原则"), "稿.docx")
    items = [altered(draft), altered(draft, "可以遵循公平原则", "应当遵循公平的原则")]
    changed = corrected_word(draft, items, WHEN)
    text = draft_of_bytes(changed, "稿.docx").text
    assert text == "应当遵循自愿原则，应当遵循公平的原则\n"


def test_what_cannot_be_put_right_gets_a_comment() -> None:
    draft = draft_of_bytes(runs("张三说：“库里没有这一句话。”", "另一句"), "稿.docx")
    changed = corrected_word(draft, [remark(draft, "库里没有这一句话。")], WHEN)
    assert draft_of_bytes(changed, "稿.docx").text == draft.text
    assert "库中查不到：查不到" in xml(changed, "comments")
    document = xml(changed)
    commented = document.split("<w:commentRangeStart")[1].split("<w:commentRangeEnd")[0]
    assert "库里没有这一句话。" in commented and "张三" not in commented


def test_comments_only_leaves_every_word_as_it_is() -> None:
    draft = draft_of_bytes(runs("“可以遵循自愿原则”"), "稿.docx")
    changed = corrected_word(draft, [altered(draft)], WHEN, comments_only=True)
    assert draft_of_bytes(changed, "稿.docx").text == draft.text
    assert "<w:ins " not in xml(changed) and "与原文有出入：应为" in xml(changed, "comments")


def test_a_footnote_is_changed_but_not_commented() -> None:
    draft = draft_of_bytes(with_footnote("正文", "注：可以遵循自愿原则。没有的话"), "稿.docx")
    changed = corrected_word(draft, [altered(draft), remark(draft, "没有的话")], WHEN)
    assert draft_of_bytes(changed, "稿.docx").text == "正文\n注：应当遵循自愿原则。没有的话\n"
    assert "<w:del " in xml(changed, "footnotes")


def test_the_same_input_gives_the_same_document() -> None:
    draft = draft_of_bytes(runs("“可以遵循自愿原则”"), "稿.docx")
    once, again = (corrected_word(draft, [altered(draft)], WHEN) for _ in range(2))
    assert xml(once) == xml(again)


def test_the_report_opens_and_has_its_sources_as_footnotes() -> None:
    draft = draft_of_text("“可以遵循自愿原则”\x0b")
    content = check_report([altered(draft), remark(draft, "自愿原则")], "稿.txt", date(2026, 1, 2))
    words = "\n".join(
        cell.text for row in docx.Document(BytesIO(content)).tables[0].rows for cell in row.cells
    )
    assert "与原文有出入（引文）" in words and WRONG in words


def test_the_report_and_the_table_name_words_without_marks_and_what_was_not_compared() -> None:
    draft = draft_of_text("民法典第五条规定，可以遵循自愿原则。")
    wrong = replace(altered(draft), kind="unmarked")
    told = Item(0, 6, "民法典第五条", "citation", Finding("exists"), retold=True)
    document = docx.Document(BytesIO(check_report([told, wrong], "稿.txt", date(2026, 1, 2))))
    said = "共 2 处。与原文有出入 1 处，出处存在 1 处。另有 1 处转述未核对。"
    assert said in [paragraph.text for paragraph in document.paragraphs]
    assert ",条文,与原文有出入," in check_csv([told, wrong]).decode("utf-8-sig")


def test_a_csv_cell_is_never_a_formula() -> None:
    draft = draft_of_text("=1+1引文在此")
    lines = check_csv([remark(draft, "=1+1引文在此")]).decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and ",'=1+1引文在此," in lines[1]

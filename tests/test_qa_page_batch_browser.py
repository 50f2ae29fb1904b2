"""批量问答 and 摘编 in a real browser."""

from __future__ import annotations

import csv
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
import test_qa_page_browser
from doubles.engine import FakeEngine
from playwright.sync_api import Page, expect
from test_qa_page_browser import DESKTOP, EVIDENCE, PHONE, QUESTION, ask, find, served

from qa import Filters
from qa.records import AskReply

pytestmark = test_qa_page_browser.pytestmark
browser, page = test_qa_page_browser.browser, test_qa_page_browser.page

QUESTIONS = f"{QUESTION}\n\n火星上怎么施行法人制度？\n这题出错<img src=x onerror=window.hacked=7>"


class SlowEngine(FakeEngine):
    """Takes its time over 慢."""

    def ask(self, question: str, k: int | None = None, filters: Filters | None = None) -> AskReply:
        if "慢" in question:
            time.sleep(0.1)
        return super().ask(question, k, filters)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(SlowEngine()) as url:
        yield url


def open_batch(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="批量问答").click()


def ask_all(page: Page, address: str, questions: str = QUESTIONS) -> None:
    open_batch(page, address)
    page.get_by_label("要问的问题，每行一个").fill(questions)
    page.get_by_role("button", name="全部提问").click()


def taken(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_pasted_questions_get_a_table_of_answers(page: Page, address: str) -> None:
    ask_all(page, address)
    rows = page.locator(".answer-table tbody tr")
    expect(rows).to_have_count(3)
    expect(page.locator(".faju-batch .verdict-line")).to_have_text(
        "共 3 题：已回答 1 题，文件未作规定 1 题，未作答 1 题。"
    )
    expect(rows.nth(0)).to_contain_text(EVIDENCE)
    expect(rows.nth(0)).to_contain_text("征求意见稿")
    expect(rows.nth(0)).to_contain_text("80%")
    expect(rows.nth(1).locator(".tag")).to_have_text("文件未作规定")
    expect(rows.nth(2)).to_contain_text("<img src=x")
    page.get_by_label("只看没有答案的").check()
    expect(rows.nth(0)).to_be_hidden()
    expect(rows.nth(1)).to_be_visible()
    assert page.evaluate("window.hacked === undefined")


def test_a_question_of_the_table_opens_in_the_first_tab(page: Page, address: str) -> None:
    ask_all(page, address)
    with page.expect_popup() as opened:
        page.get_by_role("link", name=QUESTION).click()
    expect(opened.value.get_by_label("您想问什么？")).to_have_value(QUESTION)
    expect(opened.value.locator(".answer")).to_contain_text(EVIDENCE)


def test_answers_are_taken_away_in_every_format(page: Page, address: str) -> None:
    ask_all(page, address)
    name, content = taken(page, "下载 Excel")
    assert name == "批量问答-答案.xlsx"
    assert EVIDENCE in str(openpyxl.load_workbook(BytesIO(content))["答案"]["E2"].value)
    name, content = taken(page, "下载 Word")
    assert name == "批量问答-答案.docx"
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert "第三章" in package.read("word/footnotes.xml").decode()
    _, content = taken(page, "下载 CSV")
    assert len(list(csv.reader(StringIO(content.decode("utf-8-sig"))))) == 4
    _, content = taken(page, "下载 JSONL")
    assert len(content.decode().splitlines()) == 3


def test_a_table_is_taken_as_a_file_and_a_template_offered(page: Page, address: str) -> None:
    open_batch(page, address)
    name, content = taken(page, "下载表格模板")
    assert name == "问题模板.xlsx"
    file = {"name": "我的问题.xlsx", "mimeType": "application/zip", "buffer": content}
    page.locator(".faju-batch input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_label("已读取")).to_contain_text("“问题”一列，共 2 题")
    page.get_by_role("button", name="全部提问").click()
    expect(page.locator(".answer-table tbody tr")).to_have_count(2)
    assert taken(page, "下载 CSV")[0] == "我的问题-答案.csv"
    page.get_by_role("button", name="换成粘贴问题").click()
    expect(page.get_by_label("要问的问题，每行一个")).to_be_focused()
    broken = {"name": "坏.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04"}
    page.locator(".faju-batch input[type=file]").set_input_files(broken)  # type: ignore[arg-type]
    expect(page.get_by_role("alert")).to_contain_text("坏.xlsx")
    expect(page.get_by_role("button", name="全部提问")).to_be_enabled()


def test_a_long_batch_shows_how_far_it_is_and_can_be_cancelled(page: Page, address: str) -> None:
    ask_all(page, address, "慢慢来\n" * 600)
    expect(page.locator(".faju-batch .progress")).to_contain_text("共 600 题，约还需")
    expect(page.locator(".faju-batch .progress")).to_contain_text("已答 2")
    page.reload()
    page.get_by_role("tab", name="批量问答").click()
    expect(page.locator(".faju-batch .progress")).to_contain_text("共 600 题")
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".faju-batch .check-summary")).to_contain_text("已停下：下面是已经做完的")
    assert page.locator(".answer-table tbody tr").count() >= 2
    page.get_by_label("要问的问题，每行一个").fill("法人")
    page.get_by_role("button", name="全部提问").click()
    expect(page.locator(".answer-table tbody tr")).to_have_count(1)


def test_the_column_that_is_asked_can_be_changed_before(page: Page, address: str) -> None:
    open_batch(page, address)
    rows = "序号,问题,补充\n1,法人是什么？,第五十七条\n2,谁管？,第五十八条\n"
    file = {"name": "单.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.locator(".faju-batch input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    column = page.get_by_label("已读取")
    expect(column).to_have_value("1:B")
    expect(page.locator(".list-read")).to_contain_text("前几题：法人是什么？；谁管？")
    column.select_option("1:C")
    page.get_by_role("button", name="全部提问").click()
    expect(page.locator(".answer-table tbody tr").first).to_contain_text("第五十七条")


def test_asking_nothing_says_what_to_do(page: Page, address: str) -> None:
    ask_all(page, address, " \n")
    expect(page.locator(".faju-batch .notice")).to_contain_text("请先写下问题")


def test_many_answers_are_shown_a_hundred_at_first(page: Page, address: str) -> None:
    ask_all(page, address, "法人\n" * 130)
    shown = page.locator(".answer-table tbody tr:visible")
    expect(shown).to_have_count(100)
    page.get_by_role("button", name="再显示其余 30 题").click()
    expect(shown).to_have_count(130)


def test_the_table_fits_a_phone(page: Page, address: str) -> None:
    ask_all(page, address)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(page.locator(".answer-table tbody tr")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def collected(page: Page, count: int) -> None:
    expect(page.locator(".drawer-open .n")).to_have_text(str(count))


def test_passages_are_collected_from_every_tab_and_exported(page: Page, address: str) -> None:
    find(page, address, "法人是具有民事权利能力")
    page.locator("#match-1").get_by_role("button", name="加入摘编").click()
    ask(page, address)
    page.locator("#hit-1").get_by_role("button", name="加入摘编").click()
    expect(page.locator(".faju-toast")).to_have_text("已加入摘编，共 2 段。")
    page.locator("#hit-1").get_by_role("button", name="查看原文").click()
    page.locator(".reader .pointed").get_by_role("button", name="加入摘编").click()
    expect(page.locator(".faju-toast")).to_have_text("已在摘编里。")
    page.locator("#hit-2").get_by_role("button", name="查看原文").click()
    expect(page.locator("#hit-2.reading")).to_be_visible()
    page.locator(".reader .pointed").get_by_role("button", name="加入摘编").click()
    collected(page, 3)
    page.reload()
    collected(page, 3)
    page.get_by_role("tab", name="文档库").click()
    page.locator(".drawer-open").click()
    drawer = page.locator(".drawer")
    expect(drawer.locator("h3")).to_have_text(
        ["《乌鲁木齐市法治首府建设“十四五”规划》", "《中华人民共和国民法典》"]
    )
    expect(drawer.locator("li")).to_have_count(3)
    name, content = taken(page, "导出 Word")
    assert name == "摘编.docx"
    text = [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
    assert "《中华人民共和国民法典》（现行有效）" in text
    assert any(EVIDENCE in line for line in text)
    name, content = taken(page, "导出 Markdown")
    assert name == "摘编.md"
    assert "第五十七条" in content.decode()


def test_what_was_collected_is_taken_out_by_the_keyboard(page: Page, address: str) -> None:
    ask(page, address)
    page.locator(".answer").get_by_role("button", name="加入摘编").click()
    collected(page, 2)
    opener = page.locator(".drawer-open")
    opener.focus()
    page.keyboard.press("Enter")
    drawer = page.locator(".drawer")
    expect(drawer.get_by_role("heading", name="摘编")).to_be_focused()
    drawer.get_by_role("button", name="移除").first.focus()
    page.keyboard.press("Enter")
    collected(page, 1)
    expect(drawer.get_by_role("button", name="移除")).to_be_focused()
    page.keyboard.press("Enter")
    expect(drawer).to_contain_text("还没有内容")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_whole_passage_replaces_its_sentences_and_all_can_be_emptied(
    page: Page, address: str
) -> None:
    ask(page, address)
    page.locator(".answer").get_by_role("button", name="加入摘编").click()
    collected(page, 2)
    for card in ("#hit-1", "#hit-2"):
        page.locator(card).get_by_role("button", name="加入摘编").click()
    collected(page, 2)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".drawer-open").click()
    expect(page.locator(".drawer li").first).to_contain_text(EVIDENCE[:20])
    page.get_by_role("button", name="全部清空").click()
    collected(page, 0)


def test_broken_storage_is_no_harm(page: Page, address: str) -> None:
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    page.goto(address)
    page.evaluate("localStorage.setItem('faju-excerpts:', '{oops')")
    page.reload()
    collected(page, 0)
    page.evaluate("""localStorage.setItem('faju-excerpts:', '[["plan"]]')""")
    page.reload()
    page.locator(".drawer-open").click()
    expect(page.locator(".drawer [role=alert]")).to_contain_text("清空摘编")


def test_a_whole_passage_is_copied_with_its_citation(page: Page, address: str) -> None:
    ask(page, address)
    page.locator("#hit-1").get_by_role("button", name="复制原文和引文").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert EVIDENCE in copied
    words, cited = copied.rsplit("\n", 1)
    assert words.startswith("“")
    assert cited.startswith("——《乌鲁木齐市法治首府建设“十四五”规划》(征求意见稿)第三章")

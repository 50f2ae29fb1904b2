"""One's questions in a real browser: Back, reload, what was asked before, short questions."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import test_qa_page_browser
from doubles.engine import FakeEngine
from playwright.sync_api import Page, expect
from test_qa_page_browser import EVIDENCE, QUESTION, served

pytestmark = test_qa_page_browser.pytestmark
browser, page = test_qa_page_browser.browser, test_qa_page_browser.page

OTHER = "法人是什么"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(FakeEngine()) as url:
        yield url


def put(page: Page, question: str) -> None:
    page.get_by_label("您想问什么？").fill(question)
    page.get_by_role("button", name="提问", exact=True).click()
    expect(page.locator(".faju-ask .primary")).to_be_enabled()
    expect(page.locator(".faju-ask .question")).to_contain_text(question)


def test_back_returns_to_the_question_before_and_reload_keeps_the_last(
    page: Page, address: str
) -> None:
    page.goto(f"{address}?q={quote(QUESTION)}")
    expect(page.locator(".answer")).to_contain_text(EVIDENCE)
    put(page, OTHER)
    page.get_by_role("tab", name="原文查找").click()
    page.get_by_label("要找哪句话？").fill("法人是具有民事权利能力")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#match-1")).to_be_visible()
    page.reload()
    expect(page.locator("#match-1")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_label("您想问什么？")).to_have_value(OTHER)
    page.go_back()
    expect(page.get_by_label("您想问什么？")).to_have_value(QUESTION)
    expect(page.locator(".answer")).to_contain_text(EVIDENCE)
    page.go_forward()
    expect(page.get_by_label("您想问什么？")).to_have_value(OTHER)


def test_reload_keeps_the_tab(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="文档库").click()
    expect(page.locator(".library")).to_be_visible()
    page.reload()
    expect(page.locator(".library")).to_be_visible()


def test_what_was_asked_is_kept_pinned_found_and_cleared(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".history")).to_be_hidden()
    put(page, QUESTION)
    put(page, OTHER)
    page.reload()
    fold = page.locator(".history")
    expect(fold).to_contain_text("2 个")
    fold.locator("summary").click()
    questions = fold.locator("[data-do=again]")
    expect(questions).to_have_text([OTHER, QUESTION])
    fold.locator("li").nth(1).get_by_role("button", name="置顶").click()
    expect(questions).to_have_text([QUESTION, OTHER])
    fold.get_by_label("在问过的问题里找").fill("法人")
    expect(questions).to_have_text([OTHER])
    fold.get_by_label("在问过的问题里找").fill("")
    fold.get_by_role("button", name="清除没有置顶的").click()
    expect(questions).to_have_text([QUESTION])
    questions.click()
    expect(page.locator(".answer")).to_contain_text(EVIDENCE)


def test_a_short_question_says_how_it_was_read_and_can_be_taken_as_it_stands(
    page: Page, address: str
) -> None:
    page.goto(address)
    put(page, QUESTION)
    page.get_by_label("您想问什么？").fill("个体户呢？")
    page.get_by_role("button", name="提问", exact=True).click()
    read_as = page.locator("[data-understood]")
    expect(read_as).to_contain_text(f"“个体户呢？”接着上一问，读作：个体户，{QUESTION}")
    expect(page.get_by_label("您想问什么？")).to_have_value(f"个体户，{QUESTION}")
    read_as.get_by_role("button").click()
    expect(read_as).to_have_count(0)
    expect(page.get_by_label("您想问什么？")).to_have_value("个体户呢？")


def test_related_questions_are_asked_by_a_press(page: Page, address: str) -> None:
    page.goto(address)
    put(page, QUESTION)
    near = page.locator(".near-questions")
    expect(near.get_by_role("button")).to_have_count(2)
    near.get_by_role("button", name="第五十七条").click()
    expect(page.locator(".faju-ask .question")).to_contain_text("第五十七条")


def test_large_text_is_kept_and_every_size_follows(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(QUESTION)}")
    expect(page.locator(".answer")).to_be_visible()

    def sizes() -> list[float]:
        read = "e => parseFloat(getComputedStyle(document.querySelector(e)).fontSize)"
        return [page.evaluate(read, each) for each in (".answer p", ".tools button", "#question")]

    plain = sizes()
    page.get_by_role("button", name="大字").click()
    assert sizes() == [size * 1.25 for size in plain]
    page.reload()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_first_tab_stop_leads_to_what_was_found(page: Page, address: str) -> None:
    page.goto(f"{address}?q={quote(QUESTION)}")
    expect(page.locator(".answer")).to_be_visible()
    page.locator(".faju-skip").focus()
    expect(page.locator(".faju-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".faju-ask [data-role=results]")).to_be_focused()


def test_a_whole_document_is_taken_away(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="文档库").click()
    page.locator(".documents [data-do=document]").first.click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载全文 Word").click()
    assert taken.value.suggested_filename == "乌鲁木齐市法治首府建设“十四五”规划.docx"


def test_a_table_is_printed_as_a_table_and_no_control_with_it(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="批量问答").click()
    page.get_by_label("要问的问题，每行一个").fill(QUESTION)
    page.get_by_role("button", name="全部提问").click()
    expect(page.locator(".answer-table")).to_be_visible()
    page.set_viewport_size({"width": 780, "height": 1100})  # about a sheet of A4
    page.emulate_media(media="print")
    expect(page.locator(".answer-table thead")).to_be_visible()
    for control in (".faju-batch form", ".faju-batch .tools", ".drawer-open", ".text-size"):
        expect(page.locator(control)).to_be_hidden()
    page.emulate_media(media="null")

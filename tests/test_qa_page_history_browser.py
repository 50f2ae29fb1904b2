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

"""The look of the page in a real browser: by night, on paper, by the keys, from right to left."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import test_qa_page_browser
from doubles.engine import FakeEngine
from playwright.sync_api import Page, expect
from test_qa_page_browser import QUESTION, served

pytestmark = test_qa_page_browser.pytestmark
browser, page = test_qa_page_browser.browser, test_qa_page_browser.page

# Words of each look: text, quiet text, links, marks, badges, buttons, a field.
WORDS = (
    ".answer blockquote p, .holdings, .answer small, .crumbs, .words mark, .chip, .badge, "
    ".tools button, .primary, #question, .example, [role=tab], .rank, .chosen"
)
# The contrast of each shown element's words with the nearest ground behind them (WCAG 2, 1.4.3).
CONTRASTS = """words => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const parts = numbers(colour).slice(0, 3).map((each) => each / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    const [, , , alpha = 1] = numbers(colour);
    return alpha || !element.parentElement ? colour : ground(element.parentElement);
  };
  return [...document.querySelectorAll(words)].filter((each) => each.offsetParent).map((each) => {
    const pair = [light(getComputedStyle(each).color), light(ground(each))].sort((a, b) => b - a);
    return [each.className || each.tagName, (pair[0] + 0.05) / (pair[1] + 0.05)];
  });
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(FakeEngine()) as url:
        yield url


def ground(page: Page) -> str:
    read = "getComputedStyle(document.querySelector('.gradio-container')).backgroundColor"
    return str(page.evaluate(read))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_by_day_and_by_night(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{address}?q={quote(QUESTION)}")
    expect(page.locator(".answer")).to_be_visible()
    contrasts = page.evaluate(CONTRASTS, WORDS)
    assert len(contrasts) > 20
    assert not [each for each in contrasts if each[1] < 4.5]


def test_the_night_is_the_computers_choice_and_paper_stays_white(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_label("您想问什么？")).to_be_visible()
    assert ground(page) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    assert ground(page) == "rgb(28, 27, 26)"
    page.emulate_media(color_scheme="dark", media="print")
    assert ground(page) == "rgb(255, 255, 255)"


def test_arrow_keys_go_from_tab_to_tab(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="问答", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="文档库")).to_be_focused()
    expect(page.locator(".library")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="原文查找")).to_be_focused()
    expect(page.get_by_label("要找哪句话？")).to_be_visible()


@pytest.mark.parametrize(
    ("tab", "box"), [("问答", "#question"), ("引文核对", "#draft"), ("批量问答", "#batch")]
)
def test_uyghur_is_written_from_right_to_left(page: Page, address: str, tab: str, box: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name=tab, exact=True).click()
    page.locator(box).fill("ئىجارە مۇددىتى")
    expect(page.locator(box)).to_have_css("direction", "rtl")
    page.locator(box).fill("租赁期限")
    expect(page.locator(box)).to_have_css("direction", "ltr")

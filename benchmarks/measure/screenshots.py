"""Takes the pictures of the page that the README shows, from the real program and library.

    python -m benchmarks.measure.screenshots [--home DIR] [--out docs] [--question T] [--words T]

Writes page.png, find.png, check.png, batch.png, evaluate.png and add.png (1366x768) and phone.png
(390x844). Nothing is added to the library. Needs a built library, Playwright and a Chromium
(``--chromium``).
"""

from __future__ import annotations

import argparse
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from qa import Engine, Settings
from qa.page import server as app

QUESTION = "企业老被检查打扰，规划里怎么管？"
WORDS = "因自愿实施紧急救助行为造成受助人损害的，救助人可以不承担责任"
QUESTIONS = (
    QUESTION,
    "夫妻一方想离婚，可以不调解直接起诉吗？",
    "重大行政决策要走哪些程序？",
    "乌鲁木齐地铁二号线什么时候通车？",
)
SET = Path("qa/sets/plan-dev.jsonl")
DRAFT = """滨海市法治政府建设规划（2021—2025年）（征求意见稿）
滨海市司法局
2021年9月1日
第一章 总体要求
为深入推进法治政府建设，结合本市实际，制定本规划。
第二章 主要任务
第一节 规范行政执法
一、规范涉企检查
对同一企业的日常检查每年不得超过两次，检查应当提前三个工作日告知。
二、推行包容审慎监管
对初次违法且危害后果轻微并及时改正的，可以不予行政处罚。
第三章 组织保障
各部门主要负责人应当切实履行推进法治建设第一责任人职责。
"""
WIDE = (1366, 768)
PHONE = (390, 844)


@contextmanager
def picture(browser: Browser, size: tuple[int, int], file: Path) -> Iterator[Page]:
    """A page of this size; its picture is taken when the block ends."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(180_000)
    yield page
    page.wait_for_timeout(500)
    page.screenshot(path=file)
    page.close()
    print(file)


def take_answer(browser: Browser, url: str, size: tuple[int, int], file: Path) -> None:
    """The answer, and on a wide screen the first passage opened in its section."""
    with picture(browser, size, file) as page:
        page.goto(url)
        page.locator(".hit").first.wait_for()
        if size == WIDE:
            page.locator("#hit-1").get_by_role("button", name="查看原文").click()
            page.locator(".reader .pointed").wait_for()
            page.evaluate("window.scrollTo(0, 0)")


def take_find(browser: Browser, url: str, file: Path) -> None:
    """Words remembered wrongly, what differs, and the place opened beside them."""
    with picture(browser, WIDE, file) as page:
        page.goto(url)
        page.locator("#match-1").get_by_role("button", name="查看原文").click()
        page.locator(".faju-find .pointed").wait_for()
        page.evaluate("window.scrollTo(0, 0)")


def take_check(browser: Browser, url: str, file: Path) -> None:
    """The page's own sample of a draft, checked, with the first fault explained."""
    with picture(browser, WIDE, file) as page:
        page.goto(url)
        page.get_by_role("tab", name="引文核对").click()
        page.get_by_role("button", name="用一份样稿试试").click()
        page.locator(".item").wait_for()


def take_batch(browser: Browser, url: str, file: Path) -> None:
    """Pasted questions and the table of their answers."""
    with picture(browser, WIDE, file) as page:
        page.goto(url)
        page.get_by_role("tab", name="批量问答").click()
        page.get_by_label("要问的问题，每行一个").fill("\n".join(QUESTIONS))
        page.get_by_role("button", name="全部提问").click()
        page.locator(".answer-table").wait_for()
        page.locator(".faju-batch .verdict-line").scroll_into_view_if_needed()


def take_evaluation(browser: Browser, url: str, file: Path) -> None:
    """The dev questions evaluated in two ways, and how sure the difference is."""
    with picture(browser, WIDE, file) as page:
        page.goto(url)
        page.get_by_role("tab", name="批量评测").click()
        form = page.locator(".evaluate-form")
        form.locator("input[type=file]").set_input_files(SET)
        form.locator("input[value=lexical]").check()
        form.get_by_role("button", name="开始评测").click()
        page.locator(".faju-evaluate .verdict-line").wait_for(timeout=600_000)


def take_adding(browser: Browser, url: str, file: Path) -> None:
    """A document read and shown for confirmation."""
    with picture(browser, WIDE, file) as page:
        page.goto(url)
        page.get_by_role("tab", name="文档库").click()
        page.locator("input[name=files]").set_input_files(
            {
                "name": "滨海市法治政府建设规划.txt",
                "mimeType": "text/plain",
                "buffer": DRAFT.encode(),
            }
        )
        page.locator(".reading").wait_for()


def main() -> None:
    """Serve the page on a free port and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home")
    parser.add_argument("--out", type=Path, default=Path("docs"))
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--words", default=WORDS)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = app.build_app(Engine.open(Settings.load(home=given.home)))
    page.launch(
        server_name="127.0.0.1",
        server_port=port,
        prevent_thread_lock=True,
        **app.launch_options(),
    )
    url = f"http://127.0.0.1:{port}/"
    asked = f"{url}?q={quote(given.question)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        take_answer(browser, asked, WIDE, given.out / "page.png")
        take_answer(browser, asked, PHONE, given.out / "phone.png")
        take_find(browser, f"{url}?find={quote(given.words)}", given.out / "find.png")
        take_check(browser, url, given.out / "check.png")
        take_batch(browser, url, given.out / "batch.png")
        take_evaluation(browser, url, given.out / "evaluate.png")
        take_adding(browser, url, given.out / "add.png")
        browser.close()
    page.close(verbose=False)


if __name__ == "__main__":
    main()

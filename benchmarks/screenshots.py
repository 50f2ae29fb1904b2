"""Takes the pictures of the page that the README shows, from the real program and library.

    python benchmarks/screenshots.py [--home DIR] [--out docs] [--question TEXT] [--words TEXT]

Writes page.png, find.png and check.png (1366x768) and phone.png (390x844). Needs a built library,
Playwright and a Chromium (``--chromium``).
"""

from __future__ import annotations

import argparse
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

import app
from qa import Engine, Settings

QUESTION = "企业老被检查打扰，规划里怎么管？"
WORDS = "因自愿实施紧急救助行为造成受助人损害的，救助人可以不承担责任"
WIDE = (1366, 768)
PHONE = (390, 844)


@contextmanager
def picture(browser: Browser, size: tuple[int, int], file: Path) -> Iterator[Page]:
    """A page of this size; its picture is taken when the block ends."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
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
        browser = playwright.chromium.launch(
            executable_path=given.chromium, args=["--no-sandbox"]
        )
        take_answer(browser, asked, WIDE, given.out / "page.png")
        take_answer(browser, asked, PHONE, given.out / "phone.png")
        take_find(browser, f"{url}?find={quote(given.words)}", given.out / "find.png")
        take_check(browser, url, given.out / "check.png")
        browser.close()
    page.close(verbose=False)


if __name__ == "__main__":
    main()

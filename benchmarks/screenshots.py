"""Takes the pictures of the page that the README shows, from the real program and library.

    python benchmarks/screenshots.py [--home DIR] [--out docs] [--question TEXT]

Writes page.png (1366x768) and phone.png (390x844). Needs a built library, Playwright and a
Chromium (``--chromium``).
"""

from __future__ import annotations

import argparse
import socket
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

import app
from qa import Engine, Settings

QUESTION = "企业老被检查打扰,规划里怎么管?"


def take(browser: Browser, url: str, size: tuple[int, int], file: Path) -> None:
    """One picture: the answer, and on a wide screen the first passage opened in its section."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.goto(url)
    page.locator(".hit").first.wait_for()
    if width > 900:
        page.locator("#hit-1").get_by_role("button", name="查看原文").click()
        page.locator(".reader .pointed").wait_for()
        page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(500)
    page.screenshot(path=file)
    page.close()
    print(file)


def main() -> None:
    """Serve the page on a free port and take both pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--home")
    parser.add_argument("--out", type=Path, default=Path("docs"))
    parser.add_argument("--question", default=QUESTION)
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
    url = f"http://127.0.0.1:{port}/?q={quote(given.question)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=given.chromium, args=["--no-sandbox"]
        )
        take(browser, url, (1366, 768), given.out / "page.png")
        take(browser, url, (390, 844), given.out / "phone.png")
        browser.close()
    page.close(verbose=False)


if __name__ == "__main__":
    main()

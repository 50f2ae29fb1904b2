"""The browser that some tests drive: the system's Chromium, no download of Playwright's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

_PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")

_MISSING = "Chromium is not installed (on Debian: apt-get install chromium fonts-noto-cjk)"

# A busy machine takes its time; what is there at once is not waited for.
PATIENCE = 90_000
expect.set_options(timeout=PATIENCE)

needs_browser = pytest.mark.skipif(_PROGRAM is None, reason=_MISSING)


@contextmanager
def chromium() -> Iterator[Browser]:
    """One running browser; without one the test that asks for it is skipped."""
    if _PROGRAM is None:
        pytest.skip(_MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_PROGRAM, args=["--no-sandbox"])
        yield browser
        browser.close()

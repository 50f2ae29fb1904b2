"""The engine behind the page: changed while it serves, and without keeping what it replaced."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qa.page.live import LiveEngine


def resident() -> int:
    """The memory of this process, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    match = re.search(r"VmRSS:\s+(\d+)", status)
    assert match
    return int(match[1]) // 1024


def engine(**more: Any) -> Any:
    return SimpleNamespace(**more)


def test_who_asks_is_answered_by_the_newest() -> None:
    live = LiveEngine(engine(name="旧"))
    assert (live.name, live.changes) == ("旧", 0)
    live.swap(engine(name="新"))
    assert (live.name, live.changes) == ("新", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is asked to give memory back")
def test_what_the_old_one_held_is_given_back() -> None:
    before = resident()
    pieces = [bytearray(60_000) for _ in range(4000)]
    live = LiveEngine(engine(pieces=pieces[:-1]))
    last = pieces.pop()  # above the others: what is below it does not go back by itself
    del pieces
    assert resident() > before + 150
    live.swap(engine())
    assert resident() < before + 60
    assert last

"""The engine behind the page: changed while it serves, and without keeping what it replaced."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from conftest import Counting

from qa import Engine, Settings
from qa.api import LiveEngine
from qa.api.mcp_server import make_server
from qa.library import Intake, read_file


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


MEASURE = "某县水库管理办法\n第一条 为了保护水库，制定本办法。\n第二条 禁止在水库游泳、洗衣。\n"
WORDS = "禁止在水库游泳"


@pytest.fixture
def home(quick_home: Path, quick: Counting, tmp_path: Path) -> Path:
    shutil.copytree(quick_home, tmp_path / "home")
    return tmp_path / "home"


def changed(home: Path, identity: str = "") -> str:
    """One document in, or that of this id out, as another process does it: the old index is swept.

    Its id comes back.
    """
    generations = set((home / "index").glob("*/"))
    with Intake(Settings.load(home)) as intake:
        if identity:
            intake.remove(identity)
        else:
            identity = intake.accept(read_file(MEASURE.encode(), "水库.txt")).id
        intake.commit(lambda line: None)
    assert not generations & set((home / "index").glob("*/"))
    return identity


def test_who_opened_a_generation_is_answered_from_it_after_it_was_swept(home: Path) -> None:
    engine = Engine.open(Settings.load(home))
    changed(home)
    assert engine.ask("民法典第一千零四十七条")["hits"][0]["article"] == "第一千零四十七条"
    assert engine.search("涉企行政检查怎么管", 3, "dense")["hits"]
    assert engine.search("涉企行政检查怎么管", 3, "lexical")["hits"]
    assert engine.check("民法典第九千条规定：“人人平等。”").record()["items"]
    assert engine.links("民法典")["cites"] and engine.section("民法典", 3000)["blocks"]
    assert not [match for match in engine.find(WORDS)["matches"] if match["kind"] == "exact"]


def test_tools_take_up_at_the_next_call_what_another_process_built(home: Path) -> None:
    from mcp import Client

    async def told() -> list[int]:
        async with Client(make_server(Settings.load(home))) as client:

            async def found() -> int:
                reply = (await client.call_tool("find", {"text": WORDS})).structured_content
                assert reply is not None
                return [match["kind"] for match in reply["matches"]].count("exact")

            counts = [await found()]
            identity = changed(home)
            counts.append(await found())
            changed(home, identity)
            return [*counts, await found()]

    assert anyio.run(told) == [0, 1, 0]

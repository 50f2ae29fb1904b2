"""Commands killed, or short of disk and rights, in processes of their own."""

from __future__ import annotations

import random
import shutil
import sys
import time
from pathlib import Path

import pytest
from conftest import Counting
from doubles.quick_main import quick_main

if sys.platform != "linux":
    pytest.skip("processes are forked and killed as Linux does", allow_module_level=True)

from benchmarks.measure.kills import Harness, killed, left_over
from benchmarks.measure.straits import meanwhile


@pytest.fixture
def harness(quick_home: Path, quick: Counting, tmp_path: Path) -> Harness:
    home, work = tmp_path / "法据 文库" / "home", tmp_path / "工作 文件"
    shutil.copytree(quick_home, home)
    work.mkdir()
    return Harness(home, work, quick_main)


def test_what_is_killed_left_the_old_or_the_new(
    harness: Harness, capsys: pytest.CaptureFixture[str]
) -> None:
    harness.acts = tuple(act for act in harness.acts if act.name in {"add", "batch", "questions"})
    assert killed(harness, 3, time.monotonic() + 60, random.Random(1)) == 0
    assert "0 faults" in capsys.readouterr().out


def test_the_harness_sees_what_is_half(harness: Harness) -> None:
    harness.out.write_text('{"question": "结婚要多大"}\n', encoding="utf-8")
    (harness.home / "index" / ".new-abc").mkdir()
    assert list(harness.faults()) == ["a result of 1 answers"]
    assert left_over(harness.home) == ["index/.new-abc"]


def test_what_cannot_be_written_is_said_in_a_sentence_and_all_is_as_before(
    harness: Harness,
) -> None:
    for act in harness.acts:
        assert list(meanwhile(harness, act, "", largest=1)) == []

"""A folder that is watched: new, changed and gone files; stopped and gone on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Counting
from test_qa_library_documents import FINAL, MEASURE, PLAN, printed, written

from corpus import load_register
from qa.cli import main
from qa.commands import watch


def looked(home: Path, folder: Path) -> int:
    return main(["--home", str(home), "documents", "watch", str(folder), "--once", "--json"])


def test_new_changed_and_gone_files_are_told_and_nothing_is_read_twice(
    quick_home: Path,
    quick: Counting,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home, folder = tmp_path / "home", tmp_path / "收文"
    shutil.copytree(quick_home, home)
    monkeypatch.setattr(watch, "_AT_ONCE", 1)
    written(folder, "办法.txt", MEASURE)
    written(folder, "规划.txt", PLAN)
    written(folder, "~$规划.docx", "锁")
    assert looked(home, folder) == 0
    assert [each["outcome"] for each in printed(capsys)] == ["added", "added"]
    assert looked(home, folder) == 0
    assert printed(capsys) == []
    written(folder, "规划.txt", FINAL)
    (folder / "办法.txt").unlink()
    assert looked(home, folder) == 0
    left, added = printed(capsys)
    assert (left["outcome"], Path(left["file"]).name) == ("left", "办法.txt")
    assert (added["outcome"], added["published"]) == ("added", "2021-12-01")
    assert len(load_register(home)) == 3
    written(folder, "坏.docx", "不是")
    assert looked(home, folder) == 1
    assert [each["outcome"] for each in printed(capsys)] == ["failed"]

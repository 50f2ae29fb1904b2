"""A folder that is watched: new, changed and gone files; stopped and gone on."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
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
    monkeypatch.setattr(watch, "_MOST_AT_ONCE", 1)
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


def test_a_folder_of_ten_thousand_files_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "收文"
    (tmp_path / "home").mkdir()
    for number in range(100):
        (folder / f"{number:02}").mkdir(parents=True)
    files = [folder / f"{number % 100:02}" / f"{number:05}.txt" for number in range(10_000)]
    for file in files:
        file.write_bytes(b"x")
    taken: list[str] = []

    def take(args: object, settings: object, paths: Sequence[str]) -> int:
        if len(taken) > 3000 and not stopped:
            stopped.append(True)
            raise KeyboardInterrupt
        taken.extend(paths)
        return 0

    stopped: list[bool] = []
    monkeypatch.setattr(watch, "_taken_in", take)
    assert looked(tmp_path / "home", folder) == 0
    assert 3000 < len(taken) < 10_000 and "再次运行会接着做" in capsys.readouterr().err
    files[0].unlink()
    assert looked(tmp_path / "home", folder) == 0
    assert sorted(taken) == sorted(map(str, files))
    assert [Path(each["file"]).name for each in printed(capsys)] == ["00000.txt"]

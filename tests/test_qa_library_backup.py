"""A home in one file and back again, whole or not at all."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Counting
from test_qa_library_documents import MEASURE, add, written

from corpus import DamagedError, FajuError, InputError, library_lock
from index.generation import read_manifest
from qa.accounts import Accounts
from qa.accounts.store import FILE
from qa.cli import main
from qa.library import back_up, restore

PASSWORD = "天山南北好风光啊"


@pytest.fixture
def home(quick_home: Path, quick: Counting, tmp_path: Path) -> Path:
    """A home with a document of its own, an account and what a kill left behind."""
    shutil.copytree(quick_home, tmp_path / "home")
    folder = tmp_path / "home"
    add(folder, written(tmp_path, "办法.txt", MEASURE), "--yes")
    Accounts(folder).add("张三", "编辑", PASSWORD)
    (folder / "index" / ".new-killed").mkdir()
    (folder / "index" / ".new-killed" / "vectors").write_bytes(b"half")
    (folder / "index" / "0123456789abcdef").mkdir()
    (folder / "index" / "0123456789abcdef" / "vectors").write_bytes(b"old")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Every file that is kept, by its path; of a database only that it is there."""
    return {
        path.relative_to(folder).as_posix(): b"" if path.suffix == ".sqlite" else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    }


def test_what_is_restored_is_what_was_there(home: Path, tmp_path: Path) -> None:
    kept = {k: v for k, v in everything(home).items() if "0123456789abcdef" not in k}
    file, other = tmp_path / "备份 一.zip", tmp_path / "新 文件夹"
    assert main(["backup", str(file), "--home", str(home)]) == 0
    assert main(["restore", str(file), "--home", str(other)]) == 0
    assert everything(other) == kept
    assert read_manifest(other) == read_manifest(home)
    assert Accounts(other).log_in("张三", PASSWORD, "")
    assert main(["ask", "老年人餐厅每餐补贴多少", "--home", str(other)]) in {0, 1}


def test_what_was_in_the_home_is_moved_aside(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "备份.zip")
    (home / "faju.toml").write_text("k = 3\n", encoding="utf-8")
    aside = restore(home, tmp_path / "备份.zip")
    assert aside is not None and (aside / "faju.toml").exists()
    assert not (home / "faju.toml").exists() and read_manifest(home)


@pytest.mark.parametrize("part", [0.2, 0.6, 0.9])
def test_a_flipped_byte_or_a_cut_is_found_and_nothing_touched(
    home: Path, tmp_path: Path, part: float
) -> None:
    file = tmp_path / "备份.zip"
    back_up(home, file)
    before, content = everything(home), bytearray(file.read_bytes())
    content[int(len(content) * part)] ^= 0x10
    file.write_bytes(content)
    with pytest.raises(DamagedError):
        restore(home, file)
    file.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(DamagedError):
        restore(home, file)
    assert everything(home) == before
    assert not list(tmp_path.glob(".restore-*"))


def test_one_flipped_byte_anywhere_is_found_or_harmless(tmp_path: Path) -> None:
    home, chance = tmp_path / "home", random.Random(20261128)
    (home / "index" / "gen").mkdir(parents=True)
    (home / "index" / "current").write_text("gen", encoding="utf-8")
    (home / "index" / "gen" / "vectors").write_bytes(chance.randbytes(300) * 3)
    back_up(home, tmp_path / "好.zip")
    content = (tmp_path / "好.zip").read_bytes()
    found = 0
    for number in range(600):
        flipped = bytearray(content)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        (tmp_path / "坏.zip").write_bytes(flipped)
        target = tmp_path / str(number)
        try:
            restore(target, tmp_path / "坏.zip")
        except FajuError:
            found += 1
            assert not target.exists()
        else:
            assert everything(target) == everything(home)
    assert found > 300


@pytest.mark.parametrize("name", ["../escaped", "/escaped", "a/../../escaped", "C:\\escaped"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "恶意.zip"
    with ZipFile(file, "w") as packed:
        packed.writestr(name, "x")
        packed.writestr("backup.json", json.dumps({"format": 1, "files": {name: "0"}}))
    with pytest.raises(DamagedError, match="不该有的路径"):
        restore(tmp_path / "deep" / "home", file)
    assert not list(tmp_path.rglob("escaped"))


def test_other_files_are_no_backups(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "别的.zip", "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    with pytest.raises(DamagedError, match="不是法据的备份文件"):
        restore(tmp_path / "home", tmp_path / "别的.zip")
    (tmp_path / "文本.zip").write_text("不是压缩文件", encoding="utf-8")
    with pytest.raises(DamagedError, match="不是完整的备份文件"):
        restore(tmp_path / "home", tmp_path / "文本.zip")
    with pytest.raises(InputError, match="没有的"):
        restore(tmp_path / "home", tmp_path / "没有的.zip")


def test_a_backup_waits_for_nobody_and_writes_over_nothing(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "备份.zip"
    with library_lock(home), pytest.raises(InputError, match="正在进行"):
        back_up(home, file)
    file.write_bytes("别的内容".encode())
    with pytest.raises(InputError, match="已经有文件"):
        back_up(home, file)
    assert file.read_bytes() == "别的内容".encode()
    with pytest.raises(InputError, match="没有可备份的"):
        back_up(tmp_path / "empty", tmp_path / "另.zip")


def test_a_database_is_kept_as_it_stands_between_two_changes(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / FILE)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        busy.execute("DELETE FROM users")
        back_up(home, tmp_path / "备份.zip")
        busy.rollback()
    restore(tmp_path / "other", tmp_path / "备份.zip")
    assert [row.name for row in Accounts(tmp_path / "other").listed()] == ["张三"]

"""Changes of the library that are stopped halfway: old or new, and never what is not ours."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Counting

import index.generation
from corpus import DamagedError, InputError, load_register, write_register
from index import document_ids, open_index
from index.model import Embedder
from qa.cli import main
from qa.library import Intake, read_file
from qa.library.build import update
from qa.settings import Settings

MEASURE = """某县水库管理办法
第一条 为了保护水库，制定本办法。
第二条 禁止在水库游泳、洗衣。
某县水务局
二〇二三年三月一日
"""


@pytest.fixture
def home(quick_home: Path, quick: Counting, tmp_path: Path) -> Path:
    shutil.copytree(quick_home, tmp_path / "home")
    return tmp_path / "home"


def added(home: Path) -> str:
    """The id of the measure, taken in."""
    with Intake(Settings.load(home)) as intake:
        own = intake.accept(read_file(MEASURE.encode(), "水库.txt"))
        intake.commit(lambda line: None)
    return own.id


def test_a_removal_killed_before_the_switch_is_finished_by_the_next(home: Path) -> None:
    identity = added(home)
    write_register(home, [])
    assert identity in document_ids(home)
    assert main(["documents", "remove", "某县水库管理办法", "--yes", "--home", str(home)]) == 0
    assert identity not in document_ids(home)
    assert main(["documents", "remove", "某县水库管理办法", "--yes", "--home", str(home)]) == 2


def test_stopped_after_the_switch_the_register_is_that_of_the_index(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*args: Any) -> None:
        update(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.library.intake.update", stopped)
    with pytest.raises(KeyboardInterrupt):
        added(home)
    (own,) = load_register(home)
    assert own.id in document_ids(home)
    assert (home / "documents" / own.id / "text.txt").is_file()


def test_who_opens_at_the_moment_of_a_switch_gets_the_new_one(
    home: Path, fake_embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    glance = index.generation.glance
    switched: list[str] = []

    def late(folder: Path, manifest: index.generation.Manifest) -> None:
        if not switched:
            switched.append(added(home))
        glance(folder, manifest)

    monkeypatch.setattr("index.build.glance", late)
    opened, _ = open_index(home, lambda manifest: fake_embedder)
    assert switched[0] in opened.documents


def test_only_what_is_ours_is_discarded(home: Path) -> None:
    documents = home / "documents"
    identity = added(home)
    for name in ("我的底稿", "doc-notes", "doc-0123456789ab"):
        (documents / name).mkdir()
        (documents / name / "说明.txt").write_text("自己放的", encoding="utf-8")
    (documents / "doc-ba9876543210").mkdir()
    (documents / "doc-ba9876543210" / "text.txt").write_text("剩下的", encoding="utf-8")
    (documents / ".new-abc").mkdir()
    (documents / ".register-abc").write_text("{", encoding="utf-8")
    with Intake(Settings.load(home)):
        pass
    left = {each.name for each in documents.iterdir()}
    assert left == {"register.json", identity, "我的底稿", "doc-notes", "doc-0123456789ab"}


def test_without_a_register_no_original_is_taken_away(home: Path) -> None:
    identity = added(home)
    (home / "documents" / "register.json").unlink()
    with Intake(Settings.load(home)):
        pass
    assert (home / "documents" / identity / "original.txt").read_bytes() == MEASURE.encode()


def test_every_changed_byte_of_the_register_is_found(home: Path) -> None:
    added(home)
    path = home / "documents" / "register.json"
    whole = path.read_bytes()
    held = load_register(home)
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            found = load_register(home)
        except DamagedError as problem:
            assert "损坏" in str(problem) or "另一版本" in str(problem)
        else:
            assert found == held, whole[at : at + 1]


def test_a_register_from_before_it_had_a_checksum_is_read(home: Path) -> None:
    added(home)
    path = home / "documents" / "register.json"
    held = load_register(home)
    stored = json.loads(path.read_bytes())
    del stored["sha256"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert load_register(home) == held


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="磁盘空间"):
        added(home)
    assert [each.name for each in (home / "documents").iterdir()] == []

"""What the doctor says of a home, and what it mends."""

import json
import shutil
from pathlib import Path

import pytest

from corpus import Document
from corpus.structure import structure
from index import build_index, current_folder
from index.model import Embedder
from qa.cli import main
from qa.library import examined
from qa.settings import Settings

TEXT = "某市规划\n第一章 任务\n规范涉企行政检查，着力解决检查事项多的问题。\n"


@pytest.fixture
def home(fake_embedder: Embedder, tmp_path: Path) -> Path:
    document = structure(Document("plan", "某市规划", "规划", "现行有效", TEXT))
    build_index(tmp_path, [document], fake_embedder)
    return tmp_path


def states(home: Path) -> dict[str, str]:
    return {each["part"]: each["state"] for each in examined(Settings(home))}


def said(home: Path, part: str) -> str:
    return next(each["said"] for each in examined(Settings(home)) if each["part"] == part)


def test_a_whole_index_is_sound_and_a_model_that_is_gone_is_named(home: Path) -> None:
    assert states(home)["索引"] == "sound"
    assert "faju build" in said(home, "向量模型")


def test_a_changed_byte_is_named_with_what_to_do(home: Path) -> None:
    path = next(current_folder(home).glob("parts/*/tokens.npy"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert said(home, "索引").startswith("tokens.npy损坏")
    assert "faju build --force" in said(home, "索引")


def test_an_index_without_samples_gets_them(home: Path) -> None:
    path = current_folder(home) / "manifest.json"
    before = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**before, "samples": {}}), encoding="utf-8")
    assert states(home)["索引"] == "mended"
    assert json.loads(path.read_text(encoding="utf-8"))["samples"] == before["samples"]
    assert states(home)["索引"] == "sound"


def test_what_a_killed_build_left_is_taken_away(home: Path) -> None:
    left = home / "index" / ".new-abc"
    shutil.copytree(current_folder(home), left)
    assert states(home)["残留文件"] == "mended"
    assert not left.exists() and current_folder(home).is_dir()


def test_the_command_says_each_part_and_that_something_is_wrong(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--home", str(home)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("：")[0] for line in lines] == ["向量模型", "索引", "自己的文档", "残留文件"]
    assert main(["doctor", "--home", str(home), "--json"]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[1])["state"] == "sound"


def test_a_home_where_nothing_was_built_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--home", str(tmp_path)]) == 1
    assert "faju build" in capsys.readouterr().out

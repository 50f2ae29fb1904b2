"""Documents carried from one home to another in one file, every checksum compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import Counting
from test_qa_library_documents import MEASURE, PLAN, add, opened, printed, written

from corpus import DamagedError, InputError, load_register
from qa.cli import main
from qa.library import load_confirmed, packed, packed_questions


@pytest.fixture
def home(quick_home: Path, quick: Counting, tmp_path: Path) -> Path:
    """A home with two documents of its own."""
    shutil.copytree(quick_home, tmp_path / "home")
    files = (written(tmp_path, "办法.txt", MEASURE), written(tmp_path, "规划.txt", PLAN))
    add(tmp_path / "home", *files, "--yes")
    return tmp_path / "home"


def documents(home: Path, *arguments: object) -> int:
    return main(["--home", str(home), "documents", *map(str, arguments)])


def changed(pack: Path, name: str, content: bytes) -> Path:
    """The pack with another content of one of its files."""
    with ZipFile(pack) as source:
        parts = {each: source.read(each) for each in source.namelist()}
    (whole,) = [each for each in parts if each.endswith(name)][:1]
    with ZipFile(pack, "w") as target:
        for each, part in parts.items():
            target.writestr(each, content if each == whole else part)
    return pack


def test_what_is_exported_is_held_where_it_is_imported(
    home: Path, quick_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, pack = tmp_path / "other", tmp_path / "包.zip"
    shutil.copytree(quick_home, other)
    capsys.readouterr()
    assert documents(home, "export", "--out", pack, "--json") == 0
    assert [each["outcome"] for each in printed(capsys)] == ["exported"] * 2
    assert documents(other, "import", pack, "--yes", "--json") == 0
    assert [each["outcome"] for each in printed(capsys)] == ["added"] * 2
    assert load_register(other) == load_register(home)
    (match,) = opened(other).find("渔船检查一年不得超过三次")["matches"]
    assert match["citation"] == "《滨海市“十四五”法治建设规划》(征求意见稿)第二章第二节"
    assert documents(other, "import", pack, "--yes", "--json") == 0
    assert [each["outcome"] for each in printed(capsys)] == ["same"] * 2


def test_confirmed_questions_go_along_and_are_verified(
    home: Path, quick_home: Path, tmp_path: Path
) -> None:
    asked, words = "渔船一年查几次", "渔船检查一年不得超过三次"
    assert documents(home, "questions", "add", asked, "--words", words) == 0
    pack, other = tmp_path / "包.zip", tmp_path / "other"
    shutil.copytree(quick_home, other)
    assert documents(home, "export", "--out", pack) == 0
    assert documents(other, "import", pack, "--yes") == 0
    (kept,) = load_confirmed(other)
    assert (kept.question, kept.document) == (asked, "滨海市“十四五”法治建设规划")
    assert opened(other).ask(asked)["sentences"][0]["text"].startswith("渔船检查")
    broken = changed(pack, "questions.jsonl", b"{}")
    with pytest.raises(DamagedError, match="确认过的问题缺失或已损坏"):
        packed_questions(broken)


def test_one_may_be_named_and_no_file_is_written_over(home: Path, tmp_path: Path) -> None:
    pack = tmp_path / "包.zip"
    assert documents(home, "export", "某市养老服务办法", "--out", pack) == 0
    assert [own.title for own, _ in packed(pack)] == [load_register(home)[0].title]
    assert documents(home, "export", "--out", pack) == 2


@pytest.mark.parametrize("name", ["text.txt", "marks.json", "original.txt"])
def test_a_changed_file_is_refused_and_nothing_taken_in(
    home: Path, quick_home: Path, tmp_path: Path, name: str
) -> None:
    other, pack = tmp_path / "other", tmp_path / "包.zip"
    shutil.copytree(quick_home, other)
    documents(home, "export", "--out", pack)
    changed(pack, name, "第一条 改过的。".encode())
    assert documents(other, "import", pack, "--yes") == 2
    assert load_register(other) == ()


def test_no_pack_and_a_name_that_leads_elsewhere_are_refused(home: Path, tmp_path: Path) -> None:
    pack = tmp_path / "包.zip"
    documents(home, "export", "--out", pack)
    with ZipFile(pack) as source:
        said = json.loads(source.read("pack.json"))
    for wrong in ({"id": "doc-../../../etc"}, {"files": {"../x": "0"}}, {"title": 3}):
        entry = said["documents"][0] | wrong
        changed(pack, "pack.json", json.dumps(said | {"documents": [entry]}).encode())
        with pytest.raises(DamagedError, match="不是法据的文档包"):
            list(packed(pack))
    (tmp_path / "文.zip").write_bytes(b"PK")
    with pytest.raises(DamagedError, match="不是完整的文档包"):
        list(packed(tmp_path / "文.zip"))
    with pytest.raises(InputError, match="没有文件"):
        list(packed(tmp_path / "无.zip"))


def test_an_export_that_fails_on_the_way_leaves_no_half_file(home: Path, tmp_path: Path) -> None:
    last = load_register(home)[-1]
    (home / "documents" / last.id / "text.txt").write_text("改过的", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert documents(home, "export", "--out", tmp_path / "包.zip") == 2
    assert sorted(tmp_path.iterdir()) == before

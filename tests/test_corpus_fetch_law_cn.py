"""The command law-cn as a source: a stand-in that speaks its documented command line."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Counting

from corpus import InputError, load_register
from corpus.fetch import by_law_cn, has_law_cn
from qa.cli import main

TITLE = "东河市节约用水条例"
LINES = [
    TITLE,
    "（2023年5月1日东河市第十届人民代表大会常务委员会第三次会议通过）",
    *(f"第{n}条 单位和个人应当节约用水，{'不得浪费水资源' * 12}。" for n in "一二三四五六"),
]
PROGRAM = """#!{python}
import json, pathlib, shutil, sys
said = json.loads(pathlib.Path({said!r}).read_text())
verb, *rest = sys.argv[1:]
if verb == "search" and rest[0] == "auto" and rest[rest.index("--format") + 1] == "json":
    print(json.dumps(said["records"]))
    sys.exit(1 if said["partial"] else 0)
elif verb == "download" and said["file"] and rest[:2] == ["npc", "n2"]:
    shutil.copy(said["file"], rest[rest.index("--output") + 1])
elif verb == "info":
    print(json.dumps({{"body": said["body"]}}))
else:
    sys.exit(2)
"""
Says = Callable[..., None]


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Says:
    """Put the stand-in on the path, with what it finds."""
    (tmp_path / "bin").mkdir()
    record = {"source": "npc", "title": TITLE, "official_url": "https://flk.npc.gov.cn/n2"}

    def put(**given: Any) -> None:
        records = [
            record | {"source_document_id": "n1", "publish_date": "2012-01-01"},
            record | {"source_document_id": "n2", "publish_date": "2023-05-01"},
            record | {"source_document_id": "n3", "title": TITLE + "实施细则"},
        ]
        said = {"records": records, "partial": False, "file": "", "body": ""} | given
        (tmp_path / "said.json").write_text(json.dumps(said))
        program = tmp_path / "bin" / "law-cn"
        text = PROGRAM.format(python=sys.executable, said=str(tmp_path / "said.json"))
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    return put


def written(path: Path) -> str:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(path))
    return str(path)


def test_the_newest_of_that_title_is_downloaded(says: Says, tmp_path: Path) -> None:
    file = written(tmp_path / "a.docx")
    says(file=file, partial=True)
    found = by_law_cn((TITLE,))
    assert found.content == Path(file).read_bytes()
    assert (found.address, found.name) == ("https://flk.npc.gov.cn/n2", "document.docx")


def test_where_there_is_no_file_the_words_of_the_page_are_taken(says: Says) -> None:
    says(body="\n".join(LINES))
    assert by_law_cn((TITLE,)).content.decode().split("\n") == LINES


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"records": []}, "没有找到标题是"),
        ({"records": ["x", {"title": TITLE}]}, "没有找到标题是"),
        ({}, "没有取得正文.*flk"),
    ],
)
def test_what_is_not_found_is_said(says: Says, given: dict[str, Any], message: str) -> None:
    says(**given)
    with pytest.raises(InputError, match=message):
        by_law_cn((TITLE,))


def test_without_the_command_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not has_law_cn()
    with pytest.raises(InputError, match="没有 law-cn 命令"):
        by_law_cn((TITLE,))


def test_a_title_is_fetched_checked_and_taken_in(
    says: Says, quick_home: Path, quick: Counting, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(quick_home, home)
    says(file=written(tmp_path / "a.docx"))
    assert main(["--home", str(home), "documents", "fetch", TITLE, "--law-cn"]) == 0
    (own,) = load_register(home)
    assert (own.title, own.published, own.address) == (
        TITLE,
        "2023-05-01",
        "https://flk.npc.gov.cn/n2",
    )

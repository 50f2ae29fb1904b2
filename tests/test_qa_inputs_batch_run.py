"""``--batch IN --out OUT`` of all four commands: stopped, killed, gone on with, written whole."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from doubles.engine import FakeEngine

from corpus import InputError
from qa import Settings
from qa.cli import main
from qa.drafts import draft_of_text
from qa.inputs.journal import Journal, journal_path, write_whole
from qa.records import SearchReply

LINES = (
    "法人是具有民事权利能力和民事行为能力的组织",
    "他说“可以不去”。",
    "本法自2021年1月1日起施行",
)


class Engine(FakeEngine):
    """Counts what it is asked; at the word 停 it is interrupted once."""

    version = "1"
    interrupt = True

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.settings = Settings.load(home)
        self.texts: list[str] = []

    def _told(self, text: str) -> None:
        self.texts.append(text)
        if "停" in text and self.interrupt:
            self.interrupt = False
            raise KeyboardInterrupt

    def search(self, query: str, *more: object) -> SearchReply:
        self._told(query)
        return {"query": query, "route": "hybrid", "hits": super().ask(query)["hits"], "notice": ""}

    def ask(self, question: str, *more: Any) -> Any:
        self._told(question)
        return super().ask(question, *more)

    def find(self, text: str, *more: Any) -> Any:
        self._told(text)
        return super().find(text, *more)

    def check(self, draft: Any, *more: Any) -> Any:
        self._told(draft)
        return super().check(draft_of_text(draft), *more)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine(tmp_path)
    monkeypatch.setattr("qa.engine.Engine.open", lambda settings: made)
    return made


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Path]:
    def written(*texts: str) -> Path:
        path = tmp_path / "给.jsonl"
        records = [{"id": f"第{n}", "text": text} for n, text in enumerate(texts, 1)]
        content = "".join(json.dumps(record) + "\n" for record in records)
        path.write_text(content, encoding="utf-8")
        return path

    return written


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


every_command = pytest.mark.parametrize(
    ("command", "found", "unit"),
    [
        ("search", "hits", "题"),
        ("ask", "hits", "题"),
        ("find", "matches", "句"),
        ("check", "items", "份"),
    ],
)


@every_command
def test_a_stopped_batch_goes_on_with_the_same_command(
    command: str,
    found: str,
    unit: str,
    engine: Engine,
    source: Callable[..., Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given, out = source(LINES[0], "停：“可以停”", LINES[2]), tmp_path / "果.jsonl"
    run = [command, "--batch", str(given), "--out", str(out)]
    assert main(run) == 130
    said = capsys.readouterr().err
    assert f"做完 1 {unit}，共 3 {unit}" in said and "再运行同一条命令" in said
    assert not out.exists()
    main(run)
    assert f"接着上次做：已有 1 {unit}，还有 2 {unit}" in capsys.readouterr().err
    assert engine.texts == [LINES[0], "停：“可以停”", "停：“可以停”", LINES[2]]
    records = read(out)
    assert [record["id"] for record in records] == ["第1", "第2", "第3"]
    assert all(found in record for record in records)
    assert not journal_path(out).exists()
    # The same command again is a new run.
    main(run)
    assert len(engine.texts) == 7 and read(out) == records


def test_a_line_that_cannot_be_asked_has_an_error_and_fails_the_batch(
    engine: Engine, source: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "--batch", str(source(LINES[0], "出错"))]) == 1
    good, bad = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert good["matches"] and "error" not in good
    assert (bad["id"], bad["text"], bad["matches"]) == ("第2", "出错", []) and bad["error"]
    assert main(["find", "--batch", str(source(LINES[0]))]) == 0


def test_other_questions_or_options_begin_anew(
    engine: Engine, source: Callable[..., Path], tmp_path: Path
) -> None:
    given, out = source(LINES[0], "停"), tmp_path / "果.jsonl"
    run = ["find", "--batch", str(given), "--out", str(out)]
    assert main(run) == 130
    main([*run, "--all-versions"])
    assert engine.texts == [LINES[0], "停", LINES[0], "停"]
    engine.interrupt, engine.texts = True, []
    assert main(run) == 130
    main(["check", *run[1:]])
    assert engine.texts == [LINES[0], "停", LINES[0], "停"], "another command"


KILLED = """
import sys, time
from pathlib import Path
import qa
from test_qa_inputs_batch_run import Engine
class Slow(Engine):
    def find(self, text, *more):
        time.sleep(0.05)
        return super().find(text, *more)
made = Slow(Path(sys.argv[1]))
qa.Engine.open = lambda settings: made
from qa.cli import main
sys.exit(main(["find", "--batch", sys.argv[2], "--out", sys.argv[3]]))
"""


def test_a_killed_batch_goes_on_where_it_was_and_leaves_the_old_result_until_it_is_whole(
    engine: Engine, source: Callable[..., Path], tmp_path: Path
) -> None:
    given, out = source(*(f"{LINES[0][:n]}" for n in range(2, 22))), tmp_path / "果.jsonl"
    out.write_text("从前的结果", encoding="utf-8")
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    code = [sys.executable, "-c", KILLED, str(tmp_path), str(given), str(out)]
    with subprocess.Popen(code, env={**os.environ, "PYTHONPATH": path}) as run:
        part, until = journal_path(out), time.monotonic() + 60
        while not part.exists() or part.read_bytes().count(b"\n") < 6:
            assert run.poll() is None and time.monotonic() < until
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    assert out.read_text(encoding="utf-8") == "从前的结果"
    with part.open("ab") as file:
        file.write(b'{"id": "torn')
    assert main(["find", "--batch", str(given), "--out", str(out)]) == 0
    assert len(engine.texts) < 16
    assert [record["id"] for record in read(out)] == [f"第{n}" for n in range(1, 21)]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["果.jsonl", "给.jsonl"]


def test_answers_are_written_as_word_and_a_row_without_a_question_is_told(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, out = tmp_path / "问.csv", tmp_path / "答.docx"
    given.write_text("编号,问题\n1,法人\n2, \n3,第五十七条\n", encoding="utf-8")
    assert main(["ask", "--batch", str(given), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert "第 3 行：这一行没有写问题" in said and "已回答 2 题" in said
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert "第五十七条" in text


@pytest.mark.parametrize(
    ("command", "out", "message"),
    [
        ("ask", "答案.doc", "扩展名应是"),
        ("find", "答案.xlsx", "只能写成 .jsonl"),
        ("ask", "给.jsonl", "同一个文件"),
        ("check", "./给.jsonl", "同一个文件"),
        ("search", "链接.jsonl", "同一个文件"),
        ("find", "没有的文件夹/答案.jsonl", "写不了"),
        ("find", "文件夹.jsonl", "是文件夹"),
        ("find", "管道.jsonl", "不是普通的文件"),
    ],
)
def test_what_stands_against_the_result_is_said_before_the_work(
    command: str,
    out: str,
    message: str,
    engine: Engine,
    source: Callable[..., Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = source(*LINES)
    before = given.read_bytes()
    (tmp_path / "文件夹.jsonl").mkdir()
    (tmp_path / "链接.jsonl").symlink_to(given)
    os.mkfifo(tmp_path / "管道.jsonl")
    assert main([command, "--batch", str(given), "--out", f"{tmp_path}/{out}"]) == 2
    assert message in capsys.readouterr().err
    assert given.read_bytes() == before and engine.texts == []


def test_the_input_is_never_taken_for_a_journal(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "果.jsonl.part.jsonl"
    given.write_text('{"question": "法人"}\n', encoding="utf-8")
    assert main(["ask", "--batch", str(given), "--out", str(tmp_path / "果.jsonl")]) == 2
    other = tmp_path / "另.jsonl.part.jsonl"
    other.write_text("别人的文件", encoding="utf-8")
    assert main(["ask", "--batch", str(given), "--out", str(tmp_path / "另.jsonl")]) == 2
    assert "是别的文件" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "别人的文件"


def test_a_journal_gives_back_its_records_and_drops_a_torn_line_and_other_work(
    tmp_path: Path,
) -> None:
    target = tmp_path / "果.jsonl"
    journal: Journal[dict[str, str]] = Journal(target, "同一批")
    journal.add({"id": "一"})
    journal.close()
    with journal.path.open("ab") as file:
        file.write(b'{"id": "tor')
    again: Journal[dict[str, str]] = Journal(target, "同一批")
    again.add({"id": "二"})
    again.close()
    third: Journal[dict[str, str]] = Journal(target, "同一批")
    third.close()
    assert [each["id"] for each in third.records] == ["一", "二"]
    other: Journal[dict[str, str]] = Journal(target, "另一批")
    assert other.records == []
    other.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_result_is_whole_or_as_it_was_and_keeps_its_permissions(tmp_path: Path) -> None:
    target, link = tmp_path / "果.csv", tmp_path / "链接.csv"
    write_whole(target, b"one")
    target.chmod(0o640)
    link.symlink_to(target)
    write_whole(link, b"two")
    assert link.is_symlink() and target.read_bytes() == b"two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    with pytest.raises(InputError, match="写不了"):
        write_whole(tmp_path / "没有" / "果.csv", b"three")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["果.csv", "链接.csv"]


def test_what_a_killed_run_left_of_a_result_is_taken_away_once_nobody_writes_it(
    tmp_path: Path,
) -> None:
    old, new = tmp_path / ".果.csv.0a1b.tmp", tmp_path / ".果.csv.2c3d.tmp"
    for each in (old, new, tmp_path / ".另.csv.4e5f.tmp"):
        each.write_bytes(b"half")
    os.utime(old, (time.time() - 3600,) * 2)
    write_whole(tmp_path / "果.csv", b"whole")
    names = {each.name for each in tmp_path.iterdir()}
    assert names == {"果.csv", ".果.csv.2c3d.tmp", ".另.csv.4e5f.tmp"}

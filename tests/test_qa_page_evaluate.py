"""``faju evaluate`` and the 批量评测 page over the default library."""

from __future__ import annotations

import csv
import json
import time
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from doubles.records import reply_of

from index import RUNS
from qa import Engine
from qa.api.live import LiveEngine
from qa.cli import main
from qa.evaluation.evaluate import evaluate
from qa.evaluation.results import Report
from qa.exports import Sheet, csv_file, workbook
from qa.inputs.questions import Question, questions_of_bytes
from qa.page.evaluate import SAMPLE, evaluate_form, figures_html, question_rows
from qa.page.jobs import Jobs
from qa.page.tabs import page_calls

EVIL = "<script>alert(1)</script>\"'&"

Calls = dict[str, Callable[[dict[str, Any]], Any]]


@pytest.fixture(scope="module")
def calls(engine: Engine) -> Calls:
    return {call.__name__: call for call in page_calls(LiveEngine(engine), Jobs())}


def given(content: bytes, name: str = "题集.xlsx", runs: tuple[str, ...] = RUNS) -> dict[str, Any]:
    return {"name": name, "content": b64encode(content).decode(), "runs": list(runs)}


def ended(calls: Calls, begun: dict[str, Any]) -> dict[str, Any]:
    state: dict[str, Any] = {"state": "running"}
    until = time.monotonic() + 120
    while state["state"] == "running" and time.monotonic() < until:
        state = calls["job_state"](begun)
    return state


def test_the_template_is_a_set_that_can_be_run(calls: Calls) -> None:
    reply = calls["question_template"]({"kind": "xlsx"})
    assert reply["name"] == "题集模板.xlsx"
    content = b64decode(reply["content"])
    assert questions_of_bytes(content, reply["name"]) == questions_of_bytes(
        csv_file(SAMPLE), "题集模板.csv"
    )
    begun = calls["start_evaluation"](given(content, runs=("lexical", "hybrid")))
    state = ended(calls, begun)
    assert state["state"] == "done"
    assert "共 4 题" in state["figures"] and "库中找不到" not in state["figures"]
    assert "检索方式之间的差别" in state["figures"]
    body = calls["open_question"](begun | {"number": "1"})
    assert "《中华人民共和国民法典》第一千二百六十条" in body
    assert "本法自2021年1月1日起施行" in body
    zipped = calls["download_evaluation"](begun)
    assert zipped["name"] == "题集-评测.zip"
    with zipfile.ZipFile(BytesIO(b64decode(zipped["content"]))) as package:
        assert {"report.html", "metrics.json", "run-lexical.trec"} <= set(package.namelist())
        figures = json.loads(package.read("metrics.json"))
    # Runs stand in the library's order, whatever the page says.
    assert list(figures["runs"]) == [run for run in RUNS if run in {"lexical", "hybrid"}]


def test_what_the_user_can_mend_is_one_sentence(calls: Calls) -> None:
    said = calls["start_evaluation"](given("编号,问题\nq1,".encode(), "题.csv"))
    assert "第 2 行：缺少“问题”" in said and 'role="alert"' in said
    good = workbook([Sheet("题集", SAMPLE, ())])
    assert "至少选一种" in calls["start_evaluation"](given(good, runs=()))
    # No file of this machine is read because the page names it as a run.
    assert "至少选一种" in calls["start_evaluation"](given(good, runs=(__file__,)))
    assert "重新评测" in calls["open_question"]({"job": "<b>", "number": 0})
    content = "编号,问题\nq1,＋＋".encode()
    state = ended(calls, calls["start_evaluation"](given(content, "题.csv")))
    assert state["state"] == "failed" and "题目 q1：" in state["html"]


def test_a_cancelled_evaluation_ends_without_a_result(calls: Calls) -> None:
    rows = [SAMPLE[0], *((f"q{n}", "民法典从哪天起施行？", *[""] * 4) for n in range(5000))]
    begun = calls["start_evaluation"](given(csv_file(rows), "长.csv", ("lexical",)))
    while not calls["job_state"](begun).get("total"):
        pass
    calls["cancel_job"](begun)
    assert ended(calls, begun) == {"state": "cancelled"}
    assert "还没有完成" in calls["download_evaluation"](begun)


def wrong(number: int, text: str) -> Report:
    """So many unanswerable questions, each answered."""
    questions = [Question(f"q{n}", text, text, ()) for n in range(number)]
    return evaluate(questions, lambda _: [], lambda _: reply_of(), [])


def test_questions_are_shown_a_hundred_at_a_time() -> None:
    report = wrong(201, "问")
    first, last = question_rows(report, 0), question_rows(report, 200)
    assert first.count("<details") == 100 and "还有 101 题" in first
    assert last.count("<details") == 1 and "还有" not in last


def test_what_comes_from_a_file_is_escaped() -> None:
    report = wrong(1, EVIL)
    html = figures_html(report) + question_rows(report, 0) + evaluate_form()
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_every_run_of_the_library_can_be_chosen() -> None:
    assert all(f'value="{run}"' in evaluate_form() for run in RUNS)


@pytest.fixture
def table(tmp_path: Path, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAJU_HOME", str(built_home))
    path = tmp_path / "题集.csv"
    text = StringIO()
    csv.writer(text).writerows(SAMPLE)
    path.write_bytes(text.getvalue().encode("gb18030"))
    return path


def test_a_run_of_another_system_stands_beside_our_own(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "o"
    assert main(["evaluate", str(table), "--run", "lexical", "--out", str(out)]) == 0
    capsys.readouterr()
    saved = out / "run-lexical.trec"
    command = ["evaluate", str(table), "--run", "lexical", "--run", str(saved), "--json"]
    assert main(command) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["runs"]["run-lexical"] == figures["runs"]["lexical"]
    assert {each["difference"] for each in figures["differences"]} == {0}
    assert {"n", "runs", "refusal", "evidence_in_answer", "notes"} <= figures.keys()


def test_a_figure_below_its_floor_fails_and_is_named(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text('[floors.runs.hybrid."R@10"]\nall = 0.5\n', encoding="utf-8")
    assert main(["evaluate", str(table), "--floors", str(floors)]) == 0
    floors.write_text('[floors.runs.hybrid."R@10"]\nall = 1.5\n', encoding="utf-8")
    assert main(["evaluate", str(table), "--floors", str(floors)]) == 1
    assert "faju: runs / hybrid / R@10 / all 是 " in capsys.readouterr().err


def test_a_run_that_is_neither_known_nor_a_file_is_refused(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(table), "--run", "没有"]) == 2
    assert "没有“没有”这种检索方式" in capsys.readouterr().err
    assert main(["evaluate", str(table), "--run", "dense", "--run", "dense"]) == 2
    assert "都叫 dense" in capsys.readouterr().err

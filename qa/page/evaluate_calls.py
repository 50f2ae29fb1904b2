"""What the script of the 批量评测 page may call."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import InputError
from index import RUNS
from qa.evaluation import Report, evaluate, question_body, run_searches, zipped
from qa.inputs import Question, questions_of_bytes, write_csv, write_excel
from qa.page.evaluate import SAMPLE, figures_html, question_rows
from qa.page.jobs import Jobs, Progress, job_state

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["evaluation_calls"]

_KEPT = 3
_LONGEST = 2000  # characters of a passage
_WIDTHS = (8, 40, 10, 36, 48, 18)  # of the template's columns


@dataclass(frozen=True, slots=True)
class _Set:
    name: str
    questions: Sequence[Question]
    runs: Sequence[str]


def evaluation_calls(engine: Engine) -> Sequence[Callable[[dict[str, Any]], Any]]:
    """Start an evaluation, watch it, cancel it, read it and take it away."""

    def work(given: _Set, progress: Progress) -> Report:
        searches = run_searches(engine, given.runs, given.questions)
        documents = engine.index.documents.values()
        return evaluate(_told(given.questions, progress), searches, engine.ask, documents)

    jobs = Jobs(work, "评测", _KEPT)

    def question_template(payload: dict[str, Any]) -> dict[str, str]:
        excel = payload["kind"] == "xlsx"
        content = write_excel(SAMPLE, _WIDTHS) if excel else write_csv(SAMPLE)
        name = f"题集模板.{'xlsx' if excel else 'csv'}"
        return {"name": name, "content": b64encode(content).decode()}

    return *_running(jobs), *_reading(jobs), question_template


def _told(questions: Sequence[Question], progress: Progress) -> Iterator[Question]:
    for number, question in enumerate(questions):
        progress(number, len(questions))
        yield question
    progress(len(questions), len(questions))


def _running(jobs: Jobs[_Set, Report]) -> Sequence[Callable[[dict[str, Any]], Any]]:
    def start_evaluation(payload: dict[str, Any]) -> dict[str, Any]:
        name = Path(str(payload["name"])).name
        questions = questions_of_bytes(b64decode(payload["content"]), name)
        runs = [run for run in RUNS if run in payload["runs"]]
        if not runs:
            raise InputError("还没有选检索方式，请至少选一种。")
        return {"job": jobs.start(_Set(name, questions, runs))}

    def evaluation_state(payload: dict[str, Any]) -> dict[str, Any]:
        state = job_state(jobs.job(payload["job"]))
        if state["state"] == "done":
            report = jobs.result(payload["job"])
            state |= {"figures": figures_html(report), "questions": question_rows(report, 0)}
        return state

    def cancel_evaluation(payload: dict[str, Any]) -> bool:
        jobs.cancel(payload["job"])
        return True

    return start_evaluation, evaluation_state, cancel_evaluation


def _reading(jobs: Jobs[_Set, Report]) -> Sequence[Callable[[dict[str, Any]], Any]]:
    def more_questions(payload: dict[str, Any]) -> str:
        return question_rows(jobs.result(payload["job"]), int(payload["start"]))

    def open_question(payload: dict[str, Any]) -> str:
        record = jobs.result(payload["job"]).records[int(payload["number"])]
        return question_body(record, _LONGEST)

    def download_evaluation(payload: dict[str, Any]) -> dict[str, str]:
        name = jobs.job(payload["job"]).given.name
        content = zipped(jobs.result(payload["job"]), name)
        return {"name": f"{Path(name).stem}-评测.zip", "content": b64encode(content).decode()}

    return more_questions, open_question, download_evaluation

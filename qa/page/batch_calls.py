"""What the script of the 批量问答 page may call."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import InputError
from qa.exports import answers_file, template
from qa.inputs import Asked, answers, asked_of_bytes, asked_of_text
from qa.page.batch import batch_results
from qa.page.jobs import Jobs, Progress, job_state
from qa.records import AnswerLine

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["batch_calls"]

_KEPT = 3
_MOST = 5000  # questions at a time


@dataclass(frozen=True, slots=True)
class _Batch:
    name: str
    asked: Sequence[Asked]


def batch_calls(engine: Engine) -> Sequence[Callable[[dict[str, Any]], Any]]:
    """Start a batch, watch it, cancel it and take it away."""

    def work(given: _Batch, progress: Progress) -> list[AnswerLine]:
        records: list[AnswerLine] = []
        progress(0, len(given.asked))
        for record in answers(given.asked, engine.ask):
            records.append(record)
            progress(len(records), len(given.asked))
        return records

    jobs = Jobs(work, "批量问答", _KEPT)

    def download_batch(payload: dict[str, Any]) -> dict[str, str]:
        name = jobs.job(payload["job"]).given.name
        suffix = f".{payload['what']}"
        content = answers_file(jobs.result(payload["job"]), engine.about(), suffix)
        return {"name": f"{name}-答案{suffix}", "content": b64encode(content).decode()}

    def batch_template(payload: dict[str, Any]) -> dict[str, str]:
        return {"name": "问题模板.xlsx", "content": b64encode(template()).decode()}

    return *_running(jobs), download_batch, batch_template


def _running(jobs: Jobs[_Batch, list[AnswerLine]]) -> Sequence[Callable[[dict[str, Any]], Any]]:
    def start_batch(payload: dict[str, Any]) -> dict[str, Any]:
        batch = _batch(payload)
        if len(batch.asked) > _MOST:
            raise InputError(
                f"一次最多 {_MOST} 个问题，现在有 {len(batch.asked)} 个，请分几次；"
                "或在命令行用 faju ask --batch。"
            )
        return {"job": jobs.start(batch)}

    def batch_state(payload: dict[str, Any]) -> dict[str, Any]:
        state = job_state(jobs.job(payload["job"]))
        if state["state"] == "done":
            state["summary"], state["table"] = batch_results(jobs.result(payload["job"]))
        return state

    def cancel_batch(payload: dict[str, Any]) -> bool:
        jobs.cancel(payload["job"])
        return True

    return start_batch, batch_state, cancel_batch


def _batch(payload: dict[str, Any]) -> _Batch:
    if payload.get("content") is None:
        return _Batch("批量问答", asked_of_text(str(payload["text"])))
    name = Path(str(payload["name"])).name
    return _Batch(Path(name).stem, asked_of_bytes(b64decode(payload["content"]), name))

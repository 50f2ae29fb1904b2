"""What the script of the 文档库 page may call to add, fetch and remove documents."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from corpus import FajuError, InputError
from corpus.fetch import Downloads, Policy
from qa.engine import Engine
from qa.library import Intake, Reading, compared, fetch, read_file, wanted
from qa.page.documents import add_form, outcomes_list, reading_card
from qa.page.jobs import Jobs, Progress, job_state
from qa.page.live import LiveEngine
from qa.page.parts import filter_grid
from qa.records import holdings

__all__ = ["documents_calls"]

_MOST = 30
_FACTS = ("title", "issuer", "number", "published", "effective", "status")

Payload = Mapping[str, Any]
Outcome = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Change:
    """Readings to take in (each with its facts as a person left them), or an id, or a title.

    ``removed`` is the id of what is taken out, ``fetched`` the title of what is fetched.
    """

    readings: Sequence[tuple[Reading, Mapping[str, str]]] = ()
    removed: str = ""
    fetched: str = ""


def documents_calls(
    live: LiveEngine, may_change: bool, policy: Policy | None = None
) -> Sequence[Callable[[dict[str, Any]], Any]]:
    """Read files, take them in, fetch and take out; nothing of it unless ``may_change``."""

    def document_form(payload: dict[str, Any]) -> str:
        return add_form(may_change)

    def library_state(payload: dict[str, Any]) -> dict[str, Any] | None:
        return None if payload.get("seen") == live.changes else _shown(live)

    if not may_change:
        return document_form, library_state
    readings = Jobs(_read, "读取", _MOST)

    def change(given: _Change, progress: Progress) -> list[Outcome]:
        if given.fetched:
            return _fetched(
                live, given.fetched, Downloads(policy, lambda: progress(0, 0)), progress
            )
        return _changed(live, given, progress)

    changes = Jobs(change, "入库")
    return document_form, library_state, *_reading(live, readings), *_changing(readings, changes)


def _shown(live: LiveEngine) -> dict[str, Any]:
    """What the other tabs show of the library."""
    documents = live.engine.documents()
    return {
        "changes": live.changes,
        "holdings": holdings(live.engine.about()),
        "filters": filter_grid(documents),
        "documents": [[document["id"], document["name"]] for document in documents],
    }


def _read(given: tuple[str, bytes], progress: Progress) -> Reading:
    name, content = given
    return read_file(content, name, progress=progress)


def _reading(
    live: LiveEngine, readings: Jobs[tuple[str, bytes], Reading]
) -> Sequence[Callable[[dict[str, Any]], Any]]:
    def read_document(payload: dict[str, Any]) -> dict[str, str]:
        name = PurePosixPath(PureWindowsPath(str(payload["name"])).name).name
        return {"job": readings.start((name or "未命名", b64decode(payload["content"])))}

    def reading_state(payload: dict[str, Any]) -> dict[str, Any]:
        state = job_state(readings.job(payload["job"]))
        if state["state"] == "done":
            reading = compared(live.engine.settings, readings.result(payload["job"]))
            state["html"] = reading_card(reading, payload["job"])
        return state

    def cancel_reading(payload: dict[str, Any]) -> bool:
        readings.cancel(payload["job"])
        return True

    return read_document, reading_state, cancel_reading


def _changing(
    readings: Jobs[tuple[str, bytes], Reading], changes: Jobs[_Change, list[Outcome]]
) -> Sequence[Callable[[dict[str, Any]], Any]]:
    def add_documents(payload: dict[str, Any]) -> dict[str, str]:
        given = [
            (readings.result(item["job"]), {name: str(item[name]) for name in _FACTS})
            for item in payload["items"]
        ]
        if not given:
            raise InputError("没有要入库的文件，请先选择文件。")
        return {"job": changes.start(_Change(given))}

    def remove_document(payload: dict[str, Any]) -> dict[str, str]:
        return {"job": changes.start(_Change(removed=str(payload["document"])))}

    def fetch_document(payload: dict[str, Any]) -> dict[str, str]:
        return {"job": changes.start(_Change(fetched=str(payload["title"])))}

    def change_state(payload: dict[str, Any]) -> dict[str, Any]:
        job = changes.job(payload["job"])
        state = job_state(job)
        if job.result is not None:
            state["html"] = outcomes_list(job.result)
            state["faults"] = [number for number, o in enumerate(job.result) if o.get("error")]
        return state

    def cancel_change(payload: dict[str, Any]) -> bool:
        changes.cancel(payload["job"])
        return True

    return add_documents, remove_document, fetch_document, change_state, cancel_change


def _changed(live: LiveEngine, change: _Change, progress: Progress) -> list[Outcome]:
    """Make the change, then serve the library as it is now."""
    settings = live.engine.settings
    with Intake(settings) as intake:
        outcomes = [_taken(intake, *given) for given in change.readings]
        if change.removed:
            removed = intake.find(change.removed)[0]
            intake.remove(removed.id)
            outcomes.append({"message": f"已移出《{removed.title}》。"})
        if intake.changed:
            intake.commit(lambda line: None, progress)
    live.swap(Engine.open(settings))
    return outcomes


def _fetched(
    live: LiveEngine, title: str, downloads: Downloads, progress: Progress
) -> list[Outcome]:
    """Fetch a cited document, then serve the library as it is now."""
    settings = live.engine.settings
    (entry,) = wanted(settings, [title])
    outcome = fetch(settings, entry, downloads, lambda line: None, progress)
    if outcome.id:
        live.swap(Engine.open(settings))
    said = {"failed": f"《{entry.title}》：", "same": ""}
    message = said.get(outcome.outcome, f"已入库：《{entry.title}》。") + outcome.message
    return [{"message": message, "error": outcome.outcome == "failed"}]


def _taken(intake: Intake, reading: Reading, facts: Mapping[str, str]) -> Outcome:
    try:
        own = intake.accept(reading, **facts)
    except FajuError as problem:
        return {"message": f"{reading.name}：{problem}", "error": True}
    return {"message": f"已入库：《{own.title}》。"}

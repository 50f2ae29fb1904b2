"""What the page's script may call: each takes one JSON object and gives HTML or JSON back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus import FajuError
from index import Filters
from qa.check import item_record
from qa.drafts import CheckedDraft, Draft, corrected_text, draft_of_bytes, draft_of_text
from qa.page.batch_calls import batch_calls
from qa.page.call import Call
from qa.page.check import items_table, summary
from qa.page.draft import draft_marked, item_card
from qa.page.evaluate_calls import evaluation_calls
from qa.page.excerpts import excerpt_calls
from qa.page.find import MOST, found
from qa.page.jobs import Jobs, Progress, job_state
from qa.page.links import citing_documents, links_panel
from qa.page.parts import answer, notice
from qa.page.reader import library, reader
from qa.page.written import Writings
from qa.records import TocEntry
from qa.written import LanguageModel, Writer

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["page_calls"]

Payload = Mapping[str, Any]
_Checks = Jobs[Draft, CheckedDraft]


def page_calls(
    engine: Engine, changes: Sequence[Call] = (), model: LanguageModel | None = None
) -> list[Call]:
    """Every call of every tab, with what the user can mend turned into a notice.

    ``changes`` are those of the 文档库 tab that change the library; ``model`` writes answers out.
    """

    def checked(draft: Draft, progress: Progress) -> CheckedDraft:
        return engine.check(draft, progress)

    checking = _checking(Jobs(checked, "核对"))
    calls = (
        *_asking(engine, model),
        *_reading(engine),
        _linking(engine),
        _finding(engine),
        *checking,
    )
    more = (*batch_calls(engine), *excerpt_calls(engine), *evaluation_calls(engine), *changes)
    return [_guarded(call) for call in (*calls, *more)]


def _guarded(call: Call) -> Call:
    """``call`` with a FajuError turned into a notice; a bug keeps its traceback."""

    def answered(payload: dict[str, Any]) -> Any:
        try:
            return call(payload)
        except FajuError as problem:
            return notice(str(problem), error=True)

    answered.__name__ = call.__name__
    return answered


def _filters(payload: Payload) -> Filters:
    return Filters(
        documents=(payload["doc"],) if payload.get("doc") else (),
        section=payload.get("section", ""),
        kinds=tuple(payload.get("kind", ())),
        statuses=tuple(payload.get("status", ())),
        all_versions=bool(payload.get("all")),
    )


def _asking(engine: Engine, model: LanguageModel | None) -> Sequence[Call]:
    writings = Writings(Writer(engine, model)) if model else None

    def ask(payload: dict[str, Any]) -> str:
        reply = engine.ask(payload["q"], filters=_filters(payload))
        return answer(reply, writings.begin(reply) if writings else "")

    def chapters(payload: dict[str, Any]) -> list[TocEntry]:
        return list(engine.document(payload["document"])["toc"])

    return ask, chapters, *(writings.calls if writings else ())


def _finding(engine: Engine) -> Call:
    def find_words(payload: dict[str, Any]) -> str:
        documents = (payload["in"],) if payload.get("in") else ()
        return found(engine.find(payload["text"], MOST, bool(payload.get("old")), documents))

    return find_words


def _checking(jobs: _Checks) -> Sequence[Call]:
    def start_check(payload: dict[str, Any]) -> dict[str, Any]:
        draft = _draft(payload)
        word = draft.kind == "word"
        return {"job": jobs.start(draft), "word": word, "text": None if word else draft.original}

    def check_state(payload: dict[str, Any]) -> dict[str, Any]:
        job = jobs.job(payload["job"])
        state = job_state(job)
        if state["state"] == "done":
            record = jobs.result(payload["job"]).record()
            state["summary"] = summary(record, word=job.given.kind == "word")
            state["draft"] = draft_marked(record) if record["items"] else ""
            state["table"] = items_table(record)
        return state

    def cancel_check(payload: dict[str, Any]) -> bool:
        jobs.cancel(payload["job"])
        return True

    return start_check, check_state, cancel_check, *_mending(jobs)


def _mending(jobs: _Checks) -> Sequence[Call]:
    def open_item(payload: dict[str, Any]) -> str:
        checked, number = jobs.result(payload["job"]), int(payload["item"])
        fixable = checked.draft.kind != "word"
        return item_card(item_record(checked.items[number]), number, len(checked.items), fixable)

    def fix_draft(payload: dict[str, Any]) -> dict[str, str]:
        checked = jobs.result(payload["job"])
        number = payload.get("item")
        items = checked.items if number is None else [checked.items[int(number)]]
        return {"text": corrected_text(checked.draft, items)}

    def download(payload: dict[str, Any]) -> dict[str, str]:
        checked = jobs.result(payload["job"])
        makers = {
            "corrected": checked.corrected,
            "report": checked.report,
            "table": checked.table,
        }
        name, content = makers[payload["what"]]()
        return {"name": name, "content": b64encode(content).decode()}

    return open_item, fix_draft, download


def _draft(payload: Payload) -> Draft:
    name = str(payload.get("name", ""))
    if payload.get("content") is None:
        return draft_of_text(payload["text"], name)
    return draft_of_bytes(b64decode(payload["content"]), name)


def _reading(engine: Engine) -> Sequence[Call]:
    def open_document(payload: dict[str, Any]) -> str:
        return reader(engine.document(payload["document"]))

    def open_section(payload: dict[str, Any]) -> str:
        document, start = engine.document(payload["document"]), int(payload["start"])
        section = engine.section(payload["document"], start)
        if payload.get("end") is None:
            return reader(document, section, at=start)
        marks = [(int(a), int(b)) for a, b in payload.get("marks", ())]
        return reader(document, section, (start, int(payload["end"])), marks)

    def open_library(payload: dict[str, Any]) -> str:
        return library(engine.documents(), engine.cited())

    return open_document, open_section, open_library


def _linking(engine: Engine) -> Call:
    def open_links(payload: dict[str, Any]) -> str:
        document = payload["document"]
        if payload.get("start") is None:
            return citing_documents(engine.links(document)["cited_by"])
        start, end = int(payload["start"]), payload.get("end")
        blocks = engine.section(document, start)["blocks"]
        if end is not None:
            blocks = [each for each in blocks if each["start"] < int(end) and each["end"] > start]
        found = [engine.links(document, int(block["start"])) for block in blocks]
        cites = [link for each in found for link in each["cites"]]
        cited_by = [link for each in found for link in each["cited_by"]]
        return links_panel(cites, cited_by, section=end is None)

    return open_links

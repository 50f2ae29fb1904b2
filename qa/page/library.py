"""The 文档库 tab: the shelf, the cited documents; files read, looked through and taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps

from corpus import FajuError, InputError
from corpus.fetch import Downloads, Policy
from qa.accounts import asking
from qa.api import LiveEngine
from qa.engine import Engine
from qa.inputs import LIMITS
from qa.library import Intake, Reading, compared, fetch, read_file, wanted
from qa.markup import Html
from qa.page.call import Call, Given, Reply
from qa.page.jobs import Jobs, Progress, Queue
from qa.page.parts import filter_grid, told_apart
from qa.page.shelf import add_form, library, outcomes_list, reading_card
from qa.records import holdings

__all__ = ["MayChange", "Note", "anybody", "library_calls"]

MayChange = Callable[[], bool]
"""Whether who asks at this moment may change the library."""
Note = Callable[[str, str, str], None]
"""Keeps who did what to which document."""

_FACTS = ("title", "issuer", "number", "published", "effective", "status")

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class _Change:
    """Readings to take in (each with its facts as a person left them), or an id, or a title.

    ``removed`` is the id of what is taken out, ``fetched`` the title of what is fetched, ``by`` the
    name of who asked for it.
    """

    readings: Sequence[tuple[Reading, Mapping[str, str]]] = ()
    removed: str = ""
    fetched: str = ""
    by: str = ""


def anybody() -> bool:
    """On one's own machine everybody may change the library."""
    return True


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one document."""

    message: str
    error: bool = False


Readings = Queue[File, Reading]
Changes = Queue[_Change, list[_Outcome]]


def library_calls(
    live: LiveEngine,
    jobs: Jobs,
    may_change: MayChange,
    policy: Policy | None = None,
    note: Note | None = None,
) -> Sequence[Call]:
    """Show the library; read files, take them in, fetch and take out only where ``may_change``.

    ``note`` hears of each change that was made.
    """

    def read(job: str, reading: Reading) -> Mapping[str, object]:
        return {"html": reading_card(compared(live.engine.settings, reading), job)}

    def change(given: _Change, progress: Progress) -> list[_Outcome]:
        if given.fetched:
            downloads = Downloads(policy, lambda: progress(0, 0))
            outcomes = _fetched(live, given.fetched, downloads, progress)
        else:
            outcomes = _changed(live, given, progress)
        for each in outcomes:
            if note and not each.error:
                note(given.by, "文档库", each.message)
        return outcomes

    readings: Readings = jobs.queue(Queue("读取", _read, read, kept=LIMITS.uploads))
    changes: Changes = jobs.queue(Queue("入库", change, _told, people=1))
    changing = (_allowed(call, may_change) for call in _changing(readings, changes))
    return *_showing(live, may_change), *changing


def _allowed(call: Call, may_change: MayChange) -> Call:
    """``call`` for those who may change the library, a sentence for the others."""

    @wraps(call)
    def checked(given: Given) -> Reply:
        if not may_change():
            raise InputError("入库和移出需要“编辑”权限，请找本单位的管理员。")
        return call(given)

    return checked


def _showing(live: LiveEngine, may_change: MayChange) -> Sequence[Call]:
    def open_library(given: Given) -> Html:
        return library(live.engine.documents(), live.engine.cited())

    def document_form(given: Given) -> Html:
        return add_form(may_change())

    def library_state(given: Given) -> Mapping[str, object]:
        """What the other tabs show of the library; of one that the script has ``seen`` nothing new.

        ``filling`` says how far a build is that goes on.
        """
        if "seen" in given and given.number("seen") == live.changes:
            return {"changes": live.changes, "filling": live.filling}
        documents = live.engine.documents()
        return {
            "changes": live.changes,
            "filling": live.filling,
            "holdings": holdings(live.engine.about()),
            "filters": filter_grid(documents),
            "documents": [[document["id"], document["name"]] for document in told_apart(documents)],
        }

    return open_library, document_form, library_state


def _changing(readings: Readings, changes: Changes) -> Sequence[Call]:
    def read_document(given: Given) -> dict[str, str]:
        file = given.file()
        if file is None:
            raise InputError("没有要读取的文件，请先选择文件。")
        return {"job": readings.start(file)}

    def add_documents(given: Given) -> dict[str, str]:
        items = [Given(item) for item in given.values("items")]
        if not items:
            raise InputError("没有要入库的文件，请先选择文件。")
        chosen = [
            (readings.result(item.text("job")), {name: item.text(name) for name in _FACTS})
            for item in items
        ]
        return {"job": changes.start(_Change(chosen, by=_name()))}

    def remove_document(given: Given) -> dict[str, str]:
        return {"job": changes.start(_Change(removed=given.text("document"), by=_name()))}

    def fetch_document(given: Given) -> dict[str, str]:
        return {"job": changes.start(_Change(fetched=given.text("title"), by=_name()))}

    return read_document, add_documents, remove_document, fetch_document


def _name() -> str:
    user = asking()
    return user.name if user else ""


def _read(file: File, progress: Progress) -> Reading:
    name, content = file
    return read_file(content, name, progress=progress)


def _told(job: str, outcomes: list[_Outcome]) -> Mapping[str, object]:
    return {
        "html": outcomes_list([(each.message, each.error) for each in outcomes]),
        "faults": [number for number, each in enumerate(outcomes) if each.error],
    }


def _changed(live: LiveEngine, change: _Change, progress: Progress) -> list[_Outcome]:
    """Make the change, then serve the library as it is now."""
    settings = live.engine.settings
    with Intake(settings) as intake:
        outcomes = [_taken(intake, *given) for given in change.readings]
        if change.removed:
            removed = intake.find(change.removed)[0]
            intake.remove(removed.id)
            outcomes.append(_Outcome(f"已移出《{removed.title}》。"))
        if intake.changed:
            intake.commit(lambda line: None, progress)
    live.swap(Engine.open(settings))
    return outcomes


def _fetched(
    live: LiveEngine, title: str, downloads: Downloads, progress: Progress
) -> list[_Outcome]:
    """Fetch a cited document, then serve the library as it is now."""
    settings = live.engine.settings
    (entry,) = wanted(settings, [title])
    outcome = fetch(settings, entry, downloads, lambda line: None, progress)
    if outcome.id:
        live.swap(Engine.open(settings))
    said = {"failed": f"《{entry.title}》：", "same": ""}
    message = said.get(outcome.outcome, f"已入库：《{entry.title}》。") + outcome.message
    return [_Outcome(message, error=outcome.outcome == "failed")]


def _taken(intake: Intake, reading: Reading, facts: Mapping[str, str]) -> _Outcome:
    try:
        own = intake.accept(reading, **facts)
    except FajuError as problem:
        return _Outcome(f"{reading.name}：{problem}", error=True)
    return _Outcome(f"已入库：《{own.title}》。")

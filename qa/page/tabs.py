"""The tabs of the page, and what its script may call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.api import LiveEngine
from qa.engine import Engine
from qa.markup import Html, render
from qa.page.ask import ask_calls, ask_form
from qa.page.batch import batch_calls, batch_form
from qa.page.call import Reply, guarded
from qa.page.check import check_calls, check_form
from qa.page.comparison import comparison_calls
from qa.page.evaluate import evaluate_calls, evaluate_form
from qa.page.excerpts import excerpt_calls
from qa.page.find import find_calls, find_form
from qa.page.jobs import Jobs
from qa.page.library import MayChange, Note, anybody, library_calls
from qa.page.links import link_calls
from qa.page.reader import reader_calls
from qa.written import LanguageModel

__all__ = ["TABS", "Tab", "page_calls"]


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its name, the part of the script that runs it, and its HTML when it is served."""

    name: str
    part: str
    html: Callable[[Engine], Html]


TABS = (
    Tab("问答", "ask", lambda engine: ask_form(engine.documents(), engine.about()["examples"])),
    Tab("原文查找", "find", lambda engine: find_form(engine.documents())),
    Tab("引文核对", "check", lambda engine: check_form(engine.documents())),
    Tab("批量问答", "batch", lambda engine: batch_form()),
    Tab("批量评测", "evaluate", lambda engine: evaluate_form()),
    Tab("文档库", "library", lambda engine: render("page/library_waiting.html")),
)


def page_calls(
    live: LiveEngine,
    jobs: Jobs,
    may_change: MayChange = anybody,
    model: LanguageModel | None = None,
    note: Note | None = None,
) -> Sequence[Callable[[object], Reply]]:
    """Every call of every tab, with what the user can mend turned into a notice.

    ``may_change`` says whether who asks may add and remove documents; ``model`` writes answers out;
    ``note`` keeps who changed what.
    """
    engine = live.engine
    calls = (
        *ask_calls(engine, jobs, model, may_change),
        *find_calls(engine),
        *check_calls(engine, jobs),
        *batch_calls(engine, jobs),
        *evaluate_calls(engine, jobs),
        *library_calls(live, jobs, may_change, note=note),
        *reader_calls(engine),
        *comparison_calls(engine),
        *link_calls(engine),
        *excerpt_calls(engine),
        *jobs.calls,
    )
    return [guarded(call) for call in calls]

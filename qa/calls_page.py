"""What the page's script may call: each takes one JSON object and gives HTML or JSON back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus import FajuError
from index import Filters
from qa.page import answer, notice
from qa.reader import library, reader

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Call", "page_calls"]

Payload = Mapping[str, Any]
Call = Callable[[dict[str, Any]], Any]


def page_calls(engine: Engine) -> list[Call]:
    """Every call of every tab, with what the user can mend turned into a notice."""
    return [_guarded(call) for call in (*_asking(engine), *_reading(engine))]


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


def _asking(engine: Engine) -> Sequence[Call]:
    def ask(payload: dict[str, Any]) -> str:
        return answer(engine.ask(payload["q"], filters=_filters(payload)))

    def chapters(payload: dict[str, Any]) -> list[dict[str, Any]]:
        return list(engine.document(payload["document"])["toc"])

    return ask, chapters


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

"""The 摘编: what can be put into it, what it holds, and the files made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from qa.library import place_of, places_of
from qa.markup import Html, render
from qa.page.call import Call, Given, taken_away
from qa.page.marks import folds
from qa.records import ExcerptRecord, PlaceRecord

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Passage", "collection", "excerpt_calls"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole passage to be taken away: as copied with its citation, and as a place."""

    copied: str
    place: PlaceRecord

    @classmethod
    def of(cls, document_id: str, start: int, text: str, citation: str) -> Passage:
        """The passage of this text, which stands at ``start``."""
        return cls(f"“{text.strip()}”\n——{citation}", place_of(document_id, start, text))


def collection(records: Sequence[ExcerptRecord]) -> Html:
    """What was collected, by document, each with a button that takes it out."""
    held = [(each, _beginning(each["text"])) for each in records if not each["missing"]]
    lost = [each for each in records if each["missing"]]
    groups = [list(group) for _, group in groupby(held, lambda one: one[0]["document"]["id"])]
    return render("page/excerpts.html", groups=groups, lost=lost)


def excerpt_calls(engine: Engine) -> Sequence[Call]:
    """Show a collection, and write it as a file."""

    def open_collection(given: Given) -> Html:
        return collection(engine.excerpts(places_of(given.values("places"))))

    def export_collection(given: Given) -> dict[str, str]:
        from qa.exports import excerpts_markdown, excerpts_word

        records = engine.excerpts(places_of(given.values("places")))
        held = [record for record in records if not record["missing"]]
        if given.text("what") == "docx":
            return taken_away("摘编.docx", excerpts_word(held, engine.about()))
        return taken_away("摘编.md", excerpts_markdown(held, engine.about()).encode())

    return open_collection, export_collection


def _beginning(text: str) -> str:
    start, end, _ = folds(text, ())[0]
    return text[start:end] + ("……" if end < len(text) else "")

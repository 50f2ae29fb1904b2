"""Two documents side by side, in the 文档库 tab: the 新旧条文对照表."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.exports import comparison_excel, comparison_word, tally_of
from qa.markup import Html, render
from qa.page.call import Call, Given, taken_away
from qa.records import ComparedPlace, ComparedRow, ComparisonReply, DocumentRecord

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["compared_table", "comparison_calls", "comparison_form"]

_FILES: dict[str, Callable[[ComparisonReply, bool], bytes]] = {
    "docx": comparison_word,
    "xlsx": comparison_excel,
}
_SHOWN = 200  # rows; the others are shown when asked for

Drawn = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as shown: the words of each side in pieces, those that are gone or new marked."""

    row: ComparedRow
    old: list[Drawn]
    new: list[Drawn]


def comparison_form(documents: Sequence[DocumentRecord]) -> Html:
    """Which two are compared; older versions are named by their year."""
    return render("page/comparison.html", names=[_name(document) for document in documents])


def compared_table(reply: ComparisonReply, changes: bool) -> Html:
    """The three columns; with ``changes`` only the rows that are not the same in both."""
    rows = [
        _Row(row, _drawn(row, row["old"], "old"), _drawn(row, row["new"], "new"))
        for row in reply["rows"]
        if not changes or row["kind"] != "kept"
    ]
    return render(
        "page/comparison_table.html", reply=reply, tally=tally_of(reply), rows=rows, shown=_SHOWN
    )


def comparison_calls(engine: Engine) -> Sequence[Call]:
    """Show the comparison of two documents, and give it as Word or Excel."""

    def compare_form(given: Given) -> Html:
        return comparison_form(engine.documents())

    def compare_documents(given: Given) -> Html:
        return compared_table(_compared(engine, given), given.yes("changes"))

    def download_comparison(given: Given) -> dict[str, str]:
        kind = "xlsx" if given.text("what") == "xlsx" else "docx"
        reply = _compared(engine, given)
        content = _FILES[kind](reply, given.yes("changes"))
        return taken_away(f"{reply['new']['title']}对照表.{kind}", content)

    return compare_form, compare_documents, download_comparison


def _compared(engine: Engine, given: Given) -> ComparisonReply:
    old, new = given.text("old").strip(), given.text("new").strip()
    return engine.compare(old or new, new if old else "")


def _name(document: DocumentRecord) -> str:
    """The title, with its year where another version is the one that the title means."""
    former = document["status"] in {"已被修改", "尚未施行"} and document["published"]
    return document["title"] + (f"（{document['published'][:4]}年）" if former else "")


def _drawn(row: ComparedRow, place: ComparedPlace | None, side: str) -> list[Drawn]:
    if place is None:
        return []
    label = [(f"{place['label']}\u3000", row["kind"] == "moved")] if place["label"] else []
    if not row["parts"]:
        return [*label, (place["text"], row["kind"] in {"added", "removed"})]
    old = side == "old"
    drawn = [(p["old"] if old else p["new"], p["op"] != "equal") for p in row["parts"]]
    return label + [(words, marked) for words, marked in drawn if words]

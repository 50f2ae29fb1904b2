"""The 原文查找 tab: words in, the places where they stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.inputs import LIMITS
from qa.library import has_bundled_plan
from qa.markup import Html, render
from qa.page.call import Call, Given
from qa.page.cards import card_of
from qa.page.diff import Diff, compared
from qa.page.excerpts import Passage
from qa.page.marks import Piece, clipped, pieces
from qa.page.parts import told_apart
from qa.records import DocumentRecord, FindReply, MatchRecord
from qa.wording import as_quoted

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["find_calls", "find_form", "found"]

_EXAMPLES = (
    "谁执法谁普法",
    "本法自2021年1月1日起执行",
    "涉企现场检查事项多……随意检查等问题",  # stands in the bundled plan
)


@dataclass(frozen=True, slots=True)
class _Place:
    """One place as shown; ``number`` runs through all of the page, ``likeness`` says how like."""

    number: int
    match: MatchRecord
    likeness: str
    words: list[Piece]
    diff: Diff | None
    cited: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Part:
    """The places of one kind, those of a document together."""

    kind: str
    title: str
    groups: list[list[_Place]]

    @property
    def count(self) -> int:
        """How many places."""
        return sum(map(len, self.groups))

    @property
    def unlike(self) -> bool:
        """Whether any of them has a difference to be marked."""
        return any(place.diff for group in self.groups for place in group)


def find_form(documents: Sequence[DocumentRecord]) -> Html:
    """The box, the examples, where to look, and the empty places for what comes."""
    examples = _EXAMPLES if has_bundled_plan(documents) else _EXAMPLES[:2]
    return render("page/find.html", documents=told_apart(documents), examples=examples)


def found(reply: FindReply) -> Html:
    """The exact places, then the near ones, and what means much the same where none is near."""
    matches, text = reply["matches"], reply["text"]
    exact = [match for match in matches if match["kind"] == "exact"]
    near = [match for match in matches if match["kind"] != "exact"]
    same = "字句相同" if any(match["differences"] for match in exact) else "一字不差"
    elided = bool(near) and not near[0]["differences"]
    like = "分段相同或近似" if elided else "近似"
    parts = [_part("exact", same, exact, text, 1), _part("near", like, near, text, len(exact) + 1)]
    return render(
        "page/found.html",
        text=text,
        parts_found=[part for part in parts if part.groups],
        most=LIMITS.hits if len(matches) >= LIMITS.hits else None,
        none_exact=not (exact or elided),
        similar=[card_of(hit) for hit in reply.get("similar", [])],
        # Only what was asked for by its place has the full score.
        placed=any(hit["score"] == 1 for hit in reply.get("similar", [])),
    )


def find_calls(engine: Engine) -> Sequence[Call]:
    """Find words, in one document or in all."""

    def find_words(given: Given) -> Html:
        documents = (given.text("in"),) if given.text("in") else ()
        return found(engine.find(given.text("text"), LIMITS.hits, given.yes("old"), documents))

    return (find_words,)


def _part(kind: str, title: str, matches: Sequence[MatchRecord], text: str, first: int) -> _Part:
    groups: dict[str, list[_Place]] = {}
    for number, match in enumerate(matches, first):
        groups.setdefault(match["document"]["id"], []).append(_place(number, match, text))
    return _Part(kind, title, list(groups.values()))


def _place(number: int, match: MatchRecord, text: str) -> _Place:
    context, quoted = match["context"], match["quoted"]
    spans = clipped(match["highlights"], match["context_start"], len(context))
    return _Place(
        number=number,
        match=match,
        likeness=_likeness(match),
        words=pieces(context, spans),
        diff=compared(as_quoted(text, quoted), quoted, match["differences"]),
        cited=f"“{quoted}”\n——{match['citation']}",
        passage=Passage.of(
            match["document"]["id"], match["start"], match["text"], match["citation"]
        ),
    )


def _likeness(match: MatchRecord) -> str:
    if match["kind"] == "exact":
        return "字形不同" if match["differences"] else "一字不差"
    if not match["differences"]:
        return "分段相同"
    return f"近似 {int(match['similarity'] * 100)}%"

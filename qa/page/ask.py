"""The 问答 tab: a question in, the quoted answer and the ranked passages as cards out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus import InputError
from index import Filters
from qa.answering import more_asked
from qa.library import place_of
from qa.markup import Html, render
from qa.page.call import Call, Given
from qa.page.cards import card_of, cited
from qa.page.jobs import Jobs
from qa.page.language import language_note
from qa.page.parts import filter_grid
from qa.page.written import Writings
from qa.records import AskReply, DocumentRecord, Hit, PlaceRecord, Sentence, TocEntry, outcome
from qa.written import LanguageModel, Writer

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["answer", "ask_calls", "ask_form"]

_SHOWN, _MORE = 10, 20  # passages at first, and where more are asked for
_FOUND = {"place": "指定的条文", "phrase": "含有这些字句的原文"}


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Sentences out of one passage; ``place`` runs from the first to the last."""

    hit: Hit
    sentences: list[str]
    copied: str
    place: PlaceRecord


def ask_form(documents: Sequence[DocumentRecord], questions: Sequence[str]) -> Html:
    """The question box, the examples, the folded filters, and the empty places for what comes."""
    return render("page/ask.html", questions=questions, filters=filter_grid(documents))


def answer(reply: AskReply, written: Html | str = "") -> Html:
    """The quoted sentences (or the refusal), then the ranked passages as cards.

    ``written`` is what a language model made of it, to stand between the two.
    """
    said = {hit["rank"]: _said(hit, reply["sentences"]) for hit in reply["hits"]}
    return render(
        "page/answer.html",
        reply=reply,
        quotations=_quotations(reply["hits"], reply["sentences"]),
        related=_quotations(reply["hits"], reply["related"]),
        cards=[card_of(hit, said[hit["rank"]]) for hit in reply["hits"]],
        title=_FOUND.get(reply["route"], "相关原文"),
        written=written,
        outcome=outcome(reply),
    )


def ask_calls(
    engine: Engine, jobs: Jobs, model: LanguageModel | None, may_change: Callable[[], bool]
) -> Sequence[Call]:
    """Answer a question, keep what answers it, list the chapters to which it can be limited.

    With a question ``before`` one that is short for another is read against it.
    """
    writings = Writings(Writer(engine, model), jobs) if model else None

    def ask(given: Given) -> Html:
        question, before, filters = given.text("q"), given.text("before"), _filters(given)
        if before and more_asked(question):
            return _more(question, engine.ask(before, _MORE, filters))
        whole = engine.follow(question, before) if before else ""
        reply = engine.ask(whole or question, filters=filters)
        shown = answer(reply, writings.begin(reply) if writings else "")
        return render(
            "page/asked.html",
            question=question,
            whole=whole,
            language=language_note(question),
            answer=shown,
            related=engine.related(reply),
        )

    def chapters(given: Given) -> Sequence[TocEntry]:
        return engine.document(given.text("document"))["toc"]

    def confirm(given: Given) -> Mapping[str, object]:
        if not may_change():
            raise InputError("确认问题的答案需要“编辑”权限，请找本单位的管理员。")
        return engine.questions.confirm(
            given.text("q"), given.text("document"), given.number("start")
        )

    return ask, chapters, confirm


def _more(question: str, reply: AskReply) -> Html:
    """The passages that come after those that were shown."""
    cards = [card_of(hit) for hit in reply["hits"][_SHOWN:]]
    return render("page/more.html", question=question, before=reply["question"], cards=cards)


def _filters(given: Given) -> Filters:
    return Filters(
        documents=(given.text("doc"),) if given.text("doc") else (),
        section=given.text("section"),
        kinds=given.texts("kind"),
        statuses=given.texts("status"),
        all_versions=given.yes("all"),
    )


def _said(hit: Hit, sentences: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence["hit"] == hit["rank"]]


def _quotations(hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[_Quotation]:
    """The sentences passage by passage, in the order of the first of each."""
    ranked = {hit["rank"]: hit for hit in hits}
    order = dict.fromkeys(sentence["hit"] for sentence in sentences)
    return [_quotation(ranked[rank], _said(ranked[rank], sentences)) for rank in order]


def _quotation(hit: Hit, said: Sequence[Sentence]) -> _Quotation:
    start = min(sentence["start"] for sentence in said)
    end = max(sentence["end"] for sentence in said)
    words = hit["text"][start - hit["start"] : end - hit["start"]]
    place = place_of(hit["document"]["id"], start, words)
    inorder = sorted(said, key=lambda sentence: sentence["start"])
    lines = [sentence["text"].strip() + _note(sentence) for sentence in inorder]
    return _Quotation(hit, lines, cited(hit, said), place)


def _note(sentence: Sentence) -> str:
    return f"（{sentence['note']}）" if "note" in sentence else ""

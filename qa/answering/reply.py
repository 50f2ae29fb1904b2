"""What search and ask give back, as the contract has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index import Found
from qa.answering.answer import Answer
from qa.answering.quoting import Sentence
from qa.answering.route import Route
from qa.answering.units import Span
from qa.records import AskReply, Hit, SearchReply, make_hit, quoted_sentence
from qa.records import Sentence as SentenceRecord

__all__ = ["ask_reply", "search_reply", "told_reply"]


def search_reply(
    query: str, route: Route, marks: Mapping[int, Sequence[Span]], notice: str
) -> SearchReply:
    """The ranked passages; ``marks`` are the stretches to highlight, by rank."""
    hits = _hits(route.found, marks)
    return {"query": query, "route": route.name, "hits": hits, "notice": notice + route.notice}


def ask_reply(question: str, route: Route, answer: Answer, notice: str) -> AskReply:
    """The answer with its hits, or why there is none."""
    return {
        "question": question,
        "route": route.name,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "sentences": _sentences(answer.sentences),
        "related": _sentences(answer.related),
        "hits": _hits(answer.found, answer.evidence),
        "notice": notice + route.notice,
        "reason": "" if answer.answered else route.reason or "silent",
    }


def told_reply(question: str, said: str, talk: bool) -> AskReply:
    """What the program says itself, no quotation: of the documents, or of itself."""
    return {
        "question": question,
        "route": "talk" if talk else "catalogue",
        "answered": True,
        "confidence": 1.0,
        "sentences": [],
        "related": [],
        "hits": [],
        "notice": said,
        "reason": "",
    }


def _sentences(said: Sequence[Sentence]) -> list[SentenceRecord]:
    return [quoted_sentence(s.text, s.start, s.end, s.rank, s.note) for s in said]


def _hits(found: Sequence[Found], evidence: Mapping[int, Sequence[Span]]) -> list[Hit]:
    return [
        make_hit(rank, hit.score, hit.document, hit.passage, evidence.get(rank, ()))
        for rank, hit in enumerate(found, 1)
    ]

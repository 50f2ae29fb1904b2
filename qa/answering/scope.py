"""What documents a question is asked of, and what it asks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Citation, Resolver
from index import Index
from qa.answering.places import Places, standing
from qa.records import Reason
from qa.wording import Wording

__all__ = ["FILLER", "Scope", "Scoper"]

FILLER = re.compile(
    r"(?:[的是了说讲写有请问一下什么吗呢内容规定全文原文怎么如何查看哪里哪儿?？,，。:：\s]|\d{4}年|现行)+"
)
_PLAN = re.compile(
    r"(?:根据|按照|依据|在)?(?:本|这个|这份|该|法治首府(?:建设)?)?规划(?:文本|文件)?(?:里面|里头|里|中|上)"
    r"(?:是)?(?:对|关于)?|(?:^|(?<=[，,。？?]))(?:本|这个|这份|该)?规划(?=怎么|咋|有没有|是怎么|是否|对|的|提出|要求|规定|明确)"
)
_HEAD = re.compile("^(?:在|请问|根据|按照|依据|依照)?(?:中|里面|里)?[的，,]?(?:关于|对于?|有关)?")
_TAIL = re.compile(
    "(?:的|有(?:什么|哪些)|是(?:怎么|如何))?(?:规定|条款|条文|内容)(?:的|是什么|有哪些|吗)*[?？。]*$"
)
# 宪法怎么落实 asks of what is done about a law, not of its words.
_CARRIED_OUT = re.compile("落实|宣传|贯彻|学习|普及|普法|培训")
_FEW = 4
_LAW = ("法", "法典")
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of.

    ``named`` are the ids of the documents whose passages come before equals, ``first`` those that
    are searched before all others. ``topic`` is what is asked, without the words that name them.
    ``reason`` says why nothing that is found can be the answer, "" when it can.
    """

    named: frozenset[str]
    first: frozenset[str]
    topic: str
    notice: str = ""
    reason: Reason = ""


class Scoper:
    """Reads questions over one library."""

    def __init__(self, index: Index, resolver: Resolver, places: Places, wording: Wording) -> None:
        self._index = index
        self._resolver = resolver
        self._places = places
        self._wording = wording

    def read(self, query: str) -> Scope:
        """What the query is asked of.

        规划里怎么管听证会? asks 怎么管听证会? of the plan: the words that name it would lead to the
        passages that speak of plans. 民法典关于高空抛物的规定 asks of that law and no other.
        """
        found = self._places.cited(query)
        cited = [c for c in found if c.title and not self._common_words(c)]
        held = {d.id for c in cited for d in self._places.documents(c)}
        notice, reason = self._said(cited, held)
        topic = _PLAN.sub("", query)
        named = set(held)
        if topic != query:
            named |= {d.id for d in self._index.documents.values() if d.kind == "规划"}
            named |= {self._places.own.id} if self._places.own else set()
            reason = ""
        elsewhere = topic != query or _CARRIED_OUT.search(query)
        first = frozenset() if elsewhere else frozenset(held)
        asked = topic if elsewhere else without_names(query, cited if held or reason else ())
        return Scope(
            frozenset(named), first, asked if len(asked) >= _FEW else query, notice, reason
        )

    def _said(self, cited: Sequence[Citation], held: set[str]) -> tuple[str, Reason]:
        """What to say of the documents named: not held, repealed, not clear which."""
        notices: list[str] = []
        reason: Reason = ""
        for citation in cited:
            documents = self._places.documents(citation)
            if not documents:
                notice, why = self._places.unheld(citation.title, citation.version)
                notices.append(notice)
                reason = why if not held and not self._told_of(citation.title) else reason
            elif len(documents) > 1:
                either = "或".join(document.name for document in documents)
                notices.append(f"“{citation.title}”可能指{either}，请写全称。")
            else:
                notices.append(standing(documents[0], self._places.repealed(documents[0].title)))
        return "".join(dict.fromkeys(notices)), reason

    def _common_words(self, citation: Citation) -> bool:
        """Whether a name that nobody knows is said by the library itself: 自治条例, 地方性条例."""
        named = "《" in citation.surface or citation.article or citation.sections
        known = self._resolver.versions(citation.title) or self._resolver.meant(citation.title)
        return not named and not known and self._told_of(citation.title)

    def _told_of(self, title: str) -> bool:
        """Whether the library's own documents speak of one that is no law and is not held."""
        if title.endswith(_LAW) or title.startswith(_COUNTRY):
            return False
        return next(iter(self._wording.exact(title, False)), None) is not None


def without_names(query: str, cited: Sequence[Citation]) -> str:
    """What a query asks, without the names and places in it and the words that join them to it."""
    return _TAIL.sub("", _HEAD.sub("", "".join(_outside(query, cited)))) if cited else query


def _outside(query: str, cited: Sequence[Citation]) -> Iterator[str]:
    at = 0
    for citation in cited:
        yield query[at : citation.start]
        at = max(at, citation.end)
    yield query[at:]

"""A question goes its own way: a place named, words quoted, or a plain question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus import Citation, Document, Passage, Resolver, SectionPlace, clause_span, parse_article
from index import Filters, Found, Index, normal
from qa.records import RouteName
from qa.wording import Wording

__all__ = ["Route", "Router"]

_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{2,})[”」』\"]")
_MARKS = '“”「」『』"。？?！! '
_FILLER = re.compile(
    r"[的是了说讲写有请问一下什么吗呢内容规定全文原文怎么如何查看哪里哪儿?？,，。:：\s]+"
)
_PLAN = re.compile(
    r"(?:根据|按照|依据|在)?(?:本|这个|这份|该|法治首府(?:建设)?)?规划(?:文本|文件)?(?:里面|里头|里|中|上)"
    r"(?:是)?(?:对|关于)?|(?:^|(?<=[，,。？?]))(?:本|这个|这份|该)?规划(?=怎么|咋|有没有|是怎么|是否|对)"
)
_QUOTED_ENOUGH, _LONG_ENOUGH = 4, 12
_FEW = 4
_MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question leads: its name, the passages found there, and what to tell the user.

    ``only`` says that nothing but these passages was asked for; ``topic`` is what the question asks
    without the documents it names.
    """

    name: RouteName
    found: list[Found]
    notice: str = ""
    only: bool = False
    topic: str = ""

    def filled_up(self, more: Sequence[Found]) -> list[Found]:
        """The passages, then those of a search that are not among them.

        Words quoted in a question are not the question: then the search gives the order, passages
        that hold the words before the others.
        """
        rows = {hit.row for hit in self.found}
        others = [hit for hit in more if hit.row not in rows]
        if self.name != "phrase":
            return self.found + others
        ranked = {hit.row for hit in more}
        holding = [replace(hit, score=(1 + hit.score) / 2) for hit in more if hit.row in rows]
        below = [hit for hit in self.found if hit.row not in ranked]
        holding += [replace(hit, score=0.5, asked_for=False) for hit in below]
        return holding + [replace(hit, score=hit.score / 2) for hit in others]


class Router:
    """Decides the way of a question over one index."""

    def __init__(self, index: Index, resolver: Resolver, wording: Wording) -> None:
        self._index = index
        self._wording = wording
        self._resolver = resolver
        self._rows = {passage.id: row for row, (_, passage) in enumerate(index.passages)}

    def route(self, query: str, filters: Filters) -> Route | None:
        """The special way of this query, or None for plain search."""
        for way in (self._document, self._places, self._section, self._words):
            route = way(query, filters)
            if route is not None:
                return route
        return None

    def scope(self, query: str) -> tuple[frozenset[str], str]:
        """The ids of the held documents that the query names, and what it asks of them.

        规划里怎么管听证会? asks 怎么管听证会? of the plan: the words that name it would lead to the
        passages that speak of plans.
        """
        ids = {c.document_id for c in self._resolver.find(query) if c.document_id}
        topic = _PLAN.sub("", query)
        if topic != query:
            ids |= {d.id for d in self._index.documents.values() if d.kind == "规划"}
            ids |= {self._own.id} if self._own else set()
        return frozenset(ids), topic if len(topic) >= _FEW else query

    def _document(self, query: str, filters: Filters) -> Route | None:
        """民法典: the document from its beginning. 第五十四条: a question back, of which law."""
        name = query.strip(_MARKS + "《》")
        if parse_article(name):
            return Route(
                "place", [], f"没有写明是哪部法律的{name}，请写成“民法典{name}”这样。", only=True
            )
        held = [known.id for known in self._resolver.versions(name) if known.id]
        if not held or filters.limited:
            return None
        document = self._index.documents[held[0]]
        beginning = [p for p in document.passages if p.kind == "text"][:_MOST_PLACES]
        notice = f"以下从头列出{document.name}，目录见“文档库”。"
        return Route("place", [self._found(document, p) for p in beginning], notice, only=True)

    def _places(self, query: str, filters: Filters) -> Route | None:
        """民法典第一千二百六十条: the article, or word that it does not exist or is not held."""
        named = [c for c in self._resolver.find(query) if c.article]
        if not named:
            return None
        found: list[Found] = []
        notices: list[str] = []
        for citation in named:
            places = list(self._article(citation, filters))
            found += [place for place in places if place.row not in {f.row for f in found}]
            if not places:
                notices.append(self._why_missing(citation))
        rest = "".join(
            character
            for at, character in enumerate(query)
            if not any(c.start <= at < c.end for c in named)
        )
        only = len(_FILLER.sub("", rest)) <= 3
        return Route("place", found, "".join(dict.fromkeys(notices)), only)

    def _article(self, citation: Citation, filters: Filters) -> Iterator[Found]:
        document = self._index.documents.get(citation.document_id or "")
        if document is None or (filters.limited and not filters.admits(document)):
            return
        passages = [p for p in document.passages if p.article == citation.article]
        if not passages:
            return
        wanted = None
        if citation.clause or citation.item:
            first, last = passages[0].start, passages[-1].end
            wanted = clause_span(document.text, first, last, citation.clause, citation.item)
            if wanted is None:
                return
        for passage in passages:
            span = wanted or (passage.start, passage.end)
            start, end = max(span[0], passage.start), min(span[1], passage.end)
            if start < end:
                yield self._found(document, passage, (start, end))

    def _why_missing(self, citation: Citation) -> str:
        document = self._index.documents.get(citation.document_id or "")
        if document is None:
            return f"《{citation.title}》未入库，没有它的条文。"
        held = any(p.article == citation.article for p in document.passages)
        if held and (citation.clause or citation.item):
            return f"《{document.title}》{citation.article}没有所说的款、项。"
        return f"《{document.title}》没有{citation.article}。"

    def _section(self, query: str, filters: Filters) -> Route | None:
        """规划第三章第三节: all its passages in order."""
        place = self._resolver.find_place(query, self._own)
        if place is None:
            return None
        document = self._index.documents.get(place.document_id or "")
        if document is None and not place.title:
            document = self._own
            if document is None or not self._sections(document, place):
                return None
        if document is None:
            return Route("place", [], f"《{place.title}》未入库，没有它的章节。", only=True)
        if filters.limited and not filters.admits(document):
            return None
        found = self._sections(document, place)
        if not found:
            return Route("place", [], f"{document.name}没有{''.join(place.labels)}。", only=True)
        rest = query[: place.start] + query[place.end :]
        return Route("place", found, only=len(_FILLER.sub("", rest)) <= 3)

    def _sections(self, document: Document, place: SectionPlace) -> list[Found]:
        return [
            self._found(document, passage)
            for passage in document.passages
            if passage.kind == "text" and _stands_in(document, passage, place)
        ]

    @property
    def _own(self) -> Document | None:
        """The plan that 本规划 and a section without a name mean: the library's first document."""
        lead = self._index.lead
        return None if lead.origin == "law" else lead

    def _words(self, query: str, filters: Filters) -> Route | None:
        """Quoted words, or a long stretch of the source itself."""
        whole = query.strip(_MARKS)
        quoted = [match[1] for match in _QUOTED.finditer(query)]
        asked = [words for words in quoted if len(words) >= _QUOTED_ENOUGH or words == whole]
        if not asked and len(whole) >= _LONG_ENOUGH:
            asked = [whole]
        admitted = self._index.admitted(filters)
        for words in asked:
            found = self._standing(words, admitted, filters.all_versions)
            if found:
                return Route("phrase", found, only=len(whole) - len(words) <= _FEW)
        return None

    def _standing(self, words: str, admitted: NDArray[np.bool_], all_versions: bool) -> list[Found]:
        found: dict[str, Found] = {}
        for match in islice(self._wording.exact(words, all_versions), _MOST_PLACES):
            row = self._rows.get(match.passage.id)
            if row is not None and admitted[row]:
                span = (max(match.start, match.passage.start), min(match.end, match.passage.end))
                found.setdefault(match.passage.id, self._found(match.document, match.passage, span))
        return list(found.values())

    def _found(
        self, document: Document, passage: Passage, span: tuple[int, int] | None = None
    ) -> Found:
        evidence = () if span is None else ((*span, 1.0),)
        return Found(self._rows[passage.id], document, passage, 1.0, evidence, asked_for=True)


def _stands_in(document: Document, passage: Passage, place: SectionPlace) -> bool:
    labels = [normal(s.label) for s in document.path(passage.section)]
    return labels[: len(place.labels)] == [normal(label) for label in place.labels]

"""A question goes its own way: a place named, words quoted, or a plain question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus import Resolver
from index import Filters, Found, Index
from qa.answering.places import Places
from qa.answering.query import clean_query
from qa.answering.scope import FILLER, Scope, Scoper, without_names
from qa.records import Reason, RouteName
from qa.wording import Wording

__all__ = ["Route", "Router"]

_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{2,})[”」』\"]")
_MARKS = '“”「」『』"。？?！! '
_SECTION_END = re.compile(r"(?:这?一?[章节编]|部分)$")
_QUOTED_ENOUGH, _LONG_ENOUGH = 4, 12
_FEW = 4
_LITTLE = 3
_MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question leads: its name, the passages found there, and what to tell the user.

    ``only`` says that nothing but these passages was asked for; ``topic`` is what the question asks
    without the documents it names; ``reason`` why nothing found is an answer, "" when it may be.
    """

    name: RouteName
    found: list[Found]
    notice: str = ""
    only: bool = False
    topic: str = ""
    reason: Reason = ""

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
        self.places = Places(index, resolver)
        self._scoper = Scoper(index, resolver, self.places, wording)

    def route(self, query: str, filters: Filters) -> Route | None:
        """The special way of this query, or None for plain search."""
        for way in (self._document, self._placed, self._words):
            route = way(query, filters)
            if route is not None:
                return route
        return None

    def scope(self, query: str) -> Scope:
        """What documents the query is asked of, and what it asks of them."""
        return self._scoper.read(query)

    def is_place(self, text: str) -> bool:
        """Whether the text is nothing else than a place of the library: 民法典第1260条."""
        route = self._placed(clean_query(text)[0], Filters())
        return route is not None and route.only and bool(route.found)

    def _document(self, query: str, filters: Filters) -> Route | None:
        """民法典: the document from its beginning, or that it is not held."""
        name = query.strip(_MARKS + "《》")
        versions = self._resolver.versions(name)
        if not versions or filters.limited:
            return None
        held = [known.id for known in versions if known.id]
        if not held:
            notice, reason = self.places.unheld(versions[0].title)
            return Route("place", [], notice, only=True, reason=reason)
        document = self._index.documents[held[0]]
        beginning = [p for p in document.passages if p.kind == "text"][:_MOST_PLACES]
        notice = f"以下从头列出{document.name}，目录见“文档库”。"
        return Route("place", [self.places.found(document, p) for p in beginning], notice, True)

    def _placed(self, query: str, filters: Filters) -> Route | None:
        """民法典第一千二百六十条, 规划第三章第三节: what stands there, or why nothing does."""
        cited = self.places.cited(query)
        places = [c for c in cited if c.article or c.sections]
        if not places:
            return self._headed(query, filters)
        found: list[Found] = []
        notices: list[str] = []
        reason: Reason = ""
        for citation in places:
            at = self.places.at(citation, filters)
            found += [place for place in at if place.row not in {f.row for f in found}]
            if not at:
                notice, reason = self.places.missing(citation)
                notices.append(notice)
        rest = without_names(query, [c for c in cited if c.title or c in places])
        only = len(FILLER.sub("", rest)) <= _LITTLE
        if not only and not found and reason == "no_document":
            return None
        said = "".join(dict.fromkeys(notices))
        return Route("place", found, said, only, reason="" if found else reason)

    def _headed(self, query: str, filters: Filters) -> Route | None:
        """公司法法律责任一章: the section of that title in the one document named."""
        scope = self.scope(query)
        words = _SECTION_END.sub("", FILLER.sub("", scope.topic))
        if len(scope.first) != 1 or filters.limited:
            return None
        [document] = (self._index.documents[each] for each in scope.first)
        found = self.places.headed(document, words)
        return Route("place", found[:_MOST_PLACES], only=True) if found else None

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
            if any(admitted[row] for row in self._index.passages.ranked([match.passage])):
                span = (max(match.start, match.passage.start), min(match.end, match.passage.end))
                place = self.places.found(match.document, match.passage, span)
                found.setdefault(match.passage.id, place)
        return list(found.values())

"""References between documents, and inside them: each clause's citations, and who cites a clause.

What ``corpus.citations`` and ``corpus.pointing`` find in a document is resolved to a place that
stands or does not stand in the library. Left out are:

- a document's mentions of its own title without an article;
- in amendments, 前款 and the like: they mean the amended text, not theirs;
- the articles of an annex (附件一第二条), and a bare 第八条 in a document that has no articles.

A mention of an older version's own title means that version; any other the version in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.citations import Resolver
from corpus.numerals import to_chinese
from corpus.pointing import Articles, pointing_back
from corpus.records import Citation, Document, Passage

__all__ = ["Link", "Links", "pointed_back", "resolve_links"]

_AMENDING = frozenset({"修正案", "修改决定"})
_ANNEX = re.compile("附[件录表][一二三四五六七八九十]*$")


@dataclass(frozen=True, slots=True)
class Link:
    """One reference: from words in a passage to a document, or to an article, 款 or 项 of it.

    ``start``/``end`` are offsets of the mention into the text of ``document_id``. ``target_id`` is
    None when the document is not held; ``target_start``/``target_end`` are the span of the cited
    place in the target's text, None when no article is cited or the place is not there.
    """

    document_id: str
    passage_id: str
    start: int
    end: int
    surface: str
    title: str
    target_id: str | None = None
    article: str | None = None
    clause: int | None = None
    item: int | None = None
    target_start: int | None = None
    target_end: int | None = None

    @property
    def held(self) -> bool:
        """Whether the library holds the cited document."""
        return self.target_id is not None

    @property
    def exists(self) -> bool:
        """Whether the cited document is held and has the cited place."""
        return self.held and (self.article is None or self.target_start is not None)

    @property
    def internal(self) -> bool:
        """Whether a document points to itself."""
        return self.document_id == self.target_id

    @property
    def place(self) -> str:
        """第五条第二款第（三）项, as far as the reference says it."""
        words = self.article or ""
        if self.clause is not None:
            words += f"第{to_chinese(self.clause)}款"
        return words if self.item is None else f"{words}第（{to_chinese(self.item)}）项"


def resolve_links(documents: Iterable[Document], resolver: Resolver) -> Links:
    """The references in and between these documents; each document is read when first asked for."""
    return Links(documents, resolver)


def pointed_back(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the 款 and articles stand that words of an article point back to (前款, 前条).

    Of an item its whole 款: an item says nothing without the line that opens its list.
    """
    source = Articles(document)
    for citation in pointing_back(source, (), (start, end)):
        span = source.find(replace(citation, item=None))
        if span is not None:
            yield span


class Links:
    """References, forwards and back. Iterating gives all, in the order of the library."""

    def __init__(self, documents: Iterable[Document], resolver: Resolver) -> None:
        self._shelf = {held.id: Articles(held) for held in documents}
        self._resolver = resolver
        self._made: dict[str, tuple[Link, ...]] = {}

    def __iter__(self) -> Iterator[Link]:
        for identity in self._shelf:
            yield from self._of(identity)

    def cites(self, document_id: str, passage_id: str | None = None) -> list[Link]:
        """What a document, or one passage of it, refers to, in the order of its text."""
        made = self._of(document_id)
        return [link for link in made if passage_id in {None, link.passage_id}]

    def cited_by(self, document_id: str, article: str | None = None) -> list[Link]:
        """Where a document, or one article of it, is referred to; its own articles among them.

        For a document that is not held, give its title. The first call reads the whole library.
        """
        found = self._back.get(document_id, [])
        return [link for link in found if article in {None, link.article}]

    def _of(self, identity: str) -> tuple[Link, ...]:
        if identity not in self._made:
            places = self._shelf.get(identity)
            self._made[identity] = () if places is None else tuple(self._read(places))
        return self._made[identity]

    @cached_property
    def _back(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self:
            key = link.title if link.target_id is None else link.target_id
            found.setdefault(key, []).append(link)
        return found

    def _read(self, source: Articles) -> Iterator[Link]:
        document = source.document
        citations = self._resolver.find(document.text, document)
        kept = [own for each in citations if (own := _own_version(source, each)) is not None]
        if source.spans and document.kind not in _AMENDING:
            kept = sorted([*kept, *pointing_back(source, citations)], key=_by_position)
        for citation in kept:
            passage = source.passage_at(citation.start)
            if passage is not None:
                yield self._link(citation, passage)

    def _link(self, citation: Citation, passage: Passage) -> Link:
        target = self._shelf.get(citation.document_id or "")
        span = None if target is None else target.find(citation)
        return Link(
            document_id=passage.document_id,
            passage_id=passage.id,
            start=citation.start,
            end=citation.end,
            surface=citation.surface,
            title=citation.title,
            target_id=None if target is None else target.document.id,
            article=citation.article,
            clause=citation.clause,
            item=citation.item,
            target_start=None if span is None else span[0],
            target_end=None if span is None else span[1],
        )


def _by_position(citation: Citation) -> tuple[int, int]:
    return citation.start, citation.end


def _own_version(source: Articles, citation: Citation) -> Citation | None:
    """The citation with what is left out of a document's mentions of itself as None."""
    document = source.document
    before = document.text[max(0, citation.start - 4) : citation.start]
    bare = citation.surface.startswith("第")
    if bare and _ANNEX.search(before):
        return None
    if citation.title != document.title:
        return citation
    if citation.article is None or (bare and not source.spans):
        return None
    return replace(citation, document_id=document.id)

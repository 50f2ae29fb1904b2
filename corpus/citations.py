"""Every mention of a document, and of a place in it, found in a text and resolved.

Names stand in 《》 or without (``corpus.mentions``); places follow them (``corpus.places``). What
points back is resolved too:

- 本法第十条, 本条例第三条: the document the text belongs to, if given, else the last one named;
- 该法第十条, 同法第十二条: the last one named;
- a bare 第六条 inside a line: the document named before it in the same sentence, else the one the
  text belongs to, else the one named before it in the same line; else, and after words that mean
  something else (合同第六条, 上述规定第六条), it is left alone.

In an amendment or interpretation, 本法 and a bare 第六条 mean the law it amends or interprets. Of
several versions, a mention means the one in force, the newest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.catalog import Catalog
from corpus.known import KnownDocument, Names, known_documents
from corpus.mentions import Mention, MentionFinder
from corpus.places import Place, read_places
from corpus.records import Citation, Document

__all__ = ["CitedRow", "Resolver", "cited_documents"]

_AMENDING = frozenset({"修正案", "修改决定", "立法解释"})
_AMENDING_WORDS = frozenset({"决定", "解释"})
"""What an amendment or interpretation calls itself: 本决定 is never the law it amends."""


@dataclass(frozen=True, slots=True)
class CitedRow:
    """One document that another cites; ``lines`` count from 1 in the citing text."""

    title: str
    lines: tuple[int, ...]
    held: bool
    document_id: str | None
    address: str
    how: str


class Resolver:
    """Finds mentions in texts; built once from the documents that names can stand for."""

    def __init__(self, known: Iterable[KnownDocument]) -> None:
        self._names = Names(known)
        self._finder = MentionFinder(self._names)

    @classmethod
    def for_library(cls, documents: Iterable[Document], catalog: Catalog) -> Resolver:
        """Build one that knows the held documents and every title in the catalog."""
        return cls(known_documents(documents, catalog, (law.title for law in catalog.core)))

    def versions(self, name: str) -> tuple[KnownDocument, ...]:
        """Return every document of this title or alias, the one in force first.

        () if it is unknown, or short for several.
        """
        return self._names.versions(name.strip().removeprefix("《").removesuffix("》"))

    def meant(self, name: str) -> tuple[str, ...]:
        """Return the titles that a name may be short for, several when it is not clear."""
        return self._names.meant(name)

    def find(
        self, text: str, self_document: Document | None = None, asked: bool = False
    ) -> list[Citation]:
        """Return the mentions in the order of the text; a list or range gives one for each place.

        ``self_document`` is the document the text belongs to; 本法 then means it. ``asked``: the
        text is a question, in which more may be left out (民法典1260); a place of no document
        (第五条) then comes with the title "".
        """
        subject = self._subject(self_document)
        found: list[Citation] = []
        last: Mention | None = None
        done = 0
        for found_there in self._finder.find(text, asked):
            if found_there.start < done:
                continue
            mention = self._finder.read_back(text, found_there, done)
            itself = mention.title in _AMENDING_WORDS and self_document
            target = _target(text, mention, last, _own(itself) if itself else subject)
            if target is None and asked and mention.kind != "unknown":
                target = Mention(mention.start, mention.end, "that")
            places = read_places(text, mention.end, asked)
            done = max([mention.end, *(place.end for place in places)])
            if target is not None:
                found += _citations(text, mention, target, places)
                if target.title:
                    last = Mention(mention.start, done, "name", target.title, target.known)
        return found

    def _subject(self, document: Document | None) -> Mention | None:
        """What 本法 means in this document: itself, or the law that it amends or interprets."""
        if document is None:
            return None
        if document.kind in _AMENDING:
            title = document.title
            named = re.search("《([^《》]+)》", title)
            name = named[1] if named else re.sub(r"修正案(?:[(（].*)?$", "", title)
            amended = self.versions(name)
            return Mention(0, 0, "name", amended[0].title, amended[0]) if amended else None
        return _own(document)


def _own(document: Document) -> Mention:
    return Mention(0, 0, "name", document.title, KnownDocument(document.title, document.id))


def _target(
    text: str, mention: Mention, last: Mention | None, subject: Mention | None
) -> Mention | None:
    """The document that a name, a word like 该法, or a bare article stands for."""
    if mention.kind in {"name", "unknown"}:
        return mention if mention.kind == "name" else None
    if mention.kind == "this":
        return subject or last
    if mention.kind == "that":
        return last
    if last is None:
        return subject
    between = text[last.end : mention.start]
    if len(between) < 300 and not re.search(r"[。\n]", between):
        return last
    return subject or (last if len(between) < 2000 and "\n" not in between else None)


def _citations(
    text: str, mention: Mention, target: Mention, places: Sequence[Place]
) -> Iterator[Citation]:
    identity = target.known.id if target.known else None
    if not places and mention.kind == "name":
        surface = text[mention.start : mention.end]
        yield Citation(mention.start, mention.end, surface, target.title, identity)
    first_end = places[0].end if places else 0
    for place in places:
        # The places that one expression stands for (第三、四条) share its span, name included.
        start = mention.start if place.end == first_end else place.start
        yield Citation(
            start,
            place.end,
            text[start : place.end],
            target.title,
            identity,
            place.article,
            place.clause,
            place.item,
            sections=place.sections,
        )


def cited_documents(document: Document, resolver: Resolver, catalog: Catalog) -> list[CitedRow]:
    """List the documents that one cites, in the order of first mention, itself left out."""
    lines: dict[str, list[int]] = {}
    identities: dict[str, str | None] = {}
    at, line = 0, 1
    for citation in resolver.find(document.text, document):
        line += document.text.count("\n", at, citation.start)
        at = citation.start
        if citation.title == document.title:
            continue
        mentioned = lines.setdefault(citation.title, [])
        if line not in mentioned:
            mentioned.append(line)
        identities[citation.title] = citation.document_id
    unknown = "目录未登记该文件；取得后可以入库"
    rows: list[CitedRow] = []
    for title, numbers in lines.items():
        entry = catalog.cited_as(title)
        identity = identities[title]
        how = "" if identity else (entry.how if entry else unknown)
        address = entry.address_note if entry else ""
        rows.append(CitedRow(title, tuple(numbers), identity is not None, identity, address, how))
    return rows

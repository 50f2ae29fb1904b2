"""Every mention of a document, and of a place in it, found in a text and resolved.

Names stand in 《》 or, when known, without (the rules are those of ``corpus.names``); places follow
them (``corpus.places``). What points back is resolved too:

- 本法第十条, 本条例第三条: the document the text belongs to, if given, else the last one named;
- 该法第十条, 同法第十二条: the last one named;
- a bare 第六条 inside a line: the document named before it in the same sentence, else the one the
  text belongs to, else the one named before it in the same line; else, and after a name that is
  not known (…法第六条), it is left alone.

In an amendment or interpretation, 本法 and a bare 第六条 mean the law it amends or interprets. Of
several versions, a mention means the one in force, the newest first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.catalog import Catalog
from corpus.names import bracketed_names, find_names, key_variants, name_key, name_pattern
from corpus.places import ARTICLE_START, Place, read_places, read_section_labels
from corpus.records import Citation, Document

__all__ = [
    "CitedRow",
    "KnownDocument",
    "Resolver",
    "SectionPlace",
    "cited_documents",
    "known_documents",
]

_KINDS = "法典|法|条例|规划|纲要|办法|规定|决定|意见|建议|细则|章程|方案"
_BACK = re.compile(rf"(?<!合)(?P<word>本|该|同|上述|前述)(?:{_KINDS})(?=\s?的?\s?{ARTICLE_START})")
_BARE = re.compile(ARTICLE_START)
# The label of an article at the head of its line, or the name of a document that is not known.
_BEFORE = re.compile(rf"[\r\n]$|(?:{_KINDS}|规则|解释)\s?的?\s?$")
_SECTION = re.compile(r"第\s?[〇零一二三四五六七八九十百两0-9０-９]{1,9}\s?(?:编|分编|章|节|部分)")
_JOINT = re.compile(r"\s?(?:[(（][^()（）]{1,40}[)）])?\s?[的中]?\s?")
_SELF_NAME = re.compile(rf"本(?:{_KINDS})")
_AMENDING = frozenset({"修正案", "修改决定", "立法解释"})


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What a name can stand for: a held document (``id``), or one known by name only (None)."""

    title: str
    id: str | None = None
    aliases: tuple[str, ...] = ()
    status: str = ""
    published: str = ""
    articles: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A section named in a text: ``labels`` from the outermost in; ``title`` "" when not said."""

    start: int
    end: int
    title: str
    document_id: str | None
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedRow:
    """One document that another cites; ``lines`` count from 1 in the citing text."""

    title: str
    lines: tuple[int, ...]
    held: bool
    document_id: str | None
    address: str
    how: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a place may follow: a name, a word that points back, or nothing but the place."""

    start: int
    end: int
    kind: str
    title: str = ""
    known: KnownDocument | None = None


def known_documents(
    documents: Iterable[Document], catalog: Catalog | None = None, titles: Iterable[str] = ()
) -> list[KnownDocument]:
    """List the held documents, then what the catalog cites, then further titles, known by name."""
    found = [
        KnownDocument(
            title=held.title,
            id=held.id,
            aliases=catalog.names_of(held) if catalog else held.aliases,
            status=held.status,
            published=held.published,
            articles=frozenset(p.article for p in held.passages if p.article),
        )
        for held in documents
    ]
    held_titles = {known.title for known in found}
    held_keys = {name_key(title) for title in held_titles}
    for entry in () if catalog is None else catalog.cited:
        if name_key(entry.title) not in held_keys:
            found.append(KnownDocument(entry.title, aliases=entry.aliases, published=entry.date))
            held_titles.add(entry.title)
    for title in sorted(set(titles) - held_titles):
        short = title.removeprefix("中华人民共和国")
        found.append(KnownDocument(title, aliases=(short,) if short != title else ()))
    return found


class Resolver:
    """Finds mentions in texts; built once from the documents that names can stand for."""

    def __init__(self, known: Iterable[KnownDocument]) -> None:
        self._by_key: dict[str, list[KnownDocument]] = {}
        names: set[str] = set()
        for document in known:
            for name in (document.title, *document.aliases):
                names.add(name)
                self._by_key.setdefault(name_key(name), []).append(document)
        for versions in self._by_key.values():
            versions.sort(key=_preference)
        self._pattern = name_pattern(names)

    @classmethod
    def for_library(cls, documents: Iterable[Document], catalog: Catalog) -> Resolver:
        """Build one that knows the held documents and every title in the catalog."""
        return cls(known_documents(documents, catalog, (law.title for law in catalog.core)))

    def versions(self, name: str) -> tuple[KnownDocument, ...]:
        """Return every document of this title or alias, the one in force first; () if unknown."""
        for key in key_variants(name.strip().removeprefix("《").removesuffix("》")):
            if key in self._by_key:
                return tuple(self._by_key[key])
        return ()

    def find(self, text: str, self_document: Document | None = None) -> list[Citation]:
        """Return the mentions in the order of the text; a list or range gives one for each place.

        ``self_document`` is the document the text belongs to; 本法 then means it.
        """
        subject = self._subject(self_document)
        found: list[Citation] = []
        last: _Anchor | None = None
        done = 0
        for anchor in self._anchors(text):
            if anchor.start < done:
                continue
            target = _target(text, anchor, last, subject)
            places = read_places(text, anchor.end)
            done = max([anchor.end, *(place.end for place in places)])
            if target is not None:
                found += _citations(text, anchor, target, places)
                last = _Anchor(anchor.start, done, "name", target.title, target.known)
        return found

    def find_place(self, text: str, self_document: Document | None = None) -> SectionPlace | None:
        """Return the first section named in a text (规划第三章第三节第二项); None when none is.

        ``title`` is "" when no known name stands directly before the section.
        """
        match = _SECTION.search(text)
        labels, end = read_section_labels(text, match.start()) if match else ((), 0)
        if match is None or not labels:
            return None
        for anchor in self._anchors(text):
            if anchor.kind == "name" and _JOINT.fullmatch(text, anchor.end, match.start()):
                identity = anchor.known.id if anchor.known else None
                return SectionPlace(anchor.start, end, anchor.title, identity, labels)
        own = _SELF_NAME.search(text, max(0, match.start() - 3), match.start())
        if own and self_document:
            return SectionPlace(own.start(), end, self_document.title, self_document.id, labels)
        return SectionPlace(match.start(), end, "", None, labels)

    def _anchors(self, text: str) -> list[_Anchor]:
        brackets = bracketed_names(text)
        starts = [start for start, _ in brackets]
        found = [
            self._named(text, *span, text[span[0] : span[1]])
            for span in find_names(text, self._pattern)
        ]
        found += [_Anchor(*m.span(), m["word"]) for m in _BACK.finditer(text)]
        for match in _BARE.finditer(text):
            before = _BEFORE.search(text, max(0, match.start() - 4), match.start())
            kind = "bare" if before is None else "label" if before[0].isspace() else "unknown"
            if match.start() and kind != "label":
                found.append(_Anchor(match.start(), match.start(), kind))
        anchors = [self._named(text, *span, text[span[0] + 1 : span[1] - 1]) for span in brackets]
        for anchor in found:
            # What stands inside a name in 《》 is part of that name.
            index = bisect_right(starts, anchor.start) - 1
            if index < 0 or anchor.start >= brackets[index][1]:
                anchors.append(anchor)
        return sorted(anchors, key=lambda anchor: (anchor.start, -anchor.end))

    def _named(self, text: str, start: int, end: int, name: str) -> _Anchor:
        versions = self.versions(name)
        title = versions[0].title if versions else re.sub(r"\s+", "", name)
        return _Anchor(start, end, "name", title, versions[0] if versions else None)

    def _subject(self, document: Document | None) -> _Anchor | None:
        """What 本法 means in this document: itself, or the law that it amends or interprets."""
        if document is None:
            return None
        if document.kind in _AMENDING:
            title = document.title
            for anchor in self._anchors(title):
                if anchor.kind == "name" and anchor.title != title:
                    return anchor
            amended = self.versions(re.sub(r"修正案(?:[(（].*)?$", "", title))
            return _Anchor(0, 0, "name", amended[0].title, amended[0]) if amended else None
        itself = KnownDocument(document.title, document.id)
        return _Anchor(0, 0, "name", document.title, itself)


def _preference(known: KnownDocument) -> tuple[int, int, str]:
    """Sort key: held, in force, newest."""
    held = 0 if known.id is not None else 1
    ranks = {"尚未施行": 1, "已被修改": 2, "已废止": 3}
    newest = "".join(chr(0x10FFFF - ord(character)) for character in known.published)
    return held, ranks.get(known.status, 0), newest


def _target(
    text: str, anchor: _Anchor, last: _Anchor | None, subject: _Anchor | None
) -> _Anchor | None:
    """The document that a name, a word like 该法, or a bare article stands for."""
    if anchor.kind in {"name", "unknown"}:
        return anchor if anchor.kind == "name" else None
    if anchor.kind == "本":
        return subject or last
    if anchor.kind != "bare":
        return last
    if last is None:
        return subject
    between = text[last.end : anchor.start]
    if len(between) < 300 and not re.search(r"[。\n]", between):
        return last
    return subject or (last if len(between) < 2000 and "\n" not in between else None)


def _citations(
    text: str, anchor: _Anchor, target: _Anchor, places: Sequence[Place]
) -> Iterator[Citation]:
    identity = target.known.id if target.known else None
    if not places and anchor.kind == "name":
        surface = text[anchor.start : anchor.end]
        yield Citation(anchor.start, anchor.end, surface, target.title, identity)
    first_end = places[0].end if places else 0
    for place in places:
        # The places that one expression stands for (第三、四条) share its span, name included.
        start = anchor.start if place.end == first_end else place.start
        yield Citation(
            start,
            place.end,
            text[start : place.end],
            target.title,
            identity,
            place.article,
            place.clause,
            place.item,
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
    unknown = "目录未登记该文件；取得后用 faju documents add 入库"
    rows: list[CitedRow] = []
    for title, numbers in lines.items():
        entry = catalog.cited_as(title)
        identity = identities[title]
        how = "" if identity else (entry.how if entry else unknown)
        address = entry.address_note if entry else ""
        rows.append(CitedRow(title, tuple(numbers), identity is not None, identity, address, how))
    return rows

"""引用关系 in the reader: what a passage cites, and which clauses cite it.

The fold is part of the reader; what is in it is fetched when it is unfolded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus import sentence_spans
from qa.markup import Html, render
from qa.page.call import Call, Given
from qa.page.marks import Piece, clipped, pieces
from qa.records import CitingPassage, LinkRecord

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["FIRST", "Fold", "citing_documents", "link_calls", "links_panel"]

FIRST = 20
"""Entries of a list that are shown before the rest is asked for."""
_BEFORE, _AFTER = 40, 60  # characters of the sentence kept around a mention
_LABEL = re.compile(r"第[^条\s]{1,12}条\S{0,3}\s+")
_PAUSE = re.compile("[，；、,;]")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fold:
    """The folded block, still empty: of a passage, of a section or of a whole document."""

    document: str
    title: str
    start: int | None = None
    end: int | None = None

    @classmethod
    def of(cls, document_id: str, start: int | None = None, end: int | None = None) -> Fold:
        """Without ``end`` that of the section around ``start``, without either the document's."""
        if start is None:
            return cls(document_id, "被哪些文件引用")
        return cls(document_id, "这一部分的引用关系" if end is None else "引用关系", start, end)


@dataclass(frozen=True, slots=True)
class _Way:
    """A button that leads to a place of a document (without a span: to its table of contents)."""

    document: str
    words: str
    span: Pair | None = None
    marks: Sequence[Pair] = ()


@dataclass(frozen=True, slots=True)
class _Cited:
    """A cited place, named (with a way to it where it is held), and how often it is mentioned."""

    link: LinkRecord
    way: _Way | None
    held: str
    times: int


@dataclass(frozen=True, slots=True)
class _Citing:
    """A citing passage: the way to it, and the sentence of its first mention."""

    way: _Way
    said: list[Piece]


@dataclass(frozen=True, slots=True)
class _Group:
    """Entries under the document they stand in; ``first`` counts those of the groups before."""

    entries: Sequence[_Cited | _Citing]
    source: CitingPassage | None = None
    first: int = 0


@dataclass(slots=True)
class _List:
    """Groups one after another; those after the first entries wait behind a button."""

    groups: list[_Group] = field(default_factory=list)
    count: int = 0

    def add(self, entries: Sequence[_Cited | _Citing], source: CitingPassage | None = None) -> None:
        """One more group; none for nothing."""
        if entries:
            self.groups.append(_Group(entries, source, self.count))
            self.count += len(entries)


def links_panel(
    cites: Sequence[LinkRecord], cited_by: Sequence[LinkRecord], *, section: bool = False
) -> Html:
    """Both lists, for a passage or for a whole section."""
    targets = _by(cites, "document_id", "title", "article", "clause", "item")
    cited = _List()
    cited.add([_cited(mentions) for mentions in targets])
    what = "这一部分" if section else "本段"
    return render(
        "page/links_panel.html", what=what, cited=cited, citing=_citing(cited_by), shown=FIRST
    )


def citing_documents(cited_by: Sequence[LinkRecord]) -> Html:
    """The other documents that cite a whole document, each with its places."""
    return render("page/links_document.html", citing=_citing(cited_by), shown=FIRST)


def link_calls(engine: Engine) -> Sequence[Call]:
    """What is in a fold."""

    def open_links(given: Given) -> Html:
        document = given.text("document")
        if "start" not in given:
            return citing_documents(engine.links(document)["cited_by"])
        start = given.number("start")
        blocks = engine.section(document, start)["blocks"]
        whole = "end" not in given
        if not whole:
            end = given.number("end")
            blocks = [each for each in blocks if each["start"] < end and each["end"] > start]
        found = [engine.links(document, block["start"]) for block in blocks]
        cites = [link for each in found for link in each["cites"]]
        cited_by = [link for each in found for link in each["cited_by"]]
        return links_panel(cites, cited_by, section=whole)

    return (open_links,)


def _by(links: Iterable[LinkRecord], *keys: str) -> list[list[LinkRecord]]:
    """Links that agree in ``keys`` together, in the order in which each kind first comes."""
    groups: dict[tuple[Any, ...], list[LinkRecord]] = {}
    for link in links:
        groups.setdefault(tuple(link[key] for key in keys), []).append(link)  # type: ignore[literal-required]
    return list(groups.values())


def _cited(mentions: Sequence[LinkRecord]) -> _Cited:
    link = mentions[0]
    own = link["held"] and link["document_id"] == link["from"]["document_id"]
    times = len({(each["start"], each["end"]) for each in mentions})
    held = "本文件" if own else "已入库" if link["held"] else "未入库"
    return _Cited(link, _target(link), held, times)


def _target(link: LinkRecord) -> _Way | None:
    """Where a cited place is read: its span, marked when it is a 款 or 项 of an article."""
    if not link["held"] or link["document_id"] is None:
        return None
    target = link["target"]
    if target is None:
        return _Way(link["document_id"], link["citation"])
    span = target["start"], target["end"]
    part = link["clause"] is not None or link["item"] is not None
    return _Way(link["document_id"], link["citation"], span, [span] if part else ())


def _citing(cited_by: Sequence[LinkRecord]) -> _List:
    """The citing passages by document."""
    by_document: dict[str, dict[str, list[LinkRecord]]] = {}
    for link in cited_by:
        source = link["from"]
        passages = by_document.setdefault(source["document_id"], {})
        passages.setdefault(source["passage_id"], []).append(link)
    citing = _List()
    for passages in by_document.values():
        entries = [_place(mentions) for mentions in passages.values()]
        citing.add(entries, next(iter(passages.values()))[0]["from"])
    return citing


def _place(mentions: Sequence[LinkRecord]) -> _Citing:
    source = mentions[0]["from"]
    marks = sorted({(each["start"], each["end"]) for each in mentions})
    place = source["citation"].removeprefix(f"《{source['title']}》")
    place = place.removeprefix(f"({source['status']})") or source["citation"]
    way = _Way(source["document_id"], place, (source["start"], source["end"]), marks)
    return _Citing(way, _said(source, marks))


def _said(source: CitingPassage, marks: Sequence[Pair]) -> list[Piece]:
    """The sentence around the first mention, cut at pauses near it, mentions marked."""
    text, offset = source["text"], source["start"]
    first, last = marks[0][0] - offset, marks[0][1] - offset
    around = [span for span in sentence_spans(text) if span[0] <= first < span[1]]
    start, end = around[0] if around else (0, len(text))
    label = _LABEL.match(text)
    if label and start < label.end() <= first:
        start = label.end()
    low, high = max(start, first - _BEFORE), min(max(end, last), last + _AFTER)
    pauses = [pause.end() for pause in _PAUSE.finditer(text, low, high)]
    if low > start:
        low = next((pause for pause in pauses if pause <= first), low)
    if high < end:
        high = next((pause for pause in reversed(pauses) if pause > last), high)
    words = pieces(text[low:high], clipped(marks, offset + low, high - low))
    before = [("……", False)] if low > start else []
    after = [("……", False)] if high < end else []
    return [*before, *words, *after]

"""Statute text without quotation marks: …第五条规定，民事主体…; 法律依据：《…》第五条 民事主体….

It begins after a place and ends where the draft follows the article no longer
(``qa.check.extent``). What is told of the article in other words, or stands after a colon and has
nothing of it, is not compared; it is counted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus import Citation, Document
from qa.check.attribution import JOINED, VERB, Attribution
from qa.check.compare import key
from qa.check.extent import Extent, follow
from qa.check.quotations import Quotation
from qa.check.shelf import Place, Shelf

__all__ = ["Told", "find_told", "where_it_ends"]

_HEADING = re.compile(
    r"[)）]?(?:\s*[【〔\[][^】〕\]\n]{1,40}[】〕\]]|\s?[(（][^()（）\n]{2,20}[)）])?"
)
_SAYS = re.compile(
    rf"\s*[的之中]?(?:相关|有关|明确|具体|还|也|又|就|对此|作出|已经?)*(?:{VERB})"
    r"(?:了|的|是|有|如下|内容|明确|指出|规定)*\s*(?P<sign>[:：，,]?)\s*"
)
_SAYS_AT_LENGTH = re.compile(
    rf"[^，,:：。；;！？\n“”]{{0,16}}?(?:{VERB})[^，,:：。；;！？\n“”]{{0,6}}?(?P<sign>[:：，,])\s*"
)
_MARK = re.compile(r"\s*[:：，,]?\s*")
_SEGMENT = re.compile(r"[^。；;！？!?\n]*")
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]?")
_OPENS = frozenset('“「『‘"＂〝｢﹁﹃')
_RETOLD = 0.25
"""Share of character pairs in common from which a sentence tells the article in other words."""
_BETTER = 0.05
"""Likeness by which a later beginning must be better than an earlier one."""
_SHORTEST = 8
_SHORTEST_ELSEWHERE = 12
"""Letters of words that can tell another place from the one that is said."""
_NEARLY = 0.8
"""Likeness that words need which are said to be somewhere in a document."""
_LONGEST = 4000


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What follows places: words to compare, or None where they are told in other words."""

    words: Quotation | None
    said: Attribution


def find_told(
    text: str,
    citations: Sequence[Citation],
    quotations: Sequence[Quotation],
    shelf: Shelf,
    step: Callable[[], None] = lambda: None,
) -> list[Told]:
    """What a draft tells of the places it cites, without quotation marks, in its order.

    ``step`` is called for every place; what it raises ends the work.
    """
    reader = _Reader(text, quotations, shelf)
    found: list[Told] = []
    reach = 0
    for group in _groups(text, citations):
        step()
        told = reader.told(group) if group[0].start >= reach else None
        if told is not None:
            found.append(told)
            reach = told.words.end if told.words else reach
    return found


def _groups(text: str, citations: Sequence[Citation]) -> Iterator[list[Citation]]:
    """The citations, those that a list or range joins together."""
    group: list[Citation] = []
    for each in sorted(citations, key=lambda citation: (citation.start, citation.end)):
        between = text[group[-1].end : each.start] if group else ""
        apart = not JOINED.fullmatch(between) or text[each.start] == "本"
        if group and each.start >= group[-1].end and apart:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where words may begin after a place.

    ``said``: after 规定 or its like, or a mark; ``colon``: after one; ``directly``: 规定 follows
    the place itself.
    """

    start: int
    said: bool
    colon: bool = False
    directly: bool = False


class _Reader:
    """Reads what follows the citations of one draft."""

    def __init__(self, text: str, quotations: Sequence[Quotation], shelf: Shelf) -> None:
        self._text = text
        self._shelf = shelf
        self._outer = [each for each in quotations if each.marked and each.depth == 0]
        self._opens = [each.outer_start for each in self._outer]

    def told(self, group: Sequence[Citation]) -> Told | None:
        """What is told of a group of places, None for nothing or for words between marks."""
        end = max(each.end for each in group)
        openings = list(self._openings(end))
        if self._quoted(group[0].start) or any(self._quotes_at(each.start) for each in openings):
            return None
        held = [
            (document, citation)
            for citation in group
            if (document := self._shelf.documents.get(citation.document_id or "")) is not None
        ]
        return self._told(held, openings) if held else None

    def _told(
        self, held: Sequence[tuple[Document, Citation]], openings: Sequence[_Opening]
    ) -> Told | None:
        best, said = Extent(0, 0), Attribution()
        retold: tuple[float, Citation | None] = _RETOLD, None
        for opening in openings:
            for document, citation in held:
                extent, target = self.followed(opening, document, citation)
                share = max(extent.share, self._announced(opening))
                if opening.said and share > retold[0]:
                    retold = share, citation
                if extent.end > extent.start and extent.likeness > best.likeness + _BETTER:
                    best, said = extent, Attribution((target,), said=True, colon=opening.colon)
            if best.end > best.start and opening.directly:
                break
        if best.end == best.start:
            best, said = self._elsewhere(held, openings)
        if best.end > best.start:
            words = Quotation(best.start, best.end, best.start, best.end, marked=False)
            return Told(words, said)
        return Told(None, Attribution((retold[1],))) if retold[1] else None

    def _elsewhere(
        self, held: Sequence[tuple[Document, Citation]], openings: Sequence[_Opening]
    ) -> tuple[Extent, Attribution]:
        """Words that follow none of the places said, but another place of one of the documents."""
        for document, target in {document.id: (document, c) for document, c in held}.values():
            for opening in openings[:1]:
                extent = self._anywhere(opening, document, nearly=False)
                if extent.end > extent.start:
                    return extent, Attribution((target,), said=True, colon=opening.colon)
        return Extent(0, 0), Attribution()

    def _openings(self, end: int) -> Iterator[_Opening]:
        """Where words may begin, likeliest first."""
        heading = _HEADING.match(self._text, end)
        after = heading.end() if heading else end
        if says := _SAYS.match(self._text, after):
            yield _Opening(says.end(), True, says["sign"] in {":", "："}, directly=True)
        if mark := _MARK.match(self._text, after):
            sign = mark.group().strip()
            yield _Opening(mark.end(), bool(sign) or after > end, sign in {":", "："})
        if says := _SAYS_AT_LENGTH.match(self._text, after):
            yield _Opening(says.end(), True)

    def _announced(self, opening: _Opening) -> float:
        """1 for a sentence after a colon, given as the words of the place whatever it says."""
        if not opening.colon:
            return 0.0
        match = _SEGMENT.match(self._text, opening.start)
        return float(match is not None and len(key(match.group())) >= _SHORTEST)

    def followed(
        self, opening: _Opening, document: Document, target: Citation
    ) -> tuple[Extent, Citation]:
        """How far the words follow the place said; of a 款 only, where they go on beyond it."""
        if target.article is None:
            return self._anywhere(opening, document, nearly=opening.said), target
        within = self._along(opening, document, self._shelf.spans(document, target))
        if target.clause is None and target.item is None:
            return within, target
        whole = replace(target, clause=None, item=None)
        extent = self._along(opening, document, self._shelf.spans(document, whole))
        if within.end == within.start and extent.end - extent.start < _SHORTEST_ELSEWHERE:
            return within, target
        return extent, whole if extent.end > within.end > within.start else target

    def _along(self, opening: _Opening, document: Document, spans: Sequence[Span]) -> Extent:
        best = Extent(opening.start, opening.start)
        source = self._shelf.source(document)
        for span in spans:
            found = follow(self._text, opening.start, self._limit(opening.start), source, span)
            best = max(best, found, key=lambda each: (each.likeness, each.share, each.end))
        return best

    def _anywhere(self, opening: _Opening, document: Document, nearly: bool) -> Extent:
        """How far the words follow the place of the document, or of a version, where they stand."""
        nothing = Extent(opening.start, opening.start)
        match = _SEGMENT.match(self._text, opening.start)
        words = match.group() if match else ""
        beginning = key(words)[:_SHORTEST_ELSEWHERE]
        if len(beginning) < _SHORTEST_ELSEWHERE:
            return nothing
        places: list[Place] = []
        if beginning in self._shelf.source(document).key:
            places = self._shelf.standing(words, documents=[document.id])
        elif versions := [version.id for version in self._shelf.versions(document)]:
            places = self._shelf.standing(words, True, versions)
        if not places and nearly:
            near = self._shelf.nearby(words, documents=[document.id])
            places = [place for place in near if place.similarity >= _NEARLY]
        for place in places[:1]:
            return self._along(opening, place.document, self._shelf.around(place))
        return nothing

    def _limit(self, start: int) -> int:
        """Where words that begin here end at the latest: before a sentence that quotes."""
        for each in self._outer[bisect_left(self._opens, start) :]:
            if each.outer_start - start > _LONGEST:
                break
            if each.end - each.start >= _SHORTEST:
                before = self._text[start : each.outer_start]
                return start + max(before.rfind(mark) for mark in "。；;！？!?\n") + 1
        return min(len(self._text), start + _LONGEST)

    def _quoted(self, at: int) -> bool:
        index = bisect_right(self._opens, at) - 1
        return index >= 0 and at < self._outer[index].outer_end

    def _quotes_at(self, at: int) -> bool:
        """Whether a quotation, no mere term, begins here."""
        if self._text[at : at + 1] not in _OPENS:
            return False
        index = bisect_right(self._opens, at) - 1
        each = self._outer[index] if index >= 0 else None
        return each is not None and each.outer_start == at and each.end - each.start >= _SHORTEST


def where_it_ends(
    text: str,
    quotation: Quotation,
    said: Attribution,
    quotations: Sequence[Quotation],
    shelf: Shelf,
) -> Quotation:
    """A quotation whose mark never closes, as far as it follows the place said.

    Where it follows none, its first sentence: what comes after is more likely the writer's own.
    """
    reader = _Reader(text, [each for each in quotations if each != quotation], shelf)
    held = [
        (document, citation)
        for citation in said.targets
        if (document := shelf.documents.get(citation.document_id or "")) is not None
    ]
    opening = _Opening(quotation.start, True, said.colon)
    ends = [
        extent.end
        for document, citation in held
        if (extent := reader.followed(opening, document, citation)[0]).start == quotation.start
    ]
    first = _SENTENCE.match(text, quotation.start, quotation.end)
    end = max(ends, default=quotation.start)
    if end == quotation.start and first:
        end = first.end()
    return replace(quotation, end=end, outer_end=end)

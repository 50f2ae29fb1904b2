"""What points back without a name inside a statute: 前条, 前款, 前项, 本条第二款, a bare 第二款.

- 前条, 前两条: the articles before in the order of the text;
- 前款, 前两款: the 款 before in the same article; 前项, 前两项: the 项 before in the same 款;
- 本条第二款, and a bare 第二款 with no other place before it in its sentence: in the same article.

Where there is nothing so far back, or no such 款 for a bare one, the words are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from corpus.clauses import clause_span
from corpus.numerals import parse_number, to_chinese
from corpus.places import read_places
from corpus.records import Citation, Document, Passage

__all__ = ["Articles", "pointing_back"]

_DIGITS = "一二两三四五六七八九十"
_BACK = re.compile(
    rf"(?<![目之提日])前(?P<many>[{_DIGITS}]?)(?P<unit>条(?![件例])|款(?!项)|项(?!目))"
    rf"|(?P<here>本条)(?=第[{_DIGITS}]+款)"
    rf"|(?P<bare>)(?<![条款、至到和与及或者])(?=第[{_DIGITS}]+款)"
)
_STOP = re.compile("[。；\n]")
_LONGEST_TAIL = 80  # characters after 前款 in which places are listed (by eye, on the 378 laws)

Span = tuple[int, int]
Head = tuple[str, int | None, int | None]


class Articles:
    """A document's articles and what stands in them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [passage.start for passage in document.passages]

    @cached_property
    def spans(self) -> dict[str, list[Span]]:
        """Label → where the article stands; several spans where the label stands twice."""
        found: dict[str, list[Span]] = {}
        last: str | None = None
        for passage in self.document.passages:
            if passage.article is not None:
                spans = found.setdefault(passage.article, [])
                if passage.article == last:
                    spans[-1] = (spans[-1][0], passage.end)
                else:
                    spans.append((passage.start, passage.end))
            last = passage.article
        return found

    @cached_property
    def order(self) -> list[str]:
        """The articles' labels in the order of the text."""
        return list(self.spans)

    def passage_at(self, at: int) -> Passage | None:
        """The passage around an offset; None in page furniture."""
        index = bisect_right(self._starts, at) - 1
        passage = self.document.passages[index] if index >= 0 else None
        return passage if passage is not None and at < passage.end else None

    def find(self, citation: Citation) -> Span | None:
        """Where the cited article, 款 or 项 stands."""
        for start, end in self.spans.get(citation.article or "", []):
            if citation.clause is None and citation.item is None:
                return start, end
            span = clause_span(self.document.text, start, end, citation.clause, citation.item)
            if span is not None:
                return span
        return None

    def position(self, article: str, at: int) -> tuple[int, int]:
        """The numbers of the 款 and 项 around an offset in an article; 0 for none."""
        text = self.document.text
        for start, end in self.spans[article]:
            clause = 1
            while start <= at < end and (span := clause_span(text, start, end, clause, None)):
                if at < span[1]:
                    return clause, _item_at(text, span, at)
                clause += 1
        return 0, 0


def _item_at(text: str, clause: Span, at: int) -> int:
    number = 1
    while span := clause_span(text, *clause, 1, number):
        if span[0] <= at < span[1]:
            return number
        number += 1
    return 0


def pointing_back(
    source: Articles, citations: Sequence[Citation], span: Span | None = None
) -> Iterator[Citation]:
    """Every place that the document, or a span of it, points back to.

    ``citations`` are those already found in it.
    """
    text = source.document.text
    first, end = (0, len(text)) if span is None else span
    starts = [citation.start for citation in citations]
    last = 0
    for match in _BACK.finditer(text, first, end):
        passage = source.passage_at(match.start())
        index = bisect_right(starts, match.start())
        before = citations[index - 1].end if index else 0
        if match.start() < max(before, last) or passage is None or not passage.article:
            continue
        if before == match.start() > 0:
            # 第二十四条前两款: the first two of that article.
            continue
        if match["bare"] is not None and not _STOP.search(text, max(before, last), match.start()):
            continue
        following = starts[index] if index < len(starts) else len(text)
        stop = min(following, match.end() + _LONGEST_TAIL)
        for place in _back_places(source, passage.article, match, stop):
            last = max(last, place.end)
            yield place


def _back_places(
    source: Articles, article: str, match: re.Match[str], stop: int
) -> Iterator[Citation]:
    """The places of one mention: what it means written out, read with what follows in the text."""
    document, text = source.document, source.document.text
    heads = _heads(source, article, match)
    tail = text[match.end() : stop] if len(heads) == 1 else ""
    for label in map(_written, heads):
        shift = match.end() - len(label)
        for place in read_places(label + tail, 0):
            start, end = max(match.start(), place.start + shift), place.end + shift
            words = text[start:end]
            where = (place.article, place.clause, place.item)
            citation = Citation(start, end, words, document.title, document.id, *where)
            if match["bare"] is None or source.find(citation) is not None:
                yield citation


def _heads(source: Articles, article: str, match: re.Match[str]) -> list[Head]:
    """The articles, 款 or 项 that the words mean; [] when there are none before."""
    if match["unit"] is None:
        return [(article, None, None)]
    many = 1 if not match["many"] else (parse_number(match["many"]) or 0)
    if match["unit"] == "条":
        at = source.order.index(article)
        return [(label, None, None) for label in source.order[at - many : at] if at >= many]
    clause, item = source.position(article, match.start())
    if match["unit"] == "款":
        return [(article, number, None) for number in range(clause - many, clause) if clause > many]
    return [(article, clause, number) for number in range(item - many, item) if item > many]


def _written(head: Head) -> str:
    article, clause, item = head
    words = article if clause is None else f"{article}第{to_chinese(clause)}款"
    return words if item is None else f"{words}第{to_chinese(item)}项"

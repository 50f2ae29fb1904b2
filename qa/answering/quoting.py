"""From a unit that answers to what is quoted of it: verbatim spans, each inside a passage found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import Document, Passage
from index import Found, Index, explained
from qa.answering.sentences import Candidate, asks_for_many
from qa.answering.units import Span, rows_around

__all__ = ["Quoter", "Sentence"]

_WHOLE = 1000
"""Characters of the longest list that is quoted whole, as long as the longest of the Constitution's
and the Civil Code's; of a longer one the item that answers stands under the opening line."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Verbatim words; ``rank`` is the hit they come from, ``start`` and ``end`` their place.

    ``note`` says what is left out of a list, "" for nothing.
    """

    text: str
    start: int
    end: int
    rank: int
    note: str = ""


class Quoter:
    """Quotes units; ``found`` grows by the passages that they go on in."""

    def __init__(self, index: Index, topic: str, found: Sequence[Found]) -> None:
        self.found = list(found)
        self._index = index
        self._topic = topic
        self._rows = {hit.row: rank for rank, hit in enumerate(self.found, 1)}

    def quote(self, candidate: Candidate) -> list[Sentence]:
        """The words of a unit, what answers first, with the line that opens them."""
        unit, document = candidate.unit, candidate.hit.document
        opening = unit.quoted_opening
        if unit.kind == "row" and opening is not None:
            return [*self._spans(candidate, unit.items), *self._spans(candidate, [opening])]
        start = unit.items[0][0] if opening is None else opening[0]
        if unit.kind != "list" or unit.end - start <= _WHOLE:
            return self._spans(candidate, [(start, unit.end)])
        items = self._shown(candidate)
        note = f"共 {len(unit.items)} 项，全文见{document.citation(candidate.hit.passage)}"
        openings = [] if opening is None else [opening]
        return self._spans(candidate, [*items, *openings], note)

    def stretch(self, hit: Found, span: Span) -> list[Sentence]:
        """The words of a span that begins near a hit."""
        return list(self._pieces(hit, span))

    def _shown(self, candidate: Candidate) -> list[Span]:
        """Of a long list the item that answers, or as many as there is room for."""
        items = candidate.unit.items
        if asks_for_many(self._topic):
            return [item for item in items if item[1] - items[0][0] <= _WHOLE] or [items[0]]
        scores = explained(self._topic, [candidate.text(item) for item in items])
        return [items[scores.index(max(scores))]]

    def _spans(self, candidate: Candidate, spans: Sequence[Span], note: str = "") -> list[Sentence]:
        pieces = [piece for span in spans for piece in self._pieces(candidate.hit, span)]
        if note and pieces:
            last = pieces[-1]
            pieces[-1] = Sentence(last.text, last.start, last.end, last.rank, note)
        return pieces

    def _pieces(self, hit: Found, span: Span) -> Iterator[Sentence]:
        """The parts of a span in each of the passages that it runs through."""
        for row, passage in rows_around(hit):
            start, end = max(span[0], passage.start), min(span[1], passage.end)
            words = hit.document.text[start:end]
            if words.strip():
                start += len(words) - len(words.lstrip())
                words = words.strip()
                rank = self._rank(row, hit.document, passage)
                yield Sentence(words, start, start + len(words), rank)

    def _rank(self, row: int, document: Document, passage: Passage) -> int:
        if row not in self._rows:
            last = min(hit.score for hit in self.found)
            self.found.append(Found(row, document, passage, last))
            self._rows[row] = len(self.found)
        return self._rows[row]

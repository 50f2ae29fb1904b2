"""A draft's citations and quotations, each with a verdict.

Judged are words between quotation marks that claim to be a source's own (``qa.check.claims``), and
statute text without marks after a place (``qa.check.unmarked``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from corpus import Citation, Document, Resolver
from qa.check.attribution import Attribution, Attributor
from qa.check.cited import judge_citation
from qa.check.claims import Claims
from qa.check.finding import Finding, Item, item_record
from qa.check.mentions import Mentions
from qa.check.quotations import Quotation, find_quotations
from qa.check.renumbered import told_by_words
from qa.check.shelf import Shelf
from qa.check.unmarked import Told, find_told, where_it_ends
from qa.check.verdicts import QuotationJudge
from qa.wording import Wording

__all__ = ["Checker", "Item", "item_record"]

Progress = Callable[[int, int], None]
Span = tuple[int, int]

_DEEPEST = 1
"""Quotations further inside others are those others' words, however many marks a text piles up."""
_PLACES_IN_SPAN = 10
_INSTRUMENT = re.compile("(?:合同|协议|书|起诉状|答辩状|上诉状|借条|欠条|收条|收据|笔录|遗嘱)$")


class Checker:
    """Checks drafts against a library."""

    def __init__(
        self,
        documents: Iterable[Document],
        resolver: Resolver,
        wording: Wording,
        complete_laws: bool,
    ) -> None:
        self._shelf = Shelf(documents, wording, complete_laws, resolver.meant)
        self._mentions = Mentions(self._shelf, resolver)
        self._claims = Claims(QuotationJudge(self._shelf))
        self._found: dict[tuple[object, ...], Finding] = {}

    def check(self, text: str, progress: Progress | None = None) -> list[Item]:
        """Every citation and quotation in the order of the text, a citation before its quotation.

        ``progress`` is told how many of how many are done.
        """
        citations = self._mentions.find(text)
        quotations = find_quotations(text)
        total = len(citations) + len(quotations)

        def step() -> None:
            if progress is not None:
                progress(0, total)

        told = find_told(text, citations, quotations, self._shelf, step)
        retold = {(e.start, e.end) for each in told if not each.words for e in each.said.targets}
        judged = _Judged()
        for done, (quotation, said) in enumerate(self._said(text, citations, quotations, told), 1):
            if quotation.depth <= _DEEPEST and not judged.hold(
                quotation.outer_start, quotation.outer_end
            ):
                found = self._claims.finding(text, quotation, said)
                judged.add(text, quotation, said, found)
            if progress is not None:
                progress(min(done, len(quotations)), total)
        items = judged.items()
        for done, citation in enumerate(citations, len(quotations) + 1):
            if not judged.hold(citation.start, citation.end):
                items.append(self._citation(text, citation, retold))
            if progress is not None:
                progress(done, total)
        items = [item for item in items if not _between_parties(item)]
        ordered = sorted(items, key=lambda item: (item.start, item.kind, item.end))
        return list(_without_long_ranges(told_by_words(ordered)))

    def _said(
        self,
        text: str,
        citations: Sequence[Citation],
        quotations: Sequence[Quotation],
        told: Sequence[Told],
    ) -> Iterator[tuple[Quotation, Attribution]]:
        """The quotations with where they are said to be from, outer ones before those inside."""
        attributor = Attributor(text, citations, quotations)
        found = [(each.words, each.said) for each in told if each.words is not None]
        taken = sorted((words.start, words.end) for words, _ in found)
        for quotation in quotations:
            said = attributor.attribute(quotation)
            if not quotation.closed:
                found.append((where_it_ends(text, quotation, said, quotations, self._shelf), said))
            elif quotation.marked or not _overlaps(quotation, taken):
                found.append((quotation, said))
        yield from sorted(found, key=lambda each: (each[0].start, -each[0].end))

    def _citation(self, text: str, citation: Citation, retold: set[Span]) -> Item:
        key_of = (
            citation.title,
            citation.document_id,
            citation.article,
            citation.clause,
            citation.item,
            citation.version,
            citation.sections,
        )
        if key_of not in self._found:
            self._found[key_of] = judge_citation(self._shelf, citation)
        surface = text[citation.start : citation.end]
        told = (citation.start, citation.end) in retold
        return Item(
            citation.start, citation.end, surface, "citation", self._found[key_of], retold=told
        )


class _Judged:
    """The quotations that were judged, and what lies inside those that were matched."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._spans: list[Span] = []
        self._right: set[Span] = set()

    def add(
        self, text: str, quotation: Quotation, said: Attribution, found: Finding | None
    ) -> None:
        """Take in the finding on a quotation, in the order of the text."""
        if found is None:
            return
        words = text[quotation.start : quotation.end]
        kind: Literal["quotation", "unmarked"] = "quotation" if quotation.marked else "unmarked"
        self._items.append(Item(quotation.start, quotation.end, words, kind, found))
        if found.verdict != "not_found":
            self._spans.append((quotation.start, quotation.end))
        if found.verdict in {"verbatim", "altered"}:
            self._right |= {(target.start, target.end) for target in said.targets}

    def hold(self, start: int, end: int) -> bool:
        """Whether this lies inside a quotation that was matched."""
        at = bisect_right(self._spans, (start, 1 << 60)) - 1
        return at >= 0 and end <= self._spans[at][1]

    def items(self) -> list[Item]:
        """The items, none correcting the source of another quotation that is right."""
        return [_not_against(item, self._right) for item in self._items]


def _not_against(item: Item, right: set[Span]) -> Item:
    fix = item.finding.correction
    if item.verdict != "wrong_article" or fix is None or (fix.start, fix.end) not in right:
        return item
    return replace(item, finding=replace(item.finding, correction=None))


def _between_parties(item: Item) -> bool:
    """Whether it is of a contract, a judgment or the like, which no library of laws could hold."""
    finding = item.finding
    return finding.verdict == "not_held" and _INSTRUMENT.search(finding.title) is not None


def _overlaps(quotation: Quotation, spans: Sequence[Span]) -> bool:
    """Whether one of the spans, in order and apart, has a character of the quotation."""
    at = bisect_right(spans, (quotation.end - 1, 1 << 60)) - 1
    return at >= 0 and spans[at][1] > quotation.start


def _without_long_ranges(items: Sequence[Item]) -> Iterable[Item]:
    """Of a span that stands for many places (第一条至第三百条) only the first fault, or the end."""
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and (items[end].start, items[end].end, items[end].kind) == (
            items[at].start,
            items[at].end,
            items[at].kind,
        ):
            end += 1
        group = items[at:end]
        if len(group) > _PLACES_IN_SPAN:
            faults = [item for item in group if item.verdict != "exists"]
            group = faults[:1] or group[-1:]
        yield from group
        at = end

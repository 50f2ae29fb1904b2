"""A draft's citations and quotations, each with a verdict.

What counts as a quotation: words between quotation marks, or after 规定：and its like up to the end
of the sentence. Emphasis and terms (“放管服”) are left out, by length in letters and numbers:

- fewer than 4 characters: never judged;
- said to be from a place with a colon, or in brackets after them: judged from 4 on;
- said to be from a place otherwise: from 8 on, or from 4 on when there is a mark inside; when the
  citation merely stands in the same sentence, they are judged as from nowhere unless they stand
  there or nearly;
- said to be from nowhere: from 12 on; from 8 on only when they stand in the library; and from 16
  on, or with a mark inside, reported when they stand nowhere. What a person is said to have said
  (他说：“……”) and stands nowhere is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus import Citation, Document, Resolver
from qa.check.attribution import Attribution, Attributor
from qa.check.cited import judge_citation
from qa.check.compare import key
from qa.check.finding import Finding, Item, item_record
from qa.check.mentions import Mentions
from qa.check.quotations import Quotation, find_quotations
from qa.check.quoted import Quoted
from qa.check.renumbered import told_by_words
from qa.check.shelf import Shelf
from qa.check.verdicts import QuotationJudge
from qa.wording import Wording

__all__ = ["Checker", "Item", "item_record"]

Progress = Callable[[int, int], None]

_SHORTEST = 4
_SHORTEST_SAID = 8
_SHORTEST_STANDING = 8
_SHORTEST_UNSAID = 12
_SHORTEST_MISSED = 16
_MARK_INSIDE = re.compile(r"[，。；：！？,;:!?]|…|\.\.\.")
_SPEECH = re.compile(
    r"(?:说|道|表示|问|答|认为|坦言|介绍|称|告诉(?:记者|我们)|感慨|反映|喊|写|讲|笑言|直言|回忆|解释|呼吁|建议|主张|辩称|诉称)"
    r"(?:了|过)?\s*[:：，,]?\s*$"
)
_PLACES_IN_SPAN = 10


class Checker:
    """Checks drafts against a library."""

    def __init__(
        self,
        documents: Iterable[Document],
        resolver: Resolver,
        wording: Wording,
        complete_laws: bool,
    ) -> None:
        self._shelf = Shelf(documents, wording, complete_laws)
        self._mentions = Mentions(self._shelf, resolver)
        self._judge = QuotationJudge(self._shelf)
        self._found: dict[tuple[str | int | None, ...], Finding] = {}

    def check(self, text: str, progress: Progress | None = None) -> list[Item]:
        """Every citation and quotation in the order of the text, a citation before its quotation.

        ``progress`` is told how many of how many are done.
        """
        citations = self._mentions.find(text)
        quotations = find_quotations(text)
        attributor = Attributor(text, citations, quotations)
        total = len(citations) + len(quotations)
        done = 0
        judged: list[tuple[Quotation, Item]] = []
        right: set[tuple[int, int]] = set()
        for quotation in quotations:
            said = attributor.attribute(quotation)
            item = self._quotation(text, quotation, said, judged)
            if item is not None:
                judged.append((quotation, item))
                right |= _sources_said_rightly(item, said)
            done += 1
            if progress is not None:
                progress(done, total)
        items = [_not_against(item, right) for _, item in judged]
        quoted = _Inside(judged)
        for citation in citations:
            if not quoted.holds(citation):
                items.append(self._citation(text, citation))
            done += 1
            if progress is not None:
                progress(done, total)
        ordered = sorted(items, key=lambda item: (item.start, item.kind, item.end))
        return list(_without_long_ranges(told_by_words(ordered)))

    def _citation(self, text: str, citation: Citation) -> Item:
        key_of = (
            citation.title,
            citation.document_id,
            citation.article,
            citation.clause,
            citation.item,
            citation.version,
        )
        if key_of not in self._found:
            self._found[key_of] = judge_citation(self._shelf, citation)
        surface = text[citation.start : citation.end]
        return Item(citation.start, citation.end, surface, "citation", self._found[key_of])

    def _quotation(
        self,
        text: str,
        quotation: Quotation,
        said: Attribution,
        judged: Sequence[tuple[Quotation, Item]],
    ) -> Item | None:
        if _inside_judged(quotation, judged):
            return None
        words = text[quotation.start : quotation.end]
        finding = self._finding(words, text, quotation, said)
        if finding is None:
            return None
        return Item(quotation.start, quotation.end, words, "quotation", finding)

    def _finding(
        self, words: str, text: str, quotation: Quotation, said: Attribution
    ) -> Finding | None:
        length = sum(character.isalnum() for character in key(words))
        marked = _MARK_INSIDE.search(words.strip("。，；：！？,;:!? ")) is not None
        if length < _SHORTEST:
            return None
        if not quotation.marked:
            return self._unmarked(text, quotation, said)
        if said.targets and (said.said or length >= _SHORTEST_SAID):
            firm = said.said and (said.colon or said.after or marked or length >= _SHORTEST_SAID)
            if firm or not said.said:
                found = self._judge.attributed(_quoted(text, quotation), said)
                if firm or found.verdict in {"verbatim", "altered", "superseded"}:
                    return found
                # Never “verbatim” of words that the document cited beside them has elsewhere.
                if found.verdict == "wrong_article" and _same_document(found):
                    return found
            elif length < _SHORTEST_SAID:
                return None
        return self._unattributed(words, text, quotation, length, marked)

    def _unmarked(self, text: str, quotation: Quotation, said: Attribution) -> Finding | None:
        """Words without marks count only where a place is said, and may sum it up."""
        if not (said.targets and said.colon and said.direct):
            return None
        found = self._judge.attributed(_quoted(text, quotation), said)
        summary = found.verdict == "not_found" and said.targets[0].article is None
        return None if summary else found

    def _unattributed(
        self, words: str, text: str, quotation: Quotation, length: int, marked: bool
    ) -> Finding | None:
        if length < _SHORTEST_STANDING:
            return None
        if length < _SHORTEST_UNSAID and not self._judge.standing(words):
            return None
        found = self._judge.unattributed(_quoted(text, quotation))
        if found is not None:
            return found
        speech = _SPEECH.search(text[max(0, quotation.outer_start - 12) : quotation.outer_start])
        if speech or (length < _SHORTEST_MISSED and not marked):
            return None
        return Finding("not_found", suggestion="库中查不到这段话，请核对出处。")


def _quoted(text: str, quotation: Quotation) -> Quoted:
    after = text[quotation.end : quotation.end + 2] if quotation.closed else ""
    words = text[quotation.start : quotation.end]
    return Quoted(words, quotation.start, quotation.marked, after if quotation.marked else "")


def _sources_said_rightly(item: Item, said: Attribution) -> set[tuple[int, int]]:
    if item.verdict not in {"verbatim", "altered"}:
        return set()
    return {(target.start, target.end) for target in said.targets}


def _not_against(item: Item, right: set[tuple[int, int]]) -> Item:
    """The item, its correction dropped when it would change the source of another quotation."""
    fix = item.finding.correction
    if item.verdict != "wrong_article" or fix is None or (fix.start, fix.end) not in right:
        return item
    return replace(item, finding=replace(item.finding, correction=None))


def _same_document(found: Finding) -> bool:
    """Whether the words stand in the document that was said."""
    return (
        found.source is not None
        and found.document is not None
        and found.source.document.id == found.document.id
    )


class _Inside:
    """The quotations that were matched, and whether a citation is part of one."""

    def __init__(self, judged: Sequence[tuple[Quotation, Item]]) -> None:
        self._spans = sorted(
            (quotation.start, quotation.end)
            for quotation, item in judged
            if item.verdict != "not_found"
        )

    def holds(self, citation: Citation) -> bool:
        at = bisect_right(self._spans, (citation.start, 1 << 60)) - 1
        return at >= 0 and citation.end <= self._spans[at][1]


def _inside_judged(quotation: Quotation, judged: Sequence[tuple[Quotation, Item]]) -> bool:
    """Whether it is part of a quotation that was matched."""
    return any(
        outer.holds(quotation.outer_start, quotation.outer_end) and item.verdict != "not_found"
        for outer, item in judged[-3:]
    )


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

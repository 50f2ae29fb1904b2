"""A place where words were found, and its record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus import Document, Passage, clause_span, sentence_spans, to_chinese
from qa.records import MatchRecord, passage_record
from qa.wording.differences import Difference
from qa.wording.folding import QUOTES

__all__ = [
    "Match",
    "as_quoted",
    "clause_at",
    "match_record",
    "near_enough",
    "new_match",
    "with_marks",
]

Span = tuple[int, int]

_NEAR_ENOUGH = 0.85
"""The likeness from which words are taken to be remembered, and not told in other ones."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words found: ``document.text[start:end]`` is the source stretch.

    ``exact``: the same words (``similarity`` 1); ``near``: like them (below 1). ``passage`` is the
    one that holds the larger part of the stretch, the first of equals; ``clause`` the 款 it lies
    in, where the article has several. ``spans`` are the fragments of words put together with ……,
    else the stretch alone.
    """

    kind: Literal["exact", "near"]
    similarity: float
    document: Document
    passage: Passage
    start: int
    end: int
    differences: tuple[Difference, ...]
    clause: int | None
    spans: tuple[Span, ...]

    @property
    def verbatim(self) -> bool:
        """Whether the words are the source's own, every character (``qa.wording.differences``)."""
        return self.kind == "exact" and not self.differences

    def overlaps(self, other: Match) -> bool:
        """Whether both have a character of one document in common."""
        same = self.document.id == other.document.id
        return same and self.start < other.end and other.start < self.end


def new_match(
    kind: Literal["exact", "near"],
    similarity: float,
    document: Document,
    spans: Sequence[Span],
    unlike: tuple[Difference, ...],
) -> Match:
    """A match with its passage and its 款 worked out."""
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    passage = _passage(document, start, end)
    clause = clause_at(document, passage, start, end)
    return Match(kind, similarity, document, passage, start, end, unlike, clause, tuple(spans))


def near_enough(matches: Sequence[Match]) -> bool:
    """Whether the first of them is what was looked for, and not merely the most alike."""
    return bool(matches) and matches[0].similarity >= _NEAR_ENOUGH


def match_record(match: Match) -> MatchRecord:
    """The contract's match; ``citation`` names the 款 where the article has several."""
    document = match.document
    passage = passage_record(document, match.passage, match.spans)
    if match.clause is not None:
        part = f"第{to_chinese(match.clause)}款"
        passage["citation"] = match.document.citation(match.passage, part)
    first, last = _context(match)
    return {
        **passage,
        "kind": match.kind,
        "similarity": round(match.similarity, 4),
        "quoted": document.text[match.start : match.end],
        "differences": [each.record() for each in match.differences],
        "clause": match.clause,
        "context": document.text[first:last],
        "context_start": first,
    }


def with_marks(draft: str, text: str, start: int, end: int) -> Span:
    """``text[start:end]`` with the quotation marks around it, where the draft has them too."""
    draft = draft.strip()
    while draft[:1] in QUOTES and draft:
        before = len(text[:start].rstrip()) - 1 if start else -1
        if before < 0 or text[before] not in QUOTES:
            break
        start, draft = before, draft[1:].lstrip()
    while draft[-1:] in QUOTES and draft:
        after = end + len(text[end:]) - len(text[end:].lstrip())
        if after >= len(text) or text[after] not in QUOTES:
            break
        end, draft = after + 1, draft[:-1].rstrip()
    return start, end


def as_quoted(draft: str, source: str) -> str:
    """The draft without the marks it is quoted in, when the source does not begin with any."""
    bare = draft.strip()
    quoted = len(bare) > 2 and bare[0] in QUOTES and bare[-1] in QUOTES
    inside = source[:1] in QUOTES and source[-1:] in QUOTES
    return bare[1:-1] if quoted and not inside else bare


def _passage(document: Document, start: int, end: int) -> Passage:
    passages = document.passages
    first = max(0, bisect_right(passages, start, key=lambda passage: passage.start) - 1)
    best = passages[first]
    for passage in passages[first:]:
        if passage.start >= end:
            break
        if _shared(passage, start, end) > _shared(best, start, end):
            best = passage
    return best


def _shared(passage: Passage, start: int, end: int) -> int:
    return min(passage.end, end) - max(passage.start, start)


def clause_at(document: Document, passage: Passage, start: int, end: int) -> int | None:
    """The number of the 款 that holds the span, in an article of several; else None."""
    if passage.article is None:
        return None
    parts = [
        each
        for each in document.passages
        if each.article == passage.article and each.section == passage.section
    ]
    first, last = parts[0].start, parts[-1].end
    found: list[Span] = []
    while span := clause_span(document.text, first, last, len(found) + 1, None):
        found.append(span)
    for number, span in enumerate(found, 1):
        if len(found) > 1 and span[0] <= start and end <= span[1]:
            return number
    return None


def _context(match: Match) -> Span:
    """From the beginning of the first sentence touched to the end of the last."""
    text, passage = match.document.text, match.passage
    first, last = min(match.start, passage.start), max(match.end, passage.end)
    touched = [
        (start, end)
        for start, end in sentence_spans(text, first, last)
        if start < match.end and match.start < end
    ]
    return (touched[0][0], touched[-1][1]) if touched else (match.start, match.end)

"""What is embedded: each passage whole and, where it is long, its sentences too.

Children small, parents whole: a passage is as good as its best unit, and the units that matched are
the evidence shown in it. A unit is embedded with the headings above it, since a paragraph of a plan
seldom repeats the words of its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Document, Passage
from corpus.sentences import sentence_spans, split_span

__all__ = ["Unit", "context", "units"]

_SHORT_PASSAGE = 90
_SHORT_SENTENCE = 16
_LONG_SENTENCE = 130
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A span of a document's text and the passage (by row among all text passages) it is part of."""

    row: int
    start: int
    end: int
    text: str


def units(document: Document, passage: Passage, row: int) -> Iterator[Unit]:
    """The passage itself, then its sentences when it has several and is not short."""
    above = context(document, passage)
    yield _unit(document, row, passage.start, passage.end, above)
    if passage.end - passage.start > _SHORT_PASSAGE:
        spans = list(_windows(document.text, passage.start, passage.end))
        if len(spans) > 1:
            for start, end in spans:
                yield _unit(document, row, start, end, above)


def context(document: Document, passage: Passage) -> str:
    """Title and headings above a passage, in one line."""
    headings = [s.title for s in document.path(passage.section) if s.title]
    return " ".join([document.title.removeprefix("中华人民共和国"), *headings])


def _unit(document: Document, row: int, start: int, end: int, above: str) -> Unit:
    words = _SPACE.sub("", document.text[start:end])
    return Unit(row, start, end, f"{above}:{words}")


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences; short ones joined to the one before, long ones cut at semicolons and commas."""
    window: tuple[int, int] | None = None
    for first, last in sentence_spans(text, start, end):
        for begin, stop in split_span(text, first, last, _LONG_SENTENCE):
            if window and min(stop - begin, window[1] - window[0]) < _SHORT_SENTENCE:
                window = (window[0], stop)
                continue
            if window:
                yield window
            window = (begin, stop)
    if window:
        yield window

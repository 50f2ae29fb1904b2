"""What may be quoted as an answer: sentences, whole lists, rows under their header, answers.

An opening line (……下列情形之一的：) and its items are one unit, however many passages they stand
in; a row of a table brings its header; the question of an FAQ belongs to the answer under it. What
only announces other words (a heading, an opening line without its items) is no unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from corpus import Document, Passage, list_number, sentence_spans
from index import Found

__all__ = ["Span", "Unit", "frame", "opening_of", "rows_around", "units"]

_OPENS = re.compile(r"[：:]$")
_ASKS = re.compile(r"[？?][”’」』）)]*$")
_CLOSED = re.compile(r"[。！？!?；;…][”’」』\"'）)]*$")
_FULL_STOP = re.compile(r"[。！？!?…][”’」』\"'）)]*$")
_CARRIED = re.compile(r"[；;，,、]$")
_GOES_ON = re.compile(r"(?:但是?|然而|不过|否则)[，,]?|[(（][一二三四五六七八九十]+[)）]")
_CELLS = re.compile(r"\s*\|\s*|\t+|[ \u3000]{2,}")
_LOOSE_CELLS = re.compile(r"[ \u3000]+")
_SAYS = re.compile(r"[：:].*\S")
_LONGEST_TITLE = 50
_LONGEST_CELL = 40
_LINES_READ = 400

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that are quoted together.

    ``items`` are what answers: the one sentence with its proviso, a list's items, a table's row, an
    FAQ's answers. ``opening`` is what they lean on: the line that opens the list, the header, the
    question. A heading, or a line that only opens what does not follow, is one of its own kind.
    """

    kind: Literal["sentence", "list", "row", "answer", "heading"]
    items: tuple[Span, ...]
    opening: Span | None = None

    @property
    def quoted_opening(self) -> Span | None:
        """The opening where it is quoted with the items; a question is not."""
        return None if self.kind == "answer" else self.opening

    @property
    def start(self) -> int:
        """Where it begins, its opening included."""
        return self.items[0][0] if self.opening is None else self.opening[0]

    @property
    def end(self) -> int:
        """Where its last item ends."""
        return self.items[-1][1]


def frame(document: Document, passage: Passage) -> list[Passage]:
    """The passages around one between which a list may go on: its article's, or its section's."""
    here = bisect_left(document.passages, passage.start, key=lambda each: each.start)

    def beside(other: Passage) -> bool:
        same = (other.article, other.section) == (passage.article, passage.section)
        return same and other.kind == "text"

    first = last = here
    while first > 0 and beside(document.passages[first - 1]):
        first -= 1
    while last + 1 < len(document.passages) and beside(document.passages[last + 1]):
        last += 1
    return list(document.passages[first : last + 1])


def rows_around(hit: Found) -> list[tuple[int, Passage]]:
    """The passages of a hit's frame with their rows: those of a document follow each other."""
    around = frame(hit.document, hit.passage)
    first = hit.row - around.index(hit.passage)
    return [(first + n, passage) for n, passage in enumerate(around)]


def opening_of(hit: Found, span: Span) -> Span | None:
    """The line that opens the list in which a span is an item; None for anything else."""
    for unit in units(hit.document, hit.passage):
        if any(item[0] <= span[0] and span[1] <= item[1] for item in unit.items):
            return unit.quoted_opening
    return None


def units(document: Document, passage: Passage) -> list[Unit]:
    """The units of which some words stand in the passage, in the order of the text."""
    around = frame(document, passage)
    lines = _lines(document.text, around[0].start, around[-1].end, passage.start)
    return [
        unit
        for unit in _units(document.text, lines)
        if unit.start < passage.end and unit.end > passage.start
    ]


def _lines(text: str, start: int, end: int, near: int) -> list[Span]:
    """The lines of a frame without white space around them; of a very long one those near."""
    lines = []
    for match in re.finditer(r"[^\r\n]+", text[start:end]):
        words = match.group().strip()
        if words:
            first = start + match.start() + match.group().index(words)
            lines.append((first, first + len(words)))
    if len(lines) <= _LINES_READ:
        return lines
    here = sum(line[0] < near for line in lines)
    return lines[max(0, here - _LINES_READ // 2) : here + _LINES_READ // 2]


def _units(text: str, lines: Sequence[Span]) -> Iterator[Unit]:
    at = 0
    while at < len(lines):
        found = _rows(text, lines, at) or _unopened(text, lines, at) or _said(text, lines, at)
        yield from found
        at += 1
        while at < len(lines) and lines[at][0] < found[-1].end:
            at += 1


def _rows(text: str, lines: Sequence[Span], at: int) -> list[Unit]:
    """The rows of a table that begins here, each under its header."""
    rows = _table(text, lines, at)
    return [Unit("row", (row,), lines[at]) for row in lines[at + 1 : at + rows]]


def _unopened(text: str, lines: Sequence[Span], at: int) -> list[Unit]:
    """A list under a heading. Numbered paragraphs, which end with full stops, are none."""
    items = _numbered(text, lines, at)
    if len(items) < 2 or _FULL_STOP.search(text[slice(*items[0])]):
        return []
    return [Unit("list", tuple(items))]


def _said(text: str, lines: Sequence[Span], at: int) -> list[Unit]:
    """A line's sentences; its last with what it opens: a list, or the answer to a question."""
    sentences = _sentences(text, lines[at])
    *others, last = sentences
    if _OPENS.search(text[slice(*last)]):
        items = _numbered(text, lines, at + 1) or _carried(text, lines, at + 1)
        unit = Unit("list", tuple(items), last) if items else Unit("heading", (last,))
        return [*_talk(text, others), unit]
    if _asks(text, last):
        answers = _answers(text, lines, at + 1)
        unit = Unit("answer", answers, last) if answers else Unit("heading", (last,))
        return [*_talk(text, others), unit]
    said = _talk(text, sentences)
    if len(lines) == 1 and said[-1].kind == "heading":
        # Alone under its heading it announces nothing: a telephone number, a sum.
        said[-1] = Unit("sentence", (last,))
    return said


def _talk(text: str, sentences: Sequence[Span]) -> list[Unit]:
    """The sentences of one line; what follows a question there answers it."""
    found: list[Unit] = []
    for sentence in sentences:
        before = found[-1] if found else None
        if _asks(text, sentence):
            found.append(Unit("heading", (sentence,)))
        elif before and before.opening:
            found[-1] = Unit("answer", (*before.items, sentence), before.opening)
        elif before and _asks(text, before.items[0]):
            found[-1] = Unit("answer", (sentence,), before.items[0])
        else:
            found.append(_sentence(text, sentence))
    return found


def _asks(text: str, span: Span) -> bool:
    return _ASKS.search(text[slice(*span)]) is not None


def _sentence(text: str, span: Span) -> Unit:
    words = text[slice(*span)]
    title = len(words) <= _LONGEST_TITLE and not _CLOSED.search(words) and not _SAYS.search(words)
    return Unit("heading" if title else "sentence", (span,))


def _sentences(text: str, line: Span) -> list[Span]:
    """The sentences of a line, each with the provisos and the items that go on from it."""
    found: list[Span] = []
    for start, end in sentence_spans(text, *line):
        if found and _GOES_ON.match(text, start, end):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _numbered(text: str, lines: Sequence[Span], at: int) -> list[Span]:
    """Lines that count on from 1, each with the items of its own under it."""
    items: list[Span] = []
    rank = 0
    for line in lines[at:]:
        number = list_number(text[slice(*line)])
        if number and number == (rank or number[0], len(items) + 1):
            rank = number[0]
            items.append(line)
        elif items and number and number[0] > rank and _deeper(text, items[-1]):
            items[-1] = (items[-1][0], line[1])
        else:
            break
    return items


def _deeper(text: str, item: Span) -> bool:
    """Whether an item has items of its own: it ends by announcing them, or is among them."""
    words = text[slice(*item)]
    return bool(_OPENS.search(words)) or "\n" in words


def _carried(text: str, lines: Sequence[Span], at: int) -> list[Span]:
    """Unnumbered items: lines that end in a comma or semicolon, and the one that closes them."""
    items: list[Span] = []
    for line in lines[at:]:
        items.append(line)
        if not _CARRIED.search(text[slice(*line)]):
            break
    return items if len(items) > 1 else []


def _answers(text: str, lines: Sequence[Span], at: int) -> tuple[Span, ...]:
    """What follows a question, up to the next question."""
    return tuple(takewhile(lambda line: not _asks(text, line), lines[at:]))


def _table(text: str, lines: Sequence[Span], at: int) -> int:
    """How many lines from here are rows of one table: as many cells in each, no sentences."""
    for pattern in (_CELLS, _LOOSE_CELLS):
        width = _width(text, lines[at], pattern)
        if width < 2:
            continue
        rows = 1
        while at + rows < len(lines) and _width(text, lines[at + rows], pattern) == width:
            rows += 1
        if rows > 1:
            return rows
    return 0


def _width(text: str, line: Span, pattern: re.Pattern[str]) -> int:
    words = text[slice(*line)].strip("| ")
    cells = [cell for cell in pattern.split(words) if cell]
    if (
        _CLOSED.search(words)
        or list_number(words)
        or max(map(len, cells), default=0) > _LONGEST_CELL
    ):
        return 0
    return len(cells)

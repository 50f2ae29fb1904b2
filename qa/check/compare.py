"""Whether words stand in a source, character for character.

``stands`` is what a verdict of “verbatim” rests on: only width, the shape of quotation marks and
white space are seen through, and a stretch it returns has been read back from the source itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index import words as dictionary_words
from qa.check.endings import ends_sentence, is_closed
from qa.wording import same_wording, strict

__all__ = [
    "EDGE",
    "PAUSES",
    "Source",
    "Stretch",
    "key",
    "pairs_of",
    "pieces",
    "place",
    "stands",
    "widened",
]

EDGE = "。，；：、！？…⋯,;:!?.—"
PAUSES = frozenset(EDGE + '()（）〔〕[]【】《》"“”‘’「」『』')
_ELISION = re.compile(r"[…⋯]+|\.{3,}|。{3,}|·{3,}|．{3,}")
_NUMERALS = frozenset("0123456789.%〇零一二三四五六七八九十百千万亿两")
_NEGATIONS = frozenset("不未无非勿")
_BOUNDS = ("以上", "以下", "以内", "以外", "以前", "以后")
_SHORTEST_PIECE = 2
_LONGEST_WORD = 3
"""Characters; a longer entry of the dictionary is a term of several words."""
_LONGEST_CLAUSE = 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where words stand: offsets into the source; ``similarity`` is 1 for the very words."""

    start: int
    end: int
    similarity: float = 1.0


class Source:
    """A text to compare with, its strict form ready."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = strict(text)
        self._words: dict[tuple[int, int], tuple[str, frozenset[str]]] = {}
        self.key = self._folded.text

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The span of the key that comes from ``text[start:end]``."""
        low, high = np.searchsorted(self._folded.positions, [start, end])
        return int(low), int(high)

    def words(self, start: int, end: int) -> tuple[str, frozenset[str]]:
        """The key of ``text[start:end]`` and its pairs of characters."""
        if (start, end) not in self._words:
            low, high = self.inside(start, end)
            self._words[start, end] = self.key[low:high], pairs_of(self.key[low:high])
        return self._words[start, end]

    def outside(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that ``key[start:end]`` comes from."""
        return self._folded.span(start, end)

    def clause(self, at: int) -> tuple[int, int]:
        """The clause around an offset of the text, from mark to mark or line to line."""
        start = end = at
        while start > max(0, at - _LONGEST_CLAUSE) and not _pause(self.text[start - 1]):
            start -= 1
        while end < min(len(self.text), at + _LONGEST_CLAUSE) and not _pause(self.text[end]):
            end += 1
        return start, end

    def word(self, at: int) -> tuple[int, int]:
        """The word that an offset cuts in two; ``(at, at)`` between words."""
        start, end = self.clause(at)
        if start < at < end:
            for each in dictionary_words(self.text[start:end]):
                stop = start + len(each)
                if start < at < stop and len(each) <= _LONGEST_WORD:
                    return start, stop
                start = stop
        return at, at


def _pause(character: str) -> bool:
    return character in PAUSES or character.isspace()


def pairs_of(key: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(map("".join, pairwise(key)))


def key(text: str) -> str:
    """The words alone, punctuation at the ends aside."""
    return strict(text).text.strip(EDGE)


def pieces(quotation: str) -> list[tuple[int, int]]:
    """The spans of the parts between marks of elision; the whole when it has none."""
    edges = [0, *(at for match in _ELISION.finditer(quotation) for at in match.span())]
    spans = zip(edges[::2], [*edges[1::2], len(quotation)], strict=True)
    return [(start, end) for start, end in spans if key(quotation[start:end])]


def stands(quotation: str, source: Source, start: int, end: int) -> Stretch | None:
    """Where in ``source.text[start:end]`` the quotation stands, every character of it, or None.

    An elided quotation is followed part by part, in order. A part cut out of a longer word (然人 of
    自然人) or so that it says something else (得 of 不得, 三年 of 十三年 or of 三年以下) does not
    stand, nor does one that is given a full stop in the middle of a clause. Of several places the
    first is taken; for words that are closed with a full stop, the first where a sentence ends.
    """
    span = source.inside(start, end)
    whole = place(quotation, source, span)
    if whole is not None:
        return Stretch(*source.outside(*whole))
    parts = [quotation[first:last] for first, last in pieces(quotation)]
    if len(parts) < 2 or min(map(_length, parts)) < _SHORTEST_PIECE or max(map(_length, parts)) < 4:
        return None
    found: list[tuple[int, int]] = []
    for part in parts:
        where = place(part, source, (found[-1][1] if found else span[0], span[1]))
        if where is None:
            return None
        found.append(where)
    return Stretch(*source.outside(found[0][0], found[-1][1]))


def _length(part: str) -> int:
    return len(key(part))


def place(part: str, source: Source, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where a part stands inside the span of the key, read back and compared once more."""
    written = strict(part).text
    wanted = written.strip(EDGE)
    ended = written.endswith(tuple(EDGE)) and not _ELISION.search(written[-3:])
    closed = is_closed(part)
    open_ended: tuple[int, int] | None = None
    for at, stop in _occurrences(wanted, source.key, span):
        first, last = source.outside(at, stop)
        follows = source.text[last : last + 1]
        if ended and follows and not _pause(follows):
            continue
        if not same_wording(wanted, source.text[first:last]) or _cut_short(source, at, stop):
            continue
        if not closed or ends_sentence(source.text, last):
            return at, stop
        open_ended = open_ended or (at, stop)
    return open_ended


def _occurrences(wanted: str, text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    at = text.find(wanted, *span) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + 1, span[1])


def _cut_short(source: Source, start: int, end: int) -> bool:
    """Whether the cut at either end of ``key[start:end]`` turns the words into others."""
    first, last = source.outside(start, end)
    return widened(source, first, last) != (first, last)


def widened(source: Source, start: int, end: int) -> tuple[int, int]:
    """``text[start:end]`` with what a cut took off the words that it begins and ends with."""
    return _widened_before(source, start), _widened_after(source, end)


def _widened_before(source: Source, start: int) -> int:
    text = source.text
    if text[max(0, start - 1) : start] in _NEGATIONS:
        return start - 1
    if text[start : start + 1] in _NUMERALS:
        while start and text[start - 1] in _NUMERALS:
            start -= 1
    return source.word(start)[0]


def _widened_after(source: Source, end: int) -> int:
    text = source.text
    if text[end - 1 : end] in _NUMERALS:
        while text[end : end + 1] in _NUMERALS:
            end += 1
    return end + 2 if text[end : end + 2] in _BOUNDS else source.word(end)[1]

"""Headings that no numbering scheme knows and the document itself shows to be headings.

【办理条件】 at the head of two lines or more, and 第一步, 第二步 counting on with a word of their
own. They rank by what begins to count anew under them: over 1. where each has its own 1., else
below all numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.headings import ARTICLE, QUESTION, Heading, titled
from corpus.numerals import parse_number
from corpus.sections import Block

__all__ = ["with_marks"]

_FRAMED = re.compile(r"【\s?(?P<title>[^【】]{2,30}?)\s?】\s?[:：]?\s?")
_COUNTED = re.compile(
    r"(?P<label>第\s?(?P<number>[一二三四五六七八九十\d]{1,3})\s?(?P<word>[\u4e00-\u9fff]{1,4}?))"
    r"(?:\s?[:：、．.，,]\s?|\s|(?=[（(]))(?=\S)"
)
_LEAST = 2  # lines that share a mark: one alone may be anything


def with_marks(text: str, lines: Sequence[Block]) -> list[Block]:
    """The lines, those with a mark that others share with the heading that they are."""
    words = {
        at: text[line.start : line.end] for at, line in enumerate(lines) if line.heading is None
    }
    framed = {
        at: _framed(match, line) for at, line in words.items() if (match := _FRAMED.match(line))
    }
    counted = _counted(words)
    found = list(lines)
    for marked in (each for each in [framed, *counted] if len(each) >= _LEAST):
        rank = _rank(lines, sorted(marked))
        for at, heading in marked.items():
            found[at] = replace(lines[at], heading=replace(heading, rank=rank))
    return found


def _framed(match: re.Match[str], line: str) -> Heading:
    return Heading(QUESTION, 0, "", match["title"], inline=bool(line[match.end() :]))


def _counted(words: Mapping[int, str]) -> list[dict[int, Heading]]:
    """The lines 第一步, 第二步 … by their word, where they count on from the first."""
    matches = [(at, found) for at, line in words.items() if (found := _COUNTED.match(line))]
    by_word: dict[str, dict[int, Heading]] = {}
    last: dict[str, int] = {}
    for at, found in matches:
        word, number = found["word"], parse_number(found["number"]) or 0
        if number in {1, last.get(word, 0) + 1}:
            last[word] = number
            label = re.sub(r"\s", "", found["label"])
            heading = titled(QUESTION, number, label, words[at][found.end() :].strip())
            by_word.setdefault(word, {})[at] = heading
    return [marked for word, marked in by_word.items() if last[word] >= _LEAST]


def _rank(lines: Sequence[Block], marked: Sequence[int]) -> int:
    """One above what counts anew under most of the marks; below every number where nothing does."""
    ends = [*marked[1:], len(lines)]
    firsts = []
    for at, end in zip(marked, ends, strict=True):
        under = (each.heading for each in lines[at + 1 : end] if each.heading)
        firsts.append(next(((each.rank, each.number) for each in under), None))
    opened = [first for first in firsts if first]
    anew = [rank for rank, number in opened if number == 1 and rank > ARTICLE]
    return min(anew) - 1 if anew and len(anew) * 2 >= len(opened) else QUESTION - 1

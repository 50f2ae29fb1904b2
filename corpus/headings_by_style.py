"""Headings that a document marks by style alone, ranked among its numbered ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.formats import HeadingMark
from corpus.headings import ARTICLE, Heading, parse_heading
from corpus.names import name_key
from corpus.records import Document

__all__ = ["styled_headings"]

_LONGEST = 60  # characters; whole paragraphs are set in a heading's style too (by eye)
_STEP = 10
_CONTENTS = re.compile(r"目\s*[录錄次]")


def styled_headings(document: Document, marks: Sequence[HeadingMark]) -> dict[int, Heading]:
    """The marked lines that have no number, by where they begin; the document's title is none.

    A level ranks with the numbered headings that share it (一、 in Heading 2: so does 保障措施 in
    Heading 2); a level that no number shares stands between its neighbours.
    """
    lines = {mark.start: _line(document.text, mark.start) for mark in marks}
    ranks = _ranks(marks, lines)
    title = name_key(document.title)
    found: dict[int, Heading] = {}
    for mark in sorted(marks, key=lambda mark: mark.start):
        words = lines[mark.start]
        own = bool(words) and len(words) <= _LONGEST and parse_heading(words) is None
        key = name_key(words.strip("《》"))
        head = (not found and key in title) or (bool(title) and title in key)
        if own and not head and not _CONTENTS.fullmatch(words):
            found[mark.start] = Heading(ranks[mark.level], 0, "", words)
    return found


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : len(text) if end < 0 else end].strip("# \t\u3000\xa0\ufeff*")


def _ranks(marks: Sequence[HeadingMark], lines: Mapping[int, str]) -> dict[int, int]:
    """Style level to rank of ``corpus.headings``."""
    seen: dict[int, Counter[int]] = {}
    for level, rank in _numbered(marks, lines):
        seen.setdefault(level, Counter())[rank] += 1
    known = {level: ranks.most_common(1)[0][0] for level, ranks in seen.items()}
    return {mark.level: _rank(mark.level, known) for mark in marks}


def _numbered(marks: Sequence[HeadingMark], lines: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    for mark in marks:
        heading = parse_heading(lines[mark.start])
        if heading is not None and heading.rank != ARTICLE:
            yield mark.level, heading.rank


def _rank(level: int, known: Mapping[int, int]) -> int:
    if level in known:
        return known[level]
    lower = max((one for one in known if one < level), default=None)
    upper = min((one for one in known if one > level), default=None)
    if lower is not None:
        rank = known[lower] + _STEP * (level - lower)
        return rank + _STEP if known[lower] < ARTICLE <= rank else rank
    if upper is not None:
        rank = known[upper] - _STEP * (upper - level)
        return max(_STEP, rank - _STEP if known[upper] > ARTICLE >= rank else rank)
    return min(_STEP * level, ARTICLE - _STEP)

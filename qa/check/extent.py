"""How far words of a draft follow an article: where statute text without marks begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from qa.check.compare import PAUSES, Source, key, pairs_of
from qa.check.nearest import nearest

__all__ = ["Extent", "follow"]

Span = tuple[int, int]

_SEGMENT = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]*[”’』」）)]*")
_OWN = 0.85
"""Share of a sentence's letters that stand in its place in the article, in order: with fewer it
tells the article in the writer's words."""
_OWN_NEXT = 0.8
"""The same for a sentence whose place follows the one before."""
_BETWEEN = 6
"""Characters between two such places: marks, a line break, the number of an item."""
_WHOLE = 0.6
"""Share of that place's letters which the sentence has: with fewer it sums it up."""
_PLAINLY = 0.9
"""Likeness with which the second sentence begins the article's words, after one of the writer's."""
_SHORTEST = 4
_TOLD = 8
_NAME = re.compile("《[^《》]+》")
_FEW, _FEWER = 0.5, 0.35
"""Share of character pairs in common below which no likeness is worked out; for a next sentence."""
_LONGEST_HEADING = 20
_SHORTEST_RUN = 6
"""Characters in common, at the beginning of a clause, with which the words follow a heading."""


@dataclass(frozen=True, slots=True)
class Extent:
    """``text[start:end]`` follows the article, not at all when it is empty.

    Of the first sentence ``likeness`` is that to the article's own words, and ``share`` says how
    many of its pairs of characters, up to a colon, the article has.
    """

    start: int
    end: int
    share: float = 0.0
    likeness: float = 0.0


def follow(text: str, start: int, limit: int, source: Source, span: Span) -> Extent:
    """How far ``text[start:limit]`` follows ``source.text[span]``, sentence by sentence."""
    share = 0.0
    found: Extent | None = None
    reached = 0
    for number, (first, last) in enumerate(_segments(text, start, limit)):
        words = text[first:last]
        share = share if number else _told(words, source, span)
        begin = first if number else first + _heading(words, source, span)
        like = _like(text[begin:last], source, span, reached)
        if found is None and like.likeness > (_PLAINLY if number else 0):
            found = Extent(begin, last, share, like.likeness)
        elif found is not None and like.likeness:
            found = replace(found, end=last)
        elif found is not None or number:
            break
        reached = like.end
    return found or Extent(start, start, share)


def _segments(text: str, start: int, limit: int) -> Iterator[Span]:
    """The sentences and the parts between semicolons, without white space around them."""
    for match in _SEGMENT.finditer(text, start, limit):
        words = match.group()
        if words.strip():
            yield (
                match.start() + len(words) - len(words.lstrip()),
                match.start() + len(words.rstrip()),
            )


@dataclass(frozen=True, slots=True)
class _Like:
    """How like a sentence is to its place in the source, which ends at ``end``."""

    likeness: float = 0.0
    end: int = 0


def _like(words: str, source: Source, span: Span, reached: int) -> _Like:
    """A sentence beside the article, likeness 0 for one in the writer's own words.

    ``reached`` is how far the article was followed: what comes next may differ more.
    """
    _, pairs = source.words(*span)
    ours = key(words)
    if len(ours) < _SHORTEST or _share(ours, pairs) < (_FEWER if reached else _FEW):
        return _Like()
    place = nearest(words, source, *span)
    if place is None or any(_share(name, pairs) < _FEW for name in _NAME.findall(ours)):
        return _Like()
    theirs = key(source.text[place.start : place.end])
    common = LCSseq.similarity(ours, theirs)
    own, whole = common / len(ours), common / len(theirs)
    next_one = 0 <= place.start - reached <= _BETWEEN and reached > 0
    if own < (_OWN_NEXT if next_one else _OWN) or whole < _WHOLE:
        return _Like()
    return _Like((own + whole) / 2, place.end)


def _told(words: str, source: Source, span: Span) -> float:
    """How many of a sentence's pairs of characters, up to a colon, the article has."""
    ours = key(re.split("[：:]", words)[0])
    return _share(ours, source.words(*span)[1]) if len(ours) >= _TOLD else 0.0


def _share(words: str, pairs: frozenset[str]) -> float:
    own = pairs_of(words)
    return len(own & pairs) / len(own) if own else 0.0


def _heading(words: str, source: Source, span: Span) -> int:
    """How many characters are a heading before the article's own words (起诉形式起诉应当…)."""
    article, pairs = source.words(*span)
    wanted = key(words)
    if _share(wanted, pairs) < _FEW:
        return 0
    block = SequenceMatcher(None, wanted, article, autojunk=False).get_matching_blocks()[0]
    if not 0 < block.a <= _LONGEST_HEADING or block.size < _SHORTEST_RUN:
        return 0
    begins = block.b == 0 or article[block.b - 1] in PAUSES or article[: block.b].endswith("条")
    at = words.find(wanted[block.a : block.a + block.size])
    return at if begins and at > 0 and not PAUSES & set(words[:at]) else 0

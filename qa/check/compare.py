"""Whether words stand in a source, character for character, and where they stand nearly.

``stands`` is what a verdict of “verbatim” rests on: only width, the shape of quotation marks and
white space are seen through, and a stretch it returns has been read back from the source itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein

from qa.wording import Difference, align, differences, same_wording, strict

__all__ = [
    "EDGE",
    "Source",
    "Stretch",
    "corrected",
    "key",
    "nearest",
    "nearest_apart",
    "pieces",
    "stands",
    "unlike",
]

EDGE = "。，；：、！？…⋯,;:!?.—"
_ELISION = re.compile(r"[…⋯]+|\.{3,}|。{3,}|·{3,}|．{3,}")
_NUMERALS = frozenset("0123456789.%〇零一二三四五六七八九十百千万亿两")
_NEGATIONS = frozenset("不未无非勿")
_BOUNDS = ("以上", "以下", "以内", "以外", "以前", "以后")
_PAUSES = frozenset(EDGE + '()（）〔〕[]【】《》"“”‘’「」『』')
_SHORTEST_PIECE = 2
_SHORTEST_BLOCK = 3
_LONGEST_GAP = 400
"""Characters of the source that a draft may have left out in the middle to be laid along it."""
_GOOD = 0.8
_LONGEST_ALIGNED = 1200


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
        self.key = self._folded.text

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The span of the key that comes from ``text[start:end]``."""
        low, high = np.searchsorted(self._folded.positions, [start, end])
        return int(low), int(high)

    def outside(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that ``key[start:end]`` comes from."""
        return self._folded.span(start, end)


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

    An elided quotation is followed part by part, in order. A part cut out of a longer word so that
    it says something else (得 of 不得, 三年 of 十三年 or of 三年以下) does not stand, nor does one
    that is given a full stop in the middle of a clause.
    """
    span = source.inside(start, end)
    whole = _place(quotation, source, span)
    if whole is not None:
        return Stretch(*source.outside(*whole))
    parts = [quotation[first:last] for first, last in pieces(quotation)]
    if len(parts) < 2 or min(map(_length, parts)) < _SHORTEST_PIECE or max(map(_length, parts)) < 4:
        return None
    found: list[tuple[int, int]] = []
    for part in parts:
        place = _place(part, source, (found[-1][1] if found else span[0], span[1]))
        if place is None:
            return None
        found.append(place)
    return Stretch(*source.outside(found[0][0], found[-1][1]))


def _length(part: str) -> int:
    return len(key(part))


def _place(part: str, source: Source, span: tuple[int, int]) -> tuple[int, int] | None:
    """The first place of a part inside the span of the key, read back and compared once more."""
    written = strict(part).text
    wanted = written.strip(EDGE)
    ended = written.endswith(tuple(EDGE)) and not _ELISION.search(written[-3:])
    for at, stop in _occurrences(wanted, source.key, span):
        first, last = source.outside(at, stop)
        follows = source.text[last : last + 1]
        if ended and follows and follows not in _PAUSES and not follows.isspace():
            continue
        if same_wording(wanted, source.text[first:last]) and not _cut_short(source.key, at, stop):
            return at, stop
    return None


def _occurrences(wanted: str, text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    at = text.find(wanted, *span) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + 1, span[1])


def _cut_short(text: str, start: int, end: int) -> bool:
    """Whether the cut at either end turns the words into others."""
    return bool(_cut_before(text, start) or _cut_after(text, end))


def _cut_before(text: str, start: int) -> int:
    """How many characters the cut took off the word that the stretch begins with."""
    before = text[max(0, start - 1) : start]
    return int(
        before in _NEGATIONS or (before in _NUMERALS and text[start : start + 1] in _NUMERALS)
    )


def _cut_after(text: str, end: int) -> int:
    after = text[end : end + 2]
    if after in _BOUNDS:
        return 2
    return int(after[:1] in _NUMERALS and text[end - 1 : end] in _NUMERALS)


def nearest(quotation: str, source: Source, start: int, end: int) -> Stretch | None:
    """The stretch of ``source.text[start:end]`` nearest to the quotation; None if nothing is.

    Words left out in the middle count little, so that a shortened sentence is shown whole.
    """
    low, high = source.inside(start, end)
    wanted = key(quotation)
    area = source.key[low:high]
    if not wanted or not area:
        return None
    first, last, likeness = _aligned(wanted, area)
    if likeness < _GOOD:
        begin, stop, share = _spanned(wanted, area)
        if share > likeness:
            first, last, likeness = begin, stop, share
    if first >= last:
        return None
    first, last = first + low, last + low
    first -= _cut_before(source.key, first) if first > low else 0
    last = min(high, last + _cut_after(source.key, last))
    return Stretch(*source.outside(first, last), likeness)


def _aligned(wanted: str, area: str) -> tuple[int, int, float]:
    if len(wanted) > _LONGEST_ALIGNED:
        return 0, 0, 0.0
    found = align(wanted, area, np.zeros(len(area), dtype=np.bool_))
    return found.start, found.end, found.similarity(len(wanted))


def _spanned(wanted: str, area: str) -> tuple[int, int, float]:
    """From the first common run to the last, and the share of the words in common runs."""
    blocks = SequenceMatcher(None, wanted, area, autojunk=False).get_matching_blocks()
    kept = [block for block in blocks if block.size >= _SHORTEST_BLOCK]
    if not kept or any(b.b - a.b - a.size > _LONGEST_GAP for a, b in pairwise(kept)):
        return 0, 0, 0.0
    first, last = kept[0], kept[-1]
    begin = max(0, first.b - first.a)
    rest = len(wanted) - last.a - last.size
    stop = min(len(area), last.b + last.size + rest)
    share = sum(block.size for block in kept) / len(wanted)
    return begin, stop, share * 0.98


def nearest_apart(
    quotation: str, source: Source, start: int, end: int
) -> list[tuple[tuple[int, int], Stretch]]:
    """Each part of an elided quotation and the stretch nearest to it, in order; [] if one fails."""
    found: list[tuple[tuple[int, int], Stretch]] = []
    at = start
    for first, last in pieces(quotation):
        part = quotation[first:last]
        exact = _place(part, source, source.inside(at, end))
        place = Stretch(*source.outside(*exact)) if exact else nearest(part, source, at, end)
        if place is None:
            return []
        found.append(((first, last), place))
        at = place.end
    return found


def unlike(quotation: str, source_words: str) -> tuple[Difference, ...]:
    """The differences, punctuation at the very ends aside where both go on no further."""
    found = differences(_bare(quotation), _bare(source_words))
    # Only a mark at the end differs where the source's words go on.
    return found if found else differences(quotation.strip(), source_words.strip())


def _bare(words: str) -> str:
    return words.strip().strip(EDGE).strip()


def corrected(draft: str, source: str) -> str:
    """The draft with only the differing characters replaced by the source's.

    What is no difference (width, shape of quotation marks, spaces, marks at the ends) stays.
    """
    ours, theirs = strict(draft), strict(source)
    first, last = _inner(ours.text)
    begin, stop = _inner(theirs.text)
    parts: list[str] = []
    done = 0
    for code in Levenshtein.opcodes(ours.text[first:last], theirs.text[begin:stop]):
        if code.tag == "equal":
            continue
        new = source[slice(*theirs.span(begin + code.dest_start, begin + code.dest_end))]
        # A paragraph of the source does not become one of the draft.
        new = re.sub(r"\s*\n\s*", "", new)
        if code.src_start == code.src_end:
            at = first + code.src_start
            here = int(ours.positions[at - 1]) + 1 if at else 0
            span = (here, here)
        else:
            span = ours.span(first + code.src_start, first + code.src_end)
        parts += [draft[done : span[0]], new]
        done = span[1]
    return "".join(parts) + draft[done:]


def _inner(text: str) -> tuple[int, int]:
    core = text.strip(EDGE)
    start = text.find(core) if core else 0
    return start, start + len(core)

"""Two documents laid side by side, article by article, by wording and by number.

Every piece of one (an article, or a paragraph of what has no articles) is paired with the piece of
the other that says the same, if one does. First those with the same words, then the likest ones:
how much of the words two pieces share counts most, a little that their headings do, and that they
stand between the same neighbours or under the same number. What is left stands alone: removed, or
added.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from corpus.records import Document, Passage

__all__ = ["Pair", "Piece", "pair_documents", "pair_pieces", "pieces_of"]

# By eye, on held laws whose new numbers are known (tests/test_corpus_pairing.py).
_SURE = 0.75
"""Likeness from which two pieces are paired wherever they stand."""
_FAIR = 0.4
"""Likeness from which two pieces between the same neighbours, or of one number, are paired."""
_IN_PLACE, _NUMBERED, _HEADED = 0.08, 0.04, 0.1
"""What the same neighbours, number and heading add to likeness."""
_HELD = 0.85
"""What it counts that one piece has all the words of the other, against having no others."""
_LENGTH = 0.15
"""How fast that counts less when the other is much longer."""
_SHORTEST_HELD = 12
"""Pairs of characters; shorter pieces are in any long one by chance."""
_CANDIDATES = 8
"""New pieces looked at for an old one."""
_LABEL = re.compile(r"^\s*第[^第条\s]{1,12}条(?:之[一二三四五六七八九十]+)?[\s\u3000]*")
_UNSEEN = re.compile(r"[\s\"“”‘’「」『』]+")
_WIDTH = str.maketrans("（），：；．！？", "(),:;.!?")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article or paragraph: its label as cited, its section's title, its words and their span.

    ``words`` do not have the label in them; ``text[start:end]`` of the document is all of it.
    """

    label: str
    heading: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pieces that say the same; None for what the other document has not.

    ``likeness`` is 1 for the same words and 0 for a piece that stands alone.
    """

    old: Piece | None
    new: Piece | None
    likeness: float

    @property
    def same(self) -> bool:
        """Whether both have the same words, width and marks of quotation aside."""
        return self.likeness == 1


def pieces_of(document: Document) -> list[Piece]:
    """The articles of a document with what stands outside them; paragraphs where it has none."""
    found: list[Piece] = []
    group: list[Passage] = []
    for passage in document.passages:
        if passage.kind != "text":
            continue
        if group and (passage.article is None or passage.article != group[-1].article):
            found.append(_piece(document, group))
            group = []
        group.append(passage)
    return [*found, _piece(document, group)] if group else found


def _piece(document: Document, passages: Sequence[Passage]) -> Piece:
    first, last = passages[0], passages[-1]
    path = document.path(first.section)
    label = first.article or "".join(section.label for section in path)
    text = document.text[first.start : last.end]
    heading = path[-1].title if path else ""
    words = _LABEL.sub("", text, count=1) if first.article else text
    return Piece(label, heading, words, first.start, last.end)


def pair_documents(old: Document, new: Document) -> list[Pair]:
    """Every piece of both once: in the order of the new one, what is gone where it stood."""
    return pair_pieces(pieces_of(old), pieces_of(new))


def pair_pieces(old: Sequence[Piece], new: Sequence[Piece]) -> list[Pair]:
    """Pair the pieces of two documents."""
    pairing = _Pairing(old, new)
    pairing.pair_same()
    pairing.pair_like(_SURE)
    pairing.pair_like(_FAIR)
    return list(_in_order(old, new, pairing.partner))


class _Pairing:
    """The pairs found so far, by positions: ``partner[i]`` is the new piece of the old one i."""

    def __init__(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        self._old, self._new = old, new
        self._old_words = [folded(piece.words) for piece in old]
        self._new_words = [folded(piece.words) for piece in new]
        self._old_grams = [_bigrams(words) for words in self._old_words]
        self._new_grams = [_bigrams(words) for words in self._new_words]
        self._weight = _weights([*self._old_grams, *self._new_grams])
        self.partner: dict[int, tuple[int, float]] = {}
        self._taken: set[int] = set()
        self._likeness: dict[tuple[int, int], float] = {}

    def pair_same(self) -> None:
        """Those with the same words, in order where several have them."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, words in enumerate(self._new_words):
            places[words].append(at)
        for at, words in enumerate(self._old_words):
            if words and places.get(words):
                self._pair(at, places[words].pop(0), 1.0)

    def pair_like(self, enough: float) -> None:
        """The likest first, as long as they are like enough."""
        found = []
        for one, other in self._candidates():
            likeness = self._like(one, other)
            strength = max(likeness, self._held_in(one, other))
            standing = self._standing(one, other)
            if strength >= enough and (enough == _SURE or standing >= _NUMBERED):
                found.append((strength + standing, -one, -other, likeness))
        for _, one, other, likeness in sorted(found, reverse=True):
            if -one not in self.partner and -other not in self._taken:
                self._pair(-one, -other, likeness)

    def _pair(self, one: int, other: int, likeness: float) -> None:
        self.partner[one] = (other, likeness)
        self._taken.add(other)

    def _like(self, one: int, other: int) -> float:
        from rapidfuzz import fuzz

        key = (one, other)
        if key not in self._likeness:
            ratio = fuzz.ratio(self._old_words[one], self._new_words[other]) / 100
            # 1 is kept for the very words.
            self._likeness[key] = min(ratio, 0.9999)
        return self._likeness[key]

    def _held_in(self, one: int, other: int) -> float:
        """How much of the shorter piece, by its rarer bigrams, the longer one has."""
        old, new = self._old_grams[one], self._new_grams[other]
        if min(len(old), len(new)) < _SHORTEST_HELD:
            return 0.0
        shared = sum(self._weight[gram] for gram in old & new)
        whole = min(sum(map(self._weight.__getitem__, grams)) for grams in (old, new))
        lengths = sorted((len(old), len(new)))
        evenness: float = (lengths[0] / lengths[1]) ** _LENGTH
        return _HELD * shared / whole * evenness

    def _standing(self, one: int, other: int) -> float:
        """What the place of two pieces adds to their likeness."""
        old, new = self._old[one], self._new[other]
        lower = [self.partner[at][0] for at in range(max(0, one - 3), one) if at in self.partner]
        upper = [self.partner[at][0] for at in range(one + 1, one + 4) if at in self.partner]
        between = (not lower or max(lower) < other) and (not upper or other < min(upper))
        score = _IN_PLACE if between and (lower or upper) else 0.0
        score += _NUMBERED if old.label and old.label == new.label else 0.0
        return score + (_HEADED if old.heading and old.heading == new.heading else 0.0)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """For each old piece not paired the new ones that share the most of its rarer bigrams."""
        open_new = [at for at in range(len(self._new)) if at not in self._taken]
        postings: dict[str, list[int]] = defaultdict(list)
        for at in open_new:
            for gram in self._new_grams[at]:
                postings[gram].append(at)
        numbered = {self._new[at].label: at for at in open_new if self._new[at].label}
        for one in range(len(self._old)):
            if one in self.partner:
                continue
            shared: dict[int, float] = defaultdict(float)
            for gram in self._old_grams[one]:
                for at in postings.get(gram, ()):
                    shared[at] += self._weight[gram]
            chosen = nlargest(_CANDIDATES, shared, key=lambda at: (shared[at], -at))
            same_number = numbered.get(self._old[one].label)
            yield from ((one, at) for at in chosen)
            if same_number is not None and same_number not in chosen:
                yield one, same_number


def _in_order(
    old: Sequence[Piece], new: Sequence[Piece], partner: dict[int, tuple[int, float]]
) -> Iterator[Pair]:
    back = {other: (one, likeness) for one, (other, likeness) in partner.items()}
    # A piece that is gone stands before the partner of the next old piece that has one.
    gone = [at for at in range(len(old)) if at not in partner]
    paired = sorted(partner)
    before: dict[int, list[int]] = defaultdict(list)
    for at in gone:
        following = bisect_left(paired, at)
        place = partner[paired[following]][0] if following < len(paired) else len(new)
        before[place].append(at)
    for at, piece in enumerate(new):
        yield from (Pair(old[each], None, 0.0) for each in before[at])
        if at in back:
            one, likeness = back[at]
            yield Pair(old[one], piece, likeness)
        else:
            yield Pair(None, piece, 0.0)
    yield from (Pair(old[each], None, 0.0) for each in before[len(new)])


def folded(words: str) -> str:
    """The words as they are compared."""
    return _UNSEEN.sub("", words.translate(_WIDTH))


def _weights(pieces: Sequence[set[str]]) -> dict[str, float]:
    """Bigram → what it tells: much when few pieces have it."""
    counts = Counter(gram for grams in pieces for gram in grams)
    return {gram: log(1 + len(pieces) / count) for gram, count in counts.items()}


def _bigrams(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}

"""Where given words stand in the library, exactly or nearly, and what differs.

Exact search is complete: words that stand in a document are found, whatever their width, quotation
marks, white space, line breaks, letter case, and in traditional characters. What a match differs
in beyond width, shape of quotation marks and white space is in its ``differences``; ``verbatim``
says that there is nothing. Near places follow: beside exact ones only those very like the words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from corpus import Document, InputError
from index import simplified
from qa.wording.asking import fragments, pieces, unwrapped
from qa.wording.differences import differences
from qa.wording.folding import loose
from qa.wording.haystack import Haystack, Span
from qa.wording.matches import Match, as_quoted, match_record, new_match, with_marks
from qa.wording.near import LONG, Near, Stretch, apart

__all__ = ["LONGEST_NEAR", "Match", "Wording", "least_similarity", "match_record"]

LONGEST_NEAR = 2000
"""Characters; a longer text is looked for exactly only."""
_SHORTEST_NEAR = 4
_GOOD_WHOLE = 0.85
"""A likeness from which on the words are not seen as fragments put together."""
_LEAST_ALONE = 8
"""Characters of a part that is looked for by itself when the whole is not found."""
_UNMARKED = 0.97
"""What is left of the likeness when nothing marks where the fragments were put together."""
_BESIDE_EXACT = 0.8
"""The likeness of what is worth showing below an exact place."""
_LAWS = frozenset(
    "宪法 法律 立法解释 修正案 修改决定 行政法规 监察法规 地方性法规 部门规章 司法解释".split()
)
_WORD = re.compile(r"\w")


def least_similarity(length: int) -> float:
    """The likeness below which ``length`` characters count as not found; more for few of them."""
    return 0.75 if length < 8 else 0.68 if length < 14 else 0.6


class Wording:
    """Looks words up in documents; their words are read when it is first asked."""

    def __init__(self, documents: Iterable[Document]) -> None:
        held = [document for document in documents if document.text_count]
        self._documents = sorted(held, key=_place)

    @cached_property
    def _haystack(self) -> Haystack:
        return Haystack(self._documents)

    @cached_property
    def _near(self) -> Near:
        return Near(self._haystack)

    def find(
        self,
        text: str,
        k: int = 10,
        all_versions: bool = False,
        documents: Collection[str] = (),
    ) -> list[Match]:
        """At most ``k`` places: documents in force first, plans, then laws, in library order.

        Near ones come most alike first. A question around the words (哪份文件里说过…) is taken off
        when the text itself stands nowhere. ``documents`` are ids or titles; replaced and repealed
        ones are looked at when named, or with ``all_versions``.

        InputError for a text without a letter or number, ``k`` below 1, a document not held, and a
        text of more than ``LONGEST_NEAR`` characters that stands nowhere as it is.
        """
        self._check(text, k, documents)
        ranges = self._haystack.ranges(self._admitted(all_versions, documents))
        asked = [text.strip(), *unwrapped(text[: LONGEST_NEAR + 100])]
        exact: list[Match] = []
        draft = asked[1] if len(asked) > 1 else asked[0]
        for draft_asked in asked:
            exact = list(islice(self._exact(draft_asked, ranges), k))
            if exact:
                draft = draft_asked
                break
        if len(loose(draft).text) > LONGEST_NEAR:
            if exact:
                return exact
            raise InputError(
                f"这段文字有 {len(text)} 个字，文档库里没有整段相同的；"
                f"近似查找每次最多 {LONGEST_NEAR} 个字，请分段查找。"
            )
        near = self._nearly(draft, ranges, exact) if len(exact) < k else []
        return [*exact, *near][:k]

    def exact(
        self, text: str, all_versions: bool = False, documents: Collection[str] = ()
    ) -> Iterator[Match]:
        """Every place where these words stand, in the order of ``find``."""
        return self._exact(text, self._haystack.ranges(self._admitted(all_versions, documents)))

    def like(
        self, text: str, all_versions: bool = False, documents: Collection[str] = (), most: int = 4
    ) -> list[Match]:
        """The places most like the words as they are, best first; exact ones are among them."""
        ranges = self._haystack.ranges(self._admitted(all_versions, documents))
        words, parts = _scripts(text)[-1], pieces(text)
        if len(words) < _SHORTEST_NEAR or len(words) > LONGEST_NEAR or not ranges:
            return []
        if len(parts) > 1:
            found = self._together(parts, ranges, 1.0)
        else:
            found = self._near.stretches(words, ranges, most)
        least = least_similarity(len(words))
        return [self._near_match(text, parts, one) for one in found if one.similarity >= least]

    def _check(self, text: str, k: int, documents: Collection[str]) -> None:
        if k < 1:
            raise InputError(f"k 至少是 1，现在是 {k}。")
        if not text.strip():
            raise InputError("要查找的文字是空的，请输入一句话或几个词。")
        if not _WORD.search(loose(text).text):
            raise InputError("要查找的文字里只有标点或无法识别的字符，请输入一句话或几个词。")
        known = {name for d in self._documents for name in (d.id, d.title)}
        for name in documents:
            if name not in known:
                raise InputError(
                    f"文档库里没有“{name[:80]}”，请先看文档库里有哪些文档（faju documents list）。"
                )

    def _admitted(self, all_versions: bool, documents: Collection[str]) -> set[str]:
        wanted = set(documents)
        return {
            d.id
            for d in self._documents
            if (wanted & {d.id, d.title} if wanted else d.current or all_versions)
        }

    def _exact(self, draft: str, ranges: Sequence[Span]) -> Iterator[Match]:
        for words in _scripts(draft):
            found = False
            for span in self._haystack.places(words, ranges):
                found = True
                document, start, end = self._haystack.source(*span)
                start, end = with_marks(draft, document.text, start, end)
                source = document.text[start:end]
                unlike = differences(as_quoted(draft, source), source)
                yield new_match("exact", 1.0, document, ((start, end),), unlike)
            if found:
                return

    def _nearly(self, draft: str, ranges: Sequence[Span], exact: Sequence[Match]) -> list[Match]:
        words = _scripts(draft)[-1]
        if len(words) < _SHORTEST_NEAR or not ranges:
            return []
        least = _BESIDE_EXACT if exact else least_similarity(len(words))
        parts = pieces(draft)
        found = [] if len(parts) > 1 else self._near.stretches(words, ranges)
        if len(parts) > 1:
            found = self._together(parts, ranges, 1.0)
        elif len(words) <= LONG and (not found or found[0].similarity < _GOOD_WHOLE):
            for split in fragments(draft):
                found = found + self._together(split, ranges, _UNMARKED)
        alike = apart(one for one in found if one.similarity >= least)
        if not alike and not exact and len(words) <= LONG:
            alike = apart(self._alone(draft, len(words), ranges))
        matches = [self._near_match(draft, parts, one) for one in alike]
        return [match for match in matches if not any(match.overlaps(other) for other in exact)]

    def _alone(self, draft: str, length: int, ranges: Sequence[Span]) -> Iterator[Stretch]:
        """Where a part of the words stands by itself, as like as its share of them."""
        marked = len(pieces(draft)) > 1
        for parts in [pieces(draft)] if marked else fragments(draft):
            for part in parts:
                words = _scripts(part)[-1]
                share = len(words) / length
                if len(words) >= _LEAST_ALONE and share >= (0.2 if marked else 0.5):
                    for one in self._near.stretches(words, ranges):
                        if one.similarity >= _GOOD_WHOLE:
                            yield Stretch(one.similarity * share, one.spans)

    def _together(
        self, parts: Sequence[str], ranges: Sequence[Span], worth: float
    ) -> list[Stretch]:
        words = [_scripts(part)[-1] for part in parts]
        if not all(words):
            return []
        joined = self._near.joined(words, ranges)
        return [Stretch(one.similarity * worth, one.spans) for one in joined]

    def _near_match(self, draft: str, parts: Sequence[str], found: Stretch) -> Match:
        document, first, last = self._haystack.source(*found.whole)
        first, last = with_marks(draft, document.text, first, last)
        likeness = min(found.similarity, 0.99)
        if len(parts) > 1 and len(parts) == len(found.spans) and found.in_order:
            spans = tuple(self._haystack.source(*span)[1:] for span in found.spans)
            unlike = tuple(
                each
                for part, (start, end) in zip(parts, spans, strict=True)
                for each in differences(part, document.text[start:end])
            )
            return new_match("near", likeness, document, spans, unlike)
        source = document.text[first:last]
        unlike = differences(as_quoted(draft, source), source)
        return new_match("near", likeness, document, ((first, last),), unlike)


def _place(document: Document) -> tuple[bool, bool, bool]:
    """In force first; plans, then the Constitution, then laws; the library's order within each."""
    return not document.current, document.kind in _LAWS, document.kind != "宪法"


def _scripts(draft: str) -> list[str]:
    """The words to look for: as they are, then as the converter reads them in their phrases."""
    plain = loose(draft).text
    if plain.isascii() or len(draft) > LONGEST_NEAR * 2:
        return [plain]
    return list(dict.fromkeys((plain, loose(simplified(_sound(draft))).text)))


def _sound(text: str) -> str:
    """The text without lone surrogates, which the converter cannot read."""
    return text.encode("utf-8", "ignore").decode("utf-8")

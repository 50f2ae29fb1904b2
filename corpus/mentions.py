"""Where documents are named in a text, with 《》 and without, and what points at them.

A name in 《》 is one whatever it says. Without them these are names: the longest known name that is
a mention there (``corpus.mentioning``), a title written around the name of a law
(``corpus.long_titles``), the names that the text gives itself (``corpus.given_names``), and before
a place, or in a question, short names of laws and names that are not known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.given_names import given_names
from corpus.known import KnownDocument, Names
from corpus.lexicon import word_before
from corpus.long_titles import ASKED_OF, around_name, beyond_name, unknown_name
from corpus.mentioning import chinese, is_mention, leads
from corpus.names import bracketed_names, name_key, name_pattern
from corpus.places import ARTICLE_START, SECTION_START, read_places

__all__ = ["Mention", "MentionFinder"]

_KINDS = "法典|法|条例|规划|纲要|办法|规定|决定|意见|建议|细则|章程|方案|规则|准则|解释|通知"
_PLACE = rf"(?:{ARTICLE_START}|{SECTION_START})"
_BACK = re.compile(
    rf"(?:(?P<this>本)|该|(?<!合)同|上述|前述)(?P<kind>{_KINDS})(?=\s?的?\s?{_PLACE})"
)
_BARE = re.compile(_PLACE)
_LINE_START = re.compile(r"(?:^|[\r\n])[ \u3000]*$")
_JOINT = re.compile(r"[ \u3000]?[的之中]?[ \u3000]?$")
_BRACKET = re.compile(r"[ \u3000]?[(（][^()（）\n]{1,60}[)）]$")
_LAW = ("法", "法典", "条例", "规则")
_LONGER = (*_LAW, "修正案")
_NAME_END = re.compile(rf"法典|法|规则|(?P<regulation>条例|细则|准则|规程)(?={ASKED_OF})")
_LEAST_UNKNOWN = 5
_INNER = str.maketrans("<>＜＞", "〈〉〈〉")
_LONGEST_SHORT = 14
_SHORTEST_SHORT = 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a place may follow: a name, words that point back, or nothing but the place.

    ``this`` is 本法, ``that`` 该法 and the like (``title`` the kind of document said), ``bare`` a
    place by itself, ``unknown`` one after words that mean something else than the documents named
    before (合同第五条).
    """

    start: int
    end: int
    kind: Literal["name", "this", "that", "bare", "unknown"]
    title: str = ""
    known: KnownDocument | None = None


class MentionFinder:
    """Finds mentions; built once from the names that documents can have."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._pattern = name_pattern(names.written)

    def find(self, text: str, asked: bool = False) -> list[Mention]:
        """In the order of the text; a place by itself is still to be read back (``read_back``)."""
        brackets = bracketed_names(text)
        named = [self._bracketed(text, *span) for span in brackets]
        named += self._plain(text, self._pattern, brackets, asked)
        named = self._with_given(text, named, brackets)
        if asked:
            named += self._short(text, named)
        starts = [start for start, _ in brackets]
        others = [
            Mention(*found.span(), "this" if found["this"] else "that", found["kind"])
            for found in _BACK.finditer(text)
        ]
        others += [
            Mention(found.start(), found.start(), "bare")
            for found in _BARE.finditer(text)
            if not _LINE_START.search(text, max(0, found.start() - 4), found.start())
            or (asked and not found.start())
        ]
        # What stands inside a name in 《》 is part of that name.
        outside = [each for each in others if not _inside(each.start, brackets, starts)]
        return sorted([*named, *outside], key=lambda each: (each.start, -each.end))

    def read_back(self, text: str, place: Mention, floor: int) -> Mention:
        """What a place by itself is said to be of by the words before it, from ``floor`` on.

        Other mentions come back as they are.
        """
        if place.kind != "bare":
            return place
        at = place.start
        joint = _JOINT.search(text, max(floor, at - 3), at)
        end = at if joint is None else joint.start()
        bracket = _BRACKET.search(text, max(floor, end - 64), end)
        for name_end in (end, *([bracket.start()] if bracket else ())):
            if short := self._short_before(text, name_end, floor, placed=True):
                return replace(short, end=at)
            start = unknown_name(text, name_end, floor)
            if start is not None and start >= 0:
                return replace(self._named(start, name_end, text[start:name_end]), end=at)
            if start is not None:
                return replace(place, kind="unknown")
        return replace(place, kind="unknown") if _other_thing(text, at) else place

    def _bracketed(self, text: str, start: int, end: int) -> Mention:
        name = text[start + 1 : end - 1]
        around = around_name(text, start, end)
        if around is not None:
            return self._long(text, *around)
        if name.endswith(_LONGER) and (beyond := beyond_name(text, end)) > end:
            return self._long(text, start, beyond)
        return self._named(start, end, name)

    def _plain(
        self,
        text: str,
        pattern: re.Pattern[str],
        brackets: Sequence[Span],
        asked: bool = False,
    ) -> Iterator[Mention]:
        starts = [start for start, _ in brackets]
        at = 0
        while match := pattern.search(text, at):
            start, end = match.span()
            around_it = bisect_right(starts, start) - 1
            if around_it >= 0 and start < brackets[around_it][1]:
                at = brackets[around_it][1]
                continue
            around = around_name(text, start, end)
            if around is not None:
                yield self._long(text, *around)
                at = around[1]
            elif (
                match.group().endswith(_LONGER) and (beyond := beyond_name(text, end, asked)) > end
            ):
                long = self._long(text, start, beyond)
                if long.known or asked or read_places(text, beyond):
                    yield long
                at = beyond
            elif is_mention(text, start, end, self._whole(match.group(), asked)):
                yield self._longest(text, self._named(start, end, match.group()), at)
                at = end
            else:
                # A shorter name may still begin inside a longer one that was turned down.
                at = start + 1

    def _whole(self, name: str, asked: bool) -> bool:
        """Whether a name needs no place behind it: a title, in a question any name of a law."""
        return self._names.proper(name) or (asked and name.endswith(_LAW))

    def _longest(self, text: str, found: Mention, floor: int) -> Mention:
        """The short name that a known name is the end of: 调解仲裁法, not 仲裁法."""
        word = word_before(text, found.start) if chinese(text[found.start - 1]) else None
        if found.start <= floor or word is None or not word.tag.startswith(("n", "v")):
            return found
        longer = self._short_before(text, found.end, floor, placed=True)
        return longer if longer is not None and longer.start < found.start else found

    def _named(self, start: int, end: int, name: str) -> Mention:
        versions = self._names.versions(name)
        title = versions[0].title if versions else _shown(name)
        return Mention(start, end, "name", title, versions[0] if versions else None)

    def _long(self, text: str, start: int, end: int) -> Mention:
        found = self._named(start, end, text[start:end])
        return found if found.known else replace(found, title=_shown(text[start:end]))

    def _with_given(
        self, text: str, named: list[Mention], brackets: Sequence[Span]
    ) -> list[Mention]:
        """The mentions with those by names that the text itself gives; what it gives is none."""
        giving = list(given_names(text))
        if not giving:
            return named
        ends = {each.end: each for each in named}
        given: dict[str, Mention] = {}
        for each in giving:
            known = ends.get(each.start)
            if known is None and (start := unknown_name(text, each.start)) not in {None, -1}:
                known = Mention(start or 0, each.start, "name", _shown(text[start : each.start]))
            if known is not None:
                given[name_key(each.name)] = known
        spans = [(each.start, each.end) for each in giving]
        starts = [start for start, _ in spans]
        extra = self._plain(text, name_pattern(given), brackets) if given else ()
        found: dict[Span, Mention] = {}
        for mention in (*named, *extra):
            if _inside(mention.start, spans, starts):
                continue
            own = given.get(name_key(text[mention.start : mention.end].strip("《》")), mention)
            meant = replace(mention, title=own.title, known=own.known)
            found[mention.start, mention.end] = meant
        return list(found.values())

    def _short(self, text: str, named: Sequence[Mention]) -> Iterator[Mention]:
        """Names in a question of which the library has no title.

        Short names of laws (招投标法怎么规定开标), regulations that are not held
        (工伤保险条例怎么认定工伤).
        """
        for match in _NAME_END.finditer(text):
            end = match.end()
            if any(each.start < end and match.start() < each.end for each in named):
                continue
            found = self._short_before(text, end, 0, placed=False)
            beyond = end if found is None else beyond_name(text, end, asked=True)
            if found is not None and beyond > end:
                yield self._long(text, found.start, beyond)
            elif found is not None and is_mention(text, found.start, end):
                yield found
            elif found is None and match["regulation"]:
                start = unknown_name(text, end)
                if start is not None and start >= 0 and end - start >= _LEAST_UNKNOWN:
                    yield self._named(start, end, text[start:end])

    def _short_before(self, text: str, end: int, floor: int, placed: bool) -> Mention | None:
        if not text.endswith(_LAW, floor, end):
            return None
        for start in range(max(floor, end - _LONGEST_SHORT), end - _SHORTEST_SHORT + 1):
            name = text[start:end]
            if not all(map(chinese, name)) or not self._names.meant(name):
                continue
            if not chinese(text[start - 1 : start]) or leads(text, start, placed):
                return self._named(start, end, name)
        return None


def _inside(at: int, spans: Sequence[Span], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < spans[index][1]


def _shown(name: str) -> str:
    """A title as it is shown inside 《》."""
    bare = re.sub(r"\s+", "", name).translate(_INNER)
    if bare.startswith("《"):
        bare = bare[1:].replace("》", "", 1)
    return bare.replace("《", "〈").replace("》", "〉")


def _other_thing(text: str, at: int) -> bool:
    """Whether a place is directly said to be of a thing: 合同第五条, 附件一第二条."""
    if not chinese(text[at - 1 : at]):
        return False
    word = word_before(text, at)
    thing = word.tag.startswith(("n", "a", "vn")) or word.text.endswith("书")
    return len(word.text) > 1 and thing

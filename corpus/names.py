"""Names of documents: how they are compared, and where they stand in a text without 《》.

A name without brackets is a mention when it stands for the document, not inside a longer word:

- the longest known name wins (社会保险法, not 保险法);
- what follows must not turn it into another word: 行政法|规, 公司法|人, 宪法|宣誓, 刑法|修正案;
- a short name of a law must stand after a word that takes an object, or after no Chinese character:
  成人教育法 is not 教育法; 宪法, 刑法 and 民法典 are known to everyone and need no such word;
- a very short or general name (水法, 规划) must be followed by a place: 规划第三章.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = [
    "bracketed_names",
    "find_names",
    "key_variants",
    "name_key",
    "name_pattern",
    "own_aliases",
]

_COUNTRY = "中华人民共和国"
_FOLD = str.maketrans(
    "（）〔〕［］，：；．－–—―～０１２３４５６７８９",
    "()()[],:;.-----0123456789",
)
_DROPPED = re.compile(r"[\s“”‘’\"'「」『』〈〉]+")
_VERSION = re.compile(r"\([^()]*(?:修正|修订|修改|征求意见稿|草案|试行|送审稿|版|年)\)$")
_LONGEST_NAME = 200

_DIGITS = "〇零一二三四五六七八九十百千万两0-9０-９"
_PLACE_NEXT = re.compile(rf"\s?[)）]?\s?[中的]?\s?第\s?[{_DIGITS}]+\s?[编分章节条、至到部]")
_AFTER_LAW = re.compile(
    r"[务人律院官治庭]|规(?!定)|学(?!习)|定(?!罪)|制(?!裁|约)|委员会|修正案|实施(?:细则|条例|办法)|司法解释"
)
_AFTER_CONSTITUTION = re.compile(
    r"宣誓|宣传|日|精神|意识|教育|法律意识|和法律委员会|学(?!习)|监督|性|活动|周|修正案|史|典|馆|讲"
)
_OBJECT_TAKING = frozenset(
    "的和与及或依照据按违反遵守用行施彻习传改定落实参现新旧括合犯等如即是在对从为把将被由以于"
    "过布台循引讲学懂护崇普出有到因展成立国本该其"
)
_FOREIGN = re.compile(r"(?:[美英法德俄韩]国|日本|外国|国际|军事|比较)$")
_FAMOUS = frozenset({"宪法", "刑法", "民法典"})


def name_key(name: str) -> str:
    """The form in which names are compared: width, quotation marks, spaces and dashes aside."""
    return re.sub(r"-+", "-", _DROPPED.sub("", name.translate(_FOLD)))


def own_aliases(title: str) -> tuple[str, ...]:
    """What else a document of this title is called: without its version, without the country."""
    bare = _VERSION.sub("", title.translate(_FOLD)) if _VERSION.search(name_key(title)) else title
    names = (bare, bare.removeprefix(_COUNTRY))
    return tuple(name for name in dict.fromkeys(names) if len(name) > 3 and name != title)


def key_variants(name: str) -> Iterator[str]:
    """The keys to look a written name up by, most literal first."""
    key = name_key(name)
    bare = _VERSION.sub("", key)
    yield key
    yield bare
    yield bare.removeprefix(_COUNTRY)
    yield _COUNTRY + bare


def bracketed_names(text: str) -> list[tuple[int, int]]:
    """Spans of the outermost complete 《…》, brackets included; unbalanced ones are passed over."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer("[《》]", text):
        if match.group() == "《":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if 2 < match.end() - start <= _LONGEST_NAME + 2:
                pairs.append((start, match.end()))
    outer: list[tuple[int, int]] = []
    for start, end in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    return outer


def name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """One expression that finds the longest of the names at each position, in linear time.

    Names are grouped by their first character, so that a position tries few of them.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    for name in names:
        short = name.removeprefix(_COUNTRY)
        if len(short) > 1:
            groups[short[0]].add(short[1:])
    branches = []
    for first in sorted(groups):
        tails = sorted(groups[first], key=lambda tail: (-len(tail), tail))
        branches.append(re.escape(first) + "(?:" + "|".join(map(_loose, tails)) + ")")
    if not branches:
        return re.compile(r"(?!)")
    firsts = "".join(map(re.escape, sorted(groups)))
    return re.compile(f"(?:{_COUNTRY})?(?=[{firsts}])(?:{'|'.join(branches)})")


def _loose(tail: str) -> str:
    """Both widths of brackets and any dash."""
    parts = []
    for character in tail:
        if character in "()（）":
            parts.append("[(（]" if character in "(（" else "[)）]")
        elif character in "-—–－":
            parts.append("[-—–－]{1,2}")
        else:
            parts.append(re.escape(character))
    return "".join(parts)


def find_names(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Spans of the names without brackets that are mentions, by the rules of this module."""
    at = 0
    while match := pattern.search(text, at):
        at = match.end()
        if _is_mention(text, match):
            yield match.span()
        else:
            # A shorter name may still begin inside a longer one that was turned down.
            at = match.start() + 1


def _is_mention(text: str, match: re.Match[str]) -> bool:
    written = match.group()
    name = written.removeprefix(_COUNTRY)
    before = text[max(0, match.start() - 4) : match.start()]
    if before.endswith("宪法讲") or _part_of_longer_word(name, text, match.end()):
        return False
    placed = _PLACE_NEXT.match(text, match.end()) is not None
    return name != written or _may_stand_after(name, before, placed)


def _part_of_longer_word(name: str, text: str, end: int) -> bool:
    """Whether what follows makes the name the first half of another word."""
    if name == "宪法":
        return _AFTER_CONSTITUTION.match(text, end) is not None
    return name.endswith("法") and _AFTER_LAW.match(text, end) is not None


def _may_stand_after(name: str, before: str, placed: bool) -> bool:
    """Whether the name can be whole, seen from what stands before it (and a place after it)."""
    previous = before[-1:]
    if name in _FAMOUS:
        return _FOREIGN.search(before) is None
    if not name.endswith(("法", "法典")) and len(name) <= 4:
        return placed and not _chinese(previous)
    if len(name) <= 2 and not placed:
        return False
    return len(name) > 3 or not _chinese(previous) or previous in _OBJECT_TAKING


def _chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"

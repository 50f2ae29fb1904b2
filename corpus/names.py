"""Names of documents: how they are compared, and how they are found in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = ["bracketed_names", "key_variants", "name_key", "name_pattern", "own_aliases"]

_COUNTRY = "中华人民共和国"
_FOLD = str.maketrans(
    "（）〔〕［］，：；．－–—―～＜＞０１２３４５６７８９",
    "()()[],:;.-----<>0123456789",
)
_DROPPED = re.compile(r"[\s“”‘’\"'「」『』〈〉]+")
_VERSION = re.compile(
    r"\([^()]*(?:修正|修订|修改|征求意见稿|草案|试行|送审稿|版|年|\d{4}-+\d{4})\)$"
)
_LONGEST_NAME = 200


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

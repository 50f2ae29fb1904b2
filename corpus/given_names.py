"""Names that a text itself gives a document: 《行政处罚法》（以下简称《处罚法》）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["GivenName", "given_names"]

_BARE = r"[^“”《》「」『』\"()（）、，,。；\n]{2,20}"
_NAME = rf"[“\"「『]?\s?(?:《[^《》\n]{{2,40}}》|{_BARE})\s?[”\"」』]?"
_GIVEN = rf"(?:统称|简称|下称|以下称|称)(?:为|作)?\s?[:：]?\s?{_NAME}(?:\s?(?:或者?|、)\s?{_NAME})?"
_GIVING = re.compile(
    rf"\s?[(（](?:[^()（）《》\n]{{0,30}}[，,；;]\s?)?(?:以下|下文|后文)?(?P<inside>{_GIVEN})[^()（）]{{0,10}}[)）]"
    rf"|[,，]\s?(?:以下|下文|后文)(?P<after>{_GIVEN})(?=[,，。；;])"
)
_LEAD = re.compile(r"^(?:统称|简称|下称|以下称|称)(?:为|作)?\s?[:：]?\s?")
_ONE = re.compile(r"《([^《》]+)》|([^“”《》「」『』\"、或]{2,})")
_MARK = re.compile("[简统]称|[下文]称")
_POINTING = re.compile("[本该]")


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name for the document whose own name ends at ``start``; ``[start, end)`` gives it."""

    name: str
    start: int
    end: int


def given_names(text: str) -> Iterator[GivenName]:
    """The names given, in their order; 本办法 and 该法 are no names."""
    done = 0
    for mark in _MARK.finditer(text):
        begin = max(done, mark.start() - 40)
        match = _GIVING.search(text, begin, min(len(text), mark.end() + 100))
        if match is None or not match.start() <= mark.start() < match.end():
            continue
        done = match.end()
        for bracketed, bare in _ONE.findall(_LEAD.sub("", match["inside"] or match["after"])):
            name = (bracketed or bare).strip()
            if not _POINTING.match(name):
                yield GivenName(name, match.start(), match.end())

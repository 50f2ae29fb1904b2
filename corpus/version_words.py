"""Which version of a law a text means: 2012年修正, 原《公司法》, 修订前的, 旧第四十六条, 三审稿.

A version is said beside the name or the place: before it (1996年制定的《行政处罚法》, 旧公司法,
监察法旧第24条), after it in brackets (《公司法》（2018年修正）), or inside the name's own
(《公司法（2018修正）》). A year that no word ties to a version (2024年《民法典》第五条)
may be that of an event, and counts only when it lies before the text in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.records import Citation

__all__ = ["Said", "said_version"]

_YEAR = r"(?:19|20)\d\d|(?<!\d)[5-9]\d(?=年)|[一二][九〇零○][〇零○一二三四五六七八九]{2}"
_DATE = rf"(?P<year>{_YEAR})\s?年?(?:\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)?"
_ACTS = "修正|修订|修改|制定|颁布|公布|通过|发布|施行|实施|生效"
_TIMES = "(?:第[一二三四五六七八九十]+次)?"
_FORMER = r"(?:修订|修正|修改|修法|施行|实施|生效)(?:之|以)?前"
_DRAFT = r"(?:草案|送审稿|征求意见稿|讨论稿|审议稿|[一二三四]审稿)"
_BEFORE = (
    (
        "former",
        re.compile(
            rf"(?:{_FORMER}的?|(?<![还复草高平中太末新陈仍依照])[原旧老](?:版|法)?"
            r"|(?:原[来先]|以前|过去|此前|当时(?:有效|施行|适用)?)的)$"
        ),
    ),
    ("draft", re.compile(rf"{_DRAFT}[)）]?》?的?$")),
    ("year", re.compile(rf"{_DATE}{_TIMES}(?P<act>{_ACTS}|版|文本)?(?:后|并施行|本)?的?$")),
    ("now", re.compile(r"(?:现行(?:有效)?|现为?|(?:修订|修正|修改)后|新修[订正改]?|新)的?$")),
)
_IN_BRACKETS = (
    ("draft", re.compile(_DRAFT)),
    ("former", re.compile(_FORMER)),
    (
        "year",
        re.compile(rf"{_DATE}(?:(?!{_YEAR})[^，,；;、]){{0,24}}?{_TIMES}(?P<act>修正|修订|修改)"),
    ),
    ("year", re.compile(rf"^\s?{_DATE}\s?(?P<act>{_ACTS}|版|文本)?\s?(?=$|[，,；;、])")),
)
_BRACKETS = re.compile(r"\s?[(（]([^()（）\n]{2,60})[)）]")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_BEHIND = 20
_TWO_DIGITS = 99

Kind = Literal["year", "former", "draft", "now"]


@dataclass(frozen=True, slots=True)
class Said:
    """A version as a text says it: ``words`` are the text's, ``year`` 0 where none is said.

    ``firm``: the words speak of a version, not perhaps of the year of an event. ``lasting``: the
    text gives the version a short name (以下简称), so that later mentions mean it too.
    """

    kind: Kind
    words: str
    year: int = 0
    firm: bool = True
    lasting: bool = False


def said_version(text: str, citation: Citation) -> Said | None:
    """The version that is said beside a citation; None where none is."""
    for start in _bracket_starts(text, citation):
        match = _BRACKETS.match(text, start)
        said = _bracketed(match[1]) if match else None
        if said is not None:
            return said
    before = text[max(0, citation.start - _BEHIND) : citation.start]
    bare = text[citation.start : citation.start + 1] == "第"
    for kind, pattern in _BEFORE:
        match = pattern.search(before)
        if match is not None:
            said = _said(kind, match)
            return said if said.firm or not bare else None
    return None


def _bracket_starts(text: str, citation: Citation) -> Iterator[int]:
    """Where brackets with a version may begin: inside the citation, and right after it."""
    for match in _BRACKETS.finditer(text, citation.start, citation.end):
        yield match.start()
    yield citation.end


def _bracketed(words: str) -> Said | None:
    for kind, pattern in _IN_BRACKETS:
        matches = list(pattern.finditer(words))
        if matches:
            # Of several dates (1993年通过 2018年修正) the last is the version's.
            said = _said(kind, matches[-1])
            return Said(said.kind, said.words, said.year, True, "简称" in words)
    return None


def _said(kind: str, match: re.Match[str]) -> Said:
    words = match[0].strip().removesuffix("的")
    if kind == "year":
        year = int(match["year"].translate(_DIGITS))
        year += 0 if year > _TWO_DIGITS else 1900
        return Said("year", words, year, match["act"] is not None)
    return Said("former" if kind == "former" else "draft" if kind == "draft" else "now", words)

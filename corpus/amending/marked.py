"""An instruction with what it quotes and what it points to taken out.

Its turn of phrase is left: 将第二条第一款修改为：“……” is 将 PLACE 修改为：QUOTED.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.amending.quoted import QUOTED, lift
from corpus.amending.steps import Spot
from corpus.numerals import parse_article
from corpus.places import ARTICLE_START, read_places

__all__ = ["PLACE", "QUOTED", "Marked", "Written", "mark"]

PLACE = "\ue002"
"""Stands in ``Marked.text`` for each place."""

_COUNTRY = "中华人民共和国"
_N = "[一二三四五六七八九十百零两0-9]"
_CLAUSE_END = re.compile("[，。；：\n]")
_PREAMBLE = rf"序言第{_N}+自然段"


@dataclass(frozen=True, slots=True)
class Written:
    """A place as written and the spots it means; ``article`` is "" where none is said.

    The preamble, which is in no article, is the spot 序言.
    """

    surface: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The marked text, and what the marks stand for, in order."""

    text: str
    places: tuple[Written, ...]
    quotations: tuple[tuple[str, ...], ...]


def mark(text: str, law: str) -> Marked:
    """Mark an instruction about the law of this title."""
    lifted = lift(text)
    head = _heads(law)
    parts: list[str] = []
    places: list[Written] = []
    at = done = 0
    while match := head.search(lifted.text, at):
        end, spots = _read(lifted.text, match.end())
        if match["preamble"]:
            end, spots = match.end(), (Spot("序言"),)
        at = max(end, match.start() + 1)
        if spots:
            parts += [lifted.text[done : match.start()], PLACE]
            places.append(Written(lifted.text[match.start() : end], spots))
            done = end
    return Marked("".join(parts) + lifted.text[done:], tuple(places), lifted.quotations)


def _heads(law: str) -> re.Pattern[str]:
    short = re.escape(law.removeprefix(_COUNTRY))
    name = rf"(?:《?(?:{_COUNTRY})?{short}》?|本法|本条例)?"
    place = rf"(?={ARTICLE_START}|第{_N}{{1,6}}[款项])"
    return re.compile(rf"{name}(?:(?P<preamble>{_PREAMBLE})|{place})")


def _read(text: str, at: int) -> tuple[int, tuple[Spot, ...]]:
    """Where the place at ``at`` ends, and its spots; () when it is none."""
    named = re.match(ARTICLE_START, text[at:]) is not None
    # A bare 第二款 is read as one of an article whose number is then taken away; a comma ends the
    # place: 改为第八条，第二款修改为.
    front = "" if named else "第一条"
    places = read_places(front + _CLAUSE_END.split(text[at:], maxsplit=1)[0], 0)
    if not places or any(parse_article(place.article or "") is None for place in places):
        return at, ()
    spots = tuple(
        Spot(place.article if named and place.article else "", place.clause, place.item)
        for place in places
    )
    return at + places[-1].end - len(front), spots

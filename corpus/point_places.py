"""Places of papers that have no articles: 附件2, 3.1.2, 第五项工作, as they follow a name."""

from __future__ import annotations

import re

from corpus.number_lists import N, S
from corpus.numerals import parse_number, to_chinese

__all__ = ["read_point"]

_ANNEX = re.compile(rf"{S}的?(附{S}[件录表图])({S}(?:{N}|[A-Z])(?![年月日.．\d]))?")
_DECIMAL = re.compile(
    rf"{S}的?{S}第?{S}(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})(?![\d.．%％元万亿])[条节款]?"
)
_POINT = re.compile(
    rf"{S}的?第{S}(?:({N}){S}(?:项|点|个?方面)|[(（]{S}({N}){S}[)）]{S}[项点]?)(?!目)"
)


def read_point(text: str, at: int, asked: bool) -> tuple[tuple[str, ...], int]:
    """The labels of the sections named at ``at``, from the outermost in, and where they end.

    () for none. Annexes are named anywhere, a point or a decimal only where it is ``asked`` for:
    elsewhere 第三项 is an article's.
    """
    labels: tuple[str, ...] = ()
    annex = _ANNEX.match(text, at)
    if annex:
        kind = re.sub(r"\s", "", annex[1])
        labels, at = (kind + _written((annex[2] or "").strip()),), annex.end()
    decimal = _DECIMAL.match(text, at) if asked else None
    point = _POINT.match(text, at) if asked and decimal is None else None
    if decimal:
        return (*labels, decimal[1].replace("．", ".")), decimal.end()
    number = parse_number(point[1] or point[2]) if point else None
    if point and number:
        shape = "{}、" if point[1] else "({})"
        return (*labels, shape.format(to_chinese(number))), point.end()
    return labels, at


def _written(digits: str) -> str:
    number = parse_number(digits)
    return digits if number is None else str(number)

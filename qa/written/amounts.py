"""Numbers with their units, in one form: 三十日 and 30 日, 百分之五 and 5%, 二〇二五年, 2025年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus import parse_number
from index import normal

__all__ = ["Amount", "amounts", "lacking"]

Amount = tuple[str, str]
"""The value, and the unit where it is of time, money, share or age, else ""."""

_CHINESE = "〇零一二三四五六七八九十百千万亿两"
_UNITS = {
    "个工作日": "工作日",
    "工作日": "工作日",
    "个月": "个月",
    "个小时": "小时",
    "小时": "小时",
    "分钟": "分钟",
    "周岁": "岁",
    "个百分点": "百分点",
    "百分点": "百分点",
    "年": "年",
    "月": "月",
    "日": "日",
    "天": "日",
    "周": "周",
    "岁": "岁",
    "元": "元",
    "倍": "倍",
    "%": "%",
    "‰": "‰",
}
_COUNTED = "个项种类条款部件户家名人次级批份处所支类成米吨"
_NUMBER = re.compile(
    rf"(?P<share>百分之|千分之)?(?P<value>\d[\d,]*(?:\.\d+)?[万亿]?|[{_CHINESE}]+(?:分之[{_CHINESE}]+|点[{_CHINESE}]+)?)"
    rf"\s?(?P<unit>{'|'.join(_UNITS)}|[{_COUNTED}])?"
)
_PLACE = re.compile(rf"第\s?[\d{_CHINESE}]+")
_TIMES = {"万": 10**4, "亿": 10**8}


def amounts(text: str) -> set[Amount]:
    """Every number that says how many, how much or when.

    Left out are Chinese digits that count nothing (统一, 四川), and 一 before a thing (一个).
    """
    return {amount for amount, _ in _amounts(text)}


def lacking(text: str, source: str) -> list[str]:
    """The numbers of a text that do not stand in its source, as they are written."""
    held = amounts(source)
    values = {value for value, _ in held}
    return [
        written
        for (value, unit), written in _amounts(text)
        if (value, unit) not in held and (unit or value not in values)
    ]


def _amounts(text: str) -> Iterator[tuple[Amount, str]]:
    for match in _NUMBER.finditer(_PLACE.sub(" ", normal(text))):
        written, unit = match["value"], match["unit"] or ""
        if match["share"]:
            unit = "%" if match["share"] == "百分之" else "‰"
        strong = _UNITS.get(unit, "")
        if written[0] in _CHINESE and not strong:
            if len(written) == 1 and (not unit or written == "一"):
                continue
            if written in {"千万", "万一", "百万", "十万"} and not unit:
                continue
        yield (_value(written), strong), match.group().strip()


def _value(written: str) -> str:
    """The number in Arabic digits; one that is not read stays as it is written."""
    times = 1
    digits = written
    if written[0].isdigit():
        digits = written.replace(",", "")
        if digits[-1] in _TIMES:
            digits, times = digits[:-1], _TIMES[digits[-1]]
        return format((Decimal(digits) * times).normalize(), "f")
    number = parse_number(written)
    return written if number is None else str(number)

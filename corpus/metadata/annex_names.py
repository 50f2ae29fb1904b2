"""Lines that name annexes: 附件2, 附件2：申请表, 附表1 申请表, 附录B, 附件：1.申请表."""

from __future__ import annotations

import re

from corpus.numerals import parse_number

__all__ = ["BARE", "ENTRY_END", "LISTED", "TITLED", "annex_number", "entry", "labelled"]

_LABEL = (
    r"(?P<label>附\s?[件录表图]\s?(?P<number>[一二三四五六七八九十\d]{0,3}|[A-Z])(?:-\d{1,2})?)"
)
BARE = re.compile(rf"{_LABEL}\s?[:：]?|附[:：]")
TITLED = re.compile(rf"{_LABEL}(?:\s?[:：.．、]\s?|[ \u3000]+)(?P<title>[^。；;！？|]{{2,60}})")
LISTED = re.compile(r"附\s?件?\s?[:：]\s?(?P<entry>\S.*)?")
_ENTRY = re.compile(r"\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})\s?[.．、]\s?(?P<title>.+)")
ENTRY_END = "；;。 "


def entry(line: str) -> tuple[int, str] | None:
    """The number and the title of an entry in a list of annexes."""
    match = _ENTRY.fullmatch(line)
    return (parse_number(match["number"]) or 1, match["title"].strip(ENTRY_END)) if match else None


def labelled(line: str) -> tuple[int, str] | None:
    """The number and the title of an annex's label with its title."""
    match = TITLED.fullmatch(line)
    number = parse_number(match["number"]) if match else None
    return (number, match["title"]) if match and number else None


def annex_number(digits: str | None) -> int:
    """Of the digits in a label. An annex without a number is the first; 附录B is the second."""
    if digits and "A" <= digits <= "Z":
        return ord(digits) - ord("A") + 1
    return parse_number(digits or "") or 1

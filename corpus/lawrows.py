"""The rows in which the package holds a law, and what in them is not the article's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.numerals import article_label, parse_article, parse_number

__all__ = [
    "RANKS",
    "Row",
    "glued_heading",
    "lost_first_part",
    "owned_rows",
    "printed",
    "split_tail",
]

RANKS = {"编": 1, "分编": 2, "章": 3, "节": 4}
"""How far in each heading stands."""
_ANNEX_RANK = 1
_FAR = 20  # articles; own numbers go on one by one but where a file lacks some (by eye)
_NUMERAL = "[一二三四五六七八九十]"
_PART = re.compile(rf"(第{_NUMERAL}+(编|分编)) (\S[^。；：，]{{0,39}})")
_ANNEX = re.compile(rf"(附 ?则|附[件表]?{_NUMERAL}*)(?:[：:]\s*(.*))?")


@dataclass(frozen=True, slots=True)
class Row:
    """One article as the package holds it; ``label`` is 第…条, 条目… or 全文."""

    chapter: str
    section: str
    label: str
    text: str


def owned_rows(title: str, rows: Sequence[Row]) -> Iterator[bool]:
    """For each row whether its number is the document's own or that of a law it quotes.

    Own numbers begin with 第一条, but for an amendment of the constitution, whose numbering goes on
    from the one before, and rise; a fall or a leap begins a quotation that lasts to the end.
    """
    last: tuple[int, int] | None = None
    owned = True
    for row in rows:
        number = parse_article(row.label)
        if number is not None and owned:
            if last is None:
                owned = number[0] == 1 or "修正案" in title
            else:
                owned = last < number and number[0] <= last[0] + _FAR
            last = number
        yield owned


def printed(row: Row) -> tuple[str | None, str]:
    """Return the article's label and what is printed before its words.

    The numbered items of a decision or amendment (条目一) are printed 一、 and cited as 第一条.
    """
    if row.label.startswith("条目"):
        numeral = row.label.removeprefix("条目")
        number = parse_number(numeral)
        return (article_label(number) if number else None), f"{numeral}、"
    return (None, "") if row.label == "全文" else (row.label, f"{row.label}\u3000")


def glued_heading(line: str, last: bool) -> tuple[int, str, str] | None:
    """The heading of a 编, 分编, 附则 or annex glued to a row: rank, label, title; None if none."""
    part = _PART.fullmatch(line)
    if part:
        return RANKS[part[2]], part[1], part[3]
    annex = _ANNEX.fullmatch(line)
    if annex and (last or annex[1].endswith("则")):
        return _ANNEX_RANK, annex[1].replace(" ", ""), annex[2] or ""
    return None


def split_tail(row: Row, last: bool) -> tuple[str, tuple[str, ...]]:
    """The wording of a row, and the lines from the first heading or annex glued to it on."""
    lines = row.text.split("\n")
    for at, line in enumerate(lines):
        if at and glued_heading(line, last):
            return "\n".join(lines[:at]), tuple(lines[at:])
    return row.text, ()


def lost_first_part(rows: Sequence[Row]) -> bool:
    """Whether a glued 第二编 shows that the heading of 第一编 was lost."""
    for row in rows:
        for line in row.text.split("\n")[1:]:
            match = _PART.fullmatch(line)
            if match and match[2] == "编":
                return match[1] == "第二编"
    return False

"""One line of an official document: a heading, an article, an item, or a paragraph.

Numbering schemes by rank, outermost first: 第…编, 第…分编, 第…章, 第…节, (第…条), 一、 (一) 1. (1)
①.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import article_label, parse_number, to_chinese

__all__ = [
    "ANNEX",
    "ARTICLE",
    "Heading",
    "item_number",
    "numbered_label",
    "parse_heading",
    "parse_label",
]

ANNEX = 0
ARTICLE = 5
_PARTS = {"编": 1, "分编": 2, "章": 3, "节": 4, "条": ARTICLE}
_DIGITS = "零〇一二三四五六七八九十百千万两0-9０-９"
_PART = re.compile(
    rf"第([{_DIGITS}]+)(分编|编|章|节|条)(之[一二三四五六七八九十]+)?[ \t\u3000:：]*"
)
_SCHEMES = (
    # 一、二、三产业 is no heading.
    (6, re.compile(r"([一二三四五六七八九十百]+)\s?[、．.](?!\s?[一二三四五六七八九十]+、)\s*")),
    (7, re.compile(r"[(（]\s?([一二三四五六七八九十百]+)\s?[)）]\s*、?")),
    (8, re.compile(r"(\d{1,3})\s?[.．、](?!\d)\s*")),
    (9, re.compile(r"[(（]\s?(\d{1,3})\s?[)）]\s*")),
    (10, re.compile(r"([①-⑳])\s*")),
)
_LONGEST_TITLE = 50  # characters; the longest of all laws and the plan has 43
_SENTENCE_END = re.compile(r"[。；;！？!?]")
_REFERENCE = re.compile(
    r"第[^条章节]*[条章节]"
    rf"(?:规定|所称|第[{_DIGITS}]+[款项条目]|和|或|及|、|[至到]第|的|中(?![央小])|以(?=[上下内外前后至])|等(?!级))"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line.

    ``title_end`` is where the title ends in the line. ``inline`` says that the body goes on in the
    same line after the title (``(一)加强领导。各级党委…``); then ``title`` may be empty: a numbered
    paragraph without a title of its own.
    """

    rank: int
    number: int
    label: str
    title: str
    inline: bool = False

    @property
    def titled(self) -> bool:
        """Whether its number may prove others lost: numbered paragraphs are too loose for that."""
        return bool(self.title)


def parse_heading(line: str) -> Heading | None:
    """Read one stripped line; None when it is a plain paragraph or an item of a list."""
    match = _PART.match(line)
    if match:
        return _part(line, match)
    found = _scheme(line)
    if found is None:
        return None
    rank, number, match = found
    label, rest = re.sub(r"\s", "", match.group()), line[match.end() :].strip()
    return _numbered(rank, number, label, rest)


def item_number(line: str) -> tuple[int, int] | None:
    """Rank and number of a line that begins as an item of a list may, heading or not."""
    found = _scheme(line)
    return found[:2] if found else None


def _scheme(line: str) -> tuple[int, int, re.Match[str]] | None:
    for rank, pattern in _SCHEMES:
        match = pattern.match(line)
        number = parse_label_number(match.group(1)) if match else None
        if match and number and line[match.end() :].strip():
            return rank, number, match
    return None


def parse_label(label: str) -> tuple[int, int] | None:
    """Rank and number of a bare label such as ``第四章`` or ``三、``."""
    heading = parse_heading(label + "题")
    return (heading.rank, heading.number) if heading else None


def parse_label_number(digits: str) -> int | None:
    """The value of the digits in a label, circled numbers included; None for nonsense."""
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    return parse_number(digits)


def numbered_label(rank: int, number: int) -> str:
    """The label of a heading of this rank and number: (4, 3) -> 第三节, (6, 1) -> 一、."""
    for name, part_rank in _PARTS.items():
        if part_rank == rank:
            return article_label(number) if rank == ARTICLE else f"第{to_chinese(number)}{name}"
    chinese = to_chinese(number)
    return {6: f"{chinese}、", 7: f"({chinese})", 8: f"{number}.", 9: f"({number})"}.get(
        rank, chr(ord("①") + number - 1)
    )


def _part(line: str, match: re.Match[str]) -> Heading | None:
    number = parse_label_number(match.group(1))
    if not number or _REFERENCE.match(line):
        return None
    rank = _PARTS[match.group(2)]
    label = re.sub(r"[\s:：]", "", match.group())
    rest = line[match.end() :].strip()
    if rank == ARTICLE:
        return Heading(rank, number, label, "", inline=True) if rest else None
    if len(rest) > _LONGEST_TITLE or _SENTENCE_END.search(rest):
        return None
    return Heading(rank, number, label, rest)


def _numbered(rank: int, number: int, label: str, rest: str) -> Heading | None:
    end = _SENTENCE_END.search(rest)
    if end is None:
        short = len(rest) <= _LONGEST_TITLE and rest[-1] not in "，,、：:"
        return Heading(rank, number, label, rest) if short else None
    if end.group() == "。" and end.start() <= _LONGEST_TITLE:
        return Heading(rank, number, label, rest[: end.start()], inline=True)
    return Heading(rank, number, label, "", inline=True) if rank == _SCHEMES[0][0] else None

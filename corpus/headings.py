"""One line of an official document: a numbered line with what its number says, or a plain one.

Numbering schemes by rank, outermost first: 第…编 (第…篇, 第…部分), 第…分编, 第…章, 第…节, (第…条),
decimals (``corpus.decimals``), 一、 (一) 1. (1) ①; below all of them a question with its answer.
Numbering alone decides here; whether a numbered line is a heading, a paragraph or an item of a list
depends on its neighbours (``corpus.lists``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from corpus.numerals import parse_number, to_chinese

__all__ = [
    "ANNEX",
    "ANSWER",
    "ARTICLE",
    "ASKED",
    "DECIMAL",
    "POINT",
    "QUESTION",
    "SENTENCE_END",
    "Heading",
    "content",
    "is_phrase",
    "like_label",
    "loose_label",
    "parse_heading",
    "parse_label",
    "titled",
]

ANNEX, ARTICLE, DECIMAL, POINT, QUESTION = 0, 50, 55, 80, 150
_PARTS = {"编": 10, "篇": 10, "部分": 10, "分编": 20, "章": 30, "节": 40, "条": ARTICLE}
_DIGITS = "零〇一二三四五六七八九十百千万两0-9０-９"
# A wide grid of characters puts spaces inside a label: 第 十 二 章.
_PART = re.compile(
    rf"第[ \u3000]?((?:[{_DIGITS}][ \u3000]?)+)(分编|部分|编|篇|章|节|条)"
    r"(之[一二三四五六七八九十]+)?[ \t\u3000:：、]*"
)
_CHINESE = r"(?:[一二三四五六七八九十百][ \u3000]?)+"
_SCHEMES = (
    # 一、二、三产业 is no heading.
    (60, re.compile(rf"({_CHINESE})[、．.](?!\s?[一二三四五六七八九十]+、)\s*")),
    (70, re.compile(rf"[(（]\s?({_CHINESE})\s?[)）]\s*、?|([㈠-㈩])\s*、?")),
    (POINT, re.compile(r"(\d{1,3})\s?[.．、](?!\d)\s*|([⒈-⒛])\s*")),
    (90, re.compile(r"[(（]\s?(\d{1,3})\s?[)）]\s*|(\d{1,2})[)）]\s*|([⑴-⒇])\s*")),
    (100, re.compile(r"([①-⑳㉑-㉟])\s*")),
)
_LONGEST_TITLE = 50  # characters; the longest of all laws and the plan has 43
_LONGEST_BARE_TITLE = (
    100  # where no full stop closes it: the rest would be lost, not shown elsewhere
)
_LONGEST_NAME = 20  # characters before a colon and a value (by eye)
# How many characters a title has at most that ends so (by eye); a question has more.
_CLOSED = {"。": 30, "：": 24, ":": 24, "？": 80, "?": 80}
ANSWER = re.compile(r"(?:答|A)\s?\d{0,3}\s?[:：]")
ASKED = re.compile(r"(?:问|Q)\s?\d{0,3}\s?[:：.、]\s?")
SENTENCE_END = re.compile(r"[。；;！？!?]")
_REFERENCE = re.compile(
    r"第[^条章节]*[条章节]"
    rf"(?:规定|所称|第[{_DIGITS}]+[款项条目]|和|或|及|、\s?第|、[{_DIGITS}]+[款项条]|[至到]第|的|中(?![央小])|以(?=[上下内外前后至])|等(?!级))"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered line.

    ``inline`` says that the line has words of its own after the number, or after the title
    (``(一)加强领导。各级党委…``): it is a passage. ``title`` is "" for a numbered paragraph without
    a title of its own.
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
    """Read one stripped line; None when it has no number."""
    match = _PART.match(line)
    if match:
        return _part(line, match)
    for rank, pattern in _SCHEMES:
        found = pattern.match(line)
        number = _value(next(filter(None, found.groups()))) if found else None
        if found and number and line[found.end() :].strip():
            label = re.sub(r"\s", "", found.group())
            return titled(rank, number, label, line[found.end() :].strip())
    return None


def parse_label(label: str) -> tuple[int, int] | None:
    """Rank and number of a bare label such as ``第四章`` or ``三、``."""
    heading = parse_heading(label + "题")
    return (heading.rank, heading.number) if heading else None


def titled(rank: int, number: int, label: str, rest: str) -> Heading:
    """A line by its number, with the title that stands in ``rest``, the words after it.

    The title goes to the first full stop, and takes a question's mark in; it is what a colon at
    the end introduces, and the name before a colon with a value or a list after it
    (咨询电话：0000-1234).
    """
    end = SENTENCE_END.search(rest)
    if end is None:
        return _unclosed(rank, number, label, rest)
    stop = end.start() + (end.group() in "？?")
    asked = ASKED.match(rest) if end.group() in "？?" else None
    if asked and asked.end() < stop <= _LONGEST_TITLE:
        return Heading(rank, number, label, rest[asked.end() : stop], inline=True)
    title = _name(rest[:stop]) if stop <= _LONGEST_TITLE else ""
    if end.group() in "；;" and title == rest[:stop]:
        title = ""
    return Heading(rank, number, label, title, inline=True)


def _unclosed(rank: int, number: int, label: str, rest: str) -> Heading:
    """A line without a full stop: a title, or the beginning of a sentence."""
    if rest[-1] in "：:":
        title = rest[:-1] if len(rest) <= _LONGEST_TITLE else ""
        return Heading(rank, number, label, title, inline=True)
    if rest[-1] in "，,、" or len(rest) > _LONGEST_BARE_TITLE:
        return Heading(rank, number, label, "", inline=True)
    return Heading(rank, number, label, rest)


def content(heading: Heading) -> Heading:
    """The heading of a line that stands over nothing: what it says is there to be found."""
    return replace(heading, title=_name(heading.title), inline=True)


def is_phrase(line: str) -> bool:
    """Whether a line closed by a full stop, a question mark or a colon is no more than a title."""
    if line[-1] not in _CLOSED:
        return False
    return len(line) <= _CLOSED[line[-1]] and not SENTENCE_END.search(line[:-1])


def _name(words: str) -> str:
    """What stands before the colon of 咨询电话：0000-1234; all of other words."""
    name, colon, value = words.partition("：") if "：" in words else words.partition(":")
    return name if colon and value and 0 < len(name) <= _LONGEST_NAME else words


def like_label(label: str, number: int) -> str:
    """The label of the same make with another number: like 第四节, 3 -> 第三节."""
    chinese = re.search(r"[零一二三四五六七八九十百千]+", label)
    if chinese:
        return label.replace(chinese.group(), to_chinese(number), 1)
    digits = re.search(r"\d+(?=\D*$)", label)
    if digits:
        return f"{label[: digits.start()]}{number}{label[digits.end() :]}"
    return chr(ord(label[0]) + number - (_value(label[0]) or number)) + label[1:]


def loose_label(heading: Heading, number: int) -> str:
    """An expression for the label with another number, brackets and point in any form."""
    words = re.split(r"[零一二三四五六七八九十百千]+|\d+(?=\D*$)", heading.label, maxsplit=1)
    if len(words) == 1:
        return re.escape(like_label(heading.label, number))
    digits = like_label(heading.label, number)[len(words[0]) : -len(words[1]) or None]
    return r"\s?".join([*map(_loose, words[0]), re.escape(digits), *map(_loose, words[1])])


def _loose(character: str) -> str:
    for form, others in (("(（", "[(（〔【]"), (")）", "[)）〕】]"), ("、．.", "[、．.]")):
        if character in form:
            return others
    return re.escape(character)


def _value(digits: str) -> int | None:
    """The value of the digits in a label, circled numbers included; None for nonsense."""
    if len(digits) == 1 and digits not in "零〇两":
        return int(unicodedata.numeric(digits, 0)) or None
    return parse_number(re.sub(r"\s", "", digits))


def _part(line: str, match: re.Match[str]) -> Heading | None:
    number = _value(match.group(1).strip())
    if not number or _REFERENCE.match(line):
        return None
    rank = _PARTS[match.group(2)]
    label = re.sub(r"[\s:：、]", "", match.group())
    rest = line[match.end() :].strip()
    if rank == ARTICLE:
        return Heading(rank, number, label, "", inline=True) if rest else None
    if len(rest) > _LONGEST_BARE_TITLE or SENTENCE_END.search(rest):
        return None
    return Heading(rank, number, label, rest)

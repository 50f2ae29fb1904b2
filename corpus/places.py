"""Places in a document as people write them: 第五条第一款第(二)项, 第十条至第十五条, 第三章第三节.

Articles come back in Chinese numerals (第一百二十条之一), 款 and 项 as numbers. A number that is
none (第一百百条) stays as written, so that who looks it up finds nothing, not something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.numerals import article_label, parse_article, parse_number, to_chinese

__all__ = ["ARTICLE_START", "Place", "read_places", "read_section_labels"]

_N = "[〇零一二三四五六七八九十百千万两0-9０-９]{1,12}"
# Never a line break: 《…》 at the end of a line is not followed by the 第一条 of the next.
_S = "[ \u3000]?"
_TO = "至|到|[-—－~～]+"
_JOIN = f"(?:、|,|，|以及|和|与|及|或者|或|{_TO})"
ARTICLE_START = rf"第\s?{_N}(?:(?:、|{_TO})第?{_N}){{0,20}}\s?条"

_HEAD = re.compile(
    rf"[)）]?{_S}(?:[(（][^()（）《》\n]{{1,40}}[)）])?{_S}[中的]?{_S}(?:第{_N}(?:分编|编|章|节)){{0,4}}"
    rf"(?={ARTICLE_START})"
)
_TOKEN = re.compile(
    rf"(?P<join>{_S}{_JOIN}{_S})?的?(?:"
    rf"第\s?(?P<article>{_N}(?:(?:、|{_TO})第?{_N}){{0,20}})\s?条(?:之(?P<sub>[一二三四五六七八九十]{{1,2}}))?"
    rf"|第\s?(?P<clause>{_N})\s?款"
    rf"|第\s?[(（]?\s?(?P<item>{_N})\s?[)）]?\s?项)"
)
_WITHIN = re.compile(rf"(?P<mark>、|{_TO})第?")
_PART = re.compile(rf"\s?第\s?({_N})\s?(分编|编|章|节|部分)")
_POINT = re.compile(rf"\s?(?:第?\s?({_N})\s?(?:、|项|条|点)|[(（]\s?({_N})\s?[)）])")
_SUBPOINT = re.compile(rf"\s?(?:第?\s?[(（]\s?({_N})\s?[)）]\s?项?)")
_LONGEST_RANGE = 300


@dataclass(frozen=True, slots=True)
class Place:
    """One article, 款 or 项, and where in the text it is written."""

    start: int
    end: int
    article: str
    clause: int | None = None
    item: int | None = None


def read_places(text: str, start: int) -> list[Place]:
    """Read the places that follow a document's name ending at ``start``; [] when none does.

    A list (第三条、第四条) gives one Place each; a range (第十条至第十五条) one for each article in
    it, those after the first with the span of its last end. A range that runs backwards or over
    more than 300 gives its two ends.
    """
    head = _HEAD.match(text, start)
    places: list[Place] = []
    at = head.end() if head else start
    while match := _TOKEN.match(text, at):
        if not places and (match["join"] or not match["article"]):
            break
        if match["article"] and places and not match["join"]:
            break
        read = list(_token_places(match, places))
        if not read:
            break
        if match["join"]:
            through = re.fullmatch(_TO, match["join"].strip()) is not None
            places += _between(places[-1], read[0]) if through else []
            places += read
        elif match["article"]:
            places = read
        else:
            places[-1] = read[0]
        at = match.end()
    return places


def _token_places(match: re.Match[str], places: list[Place]) -> Iterator[Place]:
    """The places that one token stands for: an article list, or a 款 or 项 of the last article."""
    start = match.end("join") if match["join"] else match.start()
    if match["article"]:
        yield from _articles(start, match)
        return
    last = places[-1]
    start = start if match["join"] else last.start
    number = parse_number(match["clause"] or match["item"])
    if number is None or (not match["join"] and last.item is not None):
        return
    if match["clause"]:
        if match["join"] or last.clause is None:
            yield Place(start, match.end(), last.article, number)
    else:
        yield replace(last, start=start, end=match.end(), item=number)


def _articles(start: int, match: re.Match[str]) -> Iterator[Place]:
    """第三、四条 and 第十至十五条 as well as the plain 第五条."""
    words = match["article"]
    numbers = _WITHIN.split(words)[::2]
    marks = [found["mark"] for found in _WITHIN.finditer(words)]
    labels = [f"第{number}条" for number in numbers]
    if match["sub"]:
        labels[-1] += f"之{match['sub']}"
    found: list[Place] = []
    for label, mark in zip(labels, ["", *marks], strict=True):
        parsed = parse_article(label)
        place = Place(start, match.end(), article_label(*parsed) if parsed else label)
        if mark and mark != "、":
            found += _between(found[-1], place)
        found.append(place)
    yield from found


def _between(first: Place, last: Place) -> list[Place]:
    """The places strictly between the ends of a range, of the innermost rank that differs."""
    if last.item is not None and first.item is not None:
        return [replace(last, item=number) for number in _inside(first.item, last.item)]
    if last.clause is not None and first.clause is not None and first.article == last.article:
        return [replace(last, clause=number) for number in _inside(first.clause, last.clause)]
    begin, end = parse_article(first.article), parse_article(last.article)
    if begin is None or end is None:
        return []
    if begin[0] == end[0]:
        labels = [article_label(begin[0], sub) for sub in _inside(begin[1], end[1])]
    else:
        labels = [article_label(number) for number in _inside(begin[0], end[0])]
    return [Place(last.start, last.end, label) for label in labels]


def _inside(first: int, last: int) -> range:
    return range(first + 1, last) if last - first <= _LONGEST_RANGE else range(0)


def read_section_labels(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """Read 第三章第三节第二项 at ``start``: (第三章, 第三节, 二、) and where it ends; () when none.

    An item below a section may be written 第二项, 二、 or 第二条; below that (一) or 第(一)项.
    """
    labels: list[str] = []
    at = start
    while match := _PART.match(text, at):
        number = parse_number(match[1])
        if not number:
            break
        labels.append(f"第{to_chinese(number)}{match[2]}")
        at = match.end()
    if labels:
        for pattern, shape in ((_POINT, "{}、"), (_SUBPOINT, "({})")):
            point = pattern.match(text, at)
            number = parse_number(next(filter(None, point.groups()))) if point else None
            if point is None or not number:
                break
            bracketed = pattern is _POINT and point[2] is not None
            labels.append(("({})" if bracketed else shape).format(to_chinese(number)))
            at = point.end()
    return tuple(labels), at

"""Places in a document as people write them, read by this one reader wherever a place is written.

- articles: 第五条, 第120条之一, 第五条 之1, 5条, 第五條; in lists and ranges: 第三、四条,
  第五条、六条, 第1047-1050条, 第十条至第十五条, 第一百三十三条之一、之二;
- 款 and 项 of them: 第一款第(二)项, 第一、三款, 第(一)至(五)项, （九）项, 5条2款;
- sections: 第三章第三节, 侵权责任编第一章, 第二、三章, 第三部分, and in plans 第三章第二项;
- of papers without articles 附件2, 3.1.2, 第五项工作 (``corpus.point_places``).

Without 第 a number counts where nothing else is meant: right after a name (民法典1260条), and in a
list that goes up (第五条、六条; never 第五条、三条意见). The 条 may be missing too after a name
(民法典1260): anywhere in a question, elsewhere where it counts nothing else
(``corpus.bare_numbers``).

Articles come back in Chinese numerals (第一百二十条之一), 款 and 项 as numbers. A number that is
none (第一百百条) stays as written, so that who looks it up finds nothing, not something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.bare_numbers import is_article
from corpus.number_lists import (
    AND,
    NUMBERS,
    STEP,
    TO,
    WITHIN,
    N,
    S,
    bare,
    listed,
    strictly_between,
)
from corpus.numerals import article_label, parse_article, parse_number, to_chinese
from corpus.point_places import read_point

__all__ = ["ARTICLE_START", "SECTION_START", "Place", "read_places"]

_SUB = "(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})"
_PART_UNIT = "分编|编|章|节|部分"
ARTICLE_START = rf"第\s?{N}(?:{WITHIN}{N}){{0,20}}\s?[条條](?![件例])"
SECTION_START = rf"第{S}{N}(?:{WITHIN}{N}){{0,9}}{S}(?:{_PART_UNIT})"

_HEAD = re.compile(rf"[)）”」』]?{S}(?:[(（][^()（）\n]{{1,60}}[)）])?{S}[的之中]?{S}")
_TITLED = r"(?:[\u4e00-\u9fff]{2,8}?(?:分编|编)|[总分附通]则)"
_TITLED_PART = re.compile(rf"{_TITLED}{{1,2}}(?=[第的有,，。]|$)")
_SECTIONS = re.compile(
    rf"(?P<join>{S}(?:{AND}|,|，|{TO}){S})?第{S}(?P<numbers>{NUMBERS}){S}(?P<unit>{_PART_UNIT})"
)
_POINT = re.compile(rf"{S}第{S}({N}){S}[项点]|{S}第?{S}[(（]{S}({N}){S}[)）]{S}项?")
_POINT_ASKED = re.compile(rf"{S}第?{S}({N}){S}[、项点]|{S}第?{S}[(（]{S}({N}){S}[)）]{S}项?")
_JOIN = rf"(?P<join>{S}(?:{AND}|,|，|{TO}){S})?{S}[的之中]?{S}"
_LIST = rf"(?:(?P<ordinal>第)\s?)?(?P<numbers>{NUMBERS})"
_UNIT = r"(?:\s(?=[条條款项項]))?(?P<unit>[条條](?![件例])|款(?!项)|[项項](?!目)"
_SUBS = rf"(?:{S}之{S}(?P<sub>{_SUB})(?P<subs>(?:{WITHIN}之{S}{_SUB}){{0,9}}))?"
# 《民事诉讼法》第一百六十五之规定: the 条 is left out.
_TOKEN = re.compile(rf"{_JOIN}{_LIST}{_UNIT}|(?=[之的]规定)){_SUBS}")
_AFTER_NAME = re.compile(
    rf"{_JOIN}{_LIST}{_UNIT}"
    rf"|(?={S}(?:$|[。、;；:：(（)）\]】”’\r\n\u4e00-\u9fff]|[,，](?![0-9])))){_SUBS}"
)
_ASKED = re.compile(
    rf"{_JOIN}{_LIST}{_UNIT}|(?=\s*(?:$|[,，。、?？!！;；:：)）的是讲说怎有]|规定|内容))){_SUBS}"
)
_CLEAR = 10
"""From here on a number in Chinese right after a name is an article's without 第."""
_LAST = 9999


@dataclass(frozen=True, slots=True)
class Place:
    """One article, 款 or 项, or a section, and where in the text it is written.

    ``sections`` are the labels of 编, 章, 节 from the outermost in (第三章, 第三节; a point of a
    plan as 二、 or (一)); with an article they say where it is said to stand.
    """

    start: int
    end: int
    article: str | None = None
    clause: int | None = None
    item: int | None = None
    sections: tuple[str, ...] = ()


def read_places(text: str, start: int, asked: bool = False) -> list[Place]:
    """Read the places that follow a document's name ending at ``start``; [] when none does.

    ``asked``: the text is a question, in which more may be left out. A list (第三条、第四条) gives
    one Place each; a range (第十条至第十五条) one for each article in it, those after the first
    with the span of its last end. A range that runs backwards or over more than 300 gives its two
    ends.
    """
    head = _HEAD.match(text, start)
    begin = head.end() if head else start
    titled = _TITLED_PART.match(text, begin)
    outer = tuple(re.findall(_TITLED, titled.group())) if titled else ()
    at = titled.end() if titled else begin
    sections = _read_sections(text, at, outer, asked)
    if not sections and titled:
        sections = [Place(begin, at, sections=outer)]
    if not sections:
        labels, end = read_point(text, at, asked) if start else ((), at)
        sections = [Place(begin, end, sections=labels)] if labels else []
    if sections:
        at = sections[-1].end
    within = sections[-1].sections if sections else ()
    return _read_articles(text, at, within, asked) or sections


def _read_sections(text: str, at: int, outer: tuple[str, ...], asked: bool) -> list[Place]:
    """第三章第三节, 第二、三章, 第二章至第四章; a list gives the sections of the same rank."""
    found: list[Place] = []
    while match := _SECTIONS.match(text, at):
        joined = match["join"]
        if joined and not found:
            break
        above = _above(found[-1].sections, match["unit"], outer) if found else outer
        if above is None or (found and not joined and above != found[-1].sections):
            break
        begin = found[-1].start if found else match.start()
        start = match.end("join") if joined else begin
        labels = _section_labels(match, found)
        fresh = [Place(start, match.end(), sections=(*above, each)) for each in labels]
        found[len(found) - (not joined and bool(found)) :] = fresh
        at = match.end()
    return _with_points(text, found, asked)


def _above(last: tuple[str, ...], unit: str, outer: tuple[str, ...]) -> tuple[str, ...] | None:
    """The labels that a further section of this unit stands under; None when it cannot follow."""
    for depth in range(len(outer), len(last)):
        if last[depth].endswith(unit):
            return last[:depth]
    return last


def _section_labels(match: re.Match[str], found: Sequence[Place]) -> Iterator[str]:
    unit, previous = match["unit"], None
    if found and match["join"] and re.fullmatch(TO, match["join"].strip()):
        previous = parse_number(found[-1].sections[-1].strip(f"第{unit}"))
    for number in listed(match["numbers"], previous):
        yield f"第{to_chinese(number)}{unit}"


def _with_points(text: str, found: list[Place], asked: bool) -> list[Place]:
    """Below a section of a plan a point, 第二项 or 二、, and below that (一) or 第(一)项."""
    if not found:
        return []
    last, at = found[-1], found[-1].end
    pattern = _POINT_ASKED if asked else _POINT
    for _ in range(2):
        point = pattern.match(text, at)
        number = parse_number(point[1] or point[2]) if point else None
        if point is None or not number:
            break
        shape = "{}、" if point[1] else "({})"
        last = replace(
            last, end=point.end(), sections=(*last.sections, shape.format(to_chinese(number)))
        )
        at = point.end()
    return [*found[:-1], last]


def _read_articles(text: str, at: int, within: tuple[str, ...], asked: bool) -> list[Place]:
    places: list[Place] = []
    first = _ASKED if asked else _AFTER_NAME if at else _TOKEN
    while match := (_TOKEN if places else first).match(text, at):
        last = places[-1] if places else None
        if not _fits(match, last, asked):
            break
        read = list(_token_places(match, last))
        if not read:
            break
        if match["join"]:
            through = last is not None and re.fullmatch(TO, match["join"].strip()) is not None
            places += _between(places[-1], read[0]) if through else []
            places += read
        else:
            places[-1:] = read
        at = match.end()
    return [replace(place, sections=within) for place in places] if within else places


def _fits(match: re.Match[str], last: Place | None, asked: bool) -> bool:
    """Whether the token can follow the place before it, or, first of all, the name."""
    unit, first = match["unit"], _first_number(match)
    if last is None:
        alone = bool(unit) or asked or is_article(match.string, *match.span("numbers"), first)
        fit = bool(match["ordinal"]) or _clear(match)
        return not match["join"] and unit in "条條" and fit and alone
    if not unit and not match["ordinal"]:
        return False
    plain = not match["ordinal"] and not match["numbers"].startswith(("(", "（"))
    if match["join"]:
        return not plain or (
            match["join"].strip() not in {",", "，"} and _goes_on(unit, first, last)
        )
    if unit == "款":
        return (
            last.clause is None and last.item is None and not (plain and "两" in match["numbers"])
        )
    if unit in {"项", "項"}:
        return last.item is None and (not plain or last.clause is not None or _arabic(match))
    return False


def _first_number(match: re.Match[str]) -> int:
    return parse_number(bare(STEP.split(match["numbers"])[0])) or 0


def _arabic(match: re.Match[str]) -> bool:
    return match["numbers"][0] in "0123456789０１２３４５６７８９"


def _clear(match: re.Match[str]) -> bool:
    """Whether a number right after a name is an article's though 第 is missing."""
    if not match["unit"] and _first_number(match) > _LAST:
        return False
    plain = not match["numbers"].startswith(("(", "（"))
    return plain and (_arabic(match) or _first_number(match) >= _CLEAR)


def _goes_on(unit: str, number: int, last: Place) -> bool:
    """Whether a number without 第 carries a list on: 第五条、六条, 第一款、二款."""
    if unit == "款":
        return last.clause is not None and last.item is None and number > last.clause
    if unit in {"项", "項"}:
        return last.item is not None and number > last.item
    parsed = parse_article(last.article or "")
    return parsed is not None and number > parsed[0]


def _token_places(match: re.Match[str], last: Place | None) -> Iterator[Place]:
    """The places that one token stands for: articles, or 款 or 项 of the article before."""
    start = match.end("join") if match["join"] else match.start()
    if last is None or match["unit"] in {"", "条", "條"}:
        yield from _articles(match.start("ordinal" if match["ordinal"] else "numbers"), match)
        return
    start = start if match["join"] else last.start
    for number in listed(match["numbers"]):
        if match["unit"] == "款":
            yield Place(start, match.end(), last.article, number)
        else:
            yield replace(last, start=start, end=match.end(), item=number)


def _articles(start: int, match: re.Match[str]) -> Iterator[Place]:
    """第三、四条, 第十至十五条 and 第五条之一、之二 as well as the plain 第五条."""
    words = match["numbers"]
    labels = [f"第{bare(number)}条" for number in STEP.split(words)[::2]]
    marks = [found["mark"] for found in STEP.finditer(words)]
    if match["sub"]:
        further = STEP.split(match["subs"] or "")
        subs = [match["sub"], *(each.strip("之 \u3000") for each in further[2::2])]
        marks += further[1::2]
        labels[-1:] = [f"{labels[-1]}之{sub}" for sub in subs]
    found: list[Place] = []
    for label, mark in zip(labels, ["", *marks], strict=True):
        parsed = parse_article(label)
        place = Place(start, match.end(), article_label(*parsed) if parsed else label)
        if re.fullmatch(TO, mark):
            found += _between(found[-1], place)
        found.append(place)
    yield from found


def _between(first: Place, last: Place) -> list[Place]:
    """The places strictly between the ends of a range, of the innermost rank that differs."""
    if last.item is not None and first.item is not None:
        return [replace(last, item=number) for number in strictly_between(first.item, last.item)]
    if last.clause is not None and first.clause is not None and first.article == last.article:
        return [
            replace(last, clause=number) for number in strictly_between(first.clause, last.clause)
        ]
    begin, end = parse_article(first.article or ""), parse_article(last.article or "")
    if begin is None or end is None:
        return []
    if begin[0] == end[0]:
        labels = [article_label(begin[0], sub) for sub in strictly_between(begin[1], end[1])]
    else:
        labels = [article_label(number) for number in strictly_between(begin[0], end[0])]
    return [Place(last.start, last.end, label) for label in labels]

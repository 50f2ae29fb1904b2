"""Dates in official documents: 2021年9月1日, 二〇二一年九月一日, 2021-09-01; and what of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.numerals import parse_number

__all__ = ["Dated", "find_dates", "in_force_from", "in_force_until", "read_date", "without_dates"]

_YEAR = r"[12]\d{3}|[一二][〇○Ｏ零一二三四五六七八九]{3}"
_SMALL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"(?P<year>{_YEAR})\s?[年\-/.\s]\s?(?P<month>{_SMALL})\s?[月\-/.]\s?(?P<day>{_SMALL})(?!\d)\s?日?"
)
_NOUGHT = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_PURPOSES = (
    ("ended", re.compile(r"\A\s?(?:起|予以|被|宣布)*(?:废止|失效)")),
    ("effective", re.compile(r"施行|实施|生效|执行")),
    ("amended", re.compile(r"修订|修正|修改")),
    # 现予公布: on the day of the order itself, not on the day it tells of.
    ("published", re.compile(r"(?<!现予)(?<!予以)(?<!现)(?:公布|发布)|印发|颁布|成文")),
    ("passed", re.compile(r"通过|批准|审议")),
)
_LABEL = re.compile(
    r"(?:施行|实施|生效|公布|发布|印发|成文|颁布|修订)"
    r"(?:(?:日期|时间)[ \u3000]?[:：】]?|[:：])[ \u3000]?\Z"
)
_ITSELF = r"(?:本(?P<kind>[\u4e00-\u9fff]{1,6}?))?自\s?"
_FROM_ISSUE = re.compile(_ITSELF + r"(?:公布|发布|印发|颁布)之日起(?:正式)?(?:施行|实施|生效|执行)")
_OWN_TERM = re.compile(
    r"本(?P<kind>[\u4e00-\u9fff]{1,6}?)(?:的?(?:有效期|试行期)|自.{2,12}起.{1,4}年内?有效)"
)
_UNTIL = re.compile(rf"(?:至|到)\s?{_DATE.pattern}")
_ENDS = re.compile(rf"{_DATE.pattern}\s?起?(?:自行|自动|同时)?(?:废止|失效)")
_TERM = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_YEARS = re.compile(
    rf"(?:有效期|试行期|试行|有效)(?:限)?为?\s?(?P<years>{_TERM})\s?年|起\s?(?P<within>{_TERM})\s?年内?有效"
)
_OWN_FORCE = re.compile(_ITSELF + rf"{_DATE.pattern}\s?起(?:正式)?(?:施行|实施|生效|执行)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a text: ISO, where it stands, and its ``purpose``.

    ``effective``, ``ended``, ``amended``, ``published`` or ``passed``; "" where no word beside it
    says what.
    """

    iso: str
    purpose: str
    start: int
    end: int


def read_date(text: str) -> str:
    """The first date of the text in ISO form, or ""."""
    return next((found.iso for found in find_dates(text)), "")


def find_dates(text: str) -> Iterator[Dated]:
    """Every date of the text in order; the word after it, or a label before it, says of what."""
    plain = _plain(text)
    matches = list(_DATE.finditer(plain))
    ends = [match.start() for match in matches[1:]] + [len(plain)]
    for match, end in zip(matches, ends, strict=False):
        iso = _iso(match)
        if iso:
            after = plain[match.end() : end].partition("\n")[0]
            label = _LABEL.search(plain, max(0, match.start() - 12), match.start())
            yield Dated(iso, _purpose(label.group() if label else after), *match.span())


def without_dates(text: str) -> str:
    """The text with a space for each date."""
    return _DATE.sub(" ", _plain(text))


def in_force_from(text: str, title: str, published: str) -> str:
    """The day that the document itself names (本条例自2019年9月1日起施行); else "".

    What says so of another kind of document than ``title`` names (本法 in a plan) is not about it.
    """
    plain = _plain(text)
    named = [
        iso
        for match in _OWN_FORCE.finditer(plain)
        if (match["kind"] or "") in title
        and not _of_another(plain[: match.start()], title)
        and (iso := _iso(match))
    ]
    if named:
        return named[-1]
    issued = _FROM_ISSUE.search(plain)
    return published if issued and (issued["kind"] or "") in title else ""


def _of_another(before: str, title: str) -> bool:
    """Whether the words before name another document: 《…办法》自….施行 in a text about it."""
    named = re.search(r"《([^《》]+)》\s?$", before)
    return named is not None and named[1] not in title.rpartition("》")[2]


def in_force_until(text: str, title: str, begins: str) -> str:
    """The last day that the document gives itself (有效期至…, 有效期五年 from ``begins``); else "".

    Only a sentence on the document counts: a licence has a term too.
    """
    for sentence in re.split(r"[。\n]", _plain(text)):
        own = [pattern.search(sentence) for pattern in (_OWN_TERM, _OWN_FORCE, _FROM_ISSUE)]
        if not any(
            match
            and (match["kind"] or "") in title
            and not _of_another(sentence[: match.start()], title)
            for match in own
        ):
            continue
        until, ends, years = (p.search(sentence) for p in (_UNTIL, _ENDS, _YEARS))
        if until and _iso(until):
            return _iso(until)
        if ends and _iso(ends):
            return _day_before(_iso(ends))
        if years and begins:
            term = years["years"] or years["within"]
            return _years_after(begins, parse_number(term.replace("两", "二")) or 0)
    return ""


def _years_after(begins: str, years: int) -> str:
    """The last day of a term: three years from 2024-07-01 end on 2027-06-30."""
    last = date.fromisoformat(begins) - timedelta(1)
    last = last.replace(day=28) if last.month == 2 else last
    return last.replace(year=last.year + years).isoformat()


def _day_before(iso: str) -> str:
    return (date.fromisoformat(iso) - timedelta(1)).isoformat()


def _plain(text: str) -> str:
    """Digits of one width; every character stays one character."""
    return "".join(
        unicodedata.normalize("NFKC", letter) if "０" <= letter <= "９" else letter
        for letter in text
    )


def _purpose(words: str) -> str:
    return next((purpose for purpose, pattern in _PURPOSES if pattern.search(words)), "")


def _iso(match: re.Match[str]) -> str:
    year = match["year"].translate(_NOUGHT)
    month, day = (parse_number(match[name]) or 0 for name in ("month", "day"))
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return ""

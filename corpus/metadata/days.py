"""When a document was issued, and from when it applies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.formats import FACT_LABEL, Extracted
from corpus.metadata.dates import (
    Dated,
    find_dates,
    in_force_from,
    in_force_until,
    read_date,
)
from corpus.metadata.paper import Paper
from corpus.names import name_key

__all__ = ["effective_from", "ends_on", "published_on", "status_on"]

_BESIDE_A_DATE = 8  # characters: 印发, 起施行, a closing bracket (by eye)
_WRITTEN = re.compile(r"(?:成文|生成|印发)(?:日期|时间)")


def published_on(paper: Paper, extracted: Extracted, stem: str) -> tuple[str, tuple[str, ...]]:
    """The day of the version at hand, and a doubt where the file's name says another.

    It is that of its last amendment, else of its publication or its passing, as the notes in its
    head say; else that of its signature; last the day on which a page was put up.
    """
    named = read_date(stem)
    said = _said(paper, extracted, not named)
    if said and named and named != said:
        return said, (f"文件名里的日期 {named} 与正文所写的 {said} 不同，请核对。",)
    return said or named or _in_title(paper.title), ()


def _in_title(title: str) -> str:
    """The day that closes a title in brackets: 关于…的通告（2024年5月6日）."""
    stamp = re.search(r"[（(]([^（()）]+)[)）]$", title)
    return read_date(stamp[1]) if stamp else ""


def _said(paper: Paper, extracted: Extracted, unnamed: bool) -> str:
    dates = list(_head_dates(paper))
    signed = list(_alone(paper.signature))
    for purposes in (("amended", "published"), ("passed",)):
        found = [dated.iso for dated in [*dates, *_alone(paper.tail)] if dated.purpose in purposes]
        if found:
            return _ordered_on(paper, max(found)) if purposes == ("passed",) else max(found)
    written = [each for line in paper.head if _WRITTEN.match(line) for each in find_dates(line)]
    # 听证会时间：… says of something else.
    bare = [*_head_dates(paper, labelled=False), *_alone(paper.tail)]
    plain = [each for each in bare if not each.purpose]
    first = next((each.iso for each in [*signed, *written, *plain]), "")
    page = [each.iso for line in paper.head if FACT_LABEL.match(line) for each in find_dates(line)]
    if first or page:
        return first or page[0]
    if extracted.kind in {"html", "md"} and unnamed:
        return read_date(paper.facts.get("written", "")) or read_date(paper.facts.get("date", ""))
    return ""


def _ordered_on(paper: Paper, passed: str) -> str:
    """The day of the order that publishes what was passed, alone on its line; else the passing."""
    head = [line for line in paper.head if not FACT_LABEL.match(line)]
    days = [each.iso for each in [*_alone(head), *_alone(paper.signature)] if not each.purpose]
    return min((day for day in days if day > passed), default=passed)


def effective_from(paper: Paper, published: str) -> str:
    """The day that the document says it applies from, or ""."""
    own = in_force_from("\n".join(paper.tail), paper.title, published)
    dates = [*_head_dates(paper), *_alone(paper.tail)]
    return own or max((dated.iso for dated in dates if dated.purpose == "effective"), default="")


def ends_on(paper: Paper, begins: str) -> str:
    """The last day on which it applies, as its head or its end say; "" where it has none."""
    ended = [dated.iso for dated in _head_dates(paper) if dated.purpose == "ended"]
    return max(ended, default="") or in_force_until("\n".join(paper.tail), paper.title, begins)


def status_on(today: str, effective: str, ends: str) -> str:
    """What the dates make of a document on a day; "" where it has none."""
    if ends and ends < today:
        return "已失效"
    if effective > today:
        return "尚未施行"
    return "现行有效" if effective or ends else ""


def _head_dates(paper: Paper, labelled: bool = True) -> Iterator[Dated]:
    """The dates of the head but for the title's own and those that a page tells of itself.

    ``labelled``: those with a label before them too (施行时间：…).
    """
    title = name_key(paper.notice) + name_key(paper.title)
    for line in paper.head:
        said = labelled or re.search("[：:]", line) is None
        if said and name_key(line) not in title and not FACT_LABEL.match(line):
            yield from find_dates(line)


def _alone(lines: Sequence[str]) -> Iterator[Dated]:
    """The dates that stand on a line of their own, or with a few words."""
    for line in lines:
        for found in find_dates(line):
            if len(line) - (found.end - found.start) <= _BESIDE_A_DATE:
                yield found

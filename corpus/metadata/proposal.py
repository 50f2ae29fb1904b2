"""What a document says of itself, proposed for its record; unknown stays ""."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from corpus.errors import InputError
from corpus.formats import Extracted
from corpus.metadata.dates import read_date
from corpus.metadata.days import effective_from, ends_on, published_on, status_on
from corpus.metadata.issuer import issuer_of, number_of
from corpus.metadata.paper import TAIL, read_paper
from corpus.metadata.titles import clean_title, kind_word
from corpus.names import name_key

__all__ = ["Proposal", "corrected", "document_id", "propose"]

# They refuse what cannot be shown in a line.
_SHORT = 60
_LONGEST_TITLE = 200
_LONGEST_STATUS = 12
_DRAFTS = "征求意见稿|送审稿|讨论稿|草案"
# Not 计划草案的报告: that is a report.
_DRAFT = re.compile(
    rf"[（(【\[][^（()）【】\[\]]*({_DRAFTS})[^（()）【】\[\]]*[)）】\]]|({_DRAFTS})(?=》?$)", re.M
)
_ENDED = re.compile(
    r"[(（【\[](?:已)?(?:经)?(?:废止|失效)[)）】\]]|^(?:有效性|效力|时效性).*(?:废止|失效)"
)
_KINDS = {
    "规划纲要": "规划",
    "法典": "法律",
    "法": "法律",
    "计划": "规划",
    "令": "命令",
    "复函": "函",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document's facts as read; dates are ISO. ``doubts`` are Chinese sentences for the user.

    ``ends`` is the last day on which it applies, where it says so.
    """

    title: str = ""
    issuer: str = ""
    number: str = ""
    published: str = ""
    effective: str = ""
    kind: str = ""
    status: str = ""
    ends: str = ""
    doubts: tuple[str, ...] = ()


def document_id(title: str, published: str, number: str) -> str:
    """``doc-`` and twelve hexadecimal digits: the same for the same title, date and number."""
    facts = "\n".join((name_key(title), published, name_key(number)))
    return "doc-" + hashlib.sha256(facts.encode()).hexdigest()[:12]


def propose(extracted: Extracted, name: str, today: date) -> Proposal:
    """The facts that the document's head and tail, and last its file's name, tell of it."""
    stem = PurePosixPath(PureWindowsPath(name).name).stem
    paper = read_paper(extracted, _bare_stem(stem))
    published, doubts = published_on(paper, extracted, stem)
    effective = effective_from(paper, published)
    ends = ends_on(paper, effective or published)
    number = number_of(paper)
    issuer = issuer_of(paper, number)
    applies = effective or (published if issuer and number else "")
    return Proposal(
        title=paper.title,
        issuer=issuer,
        number=number,
        published=published,
        effective=effective,
        kind=_kind(paper.title, issuer, number),
        status=_status("\n".join([*paper.head[:TAIL], stem]), applies, ends, today),
        ends=ends,
        doubts=doubts,
    )


def corrected(proposal: Proposal, **facts: str) -> Proposal:
    """The proposal with facts that a person gave instead; what follows from them is told anew.

    InputError for a title that is none, a status too long for one, or a date that does not exist.
    """
    given: dict[str, Any] = {name: " ".join(fact.split()) for name, fact in facts.items()}
    for name in given.keys() & {"published", "effective"}:
        if given[name] and not read_date(given[name]):
            raise InputError(f"日期“{given[name][:40]}”不对，请写成 2021-09-01 这样。")
        given[name] = read_date(given[name])
    if "status" in given:
        given["ends"] = ""
    told = replace(proposal, **given)
    if not 0 < len(told.title) <= _LONGEST_TITLE:
        raise InputError(f"标题应有 1 到 {_LONGEST_TITLE} 个字，请写明标题。")
    if len(told.status) > _LONGEST_STATUS or max(len(told.issuer), len(told.number)) > _SHORT:
        raise InputError(
            f"效力状态至多 {_LONGEST_STATUS} 个字，发文机关和文号至多 {_SHORT} 个字，请写短些。"
        )
    return replace(told, kind=_kind(told.title, told.issuer, told.number))


def _bare_stem(stem: str) -> str:
    """The file's name without a date, a copy's number or a stamp at its end."""
    bare = re.sub(
        r"[(（_\-\s]*\d{4}[-_.年]?(?:0?\d|1[0-2])[-_.月]?(?:0?\d|[12]\d|3[01])日?[)）]?$", "", stem
    )
    return clean_title(re.sub(r"[(（]\d{1,2}[)）]$|副本$", "", bare)).strip("_- ")[:90]


def _status(head: str, effective: str, ends: str, today: date) -> str:
    """试行 and 暂行 say how long it is meant to last, not whether it applies."""
    if any(_ENDED.search(line) for line in head.splitlines()):
        return "已废止"
    draft = _DRAFT.search(head)
    if draft:
        return draft[1] or draft[2]
    status = status_on(today.isoformat(), effective, ends)
    return "已废止" if status == "已失效" and "废止" in head else status


def _kind(title: str, issuer: str, number: str) -> str:
    """What the title's last word says, or the kind of law that its issuer makes it."""
    kind = kind_word(title)
    ruling = kind in {"条例", "规定", "办法", "细则", "规则"}
    if kind == "条例" and "人民代表大会" in issuer:
        return "地方性法规"
    if ruling and (number.startswith("国务院令") or (kind == "条例" and issuer == "国务院")):
        return "行政法规"
    if ruling and "令第" in number:
        return "规章"
    return _KINDS.get(kind, kind)

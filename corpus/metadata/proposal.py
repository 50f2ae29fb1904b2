"""What a document says of itself, proposed for its record; unknown stays ""."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from corpus.errors import InputError
from corpus.formats import Extracted
from corpus.metadata.dates import Dated, find_dates, in_force_from, read_date, without_dates
from corpus.metadata.head import TYPES, annexed, clean_title, head_lines, title_lines
from corpus.names import name_key

__all__ = ["Proposal", "corrected", "document_id", "propose"]

# By eye, as in ``corpus.metadata.head``; the last two refuse what cannot be shown in a line.
_TAIL = 30  # lines at the end, where issuer and date are signed
_SHORT = 60  # characters of a line that may be a title, and of an issuer
_LONGEST_TITLE = 200
_LONGEST_STATUS = 12
_DRAFTS = ("征求意见稿", "送审稿", "讨论稿", "草案")
_ENDED = re.compile(
    r"[(（【\[](?:已)?(?:经)?(?:废止|失效)[)）】\]]|^(?:有效性|效力|时效性).*(?:废止|失效)"
)
_PAPER = re.compile(
    r"^(?:.*?(?:文号|字号)\s?[:：]\s?)?(?P<code>[\u4e00-\u9fff]{1,14})\s?[〔\[［（(【]\s?"
    r"(?P<year>\d{4})\s?[〕\]］）)】]\s?第?\s?(?P<number>\d{1,5})\s?号$"
)
_ORDER = re.compile(
    r"(?P<by>(?:中华人民共和国)?(?:国务院|主席|[\u4e00-\u9fff]{2,20}?(?:部|委员会|总局|局|署|厅|院|政府)))"
    r"\s?令\s?[(（]?\s?第\s?(?P<number>[\d一二三四五六七八九十百〇零]{1,6})\s?号"
)
_LABELLED = re.compile(r"^(?:发文机关|发布机构|制定机关|发布单位|起草单位)\s?[:：]\s?(\S.*)$")
_ORGAN = (
    r"(?:中共中央|中国共产党中央委员会|国务院|全国人民代表大会(?:常务委员会)?|最高人民(?:法|检察)院"
    r"|[\u4e00-\u9fff]{2,24}?(?:委员会|人民政府|政府|办公厅|办公室|人民代表大会|常委会"
    r"|总局|局|厅|部|委|署|院))"
)
_ORGANS = rf"{_ORGAN}(?:[、\s]+{_ORGAN})*"
_SIGNED = re.compile(rf"^{_ORGANS}$")
_BEFORE_ABOUT = re.compile(rf"^({_ORGANS}?)关于")
_ISSUED_BY = re.compile(rf"日\s?({_ORGANS})(?:令|公告|第|公布|发布|印发|通过|批准)")
_PARTY = re.compile(r"中国共产党第.+?届?中央委员会")
_KIND_WORDS = re.compile(rf"({TYPES})$")
_KINDS = {"规划纲要": "规划", "法典": "法律", "法": "法律", "计划": "规划"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document's facts as read; dates are ISO. ``doubts`` are Chinese sentences for the user."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    published: str = ""
    effective: str = ""
    kind: str = ""
    status: str = ""
    doubts: tuple[str, ...] = ()


def document_id(title: str, published: str, number: str) -> str:
    """``doc-`` and twelve hexadecimal digits: the same for the same title, date and number."""
    facts = "\n".join((name_key(title), published, name_key(number)))
    return "doc-" + hashlib.sha256(facts.encode()).hexdigest()[:12]


def propose(extracted: Extracted, name: str, today: date) -> Proposal:
    """The facts that the document's head and tail, and last its file's name, tell of it."""
    stem = PurePosixPath(PureWindowsPath(name).name).stem
    head = head_lines(extracted.text)
    lines = [line.strip() for line in extracted.text.splitlines() if line.strip()]
    marked = [_line_at(extracted.text, mark.start) for mark in extracted.headings[:3]]
    notice = title_lines(head, marked) or clean_title(extracted.facts.get("title", ""))
    notice = notice or title_lines([line for line in lines[:_TAIL] if len(line) < _SHORT], marked)
    title = annexed(notice, lines[1 : 20 * _TAIL]) or notice or _bare_stem(stem)
    tail = lines[-_TAIL:] if len(lines) > len(head) else []
    dates = [*find_dates("\n".join(head)), *_alone(tail)]
    published, doubts = _published(dates, extracted, stem)
    effective = _effective(dates, "\n".join(tail), title, published)
    number = _number(head) or _number([extracted.facts.get("number", "")])
    issuer = _issuer(head, tail, notice, number) or extracted.facts.get("issuer", "")
    status = _status("\n".join([*head[:_TAIL], stem]), effective, title, today)
    return Proposal(
        title, issuer, number, published, effective, _kind(title, issuer, number), status, doubts
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
    told = replace(proposal, **given)
    if not 0 < len(told.title) <= _LONGEST_TITLE:
        raise InputError(f"标题应有 1 到 {_LONGEST_TITLE} 个字，请写明标题。")
    if len(told.status) > _LONGEST_STATUS or max(len(told.issuer), len(told.number)) > _SHORT:
        raise InputError(
            f"效力状态至多 {_LONGEST_STATUS} 个字，发文机关和文号至多 {_SHORT} 个字，请写短些。"
        )
    return replace(told, kind=_kind(told.title, told.issuer, told.number))


def _line_at(text: str, start: int) -> str:
    return text[start:].partition("\n")[0].strip("#* \t\u3000\xa0\ufeff")


def _bare_stem(stem: str) -> str:
    """The file's name without a date, a copy's number or a stamp at its end."""
    bare = re.sub(r"[(（_\-\s]*\d{4}[-_.年]?\d{1,2}[-_.月]?\d{1,2}日?[)）]?$", "", stem)
    return clean_title(re.sub(r"[(（]\d{1,2}[)）]$|副本$", "", bare)).strip("_- ")[:90]


def _alone(tail: Sequence[str]) -> list[Dated]:
    """The dates that stand on a line of their own at the end: when the document was signed."""
    return [
        found
        for line in tail
        for found in find_dates(line)
        if len(line) - (found.end - found.start) <= 8
    ]


def _published(
    dates: Sequence[Dated], extracted: Extracted, stem: str
) -> tuple[str, tuple[str, ...]]:
    """The day of the version at hand: of its last amendment, else of its publication."""
    named = read_date(stem)
    for purposes in (("amended", "published"), ("passed",), ("",)):
        found = [dated.iso for dated in dates if dated.purpose in purposes]
        if found:
            said = found[0] if purposes == ("",) else max(found)
            if named and named != said:
                return said, (f"文件名里的日期 {named} 与正文所写的 {said} 不同，请核对。",)
            return said, ()
    if extracted.kind in {"html", "md"} and not named:
        named = read_date(extracted.facts.get("date", ""))
    return named, ()


def _effective(dates: Sequence[Dated], tail: str, title: str, published: str) -> str:
    own = in_force_from(tail, title, published)
    return own or max((dated.iso for dated in dates if dated.purpose == "effective"), default="")


def _number(head: Sequence[str]) -> str:
    for line in head:
        paper = _PAPER.match(line)
        if paper:
            return f"{paper['code']}〔{paper['year']}〕{int(paper['number'])}号"
    orders = list(_ORDER.finditer(without_dates("\n".join(head))))
    if not orders:
        return ""
    by = orders[-1]["by"].removeprefix("中华人民共和国")
    return f"{by}令第{orders[-1]['number']}号"


def _issuer(head: Sequence[str], tail: Sequence[str], title: str, number: str) -> str:
    """Who issued it: said in so many words, else told by the title, the number or the signature."""
    for line in head:
        labelled = _LABELLED.match(line)
        if labelled:
            return labelled[1].strip()
    about = _BEFORE_ABOUT.match(title)
    if about and _SIGNED.match(about[1]):
        return about[1]
    order = number.partition("令第")[0] if "令第" in number else ""
    if order and order != "主席":
        return order
    for line in head:
        issued = _ISSUED_BY.search(line)
        if issued:
            return re.sub(r"^中华人民共和国|第[一二三四五六七八九十]+届", "", issued[1]).strip()
        if _PARTY.search(line):
            return "中共中央"
    signed = [
        re.sub(r"\s+", "、", line)
        for line in [*head, *reversed(tail)]
        if len(line) <= 40 and _SIGNED.match(line) and line != title
    ]
    # 市司法局 on a web page is the 乌鲁木齐市司法局 of the document.
    return max((name for name in signed if name.endswith(signed[0])), key=len, default="")


def _status(head: str, effective: str, title: str, today: date) -> str:
    if any(_ENDED.search(line) for line in head.splitlines()):
        return "已废止"
    draft = next((word for word in _DRAFTS if word in head), "")
    if draft:
        return draft
    if effective > today.isoformat():
        return "尚未施行"
    trial = re.search(r"[(（](试行|暂行)[)）]$|(暂行)[\u4e00-\u9fff]{2}$", title)
    if trial:
        return trial[1] or trial[2]
    return "现行有效" if effective else ""


def _kind(title: str, issuer: str, number: str) -> str:
    bare = re.sub(r"(?:[(（〔\[【][^()（）]*[)）〕\]】])+$", "", title)
    word = _KIND_WORDS.search(bare)
    if word is None:
        return ""
    kind = word[1]
    ruling = kind in {"条例", "规定", "办法", "细则", "规则"}
    if kind == "条例" and "人民代表大会" in issuer:
        return "地方性法规"
    if ruling and (number.startswith("国务院令") or (kind == "条例" and issuer == "国务院")):
        return "行政法规"
    if ruling and "令第" in number:
        return "规章"
    return _KINDS.get(kind, kind)

"""Who issued a document, and under which number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.metadata.dates import find_dates, without_dates
from corpus.metadata.frame import ORGAN
from corpus.metadata.paper import Paper

__all__ = ["issuer_of", "number_of"]

_PAPER = re.compile(
    r"^(?:.*?(?:文号|字号)\s?[:：]\s?)?[（(]?(?P<code>[\u4e00-\u9fff]{0,14})\s?[〔\[［（(【]\s?"
    r"(?P<year>\d{4})\s?[〕\]］）)】]\s?第?\s?(?P<number>\d{1,5})\s?号"
    r"(?:\s+\S{1,4}[:：].{0,10}|[）)])?$"
)
_ORDER = re.compile(
    r"(?P<by>(?:中华人民共和国)?(?:国务院|主席|[\u4e00-\u9fff]{1,20}?(?:部|委员会|总局|局|署|厅|院|政府)))"
    r"\s?令\s?[(（]?\s?第\s?(?P<number>[\d一二三四五六七八九十百〇零]{1,6})\s?号"
)
_ANNOUNCED = re.compile(
    r"^(?P<by>[\u4e00-\u9fff][\u4e00-\u9fff 、]{1,39}?)\s*(?:关于.+的)?(?P<what>公告|通告)\s*"
    r"[(（]?\s?(?P<number>(?:\d{4}\s?年|[(（〔].{1,8}[)）〕])?\s?第\s?[\d一二三四五六七八九十百〇零]{1,6}\s?号)"
    r"\s?[)）]?$",
    re.M,
)
_LABELLED = re.compile(
    r"^(?:发文机关|发文单位|发布机构|制定机关|发布单位|起草单位)\s?[:：]\s?(\S.*)$"
)
_ORGAN = (
    r"(?:中共中央|中国共产党中央委员会|国务院|全国人民代表大会(?:常务委员会)?|最高人民(?:法|检察)院"
    r"|[\u4e00-\u9fff]{2,24}?(?:委员会|人民政府|政府|办公厅|办公室|人民代表大会|常委会"
    r"|总局|局|厅|部|委|署|院))"
)
_ORGANS = rf"{_ORGAN}(?:[、\s]+{_ORGAN})*"
_SIGNED = re.compile(rf"^{_ORGANS}$")
_DOES = r"(?:关于|[转批印颁公][发转布]|贯彻|落实|对|令$|公告$|通告$|决定)"
_IN_TITLE = re.compile(rf"^({_ORGANS}?){_DOES}")
_ISSUED_BY = re.compile(rf"日\s?({_ORGANS})(?:令|公告|第|公布|发布|印发|通过|批准)")
_PARTY = re.compile(r"中国共产党第.+?届?中央委员会")


def number_of(paper: Paper) -> str:
    """The paper's number (滨政发〔2021〕12号), or the order's (国务院令第713号)."""
    return _number(paper.head) or _number([paper.facts.get("number", "")])


def _number(head: Sequence[str]) -> str:
    for line in head:
        found = _PAPER.match(line)
        if found:
            return f"{found['code']}〔{int(found['year'])}〕{int(found['number'])}号"
    orders = list(_ORDER.finditer(without_dates("\n".join(head))))
    announced = _ANNOUNCED.search("\n".join(head)) if not orders else None
    if announced:
        words = "".join("".join(announced.group("what", "number")).split())
        return announced["by"].strip() + words
    if not orders:
        return ""
    by = orders[-1]["by"].removeprefix("中华人民共和国")
    return f"{by}令第{orders[-1]['number']}号"


def issuer_of(paper: Paper, number: str) -> str:
    """Who issued it: said in so many words, else told by the title, the number or the signature."""
    for line in paper.head:
        labelled = _LABELLED.match(line)
        if labelled:
            return labelled[1].strip()
    about = _IN_TITLE.match(paper.notice)
    if about and _SIGNED.match(about[1]):
        return _parted(about[1], paper)
    order = number.partition("令第")[0] if "令第" in number else ""
    if order and order != "主席":
        return order
    for line in paper.head:
        issued = _ISSUED_BY.search(line)
        if issued:
            return re.sub(r"^中华人民共和国|第[一二三四五六七八九十]+届", "", issued[1]).strip()
        if _PARTY.search(line):
            return "中共中央"
    return _signed(paper) or paper.facts.get("issuer", "")


def _parted(names: str, paper: Paper) -> str:
    """The names in a title as the head, page or signature has them: parted, and whole."""
    said = [*paper.head, paper.facts.get("title", "")]
    lines = [match[1] for line in said if (match := _IN_TITLE.match(line))]
    alone = [line for line in paper.head if _SIGNED.match(line)]
    lines += [*alone, *map("、".join, pairwise(alone))]
    written = [re.sub(r"\s+", "、", line) for line in [*lines, *_signers(paper)]]
    alike = (each for each in written if each.replace("、", "").endswith(names.replace("、", "")))
    return max(alike, key=len, default=names)


def _signers(paper: Paper) -> list[str]:
    """The names above the date, as one."""
    names = [_undated(line) for line in paper.signature]
    found = [re.sub(r"\s+", "、", name) for name in names if name and ORGAN.fullmatch(name)]
    return ["、".join(found)] if found else []


def _signed(paper: Paper) -> str:
    """The names above the date; else an issuer on a line of its own, the head's first."""
    signers = _signers(paper)
    if signers:
        return signers[0]
    alone = [
        re.sub(r"\s+", "、", line)
        for line in [*paper.head, *reversed(paper.tail)]
        if len(line) <= 40 and _SIGNED.match(line) and line not in {paper.title, paper.notice}
    ]
    # 市司法局 on a web page is the 乌鲁木齐市司法局 of the document.
    return max((name for name in alone if name.endswith(alone[0])), key=len, default="")


def _undated(line: str) -> str:
    """The line without its date."""
    first = next(find_dates(line), None)
    return line[: first.start].strip() if first else line

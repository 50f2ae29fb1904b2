"""Questions about the documents themselves, answered from the library's catalogue.

What a document says stands in its words; when it was published, by whom, whether it is in force
and how many chapters it has stands beside them. Only a question that asks nothing else is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus import Citation, Document, Resolver, Section
from qa.answering.places import Places
from qa.answering.scope import without_names
from qa.records import day

__all__ = ["Catalogue"]

_WHEN = (
    "(?:是|在)*(?:什么时候|什么时间|啥时候|何时|多会儿|哪一?年|哪一?天|几几年|几月几号|哪年哪月)"
)
_DONE = "(?:发布|公布|印发|出台|颁布|下发|通过|公开|发)"
_MADE = "(?:发布|公布|印发|出台|颁布|下发|制定|起草|编制|编|写|发|定|出)"
_WHO = "(?:是|由)*(?:谁|(?:哪个|哪一个|哪家|什么)(?:部门|单位|机关|机构))"
_UNITS = "章节条编"
_THIS = (
    "(?:本|这个|这份|这一份|这部|这件|这|该|此|它)?"
    "(?P<kind>规划|文件|通知|意见|办法|方案|条例|规定|法律|法规|法|公告|稿子?)?(?:里面|里|中)?的?"
)
_ASKED = {
    name: re.compile(f"{_THIS}(?:{asks})")
    for name, asks in {
        "published": f"{_WHEN}{_DONE}(?:的|了)?|{_DONE}(?:日期|时间)(?:是.{{0,6}})?",
        "effective": f"{_WHEN}(?:开始|起|正式)?(?:施行|实施|生效)的?"
        "|(?:施行|实施|生效)(?:日期|时间)(?:是.{0,6})?",
        "issuer": f"{_WHO}{_MADE}(?:的|了)?"
        "|(?:发文|发布|制定|印发)(?:机关|单位|部门)(?:是.{0,5})?",
        "status": "(?:现在|目前|如今|现|还|是否|是不是|仍然?|有没有|已经?|了)*"
        "(?:有效|生效|失效|作废|废止|管用|过期|现行)(?:的|了|没有?|不|吗|么)*"
        "|(?:是|不|否|个)*(?:正式|草案|征求意见稿|定稿|最终)的?(?:文件|稿|版本?)?"
        "(?:还是.{2,8})?(?:吗|么)?"
        "|(?:现在|目前)?的?(?:法律)?效力(?:状态)?(?:怎么样|如何|是什么)?",
        "size": "(?:一共|总共|共|全文|里面|里)*[是分有为成]*"
        f"(?:(?:多少|几)个?[{_UNITS}](?:、|，|和)?)+(?:内容|组成)?",
        "number": "(?:发文)?(?:文号|字号)(?:是.{0,4})?",
    }.items()
}
_FILLER = re.compile(
    r"^(?:[你您]好|请问|请教|想?问一?下|我想知道|[，,。\s])+|[\s？?。！!~]+$"
    "|[呢啊呀吧哦](?=[？?。！!]*$)"
)
_JOINED = re.compile("[，,；;、？?](?=.)|以及")
_WE = "(?:文库|资料库|系统|你们|这里|库)(?:里面|里|中)?"
_HELD = re.compile(
    f"(?:{_WE}(?:有没有|是否|有|都)?|有没有|是否)(?:收录|收入|收|有)?了?(?P<what>.+?)(?:吗|没有?|么)?"
)
_ALL = re.compile(
    f"{_WE}?(?:一共|总共|都|现在)*(?:收录|收|有)了?(?:哪些|什么|多少|几)[部份个件]?"
    "(?:文件|法律|法规|文档|资料)+"
)
_FEW = 6


class Catalogue:
    """What the library knows of its documents beside their words."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        lead: Document,
        resolver: Resolver,
        places: Places,
        as_of: date,
    ) -> None:
        self._documents = documents
        self._lead = lead
        self._resolver = resolver
        self._places = places
        self._as_of = as_of

    def answer(self, query: str, only: Sequence[str] = ()) -> str:
        """One sentence from the catalogue; "" for a question that asks for anything else.

        ``only`` are the ids that the question is limited to: then 这份文件 means these.
        """
        asked = _FILLER.sub("", _FILLER.sub("", query))
        return self._holdings(asked) or self._of_documents(asked, only)

    def _of_documents(self, asked: str, only: Sequence[str]) -> str:
        cited = [_document_only(c) for c in self._resolver.find(asked, asked=True) if c.title]
        rest = without_names(asked, cited)
        parts = [part for part in _JOINED.split(rest) if part]
        facts = [_fact(part) for part in parts]
        if not parts or None in facts or any(c.article or c.sections for c in cited):
            return ""
        documents = [d for c in cited for d in self._places.documents(c)]
        if not cited:
            meant = [self._documents[each] for each in only if each in self._documents]
            documents = [d for d in meant or [self._lead] if _may_be_called(d, parts[0])]
        told = [self._told(d, [fact for fact in facts if fact], rest) for d in documents[:_FEW]]
        return f"据文库目录，{'；'.join(told)}。" if told and all(told) else ""

    def _told(self, document: Document, facts: Sequence[str], rest: str) -> str:
        """The facts of one document; "" when one is not in the catalogue."""
        ways: dict[str, Callable[[Document], str]] = {
            "published": lambda d: d.published and f"{day(d.published)}公布",
            "effective": lambda d: d.effective and f"{day(d.effective)}起施行",
            "issuer": _issuer,
            "number": lambda d: f"文号是{d.number}" if d.number else "没有登记文号",
            "status": self._status,
            "size": lambda d: _size(d, rest),
        }
        told = [ways[fact](document) for fact in dict.fromkeys(facts)]
        return f"{document.name}{'，'.join(told)}" if all(told) else ""

    def _status(self, document: Document) -> str:
        status = document.status
        if status == "征求意见稿":
            return "是征求意见稿，不是正式文件"
        later = self._documents.get(document.successor)
        since = f"，现行文本{day(later.published)}公布" if later and later.published else ""
        return status and f"效力状态是“{status}”（截至{day(self._as_of.isoformat())}）{since}"

    def _holdings(self, asked: str) -> str:
        """What the library holds, or whether it holds a document."""
        if _ALL.fullmatch(asked):
            names = [document.name for document in self._documents.values() if document.current]
            some = "、".join(dict.fromkeys(names[:_FEW])) + ("等" if len(names) > _FEW else "")
            return f"文库收有{some}共 {len(self._documents)} 份文件（含历史版本），见“文档库”。"
        match = _HELD.fullmatch(asked)
        named = self._resolver.find(match["what"], asked=True) if match else []
        if match is None or len(named) != 1 or not _whole(named[0], match["what"]):
            return ""
        held = self._places.documents(named[0])
        if not held:
            return self._places.unheld(named[0].title)[0]
        return "".join(f"文库收有{d.name}，{self._status(d) or '效力未标明'}。" for d in held)


def _issuer(document: Document) -> str:
    made = "制定" if document.origin == "law" else "发布"
    return document.issuer and f"由{document.issuer}{made}"


def _fact(part: str) -> str | None:
    """Which fact a question asks for, and nothing else; None for any other question."""
    return next((name for name, pattern in _ASKED.items() if pattern.fullmatch(part)), None)


def _may_be_called(document: Document, part: str) -> bool:
    """Whether 这份文件, 本规划 may mean the document: a 法律 is no 规划."""
    match = re.match(_THIS, part)
    kind = match["kind"] if match else None
    return kind in {None, "文件", "稿", "稿子"} or kind in document.kind + document.title


def _document_only(citation: Citation) -> Citation:
    """The citation without a section of which it is asked how many there are: 民法典有几编."""
    section = next((s for s in citation.sections if re.search("几|多少", s)), None)
    if section is None:
        return citation
    end = citation.start + citation.surface.index(section)
    return replace(citation, end=end, sections=())


def _whole(citation: Citation, words: str) -> bool:
    return bool(citation.title) and citation.end - citation.start >= len(words.strip("《》的，, "))


def _size(document: Document, asked: str) -> str:
    units = [unit for unit in dict.fromkeys(asked) if unit in _UNITS]
    return "、".join(_counted(document, unit) for unit in units)


def _counted(document: Document, unit: str) -> str:
    if unit == "条":
        articles = {passage.article for passage in document.passages if passage.article}
        return f"共 {len(articles)} 条" if articles else "不分条"
    found = list(_called(document, unit))
    lost = sum(section.origin != "source" for section in found)
    note = f"（其中 {lost} {unit}的标题原文缺失）" if lost else ""
    listed = "：" + "、".join(s.heading for s in found) if 0 < len(found) <= _FEW else ""
    return f"共 {len(found)} {unit}{note}{listed}" if found else f"不分{unit}"


def _called(document: Document, unit: str) -> Iterator[Section]:
    yield from (s for s in document.sections if re.fullmatch(f"第[^分]+{unit}", s.label))

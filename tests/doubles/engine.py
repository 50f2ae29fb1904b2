"""A small engine that keeps the contract, for the page's tests: five documents, no model."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.errors import InputError
from qa import Filters
from qa.check.finding import Correction, Finding, Item
from qa.drafts.checked import CheckedDraft
from qa.drafts.draft import Draft
from qa.library import EXAMPLES
from qa.library.excerpts import Place
from qa.records import (
    AboutRecord,
    AskReply,
    BlockRecord,
    CitedRecord,
    DocumentRecord,
    ExcerptRecord,
    FindReply,
    Hit,
    LinkRecord,
    LinksReply,
    MatchRecord,
    PassageRecord,
    PlaceRecord,
    SectionRecord,
    Sentence,
    SpanRecord,
    TocEntry,
)

CODE = "中华人民共和国民法典"
PLAN = "乌鲁木齐市法治首府建设“十四五”规划"
BROKEN = "文库还没有建好:请先运行 faju build,再刷新网页。"
SCRIPT = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
_PLAN_FILE = Path(__file__).parents[2] / "corpus/documents/plan.txt"

Line = tuple[int, str]  # level of a heading from 1, or 0 for text; the words


def _plan() -> list[Line]:
    levels = (("第.章", 1), ("第.节", 2), ("[一二三四五六七]、", 3))
    lines = []
    for text in (line.strip() for line in _PLAN_FILE.read_text("utf-8").split("\n")[10:75]):
        level = next((n for start, n in levels if re.match(start, text) and len(text) < 40), 0)
        lines.append((level, text))
    return lines


_CODE = [
    (1, "第一编 总则"),
    (2, "第三章 法人"),
    (0, "第五十七条 法人是具有民事权利能力和民事行为能力的组织。"),
    (1, "附则"),
    (0, "第一千二百六十条 本法自2021年1月1日起施行。"),
]
_HOSTILE = [(1, f"第一章 {SCRIPT}"), (0, f"恶意脚本条款原样显示:{SCRIPT}${{window.hacked=3}}完。")]
_OLD = [(0, "第一条 法律援助旧办法的条文,现在已经不用。")]
_AHEAD = [(0, "第一条 促进。"), *((0, f"第{n}款依照民法典第五十七条。") for n in range(2, 27))]
_MENTION = re.compile("(?:《([^》]+)》|民法典)(第[一二三四五六七八九十百千]+条)?")


class _Row(NamedTuple):
    id: str
    title: str
    kind: str
    status: str
    issuer: str
    published: str
    lines: list[Line]


_DOCUMENTS = (
    _Row("plan", PLAN, "规划", "征求意见稿", "乌鲁木齐市司法局", "2021-09-01", _plan()),
    _Row(
        "code", "中华人民共和国民法典", "法律", "现行有效", "全国人民代表大会", "2020-05-28", _CODE
    ),
    _Row("bad", f"坏文件{SCRIPT}", "其他", "已被修改", SCRIPT, "2020-01-01", _HOSTILE),
    _Row("ahead", "某某法", "法律", "尚未施行", "全国人大常委会", "2026-10-01", _AHEAD),
    _Row("old", "法律援助旧办法", "行政法规", "已废止", "国务院", "1999-01-01", _OLD),
)


class FakeEngine:
    """Ranks by shared pairs of characters; refuses on 火星, fails on 出错."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Filters | None]] = []

    def about(self) -> AboutRecord:
        """What the library holds."""
        return {
            "documents": 5,
            "passages": 60,
            "as_of": "2026-11-22",
            "plan": PLAN,
            "model": "fake",
            "library": "",
            "examples": list(EXAMPLES),
        }

    def documents(self) -> list[DocumentRecord]:
        """Every document, without its text."""
        return [_described(row) for row in _DOCUMENTS]

    def document(self, document_id: str) -> DocumentRecord:
        """One document with its table of contents."""
        row = _row(document_id)
        toc: list[TocEntry] = []
        lines = _spans(row.lines)
        for index, (level, text, start, _) in enumerate(lines):
            if level:
                ends = [s for n, _, s, _ in lines[index + 1 :] if n and n <= level]
                toc.append(
                    {
                        "index": len(toc),
                        "level": level,
                        "heading": text,
                        "start": start,
                        "end": ends[0] if ends else lines[-1][3],
                        "origin": "numbering" if "第二节" in text else "source",
                    }
                )
        return {**_described(row), "toc": toc}

    def section(self, document_id: str, start: int) -> SectionRecord:
        """The section around an offset."""
        document = self.document(document_id)
        around = [e for e in document["toc"] if e["start"] <= start < e["end"]]
        low, high = (around[-1]["start"], around[-1]["end"]) if around else (0, 10**9)
        blocks = [block for block in self.blocks(document_id) if low <= block["start"] < high]
        path = [e["heading"] for e in around]
        return {"document": document, "path": path, "start": low, "end": high, "blocks": blocks}

    def blocks(self, document_id: str) -> list[BlockRecord]:
        """All headings and passages."""
        return [
            {
                "kind": "heading" if level else "text",
                "text": text,
                "start": a,
                "end": b,
                "passage_id": f"{document_id}:{a}",
                "citation": self.document(document_id)["name"],
            }
            for level, text, a, b in _spans(_row(document_id).lines)
        ]

    def links(self, document_id: str, start: int | None = None) -> LinksReply:
        """What is mentioned by 《title》 or as 民法典; the old document cannot be asked."""
        if document_id == "old":
            raise InputError(BROKEN)
        links = [link for row in _DOCUMENTS for link in _links(row)]
        own = [link for link in links if link["from"]["document_id"] == document_id]
        back = [link for link in links if link["document_id"] == document_id]
        if start is not None:
            own = [one for one in own if one["from"]["start"] <= start < one["from"]["end"]]
            back = [one for one in back if one["target"] and one["target"]["start"] == start]
        return {"cites": own, "cited_by": back}

    def cited(self) -> list[CitedRecord]:
        """What the plan cites."""
        url = "www.gov.cn/zhengce/2021-01/10/content_5578659.htm"
        how = "地址见于公开资料,未打开核对;下载后可存入文库。"
        return [
            {
                **_unknown(CODE, [88]),
                "held": True,
                "document_id": "code",
                "issuer": "全国人大",
                "date": "2020-05-28",
            },
            {**_unknown("法治中国建设规划(2020—2025年)", [11]), "url": url, "how": how},
            _unknown("内部意见", [11, 68]),
        ]

    def follow(self, question: str, before: str) -> str:
        """那个体户呢？ stands for the question before about 个体户."""
        return f"个体户，{before}" if "个体户呢" in question else ""

    def related(self, reply: AskReply) -> list[str]:
        """Two questions near every one."""
        return ["法人是什么？", "第五十七条"] if reply["hits"] else []

    def ask(self, question: str, k: int | None = None, filters: Filters | None = None) -> AskReply:
        """The best passages, and of the first one the best sentence."""
        self.asked.append((question, filters))
        if "出错" in question:
            raise InputError(BROKEN)
        hits = self._hits(question, filters or Filters())[: k or 8]
        answered = bool(hits) and "火星" not in question
        sentences: list[Sentence] = []
        for hit in hits[:2] if answered else []:
            a, b = hit["highlights"][0]
            text = hit["text"][a - hit["start"] : b - hit["start"]]
            sentences.append({"text": text, "start": a, "end": b, "hit": hit["rank"]})
        return {
            "question": question,
            "answered": answered,
            "confidence": 0.8,
            "sentences": sentences,
            "related": [],
            "hits": hits,
            "route": "hybrid",
            "notice": "已按简体字查找。" if "獎" in question else "",
            "reason": "" if answered else "silent",
        }

    def find(
        self, text: str, k: int = 10, all_versions: bool = False, documents: Collection[str] = ()
    ) -> FindReply:
        """The passages that hold the words as they are."""
        if "出错" in text:
            raise InputError(BROKEN)
        matches = [
            _match(text, row, words, start, path)
            for row in _DOCUMENTS
            if row.id in documents or not documents
            if row.status != "已废止" or all_versions
            for words, start, path in _passages(row.lines)
            if text in words
        ]
        return {"text": text, "matches": matches[:k]}

    def check(
        self, draft: Draft, progress: Callable[[int, int], None] | None = None
    ) -> CheckedDraft:
        """What stands in “” is not found, or should say 应当 for 可以; 慢 takes a minute."""
        for done in range(600 if "慢" in draft.text else 1):
            if progress is not None:
                progress(done + 1, 600)
            time.sleep(0.1 if "慢" in draft.text else 0)
        items = []
        for quoted in re.finditer("“([^”]+)”", draft.text):
            start, end, words = quoted.start(1), quoted.end(1), quoted[1]
            finding = Finding("not_found", suggestion=f"库中查不到“{words}”。")
            if "可以" in words:
                fix = Correction(start, end, words.replace("可以", "应当"))
                finding = Finding("altered", title="某法", suggestion="应为应当。", correction=fix)
            items.append(Item(start, end, words, "quotation", finding))
        return CheckedDraft(draft, items)

    def excerpts(self, places: Sequence[Place]) -> list[ExcerptRecord]:
        """What stands at the places, in the order of the documents; unknown documents last."""
        records = [
            _excerpt(place, row, text, start, path)
            for row in _DOCUMENTS
            for text, start, path in _passages(row.lines)
            for place in places
            if place.document == row.id and start <= place.start < start + len(text)
        ]
        held = {row.id for row in _DOCUMENTS}
        lost = [place for place in places if place.document not in held]
        return [*records, *map(_lost, lost)]

    def _hits(self, question: str, filters: Filters) -> list[Hit]:
        pairs = {question[i : i + 2] for i in range(len(question) - 1)}
        found = []
        for row in _DOCUMENTS:
            for text, start, path in _passages(row.lines):
                score = sum(pair in text for pair in pairs)
                if score and _allowed(row, path, filters):
                    found.append((score, _passage(pairs, row, text, start, path)))
        found.sort(key=lambda one: -one[0])
        return [
            {"rank": rank, "score": float(score), **passage}
            for rank, (score, passage) in enumerate(found, 1)
        ]


def _unknown(title: str, lines: list[int]) -> CitedRecord:
    return {
        "title": title,
        "lines": lines,
        "held": False,
        "document_id": None,
        "address": "",
        "how": "",
        "issuer": "",
        "date": "",
        "url": "",
    }


def _kept(place: Place) -> PlaceRecord:
    return [place.document, place.start, place.end, place.check]


def _lost(place: Place) -> ExcerptRecord:
    return {"place": _kept(place), "missing": "没有这份文件"}


def _row(document_id: str) -> _Row:
    for row in _DOCUMENTS:
        if row.id == document_id:
            return row
    raise InputError(f"文库里没有“{document_id}”,请在文档库里另选一份。")


def _described(row: _Row) -> DocumentRecord:
    document_id, title, kind, status, issuer, published, lines = row
    return {
        "id": document_id,
        "title": title,
        "name": f"《{title}》" + ("(征求意见稿)" if status == "征求意见稿" else ""),
        "kind": kind,
        "status": status,
        "origin": "bundled" if document_id == "plan" else "law",
        "issuer": issuer,
        "published": published,
        "effective": "",
        "source": "",
        "characters": sum(len(text) for _, text in lines),
        "passages": len(lines),
    }


def _spans(lines: list[Line]) -> list[tuple[int, str, int, int]]:
    out, start = [], 0
    for level, text in lines:
        out.append((level, text, start, start + len(text)))
        start += len(text) + 1
    return out


def _passages(lines: list[Line]) -> list[tuple[str, int, list[str]]]:
    path: list[tuple[int, str]] = []
    out = []
    for level, text, start, _ in _spans(lines):
        if level:
            path = [*[one for one in path if one[0] < level], (level, text)]
        else:
            out.append((text, start, [heading for _, heading in path]))
    return out


def _links(row: _Row) -> list[LinkRecord]:
    return [
        _link(row, text, start, mention)
        for text, start, _ in _passages(row.lines)
        for mention in _MENTION.finditer(text)
    ]


def _link(row: _Row, text: str, start: int, mention: re.Match[str]) -> LinkRecord:
    title, article = mention[1] or CODE, mention[2]
    held = next((one for one in _DOCUMENTS if one.title == title), None)
    place: SpanRecord | None = None
    for words, at, _ in _passages(held.lines) if held and article else []:
        if words.startswith(f"{article} "):
            place = {"start": at, "end": at + len(words)}
    return {
        "surface": mention.group(),
        "start": start + mention.start(),
        "end": start + mention.end(),
        "title": title,
        "document_id": held and held.id,
        "article": article,
        "clause": None,
        "item": None,
        "held": held is not None,
        "exists": held is not None and (place is not None or not article),
        "citation": f"《{title}》{article or ''}",
        "passage_id": f"{held.id}:{place['start']}" if held and place else None,
        "target": place,
        "note": "" if held else f"库中没有《{title}》;取得全文后可入库。",
        "from": {
            "document_id": row.id,
            "title": row.title,
            "status": row.status,
            "passage_id": f"{row.id}:{start}",
            "citation": f"《{row.title}》{text[:4]}",
            "start": start,
            "end": start + len(text),
            "text": text,
        },
    }


def _allowed(row: _Row, path: list[str], filters: Filters) -> bool:
    return (
        (not filters.documents or row.id in filters.documents)
        and (not filters.kinds or row.kind in filters.kinds)
        and (not filters.statuses or row.status in filters.statuses)
        and (filters.all_versions or row.status not in {"已废止"})
        and filters.section in " ".join(path)
    )


def _passage(pairs: set[str], row: _Row, text: str, start: int, path: list[str]) -> PassageRecord:
    sentences = list(re.finditer(r"[^。]+。?", text))
    best = max(sentences, key=lambda s: sum(pair in s.group() for pair in pairs))
    article = re.match(r"第.+?条", text)
    place = article.group() if article else "".join(path[:2]) + "".join(f"“{p}”" for p in path[2:])
    return {
        "passage_id": f"{row.id}:{start}",
        "document": {"id": row.id, "title": row.title, "status": row.status},
        "section": path,
        "article": article.group() if article else None,
        "citation": _described(row)["name"] + place,
        "text": text,
        "start": start,
        "end": start + len(text),
        "highlights": [[start + best.start(), start + best.end()]],
    }


def _match(text: str, row: _Row, words: str, start: int, path: list[str]) -> MatchRecord:
    at = start + words.index(text)
    return {
        **_passage({text}, row, words, start, path),
        "kind": "exact",
        "similarity": 1.0,
        "highlights": [[at, at + len(text)]],
        "quoted": text,
        "differences": [],
        "clause": None,
        "context": words,
        "context_start": start,
    }


def _excerpt(place: Place, row: _Row, text: str, start: int, path: list[str]) -> ExcerptRecord:
    found = _passage(set(), row, text, start, path)
    return {
        "place": _kept(place),
        "missing": "",
        "document": found["document"],
        "section": found["section"],
        "article": found["article"],
        "citation": found["citation"],
        "text": text[place.start - start : place.end - start],
    }

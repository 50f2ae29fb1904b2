"""A small engine with the contract's dicts, for the page's tests: five documents, no model."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from qa import Filters
from qa.check.finding import Correction, Finding, Item
from qa.drafts.checked import CheckedDraft
from qa.drafts.draft import Draft
from qa.library import EXAMPLES
from qa.library.excerpts import Place

PLAN = "乌鲁木齐市法治首府建设“十四五”规划"
BROKEN = "文库还没有建好:请先运行 faju build,再刷新网页。"
SCRIPT = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
_PLAN_FILE = Path(__file__).parents[1] / "corpus/documents/plan.txt"

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

_DOCUMENTS = (
    ("plan", PLAN, "规划", "征求意见稿", "乌鲁木齐市司法局", "2021-09-01", _plan()),
    ("code", "中华人民共和国民法典", "法律", "现行有效", "全国人民代表大会", "2020-05-28", _CODE),
    ("bad", f"坏文件{SCRIPT}", "其他", "已被修改", SCRIPT, "2020-01-01", _HOSTILE),
    ("ahead", "某某法", "法律", "尚未施行", "全国人大常委会", "2026-10-01", _AHEAD),
    ("old", "法律援助旧办法", "行政法规", "已废止", "国务院", "1999-01-01", _OLD),
)


class FakeEngine:
    """Ranks by shared pairs of characters; refuses on 火星, fails on 出错."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Filters | None]] = []

    def about(self) -> dict[str, Any]:
        """What the library holds."""
        about = {"documents": 5, "passages": 60, "as_of": "2026-11-22", "plan": PLAN}
        return {**about, "model": "fake", "examples": list(EXAMPLES)}

    def documents(self) -> list[dict[str, Any]]:
        """Every document, without its text."""
        return [_described(row) for row in _DOCUMENTS]

    def document(self, document_id: str) -> dict[str, Any]:
        """One document with its table of contents."""
        row = _row(document_id)
        toc: list[dict[str, Any]] = []
        lines = _spans(row[6])
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

    def section(self, document_id: str, start: int) -> dict[str, Any]:
        """The section around an offset."""
        document = self.document(document_id)
        around = [e for e in document["toc"] if e["start"] <= start < e["end"]]
        low, high = (around[-1]["start"], around[-1]["end"]) if around else (0, 10**9)
        blocks = [
            {
                "kind": "heading" if level else "text",
                "text": text,
                "start": a,
                "end": b,
                "passage_id": f"{document_id}:{a}",
                "citation": document["name"],
            }
            for level, text, a, b in _spans(_row(document_id)[6])
            if low <= a < high
        ]
        path = [e["heading"] for e in around]
        return {"document": document, "path": path, "start": low, "end": high, "blocks": blocks}

    def links(self, document_id: str, start: int | None = None) -> dict[str, Any]:
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

    def cited(self) -> list[dict[str, Any]]:
        """What the plan cites."""
        held = {"held": True, "document_id": "code", "issuer": "全国人大", "url": "", "how": ""}
        lost = {"held": False, "document_id": None, "issuer": "", "date": ""}
        outline = "法治中国建设规划(2020—2025年)"
        url = "www.gov.cn/zhengce/2021-01/10/content_5578659.htm"
        how = "地址见于公开资料,未打开核对;下载后可存入文库。"
        return [
            {"title": "中华人民共和国民法典", "lines": [88], "date": "2020-05-28", **held},
            {"title": outline, "lines": [11], **lost, "url": url, "how": how},
            {"title": "内部意见", "lines": [11, 68], **lost, "url": "", "how": ""},
        ]

    def ask(
        self, question: str, k: int | None = None, filters: Filters | None = None
    ) -> dict[str, Any]:
        """The best passages, and of the first one the best sentence."""
        self.asked.append((question, filters))
        if "出错" in question:
            raise InputError(BROKEN)
        hits = self._hits(question, filters or Filters())[: k or 8]
        answered = bool(hits) and "火星" not in question
        sentences = []
        for hit in hits[:2] if answered else []:
            a, b = hit["highlights"][0]
            text = hit["text"][a - hit["start"] : b - hit["start"]]
            sentences.append({"text": text, "start": a, "end": b, "hit": hit["rank"]})
        return {
            "question": question,
            "answered": answered,
            "confidence": 0.8,
            "sentences": sentences,
            "hits": hits,
            "route": "hybrid",
            "notice": "已按简体字查找。" if "獎" in question else "",
        }

    def find(
        self, text: str, k: int = 10, all_versions: bool = False, documents: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The passages that hold the words as they are."""
        if "出错" in text:
            raise InputError(BROKEN)
        matches = []
        for row in _DOCUMENTS:
            if (documents and row[0] not in documents) or not (row[3] != "已废止" or all_versions):
                continue
            for words, start, path in _passages(row[6]):
                if text in words:
                    at = start + words.index(text)
                    hit = _hit(0, {text}, 1, row, words, start, path)
                    span = {"quoted": text, "highlights": [[at, at + len(text)]], "clause": None}
                    context = {"context": words, "context_start": start, "differences": []}
                    matches.append({"kind": "exact", "similarity": 1.0, **hit, **span, **context})
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

    def excerpts(self, places: Sequence[Place]) -> list[dict[str, Any]]:
        """What stands at the places, in the order of the documents; unknown documents last."""
        records: list[dict[str, Any]] = []
        for row in _DOCUMENTS:
            for text, start, path in _passages(row[6]):
                for place in places:
                    if place.document == row[0] and start <= place.start < start + len(text):
                        hit = _hit(0, set(), 0, row, text, start, path)
                        words = text[place.start - start : place.end - start]
                        records.append({**hit, **_kept(place), "text": words})
        held = {row[0] for row in _DOCUMENTS}
        lost = [place for place in places if place.document not in held]
        return [*records, *({**_kept(place), "missing": "没有这份文件"} for place in lost)]

    def _hits(self, question: str, filters: Filters) -> list[dict[str, Any]]:
        pairs = {question[i : i + 2] for i in range(len(question) - 1)}
        found = []
        for row in _DOCUMENTS:
            for text, start, path in _passages(row[6]):
                score = sum(pair in text for pair in pairs)
                if score and _allowed(row, path, filters):
                    found.append((score, row, text, start, path))
        found.sort(key=lambda one: -one[0])
        return [_hit(rank, pairs, *one) for rank, one in enumerate(found, 1)]


def _kept(place: Place) -> dict[str, Any]:
    return {"place": [place.document, place.start, place.end, place.check], "missing": ""}


def _row(document_id: str) -> tuple[Any, ...]:
    for row in _DOCUMENTS:
        if row[0] == document_id:
            return row
    raise InputError(f"文库里没有“{document_id}”,请在文档库里另选一份。")


def _described(row: tuple[Any, ...]) -> dict[str, Any]:
    document_id, title, kind, status, issuer, published, lines = row
    return {
        "id": document_id,
        "title": title,
        "name": f"《{title}》" + ("(征求意见稿)" if status == "征求意见稿" else ""),
        "kind": kind,
        "status": status,
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


def _links(row: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        _link(row, text, start, mention)
        for text, start, _ in _passages(row[6])
        for mention in _MENTION.finditer(text)
    ]


def _link(row: tuple[Any, ...], text: str, start: int, mention: re.Match[str]) -> dict[str, Any]:
    title, article = mention[1] or "中华人民共和国民法典", mention[2]
    held = next((one for one in _DOCUMENTS if one[1] == title), None)
    place = None
    for words, at, _ in _passages(held[6]) if held and article else []:
        if words.startswith(f"{article} "):
            place = {"start": at, "end": at + len(words)}
    return {
        "start": start + mention.start(),
        "end": start + mention.end(),
        "title": title,
        "document_id": held and held[0],
        "article": article,
        "clause": None,
        "item": None,
        "held": held is not None,
        "citation": f"《{title}》{article or ''}",
        "target": place,
        "note": "" if held else f"库中没有《{title}》;取得全文后可入库。",
        "from": {
            "document_id": row[0],
            "title": row[1],
            "status": row[3],
            "passage_id": f"{row[0]}:{start}",
            "citation": f"《{row[1]}》{text[:4]}",
            "start": start,
            "end": start + len(text),
            "text": text,
        },
    }


def _allowed(row: tuple[Any, ...], path: list[str], filters: Filters) -> bool:
    return (
        (not filters.documents or row[0] in filters.documents)
        and (not filters.kinds or row[2] in filters.kinds)
        and (not filters.statuses or row[3] in filters.statuses)
        and (filters.all_versions or row[3] not in {"已废止"})
        and filters.section in " ".join(path)
    )


def _hit(
    rank: int,
    pairs: set[str],
    score: int,
    row: tuple[Any, ...],
    text: str,
    start: int,
    path: list[str],
) -> dict[str, Any]:
    sentences = list(re.finditer(r"[^。]+。?", text))
    best = max(sentences, key=lambda s: sum(pair in s.group() for pair in pairs))
    article = re.match(r"第.+?条", text)
    place = article.group() if article else "".join(path[:2]) + "".join(f"“{p}”" for p in path[2:])
    return {
        "rank": rank,
        "score": float(score),
        "passage_id": f"{row[0]}:{start}",
        "document": {"id": row[0], "title": row[1], "status": row[3]},
        "section": path,
        "article": article.group() if article else None,
        "citation": _described(row)["name"] + place,
        "text": text,
        "start": start,
        "end": start + len(text),
        "highlights": [[start + best.start(), start + best.end()]],
    }

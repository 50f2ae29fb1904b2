"""A checked draft as HTML: the text with every item marked, and one item in full."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from qa.page.diff import LEGEND, compared
from qa.page.marks import clipped, folds, marked
from qa.page.parts import badge
from qa.records import FAULTS, VERDICTS

__all__ = ["draft_marked", "item_card", "tag"]

Item = Mapping[str, Any]
Segment = tuple[int, int, int | None]  # start, end, and the item that it belongs to

_NAMES: Mapping[str, str] = {verdict: name for verdict, name in VERDICTS.items()}
_LOOKS = {"verbatim": "good", "exists": "good", "not_held": "doubt", "not_found": "doubt"}
_KINDS = {"citation": "出处", "quotation": "引文"}


def tag(verdict: str) -> str:
    """A verdict in words, with a sign and a colour."""
    name = escape(_NAMES.get(verdict, verdict))
    return f'<span class="tag tag-{_look(verdict)}">{name}</span>'


def _look(verdict: str) -> str:
    return _LOOKS.get(verdict, "bad")


def draft_marked(record: Mapping[str, Any]) -> str:
    """The draft, paragraph by paragraph, each item underlined and named by its verdict."""
    text, items = record["text"], record["items"]
    segments = deque(_segments(len(text), items))
    paragraphs, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        words = []
        while segments and segments[0][0] < end:
            start, stop, number = segments[0]
            words.append(_piece(text[max(start, at) : min(stop, end)], stop <= end, number, items))
            if stop > end:
                break
            segments.popleft()
        if line.strip():
            paragraphs.append(f"<p>{''.join(words)}</p>")
        at = end + 1
    return f'<div class="source draft">{"".join(paragraphs)}</div>'


def _segments(length: int, items: Sequence[Item]) -> Iterator[Segment]:
    """The text in stretches, each of the innermost item around it; of equal ones the worst."""
    begun = deque(sorted(range(len(items)), key=lambda n: (items[n]["start"], -items[n]["end"])))
    ends = {point for item in items for point in (item["start"], item["end"])}
    live: list[int] = []
    for start, end in pairwise(sorted({0, length, *ends})):
        live = [n for n in live if items[n]["end"] > start]
        while begun and items[begun[0]]["start"] <= start:
            live.append(begun.popleft())
        live = [n for n in live if items[n]["end"] > start]
        inner = max(live, key=lambda n: _depth(n, items), default=None)
        yield start, end, inner


def _depth(number: int, items: Sequence[Item]) -> tuple[int, int, bool, int]:
    item = items[number]
    return item["start"], -item["end"], item["verdict"] in FAULTS, -number


def _piece(words: str, last: bool, number: int | None, items: Sequence[Item]) -> str:
    if number is None or not words:
        return escape(words)
    item = items[number]
    verdict = item["verdict"]
    fault = " data-fault" if verdict in FAULTS else ""
    name = tag(verdict) if last else ""
    return (
        f'<a class="mark mark-{_look(verdict)}" href="#item-{number}" role="button" data-do="item"'
        f' data-item="{number}"{fault}>{escape(words)}{name}</a>'
    )


def item_card(item: Item, number: int, total: int, fixable: bool) -> str:
    """Item ``number`` of ``total``: its verdict and why, what differs, the source, what to do."""
    legend = LEGEND if item["differences"] else ""
    reason = f'<p class="reason">{escape(item["suggestion"])}</p>' if item["suggestion"] else ""
    return (
        '<article class="hit item"><header class="item-head"><div>'
        f'<h2 tabindex="-1">{tag(item["verdict"])}<small>{_KINDS[item["kind"]]}，第 {number + 1} 处'
        f"，共 {total} 处</small></h2></div>"
        '<button type="button" class="close" data-do="leave">关闭</button></header>'
        f"{reason}{_wording(item)}{legend}{_source(item)}"
        f'<div class="tools">{_fix(item, number) if fixable else ""}{_reading(item)}</div>'
        '<div class="tools steps"><button type="button" data-do="previous">上一处有误</button>'
        '<button type="button" data-do="next">下一处有误</button></div></article>'
    )


def _wording(item: Item) -> str:
    """The draft over the source where they differ, else the draft's words alone."""
    drawn = compared(item["surface"], _true_words(item), item["differences"], "文稿")
    if drawn:
        return drawn
    words = escape(item["surface"])
    return f'<dl class="diff"><div><dt>文稿</dt><dd>{words}</dd></div></dl>'


def _true_words(item: Item) -> str:
    fix, source = item["correction"], item["source"]
    if fix and (fix["start"], fix["end"]) == (item["start"], item["end"]):
        return str(fix["text"])
    if source and source["highlights"]:
        start, end = source["highlights"][0]
        return str(source["text"][start - source["start"] : end - source["start"]])
    return ""


def _source(item: Item) -> str:
    source = item["source"]
    if not source:
        return ""
    text, offset = source["text"], source["start"]
    spans = clipped(source["highlights"], offset, len(text))
    if spans == [(0, len(text))]:
        spans = []
    words = "".join(
        marked(text[start:end], clipped(spans, start, end - start))
        if shown
        else '<span class="gap">〔略〕</span>'
        for start, end, shown in folds(text, spans)
    )
    return (
        f'<blockquote class="source truth"><p>{words}</p><div class="from">'
        f"<cite>{escape(source['citation'])}</cite>{badge(source['document']['status'])}</div>"
        "</blockquote>"
    )


def _fix(item: Item, number: int) -> str:
    fix = item["correction"]
    if not fix:
        return ""
    own = (fix["start"], fix["end"]) == (item["start"], item["end"])
    words = fix["text"] if len(fix["text"]) <= 24 else f"{fix['text'][:23]}…"
    label = "改为原文" if own and item["kind"] == "quotation" else f"改为“{escape(words)}”"
    return (
        f'<button type="button" class="strong" data-do="fix" data-item="{number}">{label}</button>'
    )


def _reading(item: Item) -> str:
    source = item["source"]
    if not source:
        return ""
    marks = ",".join(f"{start}-{end}" for start, end in source["highlights"])
    words = escape(_quoted(source))
    return (
        '<button type="button" data-do="open" aria-expanded="false"'
        f' data-document="{escape(source["document"]["id"])}" data-start="{source["start"]}"'
        f' data-end="{source["end"]}" data-marks="{marks}">查看原文</button>'
        f'<button type="button" data-do="copy" data-copy="{words}"'
        ' data-said="已复制原文，可以粘贴了。">复制原文</button>'
    )


def _quoted(source: Mapping[str, Any]) -> str:
    start, end = source["highlights"][0] if source["highlights"] else (0, 0)
    return str(source["text"][start - source["start"] : end - source["start"]] or source["text"])

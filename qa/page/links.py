"""引用关系 in the reader as HTML: what a passage cites, and which clauses cite it.

The fold is part of the reader; what is in it is fetched when it is unfolded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from corpus import sentence_spans
from qa.page.marks import clipped, marked
from qa.page.parts import badge

__all__ = ["FIRST", "citing_documents", "links_fold", "links_panel"]

FIRST = 20
"""Entries of a list that are shown before the rest is asked for."""
_BEFORE, _AFTER = 40, 60  # characters of the sentence kept around a mention
_LABEL = re.compile(r"第[^条\s]{1,12}条\S{0,3}\s+")
_PAUSE = re.compile("[，；、,;]")

Link = Mapping[str, Any]


def links_fold(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The folded block, still empty.

    It is that of the passage from ``start`` to ``end``, without ``end`` of the section around
    ``start``, without either of the whole document.
    """
    title, place = "被哪些文件引用", ""
    if start is not None:
        title, place = "这一部分的引用关系", f' data-start="{start}"'
    if end is not None:
        title, place = "引用关系", f'{place} data-end="{end}"'
    return (
        f'<details class="refs" data-document="{escape(document_id)}"{place}>'
        f'<summary>{title}</summary><div class="refs-body" data-role="refs"></div></details>'
    )


def links_panel(cites: Sequence[Link], cited_by: Sequence[Link], *, section: bool = False) -> str:
    """Both lists, for a passage or for a whole section."""
    what = "这一部分" if section else "本段"
    targets = _by(cites, ("document_id", "title", "article", "clause", "item"))
    entries = [_cited(mentions) for mentions in targets]
    body = _list([("", entries)]) if entries else f"<p>{what}没有引用别的条文或文件。</p>"
    places, groups = _citing(cited_by)
    back = _list(groups) if groups else f"<p>文库里没有条款引用{what}。</p>"
    return (
        f"<section><h3>{what}引用{_count(len(entries))}</h3>{body}</section>"
        f"<section><h3>被哪些条款引用{_count(places)}</h3>{back}</section>"
    )


def citing_documents(cited_by: Sequence[Link]) -> str:
    """The other documents that cite a whole document, each with its places."""
    places, groups = _citing(cited_by)
    if not groups:
        return "<p>文库里没有别的文件引用这份文件。</p>"
    count = f"<small>{len(groups)} 份，{places} 处</small>"
    return f"<section><h3>引用它的文件{count}</h3>{_list(groups)}</section>"


def _count(number: int) -> str:
    return f"<small>{number} 处</small>" if number else ""


def _by(links: Iterable[Link], keys: Sequence[str]) -> list[list[Link]]:
    """Links that agree in ``keys`` together, in the order in which each kind first comes."""
    groups: dict[tuple[Any, ...], list[Link]] = {}
    for link in links:
        groups.setdefault(tuple(link[key] for key in keys), []).append(link)
    return list(groups.values())


def _cited(mentions: Sequence[Link]) -> str:
    """One cited place: a button when its text is held, else its name; in words whether it is."""
    link = mentions[0]
    name, held = f"<cite>{escape(link['citation'])}</cite>", link["held"]
    if held:
        name = _button(link["document_id"], name, *_target(link))
    own = held and link["document_id"] == link["from"]["document_id"]
    word = "本文件" if own else "已入库" if held else "未入库"
    times = len({(each["start"], each["end"]) for each in mentions})
    often = f'<span class="facts">提到 {times} 处</span>' if times > 1 else ""
    note = f'<p class="facts">{escape(link["note"])}</p>' if link["note"] else ""
    return f'{name}<span class="held held-{"yes" if held else "no"}">{word}</span>{often}{note}'


def _target(link: Link) -> tuple[int | None, int | None, Sequence[tuple[int, int]]]:
    """Where a cited place is read: its span, marked when it is a 款 or 项 of an article."""
    span = link["target"]
    if span is None:
        return None, None, ()
    part = link["clause"] is not None or link["item"] is not None
    return span["start"], span["end"], [(span["start"], span["end"])] if part else ()


def _citing(cited_by: Sequence[Link]) -> tuple[int, list[tuple[str, list[str]]]]:
    """How many passages cite, and for each document its heading and its entries."""
    by_passage: dict[str, dict[str, list[Link]]] = {}
    for link in cited_by:
        source = link["from"]
        passages = by_passage.setdefault(source["document_id"], {})
        passages.setdefault(source["passage_id"], []).append(link)
    groups = []
    for passages in by_passage.values():
        entries = [_place(mentions) for mentions in passages.values()]
        source = next(iter(passages.values()))[0]["from"]
        head = (
            f'<h4><span class="document">《{escape(source["title"])}》</span>'
            f"{badge(source['status'])}{_count(len(entries))}</h4>"
        )
        groups.append((head, entries))
    return sum(len(entries) for _, entries in groups), groups


def _place(mentions: Sequence[Link]) -> str:
    """One citing passage: where it stands, and the sentence of its first mention."""
    source = mentions[0]["from"]
    marks = sorted({(int(each["start"]), int(each["end"])) for each in mentions})
    place = source["citation"].removeprefix(f"《{source['title']}》")
    place = place.removeprefix(f"({source['status']})") or source["citation"]
    words = f"<cite>{escape(place)}</cite>"
    button = _button(source["document_id"], words, source["start"], source["end"], marks)
    return f'{button}<p class="said">{_said(source, marks)}</p>'


def _said(source: Mapping[str, Any], marks: Sequence[tuple[int, int]]) -> str:
    """The sentence around the first mention, cut at pauses near it, mentions marked."""
    text, offset = source["text"], source["start"]
    first, last = marks[0][0] - offset, marks[0][1] - offset
    around = [span for span in sentence_spans(text) if span[0] <= first < span[1]]
    start, end = around[0] if around else (0, len(text))
    label = _LABEL.match(text)
    if label and start < label.end() <= first:
        start = label.end()
    low, high = max(start, first - _BEFORE), min(max(end, last), last + _AFTER)
    pauses = [pause.end() for pause in _PAUSE.finditer(text, low, high)]
    if low > start:
        low = next((pause for pause in pauses if pause <= first), low)
    if high < end:
        high = next((pause for pause in reversed(pauses) if pause > last), high)
    words = marked(text[low:high], clipped(marks, offset + low, high - low))
    return ("……" if low > start else "") + words + ("……" if high < end else "")


def _button(
    document_id: str,
    name: str,
    start: int | None = None,
    end: int | None = None,
    marks: Sequence[tuple[int, int]] = (),
) -> str:
    place = ""
    if start is not None:
        spans = ",".join(f"{a}-{b}" for a, b in marks)
        place = f' data-start="{start}" data-end="{end}" data-marks="{spans}"'
    return (
        '<button type="button" class="inline" data-do="follow"'
        f' data-document="{escape(document_id)}"{place}>{name}</button>'
    )


def _list(groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Entries under their headings; those after the first ones wait behind a button."""
    total, out = 0, []
    for head, entries in groups:
        late = " hidden" if total >= FIRST else ""
        items = "".join(
            f"<li{' hidden' if total + n >= FIRST else ''}>{entry}</li>"
            for n, entry in enumerate(entries)
        )
        out.append(f"<div{late}>{head}<ul>{items}</ul></div>")
        total += len(entries)
    more = f'<button type="button" class="quiet" data-do="refs">全部 {total} 处</button>'
    return f'<div class="refs-list">{"".join(out)}{more if total > FIRST else ""}</div>'

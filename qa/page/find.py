"""The 原文查找 page as HTML: the form, and the places where words were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from qa.library import has_bundled_plan
from qa.page.diff import LEGEND, compared
from qa.page.excerpts import place_tools
from qa.page.marks import clipped, marked
from qa.page.parts import badge, guide, notice
from qa.records import DocumentRecord
from qa.wording import as_quoted

__all__ = ["EXAMPLES", "MOST", "find_form", "found"]

EXAMPLES = (
    "谁执法谁普法",
    "本法自2021年1月1日起执行",
    "涉企现场检查事项多……随意检查等问题",
)
MOST = 100
"""Places that are listed at most."""

Match = Mapping[str, Any]


def find_form(documents: Sequence[DocumentRecord]) -> str:
    """The box, the examples, where to look, and the empty places for what comes."""
    examples = "".join(
        f'<button type="button" class="example" data-do="example">{escape(example)}</button>'
        for example in EXAMPLES[: 3 if has_bundled_plan(documents) else 2]
    )
    options = "".join(
        f'<option value="{escape(document["id"])}">{escape(document["name"])}</option>'
        for document in documents
    )
    return f"""<form class="ask find" role="search">
<label for="words">要找哪句话？</label>
<div class="ask-row">
<textarea id="words" name="text" rows="1" autocomplete="off" enterkeyhint="search"
 placeholder="写一句原话，记不准、漏几个字也行"></textarea>
<button type="submit" class="primary">查找</button>
</div>
<div class="examples"><span>可以这样找：</span>{examples}</div>
<div class="find-scope"><label for="find-doc">查找范围</label>
<select id="find-doc" name="in"><option value="">全部文件</option>{options}</select>
<label class="check"><input type="checkbox" name="old" value="1">也找历史版本</label></div>
</form>
<div class="work">
<section class="results" data-role="results" aria-label="查找结果" aria-live="polite">
{_guide()}</section>
<aside class="reader" data-role="reader" aria-label="原文" tabindex="-1" hidden></aside>
</div>"""


def _guide() -> str:
    ways = (
        ("一字不差", "文库里有的话，一处不漏地找出来；全角半角、引号、空格、繁简都不影响。"),
        ("记不准", "错字、漏字、颠倒也能找到，哪里和原文不同，逐字标出。"),
        ("只记得两头", "中间用……连起来，如“涉企现场检查……随意检查”。"),
    )
    return guide(ways)


def found(reply: Mapping[str, Any]) -> str:
    """A ``find`` dict: the exact places, then the near ones, those of a document together."""
    matches: Sequence[Match] = reply["matches"]
    asked = f'<h2 class="question">查找：{escape(reply["text"])}</h2>'
    if not matches:
        return f"""{asked}<section class="refusal"><h2>文库里没有这句话</h2>
<p>一字不差的没有，相近的也没有。请核对字句，换其中最有把握的几个字再找；
也可以改在“全部文件”里找，或勾选“也找历史版本”。</p></section>"""
    exact = [match for match in matches if match["kind"] == "exact"]
    near = [match for match in matches if match["kind"] != "exact"]
    text, number = reply["text"], len(exact)
    elided = bool(near) and not near[0]["differences"]
    parts = [
        _part("exact", "一字不差" if _all_verbatim(exact) else "字句相同", exact, text, 1),
        _part("near", "分段相同或近似" if elided else "近似", near, text, number + 1),
    ]
    most = f"只列出前 {MOST} 处，请多写几个字，或限定一份文件。" if len(matches) >= MOST else ""
    none = "" if exact or elided else notice("没有一字不差的，下面是最相近的原文。")
    return asked + (notice(most) if most else "") + none + "".join(parts)


def _all_verbatim(matches: Sequence[Match]) -> bool:
    return not any(match["differences"] for match in matches)


def _part(kind: str, title: str, matches: Sequence[Match], text: str, first: int) -> str:
    """The places of one kind under a heading; a number runs through all cards of the page."""
    if not matches:
        return ""
    groups: dict[str, list[tuple[int, Match]]] = {}
    for number, match in enumerate(matches, first):
        groups.setdefault(match["document"]["id"], []).append((number, match))
    spread = f"，见于 {len(groups)} 份文件" if len(groups) > 1 else ""
    legend = LEGEND if any(match["differences"] for match in matches) else ""
    shelves = "".join(_group(members, text) for members in groups.values())
    return (
        f'<section class="found" aria-labelledby="found-{kind}"><h2 id="found-{kind}">{title}'
        f"<small>{len(matches)} 处{spread}</small></h2>{legend}{shelves}</section>"
    )


def _group(members: Sequence[tuple[int, Match]], text: str) -> str:
    document = members[0][1]["document"]
    count = f"<small>{len(members)} 处</small>" if len(members) > 1 else ""
    cards = "".join(_card(number, match, text) for number, match in members)
    return (
        f'<section class="group"><h3><span class="document">《{escape(document["title"])}》</span>'
        f'{badge(document["status"])}{count}</h3><ol class="hits">{cards}</ol></section>'
    )


def _likeness(match: Match) -> str:
    """How like the words are: 一字不差, or what they are like and how far."""
    if match["kind"] == "exact" and not match["differences"]:
        return '<span class="like like-exact">一字不差</span>'
    if match["kind"] == "exact":
        return '<span class="like like-near">字形不同</span>'
    if not match["differences"]:
        return '<span class="like like-near">分段相同</span>'
    return f'<span class="like like-near">近似 {int(match["similarity"] * 100)}%</span>'


def _card(number: int, match: Match, text: str) -> str:
    context, offset = match["context"], match["context_start"]
    words = marked(context, clipped(match["highlights"], offset, len(context)))
    quoted = match["quoted"]
    unlike = compared(as_quoted(text, quoted), quoted, match["differences"])
    # A plan's citation names its sections already.
    path = match["section"] if match["article"] else ()
    trail = "".join(f"<li>{escape(heading)}</li>" for heading in path)
    crumbs = f'<ol class="crumbs" aria-label="所在位置">{trail}</ol>' if trail else ""
    return (
        f'<li><article class="hit" id="match-{number}" tabindex="-1" aria-label="第 {number} 处">'
        f'<header><span class="rank">{number}</span><div class="where">'
        f"<cite>{escape(match['citation'])}</cite>{_likeness(match)}"
        f"{crumbs}</div></header>"
        f'<div class="source words">{words}</div>{unlike}{_tools(match)}</article></li>'
    )


def _tools(match: Match) -> str:
    marks = ",".join(f"{start}-{end}" for start, end in match["highlights"])
    quoted = match["quoted"]
    document = match["document"]["id"]
    whole = place_tools(document, match["start"], match["text"], match["citation"])
    cited = f"“{quoted}”\n——{match['citation']}"
    return (
        '<div class="tools"><button type="button" data-do="open" aria-expanded="false"'
        f' data-document="{escape(document)}" data-start="{match["start"]}"'
        f' data-end="{match["end"]}" data-marks="{marks}">查看原文</button>'
        f'<button type="button" data-do="copy" data-copy="{escape(quoted)}"'
        ' data-said="已复制原文，可以粘贴了。">复制原文</button>'
        f'<button type="button" data-do="copy" data-copy="{escape(cited)}">复制引文</button>'
        f"{whole}</div>"
    )

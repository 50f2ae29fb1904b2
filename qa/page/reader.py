"""The reader and the 文档库 page as HTML: sections in full, tables of contents, the cited list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from qa.page.excerpts import place_tools
from qa.page.links import links_fold
from qa.page.marks import clipped, marked
from qa.page.parts import badge
from qa.records import day

__all__ = ["cited_table", "desk", "library", "reader", "shelf", "toc"]

_ADDRESS = re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][!-~]*)?(?![!-~])")


def toc(document: Mapping[str, Any], current: int | None = None) -> str:
    """A document's table of contents as buttons that open a section.

    ``current`` is an offset: the innermost entry it falls in is marked. An entry whose heading the
    source has lost says so.
    """
    entries = document["toc"]
    here = None
    for entry in entries:
        if current is not None and entry["start"] <= current < entry["end"]:
            here = entry["index"]
    items = "".join(_entry(document["id"], entry, entry["index"] == here) for entry in entries)
    return f'<ol class="toc-list">{items}</ol>' if items else "<p>本文件不分章节。</p>"


def _entry(document_id: str, entry: Mapping[str, Any], here: bool) -> str:
    lost = "" if entry["origin"] == "source" else ' class="inferred"'
    why = "" if entry["origin"] == "source" else ' title="原文缺这一级标题，由编号或上下文推定"'
    mark = ' aria-current="true"' if here else ""
    return (
        f'<li class="level-{min(int(entry["level"]), 4)}"><button type="button" data-do="section"'
        f' data-document="{escape(document_id)}" data-start="{entry["start"]}"{mark}{why}>'
        f"<span{lost}>{escape(entry['heading'])}</span></button></li>"
    )


def reader(
    document: Mapping[str, Any],
    section: Mapping[str, Any] | None = None,
    passage: tuple[int, int] | None = None,
    marks: Sequence[tuple[int, int]] = (),
    at: int | None = None,
) -> str:
    """A document's table of contents and one section in full.

    ``passage`` is the stretch to point at and ``marks`` the evidence in it; ``at`` is a place to
    begin reading when there is no passage. All are offsets into the document's text. Without a
    section the table of contents is open, and under it stands who cites the document.
    """
    current = passage[0] if passage else at
    fold = links_fold(document["id"], current, passage[1] if passage else None)
    return (
        f"{_reader_head(document)}"
        f'<details class="toc"{"" if section else " open"}><summary>目录</summary>'
        f"{toc(document, current)}</details>"
        f"{_section(document['id'], section, passage, marks, current, fold) if section else fold}"
    )


def _reader_head(document: Mapping[str, Any]) -> str:
    facts = [
        document.get("issuer", ""),
        f"{day(document['published'])}公布" if document.get("published") else "",
        f"{day(document['effective'])}起施行" if document.get("effective") else "",
    ]
    line = " · ".join(escape(fact) for fact in facts if fact)
    return (
        '<header class="reader-head"><div>'
        f'<h2 tabindex="-1">{escape(document["name"])}</h2>{badge(document["status"])}'
        f'<p class="facts">{line}</p></div>'
        '<button type="button" class="close" data-do="close">关闭<kbd>Esc</kbd></button></header>'
    )


def _section(
    document_id: str,
    section: Mapping[str, Any],
    passage: tuple[int, int] | None,
    marks: Sequence[tuple[int, int]],
    current: int | None,
    fold: str,
) -> str:
    """The section, with its fold of references under the passage, or at its head without one."""
    trail = "".join(f"<li>{escape(heading)}</li>" for heading in section["path"])
    blocks = [_block(document_id, block, passage, marks, current) for block in section["blocks"]]
    pointed = [n for n, block in enumerate(section["blocks"], 1) if _points(passage, block)]
    blocks.insert(pointed[-1] if pointed else 0, fold)
    return f'<ol class="crumbs">{trail}</ol><div class="source section">{"".join(blocks)}</div>'


def _points(passage: tuple[int, int] | None, block: Mapping[str, Any]) -> bool:
    return passage is not None and passage[0] < block["end"] and passage[1] > block["start"]


def _block(
    document_id: str,
    block: Mapping[str, Any],
    passage: tuple[int, int] | None,
    marks: Sequence[tuple[int, int]],
    current: int | None,
) -> str:
    start, end = block["start"], block["end"]
    here = " data-here" if current is not None and start <= current < end else ""
    if block["kind"] == "heading":
        return f"<h3{here}>{escape(block['text'].strip())}</h3>"
    paragraphs, at = [], start
    for line in block["text"].split("\n"):
        if line.strip():
            paragraphs.append(f"<p>{marked(line, clipped(marks, at, len(line)))}</p>")
        at += len(line) + 1
    pointed = " pointed" if _points(passage, block) else ""
    tools = place_tools(document_id, start, block["text"], block["citation"])
    return (
        f'<div class="block{pointed}"{here}>{"".join(paragraphs)}'
        f'<div class="tools block-tools">{tools}</div></div>'
    )


def library(documents: Sequence[Mapping[str, Any]], cited: Sequence[Mapping[str, Any]]) -> str:
    """The 文档库 page: the shelf, the place where a document opens, and the cited documents."""
    return (
        f'<div class="library">{shelf(documents)}'
        '<aside class="reader" data-role="reader" aria-label="原文" tabindex="-1">'
        f"{desk()}</aside></div>{cited_table(cited)}"
    )


def desk() -> str:
    """What stands in the reader's place before a document is chosen."""
    return (
        '<p class="desk">点一份文件的名称，这里显示它的目录；再点目录，就能读到那一节的全文。</p>'
    )


def shelf(documents: Sequence[Mapping[str, Any]]) -> str:
    """Every document as one line: name, status, kind, issuer; with a box that narrows the list."""
    items = "".join(
        f'<li><button type="button" data-do="document" data-document="{escape(document["id"])}">'
        f'<span class="document">{escape(document["name"])}</span>{badge(document["status"])}'
        f'<span class="facts">{escape(_line(document))}</span></button>{_removal(document)}</li>'
        for document in documents
    )
    return (
        f'<section class="shelf" aria-labelledby="shelf"><h2 id="shelf">文库文件<small>'
        f'<span data-role="count">{len(documents)}</span> 份</small></h2>'
        '<label class="field" for="narrow">按名称、类型、机关查找</label>'
        '<input id="narrow" type="search" autocomplete="off" placeholder="如：行政处罚">'
        f'<ul class="documents" data-role="documents">{items}</ul>'
        '<p class="empty" data-role="empty" hidden>没有名称相符的文件，请换个词。</p></section>'
    )


def _removal(document: Mapping[str, Any]) -> str:
    """The button that takes out one of the home's own documents."""
    if document["origin"] != "own":
        return ""
    name = escape(document["name"])
    return (
        f'<button type="button" class="remove" data-do="remove" data-name="{name}"'
        f' data-document="{escape(document["id"])}" aria-label="移出{name}">移出</button>'
    )


def _line(document: Mapping[str, Any]) -> str:
    dated = document["published"] or document["effective"]
    parts = [document["kind"], document["issuer"], day(dated)]
    return " · ".join(part for part in parts if part)


def cited_table(cited: Sequence[Mapping[str, Any]]) -> str:
    """The documents the plan cites: where, whether the library holds them, how to get them."""
    if not cited:
        return ""
    rows = "".join(_row(entry) for entry in cited)
    return (
        '<section class="cited" aria-labelledby="cited"><h2 id="cited">本规划引用的文件'
        f"<small>{len(cited)} 份</small></h2>"
        '<div class="scroll" tabindex="0" role="region" aria-labelledby="cited"><table><thead><tr>'
        '<th scope="col">文件</th><th scope="col">规划行号</th><th scope="col">入库</th>'
        '<th scope="col">发文机关</th><th scope="col">日期</th><th scope="col">如何取得</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _row(entry: Mapping[str, Any]) -> str:
    title = f"《{escape(entry['title'])}》"
    if entry["held"] and entry["document_id"]:
        title = (
            f'<button type="button" class="inline" data-do="document"'
            f' data-document="{escape(entry["document_id"])}">{title}</button>'
        )
    held = "已入库" if entry["held"] else "未入库"
    lines = "、".join(str(line) for line in entry["lines"])
    how = escape(entry["how"] or ("" if entry["held"] else "暂无公开地址，请向发文机关索取。"))
    how = f"{how}{_link(entry.get('address') or entry['url'])}{_fetching(entry)}"
    cells = (
        ("规划行号", lines),
        ("入库", f'<span class="held held-{"yes" if entry["held"] else "no"}">{held}</span>'),
        ("发文机关", escape(entry["issuer"] or "—")),
        ("日期", escape(day(entry["date"] or "—"))),
        ("如何取得", how or "—"),
    )
    row = "".join(f'<td data-label="{label}"><div>{cell}</div></td>' for label, cell in cells)
    return f'<tr><th scope="row">{title}</th>{row}</tr>'


def _fetching(entry: Mapping[str, Any]) -> str:
    """The button that fetches a document from its official address."""
    if entry["held"] or not entry["url"].startswith("https://"):
        return ""
    title = escape(entry["title"])
    return (
        f' <button type="button" class="fetch" data-do="fetch" data-title="{title}"'
        f' aria-label="从官方网址获取《{title}》">从官方网址获取</button>'
    )


def _link(url: str) -> str:
    """A web address as a link, with the words after it (who checked it); other schemes as text."""
    found = _ADDRESS.match(url)
    if found is None:
        return escape(url)
    address = found.group() if found.group().startswith("http") else f"https://{found.group()}"
    return (
        f' <a href="{escape(address)}" target="_blank" rel="noopener noreferrer">官方网址</a>'
        f"{escape(url[found.end() :])}"
    )

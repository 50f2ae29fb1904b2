"""The 问答 page as HTML: pure functions from the contract dicts to strings.

Nothing here knows Gradio or the engine. Every word that comes from a document, a question or the
catalog goes through ``html.escape``; offsets are those of the document's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, cast

from qa.library import EXAMPLES
from qa.page.excerpts import collect_button, place_tools
from qa.page.marks import clipped, folds, marked
from qa.records import AboutRecord, Hit, Sentence, holdings, quoted_words

__all__ = [
    "answer",
    "ask_form",
    "badge",
    "citation_copy",
    "filter_grid",
    "guide",
    "hit_card",
    "masthead",
    "notice",
]

_BADGES = {
    "征求意见稿": "draft",
    "现行有效": "force",
    "尚未施行": "ahead",
    "已被修改": "amended",
    "已废止": "repealed",
}
_FOUND = {"place": "指定的条文", "phrase": "含有这些字句的原文", "hybrid": "相关原文"}


def badge(status: str) -> str:
    """The status of a document as a word on a tint; "" when it has none."""
    if not status:
        return ""
    return f'<span class="badge badge-{_BADGES.get(status, "other")}">{escape(status)}</span>'


def notice(text: str, *, error: bool = False) -> str:
    """One sentence in place: what happened and what to do."""
    role, kind = ("alert", "notice-error") if error else ("status", "notice-plain")
    return f'<p class="notice {kind}" role="{role}">{escape(text)}</p>'


def masthead(about: AboutRecord) -> str:
    """The name of the program and one sentence on what the library holds and as of when."""
    library = escape(about.get("library", ""))
    return (
        f'<header class="masthead" data-library="{library}"><h1>法据</h1><p class="holdings">'
        f"<span>只用文件原话回答，句句注明出处。</span>{escape(holdings(about))}</p></header>"
    )


def ask_form(documents: Sequence[Mapping[str, Any]], questions: Sequence[str] = EXAMPLES) -> str:
    """The question box, the examples, the folded filters, and the empty places for what comes."""
    examples = "".join(
        f'<button type="button" class="example" data-do="example">{escape(example)}</button>'
        for example in questions
    )
    return f"""<form class="ask" role="search" data-role="ask">
<label for="question">您想问什么？</label>
<div class="ask-row">
<textarea id="question" name="q" rows="1" autocomplete="off" enterkeyhint="search"
 placeholder="用平常的话问，或写条号、文件原话"></textarea>
<button type="submit" class="primary">提问</button>
</div>
<div class="examples"><span>可以这样问：</span>{examples}</div>
<details class="filters" data-role="filters">
<summary><span>缩小范围</span><span class="chosen" data-role="chosen"></span></summary>
{filter_grid(documents)}</details>
</form>
<div class="work">
<section class="results" data-role="results" aria-label="回答" aria-live="polite">
{_guide()}</section>
<aside class="reader" data-role="reader" aria-label="原文" tabindex="-1" hidden></aside>
</div>"""


def _guide() -> str:
    ways = (
        ("用平常的话问", "按意思在全部文件里找，挑出能回答的原句。"),
        ("写条号", "如“宪法第五条第二款”“规划第三章第三节”，直接到那一处。"),
        ("给一句原话", "加上引号，如“谁执法谁普法”，看它写在哪份文件、哪一节。"),
    )
    return guide(ways)


def guide(ways: Iterable[tuple[str, str]]) -> str:
    """What a tab can be given, and what it does with it."""
    items = "".join(f"<div><dt>{way}</dt><dd>{does}</dd></div>" for way, does in ways)
    return f'<dl class="guide">{items}</dl>'


def filter_grid(documents: Sequence[Mapping[str, Any]]) -> str:
    """What a question can be limited to: a document and its sections, kinds, statuses."""
    options = "".join(
        f'<option value="{escape(document["id"])}">{escape(document["name"])}</option>'
        for document in documents
    )
    kinds = _choices("kind", "类型", (document["kind"] for document in documents))
    statuses = _choices("status", "效力", (document["status"] for document in documents))
    return f"""<div class="filter-grid">
<div class="field"><label for="doc">文件</label><select id="doc" name="doc">
<option value="">全部文件</option>{options}</select></div>
<div class="field"><label for="section">章节</label><select id="section" name="section" disabled>
<option value="">先选定一份文件</option></select></div>
{kinds}{statuses}
<div class="choices" role="group" aria-label="版本"><span class="legend">版本</span>
<div><label><input type="checkbox" name="all" value="1">含历史版本</label></div></div>
<button type="button" class="quiet" data-do="clear">全部清除</button>
</div>"""


def _choices(name: str, legend: str, values: Iterable[str]) -> str:
    words = [escape(value) for value in dict.fromkeys(values) if value]
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{word}">{word}</label>'
        for word in words
    )
    if not boxes:
        return ""
    return (
        f'<div class="choices" role="group" aria-label="{legend}">'
        f'<span class="legend">{legend}</span><div>{boxes}</div></div>'
    )


def answer(reply: Mapping[str, Any], written: str = "") -> str:
    """An ``ask`` dict: the quoted sentences (or the refusal), then the ranked passages as cards.

    ``written`` is the HTML of what a language model made of it, to stand between the two.
    """
    hits: Sequence[Mapping[str, Any]] = reply["hits"]
    said = notice(reply["notice"]) if reply.get("notice") else ""
    question = f'<h2 class="question">问：{escape(reply["question"])}</h2>'
    if reply["answered"]:
        head = _quoted(reply["sentences"], hits)
        title = _FOUND.get(reply.get("route", ""), "相关原文")
    else:
        head, title = _refusal(bool(hits)), "可能相关"
    cards = "".join(
        hit_card(hit, [s for s in reply["sentences"] if s["hit"] == hit["rank"]]) for hit in hits
    )
    ranked = "，按相关程度排列" if len(hits) > 1 and reply.get("route") != "place" else ""
    found = (
        f'<section class="found" aria-labelledby="found"><h2 id="found">{title}'
        f'<small>{len(hits)} 段{ranked}</small></h2><ol class="hits">{cards}</ol></section>'
    )
    return question + said + head + written + (found if hits else "")


def _refusal(near: bool) -> str:
    what = (
        "文库里没有能直接回答这个问题的原文。下面几段意思最接近，供您参考，不作为答案。"
        if near
        else "文库里没有能回答这个问题的原文，也没有相近的段落。"
        "请换个说法，或放宽“缩小范围”里的条件。"
    )
    return f'<section class="refusal"><h2>文件未作规定</h2><p>{what}</p></section>'


def _quoted(sentences: Sequence[Mapping[str, Any]], hits: Sequence[Mapping[str, Any]]) -> str:
    """The answer's sentences, those of one passage together, each with its citation chip."""
    by_rank = {hit["rank"]: hit for hit in hits}
    groups: dict[int, list[Mapping[str, Any]]] = {}
    for sentence in sentences:
        groups.setdefault(sentence["hit"], []).append(sentence)
    blocks = "".join(_quotation(by_rank[rank], said) for rank, said in groups.items())
    places = [_stretch(by_rank[rank], said) for rank, said in groups.items()]
    copied = "\n\n".join(citation_copy(by_rank[rank], said) for rank, said in groups.items())
    return (
        '<section class="answer" aria-labelledby="answered"><h2 id="answered">答'
        f"<small>以下都是文件原话</small></h2>{blocks}"
        f'<div class="tools"><button type="button" data-do="copy" data-copy="{escape(copied)}">'
        f'复制答案</button>{collect_button(places)}<button type="button" data-do="link">'
        '复制链接</button><button type="button" data-do="print">打印</button></div></section>'
    )


def _stretch(
    hit: Mapping[str, Any], sentences: Sequence[Mapping[str, Any]]
) -> tuple[str, int, str]:
    """From the first of a passage's sentences to the last: document, start and words."""
    start = min(int(sentence["start"]) for sentence in sentences)
    end = max(int(sentence["end"]) for sentence in sentences)
    text = hit["text"][start - hit["start"] : end - hit["start"]]
    return hit["document"]["id"], start, text


def _quotation(hit: Mapping[str, Any], sentences: Sequence[Mapping[str, Any]]) -> str:
    rank, citation = hit["rank"], escape(hit["citation"])
    lines = "".join(
        f"<p>{escape(sentence['text'].strip())}"
        f'<a class="chip" href="#hit-{rank}" data-do="cite" title="{citation}"'
        f' aria-label="出处 {rank}：{citation}">出处 {rank}</a></p>'
        for sentence in sentences
    )
    return (
        f'<blockquote class="source">{lines}<div class="from"><cite>{citation}</cite>'
        f"{badge(hit['document']['status'])}</div></blockquote>"
    )


def hit_card(hit: Mapping[str, Any], sentences: Sequence[Mapping[str, Any]] = ()) -> str:
    """One ranked passage: where it stands, its status, its words with the evidence marked."""
    document, text, start = hit["document"], hit["text"], hit["start"]
    said = [(sentence["start"], sentence["end"]) for sentence in sentences]
    spans = clipped([*hit["highlights"], *said], start, len(text))
    if spans == [(0, len(text))]:
        spans = []  # marking everything marks nothing
    pieces = folds(text, spans)
    folded = len(pieces) > 1
    crumbs = [*hit["section"], *([hit["article"]] if hit["article"] else [])]
    trail = "".join(f"<li>{escape(crumb)}</li>" for crumb in crumbs)
    words = "".join(_piece(text, piece, spans) for piece in pieces)
    more = (
        '<button type="button" data-do="unfold" aria-expanded="false">展开全文</button>'
        if folded
        else ""
    )
    marks = ",".join(f"{start + a}-{start + b}" for a, b in spans)
    whole = place_tools(document["id"], start, text, hit["citation"])
    return (
        f'<li><article class="hit" id="hit-{hit["rank"]}" tabindex="-1"'
        f' aria-label="第 {hit["rank"]} 段"><header><span class="rank">{hit["rank"]}</span>'
        f'<div class="where"><span class="document">《{escape(document["title"])}》</span>'
        f'{badge(document["status"])}<ol class="crumbs" aria-label="所在位置">{trail}</ol></div>'
        "</header>"
        f'<div class="source words">{words}</div><div class="tools">'
        '<button type="button" data-do="open" aria-expanded="false"'
        f' data-document="{escape(document["id"])}" data-start="{start}" data-end="{hit["end"]}"'
        f' data-marks="{marks}">查看原文</button>'
        f'<button type="button" data-do="copy" data-copy="{escape(citation_copy(hit, sentences))}">'
        f"复制引文</button>{whole}{more}</div></article></li>"
    )


def citation_copy(hit: Mapping[str, Any], sentences: Sequence[Mapping[str, Any]] = ()) -> str:
    """What 复制引文 copies: ``quoted_words`` and where they stand."""
    words = quoted_words(cast(Hit, hit), cast(Sequence[Sentence], sentences))
    return f"“{words}”\n——{hit['citation']}"


def _piece(text: str, piece: tuple[int, int, bool], spans: Sequence[tuple[int, int]]) -> str:
    start, end, shown = piece
    inner = marked(text[start:end], clipped(spans, start, end - start))
    if shown:
        return inner
    return f'<span class="gap">〔略 {end - start} 字〕</span><span class="rest">{inner}</span>'

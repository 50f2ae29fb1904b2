"""The 引文核对 page as HTML: the form, what was found in all, and the table of every item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from qa.library import has_bundled_plan
from qa.page.draft import tag
from qa.page.parts import notice
from qa.records import FAULTS, VERDICTS, DocumentRecord

__all__ = ["SAMPLE", "check_form", "items_table", "summary"]

SAMPLE = """关于开展民法典宣传活动的通知（草稿）
根据《乌鲁木齐市法治首府建设“十四五”规划》“全面落实‘谁执法谁普法’的普法责任制”的要求，现就有关事项通知如下。
一、民法典第四条规定：“民事主体在民事活动中的法律地位应当一律平等。”民法典第一百八十四条规定：“因自愿实施紧急救助行为造成受助人损害的，救助人不承担民事责任。”
二、民法典第一百八十五条规定：“民事主体从事民事活动，应当有利于节约资源、保护生态环境。”宪法第5条第二款规定：“国家维护社会主义法制的统一和尊严。”
三、各单位要严格执行《中华人民共和国民法通则》第九条和民法典第一千二百八十条，落实《法治社会建设实施纲要（2020—2025年）》。"""
"""A draft to try the page with: some right, some wrong."""

_KINDS = {"citation": "出处", "quotation": "引文"}
_SHOWN = 200  # rows of the table before the rest is asked for

Item = Mapping[str, Any]


def check_form(documents: Sequence[DocumentRecord] = ()) -> str:
    """The box, the file, and the empty places for what comes."""
    lines = SAMPLE.split("\n")
    sample = SAMPLE if has_bundled_plan(documents) else "\n".join([lines[0], *lines[2:]])
    return f"""<form class="ask check-form" data-sample="{escape(sample)}">
<label for="draft">要核对的文稿</label>
<textarea id="draft" name="draft" rows="7" autocomplete="off" spellcheck="false"
 placeholder="把文稿粘贴到这里，或把文件拖到这里（.docx、.txt、.md）"></textarea>
<p class="file" data-role="file" hidden></p>
<div class="check-row"><button type="submit" class="primary">核对</button>
<label class="pick"><input type="file" name="file" accept=".docx,.txt,.md">
<span>选择文件</span></label>
<button type="button" class="quiet" data-do="sample">用一份样稿试试</button>
<span class="hint">文稿只在本机内存里核对，不保存、不上传。</span></div>
</form>
<div class="check-summary" data-role="summary" aria-live="polite">{_guide()}</div>
<div class="work check-work">
<section class="results" data-role="results" aria-label="标注后的文稿"></section>
<div class="side"><aside data-role="detail" aria-label="核对结论" tabindex="-1" hidden></aside>
<aside class="reader" data-role="reader" aria-label="原文" tabindex="-1" hidden></aside></div>
</div>
<div data-role="table"></div>"""


def _guide() -> str:
    ways = (
        ("引文", "逐字和原文比，错一个字、漏一个字都标出来，一键改为原文。"),
        ("出处", "条号对不对，这部法、这一条有没有，是不是还有效。"),
        ("改稿", "Word 文稿用修订标记改好；核对报告、核对表可以下载。"),
    )
    items = "".join(f"<div><dt>{way}</dt><dd>{does}</dd></div>" for way, does in ways)
    return f'<dl class="guide">{items}</dl>'


def summary(record: Mapping[str, Any], word: bool) -> str:
    """What was found, counted, and what can be taken away."""
    items: Sequence[Item] = record["items"]
    if not items:
        return notice(
            "没有发现引文或出处。引文请放在引号里，或写成“某某法第几条规定：……”；"
            "法律名称写全称或通用简称。"
        )
    counts = Counter(item["verdict"] for item in items)
    wrong = sum(counts[verdict] for verdict in FAULTS)
    unheld = counts["not_held"]
    said = (
        f'<strong class="wrong">{wrong} 处有误或查不到</strong>'
        if wrong
        else '<strong class="right">没有发现错误</strong>'
    )
    more = f"，{unheld} 处库中未收、请另行核对" if unheld else ""
    tally = "".join(
        f'<li>{tag(key)}<span class="n">{counts[key]}</span></li>'
        for key in VERDICTS
        if counts[key]
    )
    return (
        f'<h2 tabindex="-1">核对结果</h2><p class="verdict-line">共 {len(items)} 处引用，'
        f'{said}{more}。</p><ul class="tally" aria-label="各种结论">{tally}</ul>'
        f'<div class="tools">{_taken(items, word)}</div>'
    )


def _taken(items: Sequence[Item], word: bool) -> str:
    fixes = len({str(item["correction"]) for item in items if item["correction"]})
    buttons = []
    if fixes and not word:
        buttons.append(
            '<button type="button" class="strong" data-do="fix-all">'
            f"全部改正（{fixes} 处）</button>"
        )
    label = "更正稿（带修订标记）" if word else "更正稿"
    buttons += [
        f'<button type="button" data-do="download" data-what="{what}">下载{words}</button>'
        for what, words in (
            ("corrected", label),
            ("report", "核对报告（Word）"),
            ("table", "核对表（CSV）"),
        )
    ]
    return "".join(buttons) + '<button type="button" data-do="print">打印</button>'


def items_table(record: Mapping[str, Any]) -> str:
    """Every item as a row, the faulty ones first to be asked for."""
    items: Sequence[Item] = record["items"]
    if not items:
        return ""
    rows = "".join(_row(number, item) for number, item in enumerate(items))
    rest = len(items) - _SHOWN
    more = (
        f'<button type="button" class="quiet" data-do="all-rows">再显示其余 {rest} 处</button>'
        if rest > 0
        else ""
    )
    return (
        '<section class="items" aria-labelledby="items"><div class="items-head">'
        f'<h2 id="items">逐处结论<small>{len(items)} 处</small></h2>'
        '<label class="check"><input type="checkbox" data-role="faults">只看有误的</label></div>'
        '<table class="item-table"><thead><tr><th scope="col">序号</th><th scope="col">结论</th>'
        '<th scope="col">文稿写的</th><th scope="col">说明</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}"
        '<p class="empty" data-role="no-faults" hidden>没有有误的地方。</p></section>'
    )


def _row(number: int, item: Item) -> str:
    kind = _KINDS.get(item["kind"], "")
    fault = " data-fault" if item["verdict"] in FAULTS else ""
    late = ' class="late"' if number >= _SHOWN else ""
    surface = " ".join(item["surface"].split())
    words = surface if len(surface) <= 90 else f"{surface[:60]}……{surface[-24:]}"
    return (
        f'<tr data-row="{number}"{fault}{late}><td data-label="序号"><div>{number + 1}</div></td>'
        f'<td data-label="结论"><div>{tag(item["verdict"])}</div></td>'
        f'<td data-label="{kind}"><div><button type="button" class="inline" data-do="item"'
        f' data-item="{number}">{escape(words)}</button></div></td>'
        f'<td data-label="说明"><div>{escape(item["suggestion"]) or "—"}</div></td></tr>'
    )

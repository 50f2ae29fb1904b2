"""The 批量问答 page as HTML: the form, what came out in all, and the table of every answer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from qa.page.parts import badge, guide
from qa.records import AnswerLine, outcome, passages_said, tally

__all__ = ["batch_form", "batch_results"]

_SHOWN = 100  # rows of the table before the rest is asked for
_LONGEST = 240
_NEAR = 80
_TAGS = {"文件未作规定": "doubt", "未作答": "bad"}
_FILES = (("xlsx", "Excel"), ("docx", "Word（出处作脚注）"), ("csv", "CSV"), ("jsonl", "JSONL"))


def batch_form() -> str:
    """The box, the file, and the empty places for what comes."""
    ways = (
        ("一次问一批", "每行一个问题，或交一份表格；上千个问题也只要几分钟。"),
        ("逐题有出处", "每题给出文件原话、出处、效力；文件没有规定的照实标出。"),
        ("结果带走", "下载成 Excel、Word（出处作脚注）、CSV 或 JSONL。"),
    )
    return f"""<form class="ask batch-form check-form">
<label for="batch">要问的问题，每行一个</label>
<textarea id="batch" name="batch" rows="6" autocomplete="off"
 placeholder="把问题粘贴到这里，每行一个；或选择文件（也可以把文件拖到这里）"></textarea>
<p class="file" data-role="file" hidden></p>
<div class="check-row"><button type="submit" class="primary">全部提问</button>
<label class="pick"><input type="file" name="file" accept=".xlsx,.csv,.jsonl">
<span>选择文件（.xlsx、.csv、.jsonl）</span></label>
<button type="button" class="quiet" data-do="template">下载表格模板</button>
<span class="hint">问题只在本机内存里用，不保存、不上传。</span></div>
</form>
<div class="check-summary" data-role="summary" aria-live="polite">{guide(ways)}</div>
<div data-role="table"></div>"""


def batch_results(records: Sequence[AnswerLine]) -> tuple[str, str]:
    """What came out in all, with the files to take away; and the table."""
    buttons = "".join(
        f'<button type="button" data-do="download" data-what="{kind}">下载 {name}</button>'
        for kind, name in _FILES
    )
    head = (
        f'<h2 tabindex="-1">批量问答结果</h2><p class="verdict-line">{tally(records)}</p>'
        f'<div class="tools">{buttons}'
        '<button type="button" data-do="print">打印</button></div>'
    )
    return head, _table(records)


def _table(records: Sequence[AnswerLine]) -> str:
    rows = "".join(_row(number, record) for number, record in enumerate(records))
    rest = len(records) - _SHOWN
    more = (
        f'<button type="button" class="quiet" data-do="all-rows">再显示其余 {rest} 题</button>'
        if rest > 0
        else ""
    )
    return (
        '<section class="items" aria-labelledby="answers"><div class="items-head">'
        f'<h2 id="answers">逐题答案<small>{len(records)} 题</small></h2>'
        '<label class="check"><input type="checkbox" data-role="faults">只看没有答案的</label>'
        '</div><table class="item-table answer-table"><thead><tr><th scope="col">序号</th>'
        '<th scope="col">问题</th><th scope="col">答案（文件原话）</th>'
        '<th scope="col">出处和效力</th><th scope="col">置信度</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}"
        '<p class="empty" data-role="no-faults" hidden>每题都有答案。</p></section>'
    )


def _row(number: int, record: AnswerLine) -> str:
    result = outcome(record)
    fault = "" if result == "已回答" else " data-fault"
    late = ' class="late"' if number >= _SHOWN else ""
    question = record["question"]
    shown = escape(_clipped(question, _LONGEST)) or "（空）"
    if question and len(question) <= _LONGEST:
        shown = (
            f'<a href="?q={escape(quote(question, safe=""))}" target="_blank" rel="noopener"'
            f' title="在“问答”里打开">{shown}</a>'
        )
    sure = f"{record['confidence']:.0%}" if "confidence" in record else "—"
    words, places = _answered(record) if result == "已回答" else _unanswered(record, result)
    return (
        f'<tr{fault}{late}><td data-label="序号"><div>{number + 1}</div></td>'
        f'<td data-label="问题"><div>{shown}</div></td>'
        f'<td data-label="答案"><div class="said">{words}</div></td>'
        f'<td data-label="出处"><div>{places}</div></td>'
        f'<td data-label="置信度"><div>{sure}</div></td></tr>'
    )


def _answered(record: AnswerLine) -> tuple[str, str]:
    said = passages_said(record)
    nths = [f"〔{n}〕" if len(said) > 1 else "" for n, _ in enumerate(said, 1)]
    words = "".join(
        f"<p>{escape(_clipped(words, _LONGEST))}{nth}</p>"
        for nth, (_, words) in zip(nths, said, strict=True)
    )
    places = "".join(
        f"<p>{nth}{escape(hit['citation'])} {badge(hit['document']['status'])}</p>"
        for nth, (hit, _) in zip(nths, said, strict=True)
    )
    return words, places


def _unanswered(record: AnswerLine, result: str) -> tuple[str, str]:
    """Why there is no answer, and where the nearest passage stands."""
    tag = f'<span class="tag tag-{_TAGS[result]}">{result}</span>'
    why = f"<p>{escape(record['error'])}</p>" if "error" in record else ""
    if not record["hits"]:
        return tag + why, "—"
    near = record["hits"][0]
    words = _clipped(near["text"].strip(), _NEAR)
    return f"{tag}<p>可能相关：{escape(words)}</p>", f"<p>{escape(near['citation'])}</p>"


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}……"

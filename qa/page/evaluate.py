"""The 批量评测 page as HTML: the form, the figures, and the questions, those with faults first."""

from __future__ import annotations

from html import escape

from index import RUNS
from qa.evaluation import (
    MAIN,
    Report,
    bar_chart,
    by_fault,
    calibration_chart,
    differences_table,
    fault_tags,
    faults,
    figures_table,
    notes_list,
    refusal_table,
    risk_chart,
    run_totals,
)
from qa.inputs import COLUMNS
from qa.page.parts import guide

__all__ = ["SAMPLE", "evaluate_form", "figures_html", "question_rows"]

SAMPLE: tuple[tuple[str, ...], ...] = (
    tuple(COLUMNS),
    (
        *("q1", "企业老被检查打扰，规划里怎么管？", "事实", "乌鲁木齐市法治首府建设“十四五”规划"),
        *("着力解决涉企现场检查事项多、频次高、随意检查等问题", ""),
    ),
    ("q2", "民法典从哪天起施行？", "法条", "中华人民共和国民法典", "", "第一千二百六十条"),
    ("q3", "个体工商户是什么，欠了债谁来还？", "多处", "中华人民共和国民法典", "", "第五十四条"),
    ("q3", "", "", "中华人民共和国民法典", "", "第五十六条"),
    ("q4", "市长的电话是多少？", "无答案", "", "", ""),
)
"""A question set to begin with: by its words, by article, of several items, without an answer."""

_NAMES = {"hybrid": "综合", "dense": "按意思", "lexical": "按字词", "reranked": "综合后重排"}
_SHOWN = 100  # questions at a time


def evaluate_form() -> str:
    """The file, the runs, and the empty places for what comes."""
    runs = "".join(
        f'<label><input type="checkbox" name="run" value="{run}"{" checked" if not n else ""}>'
        f"{_named(run)}</label>"
        for n, run in enumerate(RUNS)
    )
    return f"""<form class="ask evaluate-form">
<div class="check-row"><label class="pick"><input type="file" name="file"
 accept=".csv,.xlsx,.jsonl"><span>选择题集（.xlsx、.csv、.jsonl）</span></label>
<span class="hint">也可以把文件拖到这里。还没有题集？下载模板：</span>
<button type="button" class="quiet" data-do="template" data-kind="xlsx">Excel 模板</button>
<button type="button" class="quiet" data-do="template" data-kind="csv">CSV 模板</button></div>
<p class="file" data-role="file" hidden></p>
<div class="choices" role="group" aria-label="检索方式"><span class="legend">检索方式</span>
<div>{runs}</div></div>
<div class="check-row"><button type="submit" class="primary">开始评测</button>
<span class="hint">选了几种，后面的都和第一种比较。题集只在本机内存里用，不保存。</span></div>
</form>
<div class="check-summary" data-role="summary" aria-live="polite">{_guide()}</div>
<div class="evaluated" data-role="figures"></div>
<section class="evaluated" data-role="questions" aria-label="逐题"></section>"""


def _named(run: str) -> str:
    return f"{_NAMES[run]}（{run}）" if run in _NAMES else run


def _guide() -> str:
    return guide(
        (
            ("题集", f"一行一题，列名：{'、'.join(COLUMNS)}。编号相同的几行是一道题的几处依据。"),
            ("依据", "写原文里的一句话，或写条文号；两样都空，就是文库里没有答案、应当拒答的题。"),
            ("结果", "检索和问答的各项指标、图、逐题对照；全部结果可以打成一个压缩包下载。"),
        )
    )


def figures_html(report: Report) -> str:
    """Everything but the questions one by one: tables, charts, what can be taken away."""
    total, wrong = len(report.records), sum(bool(faults(each)) for each in report.records)
    said = (
        f'<strong class="wrong">{wrong} 题有错</strong>'
        if wrong
        else '<strong class="right">没有出错的题</strong>'
    )
    return (
        f'<h2 tabindex="-1">评测结果</h2><p class="verdict-line">共 {total} 题，{said}。</p>'
        '<div class="tools"><button type="button" class="strong" data-do="download">'
        '下载全部结果（zip）</button><button type="button" data-do="print">打印</button></div>'
        f"{notes_list(report)}{bar_chart(run_totals(report), MAIN)}"
        f"{figures_table('题型', report.kinds)}{_more(report)}"
    )


def _more(report: Report) -> str:
    curves = report.curves
    charts = f"{calibration_chart(curves)}{risk_chart(curves)}" if curves else ""
    folds = (
        ("检索方式之间的差别", differences_table(report)),
        ("问答与拒答", f'{refusal_table("题型", report.kinds)}<div class="charts">{charts}</div>'),
        ("按文件", figures_table("文件", report.documents) if report.documents.n else ""),
        ("按章节", figures_table("章节", report.chapters) if report.chapters.n else ""),
    )
    return "".join(
        f'<details class="filters"><summary>{title}</summary>{html}</details>'
        for title, html in folds
        if html
    )


def question_rows(report: Report, start: int) -> str:
    """The questions from ``start`` on, by their faults, to be opened; and a way to those left."""
    order = by_fault(report.records)
    end = start + _SHOWN
    rows = "".join(_row(report, number) for number in order[start:end])
    left = len(order) - end
    more = (
        f'<button type="button" class="quiet" data-do="more" data-start="{end}">'
        f"再显示后面的题（还有 {left} 题）</button>"
        if left > 0
        else ""
    )
    head = f'<h2 id="asked">逐题<small>{len(order)} 题，出错的在前，点开对照</small></h2>'
    return ("" if start else head) + rows + more


def _row(report: Report, number: int) -> str:
    record = report.records[number]
    return (
        f'<details class="filters asked-one" data-number="{number}"><summary>'
        f'<span>{escape(record["question"])}</span><span class="chosen">'
        f"{escape(record['kind'])}</span>{fault_tags(record)}</summary>"
        '<div data-role="body"><p class="waiting">正在取出……</p></div></details>'
    )

"""The report of an evaluation: one HTML file that fetches nothing and can be printed."""

from __future__ import annotations

from html import escape
from importlib import resources

from qa.evaluation.charts import bar_chart, calibration_chart, risk_chart
from qa.evaluation.curves import READ
from qa.evaluation.measures import MAIN
from qa.evaluation.pieces import (
    by_fault,
    differences_table,
    fault_tags,
    figures_table,
    notes_list,
    question_body,
    refusal_table,
    run_totals,
    sides,
)
from qa.evaluation.results import Report

__all__ = ["html_report"]

_LONGEST = 160  # characters of a passage
_MOST = 1000  # questions told one by one
_GUIDE = (
    "R@k：依据出现在前 k 段里的比例；RR@10：第一条依据名次的倒数（前 10 段）；"
    "nDCG@10：依据排得越靠前越高；Success@k：前 k 段里至少有一条依据的题的比例。"
)


def html_report(report: Report, title: str) -> str:
    """The whole page; ``title`` names the question set."""
    style = resources.files("qa.page").joinpath("static", "page.css").read_text(encoding="utf-8")
    name = f"评测报告：{escape(title)}"
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title><style>{style}</style></head>
<body class="faju report"><main>
<header class="masthead"><h1>法据</h1><p class="holdings">{name}</p></header>
<p>{_counts(report)}</p>
{notes_list(report)}
<section><h2>主要指标</h2>{bar_chart(run_totals(report), MAIN)}</section>
<section><h2>检索：按题型</h2>{figures_table("题型", report.kinds)}
<p class="hint">{_GUIDE}</p></section>
{_differences(report)}
{_asked(report)}
{_groups(report)}
{_sided(report)}
<section><h2>逐题<small>出错的在前；点开看应有的依据和检出的段落</small></h2>{_questions(report)}</section>
</main></body></html>
"""


def _counts(report: Report) -> str:
    total, answerable = len(report.records), report.kinds.n.get("all", 0)
    runs = "、".join(escape(run) for run in report.runs)
    return (
        f"共 {total} 题，有答案 {answerable} 题，无答案 {total - answerable} 题；检索方式：{runs}。"
    )


def _differences(report: Report) -> str:
    table = differences_table(report)
    return f"<section><h2>检索方式之间的差别</h2>{table}</section>" if table else ""


def _asked(report: Report) -> str:
    if report.curves is None:
        return ""
    return (
        f"<section><h2>问答与拒答</h2>{refusal_table('题型', report.kinds)}"
        f'<div class="charts">{calibration_chart(report.curves)}{risk_chart(report.curves)}</div>'
        f'<p class="hint">两张图里的“答对”指：程序据以作答的前 {READ} 段里有依据；'
        "无答案的题一律算答错。拒答准确率：拒答的题里确实无答案的比例；拒答召回率：无答案的题里"
        "拒答了的比例；AUROC：有答案的题比无答案的题更有把握的机会。</p></section>"
    )


def _groups(report: Report) -> str:
    return "".join(
        f'<section><details class="filters"><summary><h2>按{title}</h2></summary>'
        f"{figures_table(title, figures)}{refusal_table(title, figures)}</details></section>"
        for title, figures in (("文件", report.documents), ("章节", report.chapters))
        if figures.n
    )


def _sided(report: Report) -> str:
    """Which questions each later run won from and lost to the first, with ways to them."""
    parts = []
    for run in report.runs[1:]:
        for side, said in ((1, "胜"), (-1, "负")):
            numbers = [n for n, each in enumerate(report.records) if sides(each, run) == side]
            links = "".join(
                f'<li><a href="#q{number}">{escape(report.records[number]["question"])}</a></li>'
                for number in numbers[:_MOST]
            )
            parts.append(
                f'<details class="filters"><summary>{escape(run)} {said}的题<span class="chosen">'
                f"{len(numbers)} 题</span></summary><ul>{links}</ul></details>"
            )
    if not parts:
        return ""
    head = f"与 {escape(report.runs[0])} 相比，哪些题胜、哪些题负<small>按 nDCG@10</small>"
    return f"<section><h2>{head}</h2>{''.join(parts)}</section>"


def _questions(report: Report) -> str:
    rest = len(report.records) - _MOST
    more = f'<p class="hint">其余 {rest} 题见 questions.jsonl。</p>' if rest > 0 else ""
    told = "".join(
        f'<details class="filters asked-one"><summary><span>{escape(record["question"])}</span>'
        f'<span class="chosen">{escape(record["kind"])}</span>{fault_tags(record)}</summary>'
        f'<div id="q{number}"><p class="hint">题号 {escape(record["id"])}</p>'
        f"{question_body(record, _LONGEST)}</div></details>"
        for number in by_fault(report.records)[:_MOST]
        for record in (report.records[number],)
    )
    return told + more

"""Pieces of HTML that the report and the page share: tables of figures, one question in full.

Every word out of a file goes through ``html.escape``.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from qa.evaluation.measures import ALL, MAIN, MEASURES
from qa.evaluation.results import Figures, Report
from qa.evaluation.text import COMPARED, REFUSAL_NAMES, kind_name, shown
from qa.records import AskedRecord, ExpectedRecord, QuestionRecord, RunRecord, TopRecord

__all__ = [
    "by_fault",
    "differences_table",
    "fault_tags",
    "faults",
    "figures_table",
    "notes_list",
    "question_body",
    "refusal_table",
    "run_totals",
    "sides",
]

_NOTES_SHOWN = 20
_SIDED_BY: Final = "nDCG@10"


def figures_table(title: str, figures: Figures) -> str:
    """Every measure of every run, over the groups that ``title`` names."""
    rows = [
        f'<tr><th scope="row">{escape(kind_name(name))}</th><td>{escape(run)}</td>'
        f"<td>{count}</td>{_cells([measures[each].get(name) for each in MEASURES])}</tr>"
        for name, count in figures.n.items()
        for run, measures in figures.runs.items()
    ]
    return _table((title, "检索方式", "题数", *MEASURES), rows)


def refusal_table(title: str, figures: Figures) -> str:
    """What ``ask`` made of each group: evidence in the answer, and refusals."""
    rows = [
        f'<tr><th scope="row">{escape(kind_name(name))}</th><td>{found["n_answerable"]}</td>'
        f"<td>{found['n_unanswerable']}</td>"
        f"{_cells([figures.evidence_in_answer.get(name), *(found[key] for key in REFUSAL_NAMES)])}"
        "</tr>"
        for name, found in figures.refusal.items()
    ]
    heads = (title, "有答案", "无答案", "答句含依据", *REFUSAL_NAMES.values())
    return _table(heads, rows) if rows else ""


def differences_table(report: Report) -> str:
    """Every later run against the first; "" for one run alone."""
    if not report.differences:
        return ""
    first = report.differences[0]
    rows = [
        f'<tr><th scope="row">{escape(each.run)}</th><td>{each.measure}</td>'
        f"<td>{shown(each.difference, '+')}</td>"
        f"<td>{shown(each.low, '+')} 至 {shown(each.high, '+')}</td><td>{each.p:.4f}</td>"
        f"<td>{each.p_corrected:.4f}</td><td>{each.won}</td><td>{each.lost}</td></tr>"
        for each in report.differences
    ]
    heads = ("检索方式", "指标", "差值", "95% 区间", "p", "校正 p", "胜（题）", "负（题）")
    said = f"差值是各行减去 {escape(first.baseline)}，共 {first.n} 道有答案的题。{COMPARED}。"
    return f'{_table(heads, rows)}<p class="hint">{said}</p>'


def run_totals(report: Report) -> dict[str, dict[str, float]]:
    """From run to main measure to its value over all questions, for the chart."""
    return {
        run: {measure: measures[measure].get(ALL, 0.0) for measure in MAIN}
        for run, measures in report.kinds.runs.items()
    }


def notes_list(report: Report) -> str:
    """What cannot be found in the library; "" for nothing."""
    if not report.notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in report.notes[:_NOTES_SHOWN])
    rest = len(report.notes) - _NOTES_SHOWN
    more = f"<li>另有 {rest} 处，见 metrics.json。</li>" if rest > 0 else ""
    return (
        f'<div class="notice notice-plain"><p>有 {len(report.notes)} 处在库中找不到，按未检出计：'
        f"</p><ul>{items}{more}</ul></div>"
    )


def by_fault(records: Sequence[QuestionRecord]) -> list[int]:
    """The places of the records, those with most faults first, else in their order."""
    return sorted(range(len(records)), key=lambda number: -len(faults(records[number])))


def faults(record: QuestionRecord) -> list[str]:
    """What went wrong with a question: which runs missed it, and what ``ask`` made of it."""
    missed = [
        f"{run} 前 5 段没有依据"
        for run, found in record["runs"].items()
        if record["answerable"] and not found["Success@5"]
    ]
    answer = record["answer"]
    if answer is None:
        return missed
    if not record["answerable"]:
        return [*missed, "应拒未拒"] if answer["answered"] else missed
    if not answer["answered"]:
        return [*missed, "误拒"]
    return missed if answer["evidence_in_answer"] else [*missed, "答句不含依据"]


def fault_tags(record: QuestionRecord) -> str:
    """``faults`` as tags, or that there are none."""
    said = faults(record)
    kind = "bad" if said else "good"
    words = said or ["没有错"]
    return "".join(f'<span class="tag tag-{kind}">{escape(word)}</span>' for word in words)


def sides(record: QuestionRecord, run: str) -> int:
    """1 where ``run`` did better than the first run on this question, -1 where worse, else 0."""
    if not record["answerable"]:
        return 0
    runs = record["runs"]
    own, first = runs[run][_SIDED_BY], next(iter(runs.values()))[_SIDED_BY]
    return int(own > first) - int(own < first)


def question_body(record: QuestionRecord, longest: int) -> str:
    """What was expected beside what each run found; passages cut to ``longest`` characters."""
    expected = "".join(_expected(entry, longest) for entry in record["expected"])
    if not record["answerable"]:
        expected = "<p>文库里没有答案，应当拒答。</p>"
    runs = "".join(_run(name, found, longest) for name, found in record["runs"].items())
    return (
        f'<div class="beside"><section class="expected"><h4>应有的依据</h4>{expected}'
        f'{_answer(record["answer"])}</section><section class="retrieved">{runs}</section></div>'
    )


def _expected(entry: ExpectedRecord, longest: int) -> str:
    where = escape(entry["citation"] or f"{entry['document']}{entry['article'] or ''}")
    evidence = f'<p class="source">{escape(entry["evidence"])}</p>' if entry["evidence"] else ""
    text = entry["text"] if entry["citation"] else "（库中找不到）"
    inner = escape(_cut(text, longest))
    whole = f'<p class="passage">{inner}</p>' if text != entry["evidence"] else ""
    return f'<div class="item-found"><cite>{where}</cite>{evidence}{whole}</div>'


def _run(name: str, found: RunRecord, longest: int) -> str:
    figures = "，".join(f"{each} {found[each]:.2f}" for each in ("R@5", "RR@10") if each in found)
    items = "".join(
        f"<li{' class=relevant' if hit['relevant'] else ''}>"
        f"<cite>{escape(hit['citation'])}</cite>{_right(hit)}"
        f'<p class="passage">{escape(_cut(hit["text"], longest))}</p></li>'
        for hit in found["top"]
    )
    listed = f"<ol>{items}</ol>" if items else "<p>什么也没有检出。</p>"
    return f"<h4>{escape(name)} 检出<small>{figures}</small></h4>{listed}"


def _right(hit: TopRecord) -> str:
    return '<span class="tag tag-good">依据</span>' if hit["relevant"] else ""


def _answer(answer: AskedRecord | None) -> str:
    if answer is None:
        return ""
    said = "".join(f"<p>{escape(sentence.strip())}</p>" for sentence in answer["sentences"])
    head = "回答" if answer["answered"] else "拒答"
    return (
        f"<h4>程序的回答<small>{head}，置信度 {answer['confidence']:.2f}</small></h4>"
        f'<div class="source">{said}</div>'
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "……"


def _cells(values: Sequence[float | None]) -> str:
    return "".join(f"<td>{shown(value)}</td>" for value in values)


def _table(heads: Sequence[str], rows: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    return (
        f'<div class="scroll" tabindex="0"><table class="figures"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )

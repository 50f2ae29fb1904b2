"""What the report and the page both show: tables of figures, one question in full."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evaluation.faults import faults
from qa.evaluation.measures import ALL, MAIN, MEASURES
from qa.evaluation.results import Figures, Report
from qa.evaluation.text import (
    COMPARED,
    QUOTE_NAMES,
    QUOTE_NOTE,
    REFUSAL_NAMES,
    difference_cells,
    kind_name,
    shown,
)
from qa.markup import Html, render
from qa.records import QuestionRecord

__all__ = [
    "differences_table",
    "fault_tags",
    "figures_table",
    "notes_list",
    "question_body",
    "quotes_table",
    "refusal_table",
    "run_totals",
]

_NOTES_SHOWN = 20

Row = Sequence[object]


def figures_table(title: str, figures: Figures) -> Html:
    """Every measure of every run, over the groups that ``title`` names."""
    rows = [
        (kind_name(name), run, count, *(shown(measures[each].get(name)) for each in MEASURES))
        for name, count in figures.n.items()
        for run, measures in figures.runs.items()
    ]
    return _table((title, "检索方式", "题数", *MEASURES), rows)


def refusal_table(title: str, figures: Figures) -> Html | str:
    """What ``ask`` made of each group: evidence in the answer, and refusals; "" for nothing."""
    rows = [
        (
            *(kind_name(name), found["n_answerable"], found["n_unanswerable"]),
            shown(figures.evidence_in_answer.get(name)),
            *(shown(found[key]) for key in REFUSAL_NAMES),
        )
        for name, found in figures.refusal.items()
    ]
    heads = (title, "有答案", "无答案", "答句含依据", *REFUSAL_NAMES.values())
    return _table(heads, rows) if rows else ""


def quotes_table(title: str, figures: Figures) -> Html | str:
    """What the answers of each group quote; "" for nothing."""
    rows = [
        (kind_name(name), each["n"], *(shown(each[key]) for key in QUOTE_NAMES))
        for name, each in figures.quotes.items()
    ]
    heads = (title, "题数", *QUOTE_NAMES.values())
    return _table(heads, rows, f"{QUOTE_NOTE}。") if rows else ""


def differences_table(report: Report) -> Html | str:
    """Every later run against the first; "" for one run alone."""
    if not report.differences:
        return ""
    first = report.differences[0]
    rows = [difference_cells(each) for each in report.differences]
    heads = ("检索方式", "指标", "差值", "95% 区间", "p", "校正 p", "胜（题）", "负（题）")
    said = f"差值是各行减去 {first['baseline']}，共 {first['n']} 道有答案的题。{COMPARED}。"
    return _table(heads, rows, said)


def run_totals(report: Report) -> dict[str, dict[str, float]]:
    """From run to main measure to its value over all questions, for the chart."""
    return {
        run: {measure: measures[measure].get(ALL, 0.0) for measure in MAIN}
        for run, measures in report.kinds.runs.items()
    }


def notes_list(report: Report) -> Html | str:
    """What cannot be found in the library; "" for nothing."""
    if not report.notes:
        return ""
    return render("evaluation/notes.html", notes=report.notes, most=_NOTES_SHOWN)


def fault_tags(record: QuestionRecord) -> Html:
    """``faults`` as tags, or that there are none."""
    return render("evaluation/faults.html", faults=faults(record))


def question_body(record: QuestionRecord, longest: int) -> Html:
    """What was expected beside what each run found; passages cut to ``longest`` characters."""
    expected = [
        (each, _cut(each["text"], longest) if each["citation"] else "（库中找不到）")
        for each in record["expected"]
    ]
    runs = [
        (name, found, [(hit, _cut(hit["text"], longest)) for hit in found["top"]])
        for name, found in record["runs"].items()
    ]
    return render("evaluation/question.html", record=record, expected=expected, runs=runs)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "……"


def _table(heads: Sequence[str], rows: Sequence[Row], said: str = "") -> Html:
    return render("evaluation/table.html", heads=heads, rows=rows, said=said)

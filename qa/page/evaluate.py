"""The 批量评测 tab: a question set in; figures, charts and the questions one by one out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import InputError
from index import RUNS
from qa.evaluation import (
    EXPLAINED,
    MAIN,
    Report,
    bar_chart,
    by_fault,
    calibration_chart,
    differences_table,
    evaluate,
    fault_tags,
    faults,
    figures_table,
    notes_list,
    question_body,
    quotes_table,
    refusal_table,
    risk_chart,
    run_searches,
    run_totals,
    zipped,
)
from qa.exports import Sheet, csv_file, workbook
from qa.inputs import COLUMNS, LIMITS, Question, questions_of_bytes
from qa.markup import Html, render
from qa.page.call import Call, Given, taken_away
from qa.page.jobs import Jobs, Progress, Queue

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["SAMPLE", "evaluate_calls", "evaluate_form", "figures_html", "question_rows"]

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
_KEPT = 3
_LONGEST = 2000  # characters of a passage
_WIDTHS = (8, 40, 10, 36, 48, 18)  # of the template's columns


@dataclass(frozen=True, slots=True)
class _Set:
    name: str
    questions: Sequence[Question]
    runs: Sequence[str]


def evaluate_form() -> Html:
    """The file, the runs, and the empty places for what comes."""
    runs = [(run, f"{_NAMES[run]}（{run}）" if run in _NAMES else run) for run in RUNS]
    return render(
        "page/evaluate.html", runs=runs, columns="、".join(COLUMNS), largest=LIMITS.table_size
    )


def figures_html(report: Report) -> Html:
    """Everything but the questions one by one: tables, charts, what can be taken away."""
    curves = report.curves
    folds = (
        ("检索方式之间的差别", differences_table(report), ""),
        (
            "问答与拒答",
            refusal_table("题型", report.kinds),
            calibration_chart(curves) + risk_chart(curves) if curves else "",
        ),
        ("答句", quotes_table("题型", report.kinds), ""),
        ("按文件", figures_table("文件", report.documents) if report.documents.n else "", ""),
        ("按章节", figures_table("章节", report.chapters) if report.chapters.n else "", ""),
    )
    return render(
        "page/evaluate_figures.html",
        total=len(report.records),
        wrong=sum(bool(faults(each)) for each in report.records),
        notes=notes_list(report),
        bars=bar_chart(run_totals(report), MAIN),
        kinds=figures_table("题型", report.kinds),
        folds=folds,
        explained=EXPLAINED,
    )


def question_rows(report: Report, start: int) -> Html:
    """The questions from ``start`` on, by their faults, to be opened; and a way to those left."""
    order = by_fault(report.records)
    end = start + _SHOWN
    rows = [(n, report.records[n], fault_tags(report.records[n])) for n in order[start:end]]
    left = len(order) - end
    return render(
        "page/evaluate_rows.html", rows=rows, total=len(order), start=start, end=end, left=left
    )


def evaluate_calls(engine: Engine, jobs: Jobs) -> Sequence[Call]:
    """Evaluate a set, read what came out and take it away."""

    def work(given: _Set, progress: Progress) -> Report:
        searches = run_searches(engine, given.runs, given.questions)
        documents = engine.index.documents.values()
        return evaluate(_told(given.questions, progress), searches, engine.ask, documents)

    def shown(job: str, report: Report) -> Mapping[str, object]:
        return {"figures": figures_html(report), "questions": question_rows(report, 0)}

    evaluations = jobs.queue(Queue("评测", work, shown, kept=_KEPT))

    def start_evaluation(given: Given) -> dict[str, str]:
        return {"job": evaluations.start(_set(given))}

    def question_template(given: Given) -> dict[str, str]:
        if given.text("kind") == "xlsx":
            return taken_away("题集模板.xlsx", workbook([Sheet("题集", SAMPLE, _WIDTHS)]))
        return taken_away("题集模板.csv", csv_file(SAMPLE))

    return start_evaluation, question_template, *_reading(evaluations)


def _reading(evaluations: Queue[_Set, Report]) -> Sequence[Call]:
    def more_questions(given: Given) -> Html:
        return question_rows(evaluations.result(given.text("job")), given.number("start"))

    def open_question(given: Given) -> Html:
        records = evaluations.result(given.text("job")).records
        return question_body(records[given.number("number")], _LONGEST)

    def download_evaluation(given: Given) -> dict[str, str]:
        job = given.text("job")
        report, name = evaluations.result(job), evaluations.given(job).name
        return taken_away(f"{Path(name).stem}-评测.zip", zipped(report, name))

    return more_questions, open_question, download_evaluation


def _set(given: Given) -> _Set:
    file = given.file()
    if file is None:
        raise InputError("还没有选择题集文件。")
    name, content = file
    questions = questions_of_bytes(content, name)
    runs = [run for run in RUNS if run in given.texts("runs")]
    if not runs:
        raise InputError("还没有选检索方式，请至少选一种。")
    return _Set(name, questions, runs)


def _told(questions: Sequence[Question], progress: Progress) -> Iterator[Question]:
    for number, question in enumerate(questions):
        progress(number, len(questions))
        yield question
    progress(len(questions), len(questions))

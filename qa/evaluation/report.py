"""The report of an evaluation: one HTML file that fetches nothing and can be printed."""

from __future__ import annotations

from importlib import resources

from qa.evaluation.charts import bar_chart, calibration_chart, risk_chart
from qa.evaluation.curves import READ
from qa.evaluation.faults import by_fault, sides
from qa.evaluation.measures import MAIN
from qa.evaluation.pieces import (
    differences_table,
    fault_tags,
    figures_table,
    notes_list,
    question_body,
    quotes_table,
    refusal_table,
    run_totals,
)
from qa.evaluation.results import Report
from qa.markup import Html, render

__all__ = ["html_report"]

_LONGEST = 160  # characters of a passage
_MOST = 1000  # questions told one by one


def html_report(report: Report, title: str) -> str:
    """The whole page; ``title`` names the question set."""
    curves, records = report.curves, report.records
    named = (("文件", report.documents), ("章节", report.chapters))
    return render(
        "evaluation/report.html",
        # The look of the page, read as a file: the room of the page stands above this one.
        style=Html(resources.files("qa").joinpath("page", "static", "page.css").read_text("utf-8")),
        title=title,
        report=report,
        answerable=report.kinds.n.get("all", 0),
        notes=notes_list(report),
        bars=bar_chart(run_totals(report), MAIN),
        kinds=figures_table("题型", report.kinds),
        differences=differences_table(report),
        refusals=refusal_table("题型", report.kinds),
        quotes=quotes_table("题型", report.kinds),
        curves=calibration_chart(curves) + risk_chart(curves) if curves else "",
        read=READ,
        groups=[
            (name, figures_table(name, figures), refusal_table(name, figures))
            for name, figures in named
            if figures.n
        ],
        sided=_sided(report),
        asked=[
            (n, records[n], fault_tags(records[n]), question_body(records[n], _LONGEST))
            for n in by_fault(records)[:_MOST]
        ],
        most=_MOST,
    )


def _sided(report: Report) -> list[tuple[str, str, list[int]]]:
    """Which questions each later run won from and lost to the first, by their numbers."""
    return [
        (run, said, [n for n, each in enumerate(report.records) if sides(each, run) == side])
        for run in report.runs[1:]
        for side, said in ((1, "胜"), (-1, "负"))
    ]

"""What an evaluation is made of: figures, differences, curves, files, pieces of HTML."""

from qa.evaluation.charts import bar_chart, calibration_chart, risk_chart
from qa.evaluation.evaluate import evaluate, run_searches
from qa.evaluation.faults import by_fault, faults
from qa.evaluation.files import write_files, zipped
from qa.evaluation.floors import read_floors, shortfalls
from qa.evaluation.glossary import EXPLAINED
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
from qa.evaluation.text import format_table

__all__ = [
    "EXPLAINED",
    "MAIN",
    "Report",
    "bar_chart",
    "by_fault",
    "calibration_chart",
    "differences_table",
    "evaluate",
    "fault_tags",
    "faults",
    "figures_table",
    "format_table",
    "notes_list",
    "question_body",
    "quotes_table",
    "read_floors",
    "refusal_table",
    "risk_chart",
    "run_searches",
    "run_totals",
    "shortfalls",
    "write_files",
    "zipped",
]

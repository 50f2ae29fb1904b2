"""What people bring: tables, question sets, batches."""

from qa.inputs.batches import (
    Asked,
    answers,
    asked_of_bytes,
    asked_of_text,
    found_nothing,
    run_batch,
)
from qa.inputs.journal import Journal, write_whole
from qa.inputs.limits import LIMITS
from qa.inputs.questions import (
    COLUMNS,
    Question,
    Relevant,
    questions_of_bytes,
    read_questions,
    read_source,
    words_only,
)
from qa.inputs.tables import write_csv, write_excel

__all__ = [
    "COLUMNS",
    "LIMITS",
    "Asked",
    "Journal",
    "Question",
    "Relevant",
    "answers",
    "asked_of_bytes",
    "asked_of_text",
    "found_nothing",
    "questions_of_bytes",
    "read_questions",
    "read_source",
    "run_batch",
    "words_only",
    "write_csv",
    "write_excel",
    "write_whole",
]

"""What people bring: tables, question sets, batches."""

from qa.inputs.batches import (
    Asked,
    Field,
    asked_of_bytes,
    asked_of_text,
    found_nothing,
    replies,
)
from qa.inputs.journal import Journal, journal_path, write_whole
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

__all__ = [
    "COLUMNS",
    "LIMITS",
    "Asked",
    "Field",
    "Journal",
    "Question",
    "Relevant",
    "asked_of_bytes",
    "asked_of_text",
    "found_nothing",
    "journal_path",
    "questions_of_bytes",
    "read_questions",
    "read_source",
    "replies",
    "words_only",
    "write_whole",
]

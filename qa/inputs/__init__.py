"""What people bring: tables, question sets, batches."""

from qa.inputs.batches import Field, found_nothing, replies
from qa.inputs.columns import Asked
from qa.inputs.journal import Journal, journal_path, write_whole
from qa.inputs.limits import LIMITS
from qa.inputs.lists import LIST_ENDINGS, QuestionList, asked_of_text, list_of_bytes
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
    "LIST_ENDINGS",
    "Asked",
    "Field",
    "Journal",
    "Question",
    "QuestionList",
    "Relevant",
    "asked_of_text",
    "found_nothing",
    "journal_path",
    "list_of_bytes",
    "questions_of_bytes",
    "read_questions",
    "read_source",
    "replies",
    "words_only",
    "write_whole",
]

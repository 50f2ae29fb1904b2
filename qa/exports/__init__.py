"""Results as files for the office: Word with real footnotes, Excel, CSV, Markdown."""

from qa.exports.answers import FORMATS, answers_file, template
from qa.exports.comparison import comparison_excel, comparison_word, tally_of
from qa.exports.excerpts import excerpts_markdown, excerpts_word
from qa.exports.footnotes import Footnotes
from qa.exports.graph import write_graph
from qa.exports.word import new_document, saved

__all__ = [
    "FORMATS",
    "Footnotes",
    "answers_file",
    "comparison_excel",
    "comparison_word",
    "excerpts_markdown",
    "excerpts_word",
    "new_document",
    "saved",
    "tally_of",
    "template",
    "write_graph",
]

"""Results as files for the office: Word with real footnotes, Excel, CSV, Markdown."""

from qa.exports.answers import FORMATS, answers_file, json_lines, template
from qa.exports.comparison import comparison_excel, comparison_word, tally_of
from qa.exports.csv_file import csv_file
from qa.exports.excel import Sheet, workbook
from qa.exports.excerpts import excerpts_markdown, excerpts_word
from qa.exports.footnotes import Footnotes
from qa.exports.graph import write_graph
from qa.exports.source import source_lines, source_page
from qa.exports.whole import whole_text, whole_word
from qa.exports.word import new_document, saved

__all__ = [
    "FORMATS",
    "Footnotes",
    "Sheet",
    "answers_file",
    "comparison_excel",
    "comparison_word",
    "csv_file",
    "excerpts_markdown",
    "excerpts_word",
    "json_lines",
    "new_document",
    "saved",
    "source_lines",
    "source_page",
    "tally_of",
    "template",
    "whole_text",
    "whole_word",
    "workbook",
    "write_graph",
]

"""The contract: what search, ask, find and check give back, as types and plain records."""

from qa.records.documents import document_record, section_record
from qa.records.hits import document_label, make_hit, quoted_words
from qa.records.links import link_note, link_record
from qa.records.phrases import FAULTS, VERDICTS, Verdict, day, holdings, outcome, tally
from qa.records.printable import printable
from qa.records.said import nearest, passages_said

__all__ = [
    "FAULTS",
    "VERDICTS",
    "Verdict",
    "day",
    "document_label",
    "document_record",
    "holdings",
    "link_note",
    "link_record",
    "make_hit",
    "nearest",
    "outcome",
    "passages_said",
    "printable",
    "quoted_words",
    "section_record",
    "tally",
]

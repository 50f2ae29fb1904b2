"""Amendments of laws: read, applied, and followed from version to version."""

from corpus.amending.applying import Change
from corpus.amending.chain import Held, Stage, follow
from corpus.amending.document import amended_title, read_amendment
from corpus.amending.table import articles_of, rows_of

__all__ = [
    "Change",
    "Held",
    "Stage",
    "amended_title",
    "articles_of",
    "follow",
    "read_amendment",
    "rows_of",
]

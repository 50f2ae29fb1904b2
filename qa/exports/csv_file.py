"""Rows as a CSV that Excel opens rightly and in which nothing is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

__all__ = ["csv_file"]

# A full-width sign begins a formula too where Excel is set to an East Asian language.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark; a cell that would begin a formula has an apostrophe before it."""
    text = StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode(errors="replace")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

"""Footnotes: small print with a mark at the foot of a page, between the halves of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from corpus.formats.pdf.rows import Row

__all__ = ["parted", "usual_height"]

_SMALL = 0.85  # of the usual height of a line (by eye)
_MARK = re.compile(r"[①-⑳*※]|[\[〔(（]?\d{1,2}[\]〕)）]?[ \u3000]|注\s?\d{0,2}\s?[:：]")


def usual_height(pages: Sequence[Sequence[Row]]) -> float:
    """That of most lines, 0 where there are none."""
    return median([row.height for rows in pages for row in rows] or [0.0])


def parted(rows: Sequence[Row], usual: float) -> tuple[list[Row], list[Row]]:
    """The rows of a page but for its footnotes, and those; each note says that it is one."""
    first = len(rows)
    while first and rows[first - 1].height < _SMALL * usual and not rows[first - 1].tabular:
        first -= 1
    while first < len(rows) and not _MARK.match(rows[first].text):
        first += 1
    if first == 0:
        return list(rows), []
    return list(rows[:first]), [_said(row) for row in rows[first:]]


def _said(row: Row) -> Row:
    """The row with 注： before its mark, as Word's notes are read."""
    if not _MARK.match(row.text) or row.text.startswith("注"):
        return row
    head = replace(row.parts[0], text=f"注：{row.parts[0].text}")
    return replace(row, parts=(head, *row.parts[1:]))

"""Rows as an Excel workbook in which nothing is a formula."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from qa.records import printable

__all__ = ["Cell", "Sheet", "cell_text", "workbook"]

Cell = str | int | float

_LONGEST = 32_000  # Excel holds 32,767 characters a cell
_CUT = "……（太长，表格里放不下，以下从略）"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows, the first one the header; ``widths`` in characters; ``tinted`` rows count from 1."""

    title: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    tinted: Collection[int] = field(default=())


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .xlsx: cells wrapped, header fixed, shares (floats) as percentages."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def cell_text(text: str) -> str:
    """``text`` as a cell can hold it."""
    words = printable(text)
    return words if len(words) <= _LONGEST else words[:_LONGEST] + _CUT


def _write(target: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    wrapped = Alignment(wrap_text=True, vertical="top")
    bold, tint = Font(bold=True), PatternFill("solid", fgColor="F2F2F2")
    for row, cells in enumerate(sheet.rows, 1):
        for column, given in enumerate(cells, 1):
            cell = target.cell(row, column)
            _fill(cell, given)
            cell.alignment = wrapped
            if row == 1:
                cell.font = bold
            elif row in sheet.tinted:
                cell.fill = tint
    for number, width in enumerate(sheet.widths, 1):
        target.column_dimensions[get_column_letter(number)].width = width
    target.freeze_panes = "A2"


def _fill(cell: Any, given: Cell) -> None:
    """A number as it is; words as text even where they begin like a formula."""
    if not isinstance(given, str):
        cell.value = given
        if isinstance(given, float):
            cell.number_format = "0%"
        return
    cell.value = cell_text(given)
    if cell.data_type == "f":
        cell.data_type = "s"
        cell.quotePrefix = True

"""Rows as an Excel workbook in which nothing is a formula."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from qa.records import printable

__all__ = ["Cell", "Marked", "Sheet", "cell_text", "workbook"]

_LONGEST = 32_000  # Excel holds 32,767 characters a cell
_CUT = "……（太长，表格里放不下，以下从略）"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of which some are marked: bold as ``new`` ones, else struck through."""

    runs: Sequence[tuple[str, bool]]
    new: bool = False

    @property
    def text(self) -> str:
        """All the words."""
        return "".join(words for words, _ in self.runs)


Cell = str | int | float | Marked


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
    if isinstance(given, Marked):
        if len(given.text) <= _LONGEST and any(marked for _, marked in given.runs):
            cell.value = _rich(given)
            return
        given = given.text
    if not isinstance(given, str):
        cell.value = given
        if isinstance(given, float):
            cell.number_format = "0%"
        return
    cell.value = cell_text(given)
    if cell.data_type == "f":
        cell.data_type = "s"
        cell.quotePrefix = True


def _rich(given: Marked) -> Any:
    """Marked words as Excel holds them."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    font = InlineFont(b=True) if given.new else InlineFont(strike=True)
    runs = [(printable(words), marked) for words, marked in given.runs]
    return CellRichText(
        *(TextBlock(font, words) if marked else words for words, marked in runs if words)
    )

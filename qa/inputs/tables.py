"""Tables that people keep in Excel: a .csv or .xlsx becomes sheets of rows of strings."""

from __future__ import annotations

import csv
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import InputError, decode
from qa.inputs.limits import LIMITS

__all__ = ["SUFFIXES", "Row", "Sheet", "header_key", "read_sheets", "read_table", "small_enough"]

SUFFIXES = (".csv", ".xlsx")

# Against tables that unpack to fill the memory, by eye.
_LARGEST_UNPACKED = 200 * 2**20
_MOST_COLUMNS = 64
# Titles and notes that stand above a header, by eye.
_HEADER_WITHIN = 10
_BRACKETED = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: its ``number`` as a spreadsheet shows it, its cells by field."""

    number: int
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its ``name`` ("" where it has none) and its rows that are not blank.

    Each row is its number, as a spreadsheet shows it, and its cells, stripped.
    """

    name: str
    rows: Sequence[tuple[int, Sequence[str]]]


def header_key(cell: str) -> str:
    """A header as it is compared: without spaces, marks and what stands in brackets."""
    folded = _BRACKETED.sub("", unicodedata.normalize("NFKC", cell)).lower()
    return "".join(c for c in folded if unicodedata.category(c)[0] not in "ZPCS")


def small_enough(content: bytes, name: str) -> None:
    """InputError for a file that is larger than a table may be."""
    if len(content) > LIMITS.table_size:
        raise InputError(f"{name} 超过 {LIMITS.table_size // 2**20} MB，请拆成几个文件。")


def read_sheets(content: bytes, name: str) -> list[Sheet]:
    """The sheets that are not blank; those that are hidden only where no other is.

    InputError for a file that is empty, too large or cannot be read.
    """
    small_enough(content, name)
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise InputError(f"{name} 是旧版 .xls 或已加密，请去掉密码、另存为 .xlsx 后再试。")
    excel = content.startswith(b"PK\x03\x04") or Path(name).suffix.lower() == ".xlsx"
    read = _excel(content, name) if excel else _csv(content, name)
    sheets = [sheet for sheet in read if sheet.rows]
    if not sheets:
        raise InputError(f"{name} 是空表，请按模板填写后再试。")
    return sheets


def read_table(
    content: bytes, name: str, headers: Mapping[str, str], needed: Collection[str]
) -> list[Row]:
    """The rows below the one that names the columns, in the first sheet that has such a row.

    ``headers`` leads from a column's name (as ``header_key`` has it) to its field; other columns
    are left out. Empty cells are "". InputError as ``read_sheets``, and for a table that lacks a
    column for one of the fields ``needed``.
    """
    sheets = read_sheets(content, name)
    for sheet in sheets:
        for at, (_, cells) in enumerate(sheet.rows[:_HEADER_WITHIN]):
            columns = [headers.get(header_key(cell), "") for cell in cells]
            if set(needed) <= set(columns):
                return _below(sheet.rows[at + 1 :], columns)
    known = [headers.get(header_key(cell), "") for cell in sheets[0].rows[0][1]]
    lacking = next(field for field in needed if field not in known)
    called = next(header for header, field in headers.items() if field == lacking)
    raise InputError(f"{name} 里没有“{called}”这一列，请按模板的表头填写。")


def _below(rows: Sequence[tuple[int, Sequence[str]]], columns: Sequence[str]) -> list[Row]:
    return [
        Row(number, {field: cell for field, cell in zip(columns, cells, strict=False) if field})
        for number, cells in rows
    ]


def _limited(rows: Iterator[list[str]], name: str) -> list[tuple[int, list[str]]]:
    taken = list(islice(rows, LIMITS.table_rows + 2))
    if len(taken) > LIMITS.table_rows + 1:
        raise InputError(f"{name} 超过 {LIMITS.table_rows} 行，请拆成几个文件。")
    return [(number, cells) for number, cells in enumerate(taken, 1) if any(cells)]


def _csv(content: bytes, name: str) -> Iterator[Sheet]:
    yield Sheet("", _limited(_csv_rows(decode(content, name), name), name))


def _csv_rows(text: str, name: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells[:_MOST_COLUMNS]]
    except csv.Error as exc:
        raise InputError(f"{name} 第 {reader.line_num} 行不是完整的 CSV，请检查引号。") from exc


def _excel(content: bytes, name: str) -> Iterator[Sheet]:
    import openpyxl

    # What it leaves out of a workbook is nothing that is read here.
    warnings.filterwarnings("ignore", module="openpyxl")
    damaged = InputError(f"{name} 不是完整的 Excel 文件，请在 Excel 里重新保存为 .xlsx 后再试。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _LARGEST_UNPACKED:
                raise InputError(f"{name} 解压后过大，可能是恶意文件，没有打开。")
        workbook = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        with closing(workbook):
            shown = [each for each in workbook.worksheets if each.sheet_state == "visible"]
            for sheet in shown or workbook.worksheets:
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
                texts = ([_text(cell) for cell in cells] for cells in rows)
                yield Sheet(sheet.title, _limited(texts, name))
    # What openpyxl and the XML reader raise over a broken or foreign package.
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError) as exc:
        raise damaged from exc
    except (SyntaxError, AttributeError, EOFError, OSError, RuntimeError, OverflowError) as exc:
        raise damaged from exc


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()

"""Tables that people keep in Excel: a .csv or .xlsx becomes rows of strings under known headers."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import InputError, decode
from qa.inputs.limits import LIMITS

__all__ = ["SUFFIXES", "Row", "read_rows", "read_table"]

SUFFIXES = (".csv", ".xlsx")

# Against tables that unpack to fill the memory, by eye.
_LARGEST_UNPACKED = 200 * 2**20
_MOST_COLUMNS = 64
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank: its ``number`` as a spreadsheet shows it, its cells by field."""

    number: int
    fields: dict[str, str]


def read_rows(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    """Each row that is not blank with its number as a spreadsheet shows it, the cells stripped.

    Of a workbook, the first sheet's. InputError for a file that is empty, too large or cannot be
    read.
    """
    if len(content) > LIMITS.table_size:
        raise InputError(f"{name} 超过 {LIMITS.table_size // 2**20} MB，请拆成几个文件。")
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise InputError(f"{name} 是旧版 .xls 或已加密，请去掉密码、另存为 .xlsx 后再试。")
    excel = content.startswith(b"PK\x03\x04") or Path(name).suffix.lower() == ".xlsx"
    rows = _excel(content, name) if excel else _csv(content, name)
    numbered = [
        (number, cells) for number, cells in enumerate(_limited(rows, name), 1) if any(cells)
    ]
    if not numbered:
        raise InputError(f"{name} 是空表，请按模板填写后再试。")
    return numbered


def read_table(
    content: bytes, name: str, headers: Mapping[str, str], needed: Collection[str]
) -> list[Row]:
    """The rows below the first one, which names the columns; of a workbook, the first sheet's.

    ``headers`` leads from a column's name (lower case) to its field; other columns are left out.
    Empty cells are "". InputError as ``read_rows``, and for a table that lacks a column for one of
    the fields ``needed``.
    """
    numbered = read_rows(content, name)
    columns = [headers.get(cell.lower(), "") for cell in numbered[0][1]]
    for field in needed:
        if field not in columns:
            called = next(header for header, known in headers.items() if known == field)
            raise InputError(f"{name} 的第一行里没有“{called}”这一列，请按模板的表头填写。")
    return [
        Row(number, {field: cell for field, cell in zip(columns, cells, strict=False) if field})
        for number, cells in numbered[1:]
    ]


def _limited(rows: Iterator[list[str]], name: str) -> list[list[str]]:
    taken = list(islice(rows, LIMITS.table_rows + 2))
    if len(taken) > LIMITS.table_rows + 1:
        raise InputError(f"{name} 超过 {LIMITS.table_rows} 行，请拆成几个文件。")
    return taken


def _csv(content: bytes, name: str) -> Iterator[list[str]]:
    text = decode(content, name)
    first = text.split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells[:_MOST_COLUMNS]]
    except csv.Error as exc:
        raise InputError(f"{name} 第 {reader.line_num} 行不是完整的 CSV，请检查引号。") from exc


def _excel(content: bytes, name: str) -> Iterator[list[str]]:
    import openpyxl

    damaged = InputError(f"{name} 不是完整的 Excel 文件，请在 Excel 里重新保存为 .xlsx 后再试。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _LARGEST_UNPACKED:
                raise InputError(f"{name} 解压后过大，可能是恶意文件，没有打开。")
        workbook = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        with closing(workbook):
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()
            for cells in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
                yield [_text(cell) for cell in cells]
    # What openpyxl and the XML reader raise over a broken or foreign package.
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, SyntaxError) as exc:
        raise damaged from exc
    except (EOFError, OSError, NotImplementedError, RuntimeError) as exc:
        raise damaged from exc


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()

"""The tables of a Word file as sheets, and its lines beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.formats.word import Element, W, leaves, open_word
from qa.inputs.tables import Sheet, small_enough

__all__ = ["word_lines", "word_sheets"]


def word_sheets(content: bytes, name: str) -> list[Sheet]:
    """Each table; a cell that is merged with the one above or before it is empty.

    InputError for a file that is too large, encrypted, damaged or unsafe.
    """
    sheets = []
    for table in _body(content, name).iter(f"{W}tbl"):
        rows = [(number, _cells(row)) for number, row in enumerate(_rows(table), 1)]
        sheets.append(Sheet("", [(number, cells) for number, cells in rows if any(cells)]))
    return [sheet for sheet in sheets if sheet.rows]


def word_lines(content: bytes, name: str) -> list[str]:
    """The paragraphs that stand in no table."""
    paragraphs = _body(content, name).iter(f"{W}p")
    return [
        _words(each) for each in paragraphs if next(each.iterancestors(f"{W}tbl"), None) is None
    ]


def _body(content: bytes, name: str) -> Any:
    small_enough(content, name)
    return open_word(content, name).element.body


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table)


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is not row:
            continue
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        below = merged is not None and merged.get(f"{W}val") != "restart"
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = 1 if span is None else int(span.get(f"{W}val"))
        cells += ["" if below else "\n".join(map(_words, cell.iter(f"{W}p"))).strip()]
        cells += [""] * (width - 1)
    return cells


def _words(paragraph: Element) -> str:
    return "".join(words for _, words in leaves(paragraph)).strip()

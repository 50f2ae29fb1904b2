"""A list of questions in whatever file an office keeps it: Excel, CSV, Word, text, JSON lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import InputError, decode
from qa.inputs.columns import Asked, Column, columns_of, question_like
from qa.inputs.questions import batch_of_bytes
from qa.inputs.tables import Sheet, header_key, read_sheets, small_enough
from qa.inputs.word_tables import word_lines, word_sheets
from qa.records import printable

__all__ = ["LIST_ENDINGS", "QuestionList", "asked_of_text", "list_of_bytes"]

LIST_ENDINGS = (".xlsx", ".csv", ".docx", ".txt", ".md", ".jsonl")

_LINES = "行"
_NUMBER = r"\d{1,4}|[一二三四五六七八九十百]+"
_NUMBERED = re.compile(
    rf"\s*(?:[（(]\s*({_NUMBER})\s*[)）]|(?:第|问题?|[Qq])?({_NUMBER})\s*题?\s*[.．、:：)）](?!\d))\s*"
)
_BULLET = re.compile(r"\s*(?:[-*•·●○■□◆▪]|问\s*[:：])\s*(?=\S)")
_TITLE = re.compile("(?:问题|提问|题目|诉求|清单|汇总|目录|[一览]表)$")
_OLD = {".xls": ".xlsx", ".et": ".xlsx", ".ods": ".xlsx", ".doc": ".docx", ".wps": ".docx"}
_OLD |= {".odt": ".docx", ".pdf": ".docx 或 .txt"}


@dataclass(frozen=True, slots=True)
class QuestionList:
    """The columns of a file that may hold what is asked, and the one that is taken.

    ``column`` is None where none can be told for sure.
    """

    file: str
    columns: Sequence[Column]
    column: Column | None
    sheets: int
    word: bool = False

    @property
    def asked(self) -> Sequence[Asked]:
        """What stands in the column that is taken; InputError names the columns where none is."""
        if self.column is None:
            raise InputError(
                f"看不出 {self.file} 里哪一列是问题，现有：{self.names}。"
                "请把问题那一列的表头写成“问题”，或指定一列。"
            )
        return self.column.asked

    @property
    def names(self) -> str:
        """All the columns, as they are called."""
        return "、".join(self.name(column) for column in self.columns)

    def said(self, unit: str = "题") -> str:
        """What was read, in a sentence, for a person to agree with."""
        if self.column is None:
            return "看不出哪一列是问题，请选一列"
        count = sum(bool(each.text) for each in self.asked)
        return f"已读取：{self.name(self.column)}，共 {count} {unit}"

    def name(self, column: Column) -> str:
        """A column as it is called: its sheet, where there are several, and its header."""
        if column.letter == _LINES:
            return "每行一题" if self.sheets == 1 else "表格以外的正文，每行一题"
        header = f"“{column.header}”一列" if column.header else f"第 {column.letter} 列（没有表头）"
        if self.sheets == 1:
            return header
        sheet = f"第 {column.sheet} {'个表格' if self.word else '张表'}"
        return f"{sheet}{f'“{column.name}”' if column.name else ''}，{header}"


def list_of_bytes(content: bytes, name: str, column: str = "") -> QuestionList:
    """The list in a file; ``column`` chooses where it stands, by ``Column.place`` or by header.

    Without it the column is found by the headers and by what stands below them, where one can be
    told for sure. InputError for a file that cannot be read, holds none, or lacks that column.
    """
    ending = Path(name).suffix.lower()
    if ending in _OLD:
        raise InputError(f"{name} 这种文件不能直接读，请另存为 {_OLD[ending]} 后再试。")
    if ending in {".jsonl", ".json"}:
        lines = batch_of_bytes(content, name)
        asked = tuple(Asked(row, key, text) for row, (key, text) in enumerate(lines, 1))
        lines_only = _line_column(asked)
        return QuestionList(name, [lines_only], lines_only, 1)
    word = ending == ".docx"
    sheets, lines_beside = _sheets(content, name, ending)
    columns = [each for number, sheet in enumerate(sheets, 1) for each in columns_of(sheet, number)]
    if any(each.text for each in lines_beside):
        columns.append(_line_column(lines_beside))
    if not columns:
        raise InputError(f"{name} 里没有问题，请在“问题”一列每行写一个问题。")
    found = QuestionList(name, columns, _best(columns), len(sheets) + bool(lines_beside), word)
    return found if not column else replace(found, column=_wanted(found, column))


def asked_of_text(text: str) -> list[Asked]:
    """The questions of a text, one a line; blank lines are nothing."""
    questions = _lines(text.splitlines())
    if not questions:
        raise InputError("还没有问题，请每行写一个问题，或选择一个文件。")
    return questions


def _sheets(content: bytes, name: str, ending: str) -> tuple[list[Sheet], tuple[Asked, ...]]:
    """The tables of a file, and the lines that stand in none."""
    if ending == ".docx":
        return word_sheets(content, name), tuple(_lines(word_lines(content, name)))
    if ending in {".txt", ".md"}:
        small_enough(content, name)
        text = decode(content, name)
        lines = [line for line in text.splitlines() if line.strip()]
        if sum("\t" in line for line in lines) * 2 <= len(lines):
            return [], tuple(_lines(text.splitlines()))
    return read_sheets(content, name), ()


def _line_column(asked: tuple[Asked, ...]) -> Column:
    asking = sum(question_like(each.text) for each in asked) / len(asked)
    return Column(0, _LINES, "", "", asked, 3 * asking)


def _best(columns: Sequence[Column]) -> Column | None:
    """The column that looks most like questions, if it does enough or is the only one of words."""
    best = max(columns, key=lambda each: each.score)
    worded = [each for each in columns if each.score > 0 or each.letter == _LINES]
    return best if best.sure or worded == [best] else None


def _wanted(found: QuestionList, column: str) -> Column:
    """The column of this place, letter or header; of several the one that looks most like it."""
    by_place = [each for each in found.columns if column.upper() in {each.place, each.letter}]
    by_header = [each for each in found.columns if header_key(each.header) == header_key(column)]
    if not by_place and not by_header:
        raise InputError(f"{found.file} 里没有“{column}”这一列，现有：{found.names}。")
    return max(by_place or by_header, key=lambda each: each.score)


def _lines(lines: Sequence[str]) -> list[Asked]:
    """One question a line; numbers and bullets before them, and a title above, are left out."""
    said = [(row, printable(line).strip()) for row, line in enumerate(lines, 1)]
    said = [(row, line) for row, line in said if line]
    numbered = [_NUMBERED.match(line) for _, line in said]
    if sum(map(bool, numbered)) * 2 < max(2, len(said)):
        numbered = [None] * len(said)
    first = next((at for at, match in enumerate(numbered) if match), 0)
    if not any(numbered) and len(said) > 1 and _title(said[0][1]):
        first = 1
    asked: list[Asked] = []
    for (row, line), match in list(zip(said, numbered, strict=True))[first:]:
        number = (match[1] or match[2]) if match else str(len(asked) + 1)
        text = line[match.end() :] if match else _BULLET.sub("", line, count=1)
        if text:
            asked.append(Asked(row, number, text))
    return asked


def _title(line: str) -> bool:
    return not question_like(line) and _TITLE.search(header_key(line)) is not None

"""Which column of which sheet holds what is asked: by its header and by what stands below it.

Nothing is taken for granted of a table that people made: a title may stand above the header, the
header in two rows, numbers first, the questions on the second sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qa.inputs.tables import Sheet, header_key
from qa.records import printable

__all__ = ["Asked", "Column", "columns_of", "question_like"]

Rows = Sequence[tuple[int, Sequence[str]]]

_NAMED = {"问题", "question", "提问", "题目", "文字", "text", "原话", "文稿"}
_ASKING = re.compile("[问询]|诉求|内容|question|query")
_ANSWERING = re.compile("[答复]|结果|意见|办理|answer")
_NUMBERING = re.compile("序号|编号|单号|^号$|^(?:id|no)$")
_LIST = re.compile(r"(?:问题|提问|题目|诉求|内容|清单|汇总|目录|文字|[一览]表)$")
_QUESTION = re.compile(
    r"[?？؟]|[吗呢么]|[如为]何|什么|多少|多[久大长高]|[几哪谁啥咋怎]|[是能可]否|[有能可会][没不][有能可会]"
    r"|(.)[不没]\1|\b(?:what|how|who|when|where|which|why|can|does|is|are)\b",
    re.I,
)
_SENTENCE = re.compile("[。；;]")
_HEADER_WITHIN = 10  # rows, by eye
_LABEL = 20  # characters of the longest header
_WORDS = 4  # letters from which something is more than a name
_NUMBER = 2  # letters in a number of a row, by eye
_LONG = 20  # characters of a plain question
_SURE = 2.5
"""By hand: a header that asks over words, or words half of which are questions."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a batch: a question, words to find, a draft.

    ``row`` is its line in the file, as a spreadsheet shows it.
    """

    row: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may hold what is asked: the ``place`` it is chosen by (``2:C``), its header.

    ``score`` says how much it looks like one; ``sure`` whether that is enough.
    """

    sheet: int
    letter: str
    name: str
    header: str
    asked: tuple[Asked, ...]
    score: float

    @property
    def place(self) -> str:
        """The number of its sheet and its letter there."""
        return f"{self.sheet}:{self.letter}"

    @property
    def sure(self) -> bool:
        """Whether it may be taken without being asked for."""
        return self.score >= _SURE


def question_like(text: str) -> bool:
    """Whether a text asks: by its mark, or by a word that asks."""
    return _QUESTION.search(text) is not None


def columns_of(sheet: Sheet, number: int) -> list[Column]:
    """The columns of a sheet under which anything stands, from left to right."""
    head = _head(sheet.rows)
    below = sheet.rows[head:]
    width = max((len(cells) for _, cells in below), default=0)
    headers = [_header(sheet.rows[:head], at) for at in range(width)]
    found = []
    for at in range(width):
        asked = _asked(below, at, headers)
        if any(each.text for each in asked):
            score = _score(headers[at], [each.text for each in asked if each.text])
            found.append(Column(number, _letter(at), sheet.name, headers[at], asked, score))
    return found


def _head(rows: Rows) -> int:
    """How many of the first rows are titles, notes and headers."""
    counts = [sum(map(bool, cells)) for _, cells in rows]
    width = max(counts, default=0)
    titles = 0
    for at, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        said = [cell for cell in cells if cell]
        if width > 1 and len(said) == 1 and not question_like(said[0]):
            titles += titles == at
        elif not all(map(_label, said)):
            break
        elif _named(said):
            return at + 1 + _goes_on(cells, rows[at + 1][1] if at + 1 < len(rows) else ())
        elif width > 1 and _asks_below(rows[at + 1 :]):
            return at + 1
    return titles


def _goes_on(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a header has a second row, which fills what merged cells left empty in the first."""
    pairs = list(zip(header, cells, strict=False))
    fills = any(below and not above for above, below in pairs)
    leaves = any(above and not below for above, below in pairs)
    said = [cell for cell in cells if cell]
    return fills and leaves and all(map(_label, said)) and _named(said)


def _named(said: Sequence[str]) -> bool:
    """Whether these cells name columns: one of them what is asked, or a number."""
    keys = [header_key(cell) for cell in said if _label(cell)]
    if len(said) == 1:
        return any(key in _NAMED or _LIST.search(key) for key in keys)
    return any(_ASKING.search(key) or _NUMBERING.search(key) for key in keys)


def _label(cell: str) -> bool:
    key = header_key(cell)
    named = key in _NAMED or not question_like(cell)
    return len(key) <= _LABEL and named and not key.isdigit() and not _SENTENCE.search(cell)


def _asks_below(rows: Rows) -> bool:
    return bool(rows) and any(question_like(cell) for cell in rows[0][1])


def _header(rows: Rows, at: int) -> str:
    """The lowest cell above a column; a title over the whole table is none."""
    cells = [cells[at] for _, cells in rows if at < len(cells) and sum(map(bool, cells)) > 1]
    cells = cells or [cells[at] for _, cells in rows[-1:] if at < len(cells)]
    return next((" ".join(cell.split()) for cell in reversed(cells) if cell), "")


def _asked(rows: Rows, at: int, headers: Sequence[str]) -> tuple[Asked, ...]:
    """What stands in a column.

    A row without it is kept, to be told of, where it has a number; else it heads a group or
    belongs to a cell that is merged with the one above.
    """
    keys = [header_key(header) for header in headers]
    numbers = next((n for n, key in enumerate(keys) if n != at and _NUMBERING.search(key)), None)
    asked: list[Asked] = []
    for row, cells in rows:
        text = printable(cells[at]).strip() if at < len(cells) else ""
        number = cells[numbers] if numbers is not None and numbers < len(cells) else ""
        again = bool(text) and [header_key(cell) for cell in cells] == keys[: len(cells)]
        group = sum(map(bool, cells)) == 1 and _letters(number) > _NUMBER
        if again or (not text and (not number or group)):
            continue
        asked.append(Asked(row, number or str(len(asked) + 1), text))
    return tuple(asked)


def _score(header: str, texts: Sequence[str]) -> float:
    """How much a column looks like what is asked; 0 for numbers, dates and names."""
    key = header_key(header)
    words = [text for text in texts if question_like(text) or _letters(text) >= _WORDS]
    if len(words) * 2 < len(texts):
        return 0.0
    score = 3.0 * (key in _NAMED) or 1.5 * bool(_ASKING.search(key))
    score -= 3.0 * bool(_ANSWERING.search(key) and key not in _NAMED)
    asking = sum(map(question_like, texts)) / len(texts)
    length = min(1.0, sum(map(len, texts)) / len(texts) / _LONG)
    return score + 3 * asking + length + len(set(texts)) / len(texts)


def _letters(text: str) -> int:
    return sum(unicodedata.category(c)[0] == "L" for c in text)


def _letter(at: int) -> str:
    """A column as a spreadsheet calls it."""
    first, last = divmod(at, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)

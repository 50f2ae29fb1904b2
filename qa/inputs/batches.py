"""Many inputs in one go: out of JSON lines or a table, answered in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, cast

from corpus import InputError
from qa.inputs.questions import batch_of_bytes
from qa.inputs.tables import SUFFIXES, read_rows
from qa.records import FAULTS, FailedLine, Reply, printable

__all__ = ["Asked", "Field", "asked_of_bytes", "asked_of_text", "found_nothing", "replies"]

OneReply = TypeVar("OneReply", bound=Reply)

Field = Literal["query", "question", "text", "draft"]
"""What a reply calls that which was asked for."""

_LISTS: dict[Field, str] = {
    "query": "hits",
    "question": "hits",
    "text": "matches",
    "draft": "items",
}
"""The list of a reply that says whether anything was found."""
_TEXT = ("问题", "question", "提问", "题目", "文字", "text", "原话", "文稿")
_ID = ("编号", "id", "序号")


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a batch: a question, words to find, a draft.

    ``row`` is its line in the file, as a spreadsheet shows it.
    """

    row: int
    id: str
    text: str


def asked_of_bytes(content: bytes, name: str) -> list[Asked]:
    """The lines of a file: a table (.csv, .xlsx) or JSON lines.

    A table has them in the column 问题 (or 文字 …), else in the first one, and ids in 编号 or id,
    else they are numbered. InputError for a file that cannot be read or holds none.
    """
    if Path(name).suffix.lower() in SUFFIXES:
        return _of_rows(read_rows(content, name), name)
    lines = batch_of_bytes(content, name)
    return [Asked(row, key, text) for row, (key, text) in enumerate(lines, 1)]


def asked_of_text(text: str) -> list[Asked]:
    """The questions of a text, one a line; blank lines are nothing."""
    lines = [line.strip() for line in printable(text).splitlines()]
    questions = [(row, line) for row, line in enumerate(lines, 1) if line]
    if not questions:
        raise InputError("还没有问题，请每行写一个问题，或选择一个文件。")
    return [Asked(row, str(number), line) for number, (row, line) in enumerate(questions, 1)]


def replies(
    asked: Iterable[Asked], call: Callable[[str], OneReply], field: Field
) -> Iterator[OneReply | FailedLine]:
    """What ``call`` gives for each line, with its ``id``; an ``error`` where it cannot be asked."""
    for each in asked:
        try:
            if not each.text:
                raise InputError("这一行没有写问题，已跳过。")
            reply = cast(OneReply, {"id": each.id, **call(each.text)})
        except InputError as exc:
            failed = {"id": each.id, field: each.text, _LISTS[field]: [], "error": str(exc)}
            yield cast(FailedLine, failed)
        else:
            yield reply


def found_nothing(reply: Reply | FailedLine) -> bool:
    """Whether a reply is none, an empty one, a refusal, or a draft with faults."""
    if "error" in reply:
        return True
    if "items" in reply:
        return any(item["verdict"] in FAULTS for item in reply["items"])
    if "answered" in reply:
        return not reply["answered"]
    return not (reply["matches"] if "matches" in reply else reply["hits"])


def _of_rows(rows: Sequence[tuple[int, Sequence[str]]], name: str) -> list[Asked]:
    header = [cell.lower() for cell in rows[0][1]]
    text, identity = _column(header, _TEXT), _column(header, _ID)
    below = rows if text is None and identity is None else rows[1:]
    if text is None:
        text = 1 if identity == 0 else 0
    if not below:
        raise InputError(f"{name} 里没有问题，请在“问题”一列每行写一个问题。")
    return [
        Asked(row, _cell(cells, identity) or str(number), printable(_cell(cells, text)))
        for number, (row, cells) in enumerate(below, 1)
    ]


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((at for at, cell in enumerate(header) if cell in names), None)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""

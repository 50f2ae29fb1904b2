"""Many inputs in one go: out of JSON lines or a table, answered in their order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from corpus import InputError
from qa.inputs.questions import batch_of_bytes, read_batch
from qa.inputs.tables import SUFFIXES, read_rows
from qa.records import FAULTS, AnswerLine, AskReply, Reply, printable

__all__ = [
    "Asked",
    "answers",
    "asked_of_bytes",
    "asked_of_text",
    "found_nothing",
    "run_batch",
]

# The list that says whether anything was found, by the field that holds the input.
_LISTS = {"query": "hits", "text": "matches", "draft": "items"}
_QUESTION = ("问题", "question", "提问", "题目")
_ID = ("编号", "id", "序号")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a batch; ``row`` is its line in the file, as a spreadsheet shows it."""

    row: int
    id: str
    question: str


def asked_of_bytes(content: bytes, name: str) -> list[Asked]:
    """The questions of a file: a table (.csv, .xlsx) or JSON lines.

    A table has its questions in the column 问题 or question, else in the first one, and ids in 编号
    or id, else they are numbered. InputError for a file that cannot be read or holds none.
    """
    if Path(name).suffix.lower() in SUFFIXES:
        return _of_rows(read_rows(content, name), name)
    lines = batch_of_bytes(content, name)
    return [Asked(row, key, question) for row, (key, question) in enumerate(lines, 1)]


def asked_of_text(text: str) -> list[Asked]:
    """The questions of a text, one a line; blank lines are nothing."""
    lines = [line.strip() for line in printable(text).splitlines()]
    questions = [(row, line) for row, line in enumerate(lines, 1) if line]
    if not questions:
        raise InputError("还没有问题，请每行写一个问题，或选择一个文件。")
    return [Asked(row, str(number), line) for number, (row, line) in enumerate(questions, 1)]


def answers(asked: Iterable[Asked], ask: Callable[[str], AskReply]) -> Iterator[AnswerLine]:
    """Each question's ``{"id", …}`` with what ``ask`` gives; an ``error`` where it cannot be."""
    for each in asked:
        try:
            if not each.question:
                raise InputError("这一行没有写问题，已跳过。")
            reply = ask(each.question)
        except InputError as exc:
            yield {"id": each.id, "question": each.question, "hits": [], "error": str(exc)}
        else:
            yield {"id": each.id, **reply}


def run_batch(source: str, target: str | None, call: Callable[[str], Reply], name: str) -> bool:
    """Call with each line's text and write the results; whether every one found something.

    A line whose text cannot be used gets an ``error`` instead of a result. ``target`` None is
    standard output. Raises InputError for a broken line, before anything is written.
    """
    from tqdm import tqdm

    lines = list(read_batch(source))
    complete = True
    with _opened(target) as file:
        for key, text in tqdm(lines, unit="题", file=sys.stderr, disable=None, leave=False):
            result: Mapping[str, object]
            try:
                reply = call(text)
            except InputError as exc:
                result, complete = {name: text, _LISTS[name]: [], "error": str(exc)}, False
            else:
                result, complete = reply, complete and not found_nothing(reply)
            file.write(json.dumps({"id": key, **result}, ensure_ascii=False) + "\n")
    return complete


def found_nothing(reply: Reply) -> bool:
    """Whether a reply is an empty one, a refusal, or a draft with faults."""
    if "items" in reply:
        return any(item["verdict"] in FAULTS for item in reply["items"])
    if "answered" in reply:
        return not reply["answered"]
    return not (reply["matches"] if "matches" in reply else reply["hits"])


def _of_rows(rows: Sequence[tuple[int, Sequence[str]]], name: str) -> list[Asked]:
    header = [cell.lower() for cell in rows[0][1]]
    question, identity = _column(header, _QUESTION), _column(header, _ID)
    below = rows if question is None and identity is None else rows[1:]
    if question is None:
        question = 1 if identity == 0 else 0
    if not below:
        raise InputError(f"{name} 里没有问题，请在“问题”一列每行写一个问题。")
    return [
        Asked(row, _cell(cells, identity) or str(number), printable(_cell(cells, question)))
        for number, (row, cells) in enumerate(below, 1)
    ]


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((at for at, cell in enumerate(header) if cell in names), None)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


@contextmanager
def _opened(path: str | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        with Path(path).open("w", encoding="utf-8", newline="\n") as file:
            yield file
    except OSError as exc:
        raise InputError(f"写不了 {path}（{exc.strerror}），请换一个位置。") from exc

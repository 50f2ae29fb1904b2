"""The 批量问答 tab: many questions in, a table of answers and files out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus import InputError
from qa.exports import answers_file, template
from qa.inputs import (
    LIMITS,
    LIST_ENDINGS,
    Asked,
    QuestionList,
    asked_of_text,
    list_of_bytes,
    replies,
)
from qa.markup import Html, render
from qa.page.call import Call, Given, taken_away
from qa.page.jobs import Cancelled, Jobs, Progress, Queue
from qa.records import AnswerLine, Hit, outcome, passages_said, tally

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["batch_calls", "batch_form", "batch_results"]

_KEPT = 3
_SHOWN = 100  # rows of the table before the rest is asked for
_LONGEST = 240  # characters of a question or a quotation in the table
_NEAR = 80
_SEEN = 3  # questions of a list that is read
_FILES = (("xlsx", "Excel"), ("docx", "Word（出处作脚注）"), ("csv", "CSV"), ("jsonl", "JSONL"))


@dataclass(frozen=True, slots=True)
class _Batch:
    name: str
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class _Row:
    """One question as the table shows it; ``query`` opens it in the first tab, "" where too long.

    ``near`` and ``place`` are the nearest passage of one that is not answered, ``why`` the reason
    of one that could not be asked.
    """

    question: str
    query: str
    outcome: str
    said: list[tuple[str, Hit]]
    near: str
    place: str
    why: str
    confidence: str


def batch_form() -> Html:
    """The box, the file, and the empty places for what comes."""
    return render("page/batch.html", largest=LIMITS.table_size, endings=LIST_ENDINGS)


def list_read(found: QuestionList) -> Html:
    """What was read of a file, and which column of it is asked, to be agreed with or changed."""
    counts = [sum(bool(each.text) for each in column.asked) for column in found.columns]
    choices = [
        (column, found.name(column), count, _beginning(column.asked))
        for column, count in zip(found.columns, counts, strict=True)
    ]
    chosen = next((choice for choice in choices if choice[0] is found.column), None)
    return render("page/batch_list.html", said=found.said(), choices=choices, chosen=chosen)


def batch_results(records: Sequence[AnswerLine], asked: int = 0) -> tuple[Html, Html]:
    """What came out in all, with the files to take away; and the table.

    ``asked`` is how many questions there were, where it was stopped before the last.
    """
    rows = [_row(record) for record in records]
    left = max(0, asked - len(records))
    summary = render("page/batch_summary.html", tally=tally(records), files=_FILES, left=left)
    return summary, render("page/batch_table.html", rows=rows, most=_SHOWN)


def batch_calls(engine: Engine, jobs: Jobs) -> Sequence[Call]:
    """Ask a batch and take its answers away."""

    def work(given: _Batch, progress: Progress) -> list[AnswerLine]:
        records: list[AnswerLine] = []
        try:
            progress(0, len(given.asked))
            for record in replies(given.asked, engine.ask, "question"):
                records.append(record)
                progress(len(records), len(given.asked))
        except Cancelled:
            if not records:
                raise
        return records

    def shown(job: str, records: list[AnswerLine]) -> Mapping[str, object]:
        summary, table = batch_results(records, len(batches.given(job).asked))
        return {"summary": summary, "table": table}

    batches = jobs.queue(Queue("批量问答", work, shown, kept=_KEPT))

    def read_list(given: Given) -> Html:
        return list_read(_list(given))

    def start_batch(given: Given) -> dict[str, str]:
        return {"job": batches.start(_batch(given))}

    def download_batch(given: Given) -> dict[str, str]:
        job, suffix = given.text("job"), f".{given.text('what')}"
        content = answers_file(batches.result(job), engine.about(), suffix)
        return taken_away(f"{batches.given(job).name}-答案{suffix}", content)

    def batch_template(given: Given) -> dict[str, str]:
        return taken_away("问题模板.xlsx", template())

    return read_list, start_batch, download_batch, batch_template


def _batch(given: Given) -> _Batch:
    file = given.file()
    if file is None:
        batch = _Batch("批量问答", asked_of_text(given.text("text")))
    else:
        batch = _Batch(Path(file[0]).stem, _list(given).asked)
    if len(batch.asked) > LIMITS.questions:
        raise InputError(
            f"一次最多 {LIMITS.questions} 个问题，现在有 {len(batch.asked)} 个，请分几次。"
        )
    return batch


def _list(given: Given) -> QuestionList:
    file = given.file()
    if file is None:
        raise InputError("还没有选择文件，请先选择一个文件。")
    return list_of_bytes(file[1], file[0], given.text("column"))


def _beginning(asked: Sequence[Asked]) -> str:
    """The first questions of a column, to see whether they are some."""
    first = [each.text for each in asked if each.text][:_SEEN]
    return "；".join(_clipped(" ".join(text.split()), _NEAR) for text in first)


def _row(record: AnswerLine) -> _Row:
    question = record.get("question", "")
    result = outcome(record)
    near = record["hits"][0] if result != "已回答" and record.get("hits") else None
    return _Row(
        question=_clipped(question, _LONGEST) or "（空）",
        query=quote(question, safe="") if len(question) <= _LONGEST else "",
        outcome=result,
        said=[(_clipped(words, _LONGEST), hit) for hit, words in passages_said(record)],
        near=_clipped(near["text"].strip(), _NEAR) if near else "",
        place=near["citation"] if near else "—",
        why="" if near or "error" not in record else record["error"],
        confidence=f"{record['confidence']:.0%}" if "confidence" in record else "—",
    )


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}……"

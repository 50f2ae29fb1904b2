"""The written answer on the page: it grows under the quoted one, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.markup import Html, render
from qa.page.jobs import Jobs, Progress, Queue
from qa.records import AskReply

if TYPE_CHECKING:
    from qa.written import Writer, WrittenSentence

__all__ = ["Writings"]

_MARK = re.compile(r"[\[［【]([\d\s,，、]+)[\]］】]")

Chip = tuple[int, str]
"""A passage that a sentence cites: its rank and its citation."""


@dataclass(slots=True)
class _Writing:
    """What is being written, and to which ``ask`` result."""

    reply: AskReply
    sentences: list[WrittenSentence] = field(default_factory=list)


class Writings:
    """The last few written answers."""

    def __init__(self, writer: Writer, jobs: Jobs) -> None:
        self._writer = writer
        self._queue = jobs.queue(
            Queue("成文", self._write, lambda name, writing: _shown(writing), so_far=_so_far),
            light=lambda given: True,
        )

    def begin(self, reply: AskReply) -> Html | str:
        """The HTML of an answer that is begun now; "" where nothing is answered."""
        if not reply["answered"]:
            return ""
        job = self._queue.start(_Writing(reply))
        return render(
            "page/written.html", model=self._writer.model.name, job=job, lines=(), more=True
        )

    def _write(self, writing: _Writing, progress: Progress) -> _Writing:
        for number, sentence in enumerate(self._writer.sentences(writing.reply), 1):
            writing.sentences.append(sentence)
            progress(number, 0)
        return writing


def _so_far(writing: _Writing) -> Mapping[str, object]:
    return {"html": _body(writing, more=True)}


def _shown(writing: _Writing) -> Mapping[str, object]:
    return {"html": _body(writing, more=False)}


def _body(writing: _Writing, more: bool) -> Html:
    citations = {hit["rank"]: hit["citation"] for hit in writing.reply["hits"]}
    lines = [(list(_pieces(each.text, citations)), each.reason) for each in writing.sentences[:]]
    return render("page/written_lines.html", lines=lines, more=more)


def _pieces(text: str, citations: Mapping[int, str]) -> Iterator[tuple[str, Sequence[Chip]]]:
    """The text in words, each with the chips that stand behind them."""
    done = 0
    for mark in _MARK.finditer(text):
        ranks = [int(rank) for rank in re.findall(r"\d+", mark[1])]
        if ranks and all(rank in citations for rank in ranks):
            yield text[done : mark.start()], [(rank, citations[rank]) for rank in ranks]
            done = mark.end()
    yield text[done:], ()

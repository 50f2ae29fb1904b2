"""The written answer on the page: it grows under the quoted one, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from qa.page.call import Call
from qa.page.jobs import Jobs, Progress
from qa.page.parts import notice
from qa.records import AskReply

if TYPE_CHECKING:
    from qa.written import Writer, WrittenSentence

__all__ = ["Writings"]

_MARK = re.compile(r"[\[［【]([\d\s,，、]+)[\]］】]")
_WAIT = 0.5


@dataclass(slots=True)
class _Writing:
    """What is being written, and to which ``ask`` result."""

    reply: AskReply
    sentences: list[WrittenSentence] = field(default_factory=list)


class Writings:
    """The last few written answers; ``calls`` are what the page's script asks of them."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._jobs = Jobs(self._write, "成文")
        self.calls: Sequence[Call] = (self._state_call(), self._cancel_call())

    def begin(self, reply: AskReply) -> str:
        """The HTML of an answer that is begun now; "" where nothing is answered."""
        if not reply["answered"]:
            return ""
        return (
            '<section class="written" aria-labelledby="written"><h2 id="written">成文'
            f"<small>由语言模型 {escape(self._writer.model.name)} 根据上面的原文写成，逐句核对过；"
            "引用请以原文为准</small></h2>"
            f'<div data-writing="{self._jobs.start(_Writing(reply))}" aria-busy="true">'
            f"{_body([], reply, more=True)}</div></section>"
        )

    def _write(self, writing: _Writing, progress: Progress) -> bool:
        for number, sentence in enumerate(self._writer.sentences(writing.reply), 1):
            writing.sentences.append(sentence)
            progress(number, 0)
        return True

    def _state_call(self) -> Call:
        def writing_state(payload: dict[str, Any]) -> dict[str, Any]:
            job = self._jobs.job(payload["job"])
            more = not job.ended.wait(_WAIT)
            if job.problem or (not more and not job.result):
                html = notice(job.problem or "成文中断了，请以原文摘录为准。", error=True)
                return {"more": False, "html": html}
            return {"more": more, "html": _body(job.given.sentences, job.given.reply, more)}

        return writing_state

    def _cancel_call(self) -> Call:
        def cancel_writing(payload: dict[str, Any]) -> bool:
            self._jobs.cancel(payload["job"])
            return True

        return cancel_writing


def _body(sentences: Sequence[WrittenSentence], reply: AskReply, more: bool) -> str:
    citations = {str(hit["rank"]): escape(hit["citation"]) for hit in reply["hits"]}
    lines = "".join(_line(sentence, citations) for sentence in list(sentences))
    waiting = '<p class="waiting" role="status">正在写……</p>' if more else ""
    return lines + waiting


def _line(sentence: WrittenSentence, citations: Mapping[str, str]) -> str:
    words = _MARK.sub(lambda mark: _chips(mark, citations), escape(sentence.text))
    if not sentence.reason:
        return f"<p>{words}</p>"
    return (
        f'<p class="failed"><s>{words}</s><small>未通过核对：{escape(sentence.reason)}</small></p>'
    )


def _chips(mark: re.Match[str], citations: Mapping[str, str]) -> str:
    ranks = re.findall(r"\d+", mark[1])
    if not ranks or any(rank not in citations for rank in ranks):
        return mark.group()
    return "".join(
        f'<a class="chip" href="#hit-{rank}" data-do="cite" title="{citations[rank]}"'
        f' aria-label="出处 {rank}：{citations[rank]}">出处 {rank}</a>'
        for rank in ranks
    )

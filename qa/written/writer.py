"""The written answer to an ``ask`` result: asked for, read as it comes, verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.records import AskReply, WrittenAnswer
from qa.written.client import LanguageModel, WritingError
from qa.written.prompt import messages, passages
from qa.written.sentences import sentences
from qa.written.verify import Verifier, WrittenSentence

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Writer"]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes with a model from an engine's answers."""

    engine: Engine
    model: LanguageModel

    def sentences(self, result: AskReply) -> Iterator[WrittenSentence]:
        """The sentences, each verified as soon as it is written; none to what is not answered.

        WritingError when the model does not come to an end: what came before it is void.
        """
        if not result["sentences"]:
            return
        given = passages(result)
        verifier = Verifier(self.engine, result["question"], given)
        for text in sentences(self.model.stream(messages(result["question"], given))):
            yield verifier.verify(text)

    def added(self, result: AskReply) -> AskReply:
        """The result with ``written``, or null there with a notice why."""
        written: WrittenAnswer | None = None
        notice = result["notice"]
        if result["sentences"]:
            try:
                said = [sentence.record() for sentence in self.sentences(result)]
                written = {"sentences": said, "model": self.model.name}
            except WritingError as problem:
                notice += str(problem)
        return {**result, "written": written, "notice": notice}

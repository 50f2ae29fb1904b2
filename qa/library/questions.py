"""Questions that people confirmed, each with the passage that answers it: private to a home.

They are kept by the words of the passage, so that they outlive a new build and a new version of the
document in which these words still stand, and are searched beside the questions that passages came
with (``index.doc2query``), from the next search on, in every process that has the home open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date
from pathlib import Path

from corpus import DamagedError, Document, InputError, Passage, library_lock, sentence_spans
from index import Index
from qa.answering import LONGEST_QUERY, clean_query
from qa.inputs import Question, write_whole
from qa.library.named import NamedDocuments
from qa.records import ConfirmedRecord
from qa.wording import Wording

__all__ = [
    "FILE",
    "Confirmed",
    "Questions",
    "as_lines",
    "confirmed_in",
    "confirmed_of",
    "keep_confirmed",
    "load_confirmed",
]

FILE = "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """``words`` stand in the passage of the document with this title that answers the question."""

    question: str
    document: str
    words: str
    added: str = ""

    def as_set(self, number: int) -> dict[str, object]:
        """The line of a question set that asks this (``faju evaluate``)."""
        relevant = [{"document": self.document, "evidence": self.words}]
        return {
            "id": f"q{number}",
            "question": self.question,
            "kind": "确认过的",
            "relevant": relevant,
        }


class Questions:
    """The confirmed questions of one home over its index."""

    def __init__(self, home: Path, index: Index, wording: Wording, named: NamedDocuments) -> None:
        self._home = home
        self._index = index
        self._wording = wording
        self._named = named
        self._seen: tuple[int, int] | None = None

    def all(self) -> list[Confirmed]:
        """In the order in which they were confirmed."""
        return load_confirmed(self._home)

    def confirm(self, question: str, name: str, start: int) -> ConfirmedRecord:
        """Keep that the passage at ``start`` of a document answers the question, from now on."""
        document = self._named.document(name)
        asked = clean_query(question)[0]
        return self.record(self.add(asked, document, self._named.passage(document, start)))

    def add(self, question: str, document: Document, passage: Passage) -> Confirmed:
        """Keep that this passage answers the question; InputError for none or a very long one."""
        spans = sentence_spans(document.text, passage.start, passage.end)
        start, end = max(spans, key=lambda span: span[1] - span[0])
        words = document.text[start:end].strip()
        asked = question.strip()
        self.take([Confirmed(asked, document.title, words)])
        return next(e for e in self.all() if (e.question, e.words) == (asked, words))

    def take(self, entries: Iterable[Confirmed]) -> int:
        """Keep these too; how many are new. A question may have several passages."""
        return keep_confirmed(self._home, entries)

    def record(self, entry: Confirmed) -> ConfirmedRecord:
        """The contract's object of one."""
        return {
            "question": entry.question,
            "document": entry.document,
            "words": entry.words,
            "added": entry.added,
            "stands": bool(self.rows(entry)),
        }

    def remove(self, question: str) -> list[Confirmed]:
        """Take a question back; what was kept of it."""
        with library_lock(self._home):
            kept = self.all()
            gone = [each for each in kept if each.question == question.strip()]
            if gone:
                _write(self._home, [each for each in kept if each not in gone])
        return gone

    def refresh(self) -> None:
        """Let the index know them, if another process or this one changed them."""
        path = self._home / FILE
        stamp = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else None
        if stamp == self._seen:
            return
        self._seen = stamp
        standing = [(row, each.question) for each in self.all() for row in self.rows(each)]
        self._index.teach(standing)

    def rows(self, entry: Confirmed) -> list[int]:
        """The passages of its document, as it reads now, in which its words stand."""
        found = self._wording.exact(entry.words, False)
        here = [m.passage for m in found if m.document.title == entry.document]
        return list(dict.fromkeys(self._index.passages.ranked(here)))


def load_confirmed(home: Path) -> list[Confirmed]:
    """What the home keeps, in the order in which it was confirmed; DamagedError where it is not."""
    path = home / FILE
    try:
        return confirmed_in(path.read_text(encoding="utf-8")) if path.is_file() else []
    except (ValueError, TypeError) as exc:
        raise DamagedError(
            f"确认过的问题 {path} 已损坏；请从备份恢复，或移走它后重新确认。"
        ) from exc


def confirmed_in(lines: str) -> list[Confirmed]:
    """The entries that JSON lines hold; ValueError or TypeError where they hold anything else."""
    found = [Confirmed(**json.loads(line)) for line in lines.splitlines() if line.strip()]
    if not all(isinstance(word, str) for each in found for word in astuple(each)):
        raise TypeError("not words")
    return found


def as_lines(entries: Iterable[Confirmed]) -> str:
    """The entries as JSON lines."""
    return "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in entries)


def keep_confirmed(home: Path, entries: Iterable[Confirmed]) -> int:
    """Keep these too; how many are new. InputError for no question or a very long one."""
    fresh = list(entries)
    for entry in fresh:
        if not entry.question or len(entry.question) > LONGEST_QUERY:
            raise InputError(
                f"问题应有 1 到 {LONGEST_QUERY} 个字，现在是 {len(entry.question)} 个字。"
            )
    with library_lock(home):
        kept = {(each.question, each.words): each for each in load_confirmed(home)}
        before = len(kept)
        today = date.today().isoformat()
        for entry in fresh:
            dated = replace(entry, added=entry.added or today)
            kept.setdefault((entry.question, entry.words), dated)
        _write(home, kept.values())
    return len(kept) - before


def _write(home: Path, entries: Iterable[Confirmed]) -> None:
    write_whole(home / FILE, as_lines(entries).encode())


def confirmed_of(questions: Iterable[Question]) -> list[Confirmed]:
    """What a question set confirms: its questions with the words that answer them."""
    return [
        Confirmed(question.question, relevant.document, relevant.evidence)
        for question in questions
        for relevant in question.relevant
        if relevant.evidence
    ]

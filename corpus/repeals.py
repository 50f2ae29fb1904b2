"""Which titles the documents of a library repeal.

A closing article does (《…》同时废止), and so does a decision on nothing else, which names them in
its sentences or one a line (关于废止部分文件的决定).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.records import Document, passage_at
from corpus.stored import StoredDocument

__all__ = ["Repeal", "ended", "repeals"]

_REPEALS = re.compile(r"[^。\n]*(?:同时|自[^。，\n]{2,20}起)废止")
_NAME = re.compile(r"《([^《》]+)》")
_DECISION = re.compile(r"(?:废止|失效)(?!.*修[改订正]).*的(?:决定|通知|公告|通告)$")
_DECIDED = re.compile(r"(?:废止|失效)[^。\n]*《[^。\n]*|[^。\n]*》[^。\n《》]{0,40}(?:废止|失效)")
_LISTED = re.compile(
    r"^\W{0,2}\d{1,3}[.．、)） |]+\s*"
    r"(?:《(?P<named>[^《》\n]+)》|(?P<bare>[^\n|（(《》]{6,60}))",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Repeal:
    """The end of the document of this title; ``start`` is where ``by`` says so."""

    title: str
    by: Document
    start: int

    @property
    def citation(self) -> str:
        """Where it is said: 《中华人民共和国民法典》第一千二百六十条."""
        return self.by.citation(passage_at(self.by, self.start))


def repeals(documents: Iterable[Document]) -> dict[str, Repeal]:
    """Title → what ended it: a document in force before others, none that is still to come."""
    found: dict[str, Repeal] = {}
    for document in documents:
        if document.status == "尚未施行":
            continue
        known_ended = document.ended if isinstance(document, StoredDocument) else ended(document)
        for title, start in known_ended:
            repeal = Repeal(title, document, start)
            known = found.get(repeal.title)
            if known is None or (not known.by.current and document.current):
                found[repeal.title] = repeal
    return found


def ended(document: Document) -> Iterator[tuple[str, int]]:
    """The titles that a document repeals, and where it says so."""
    yield from _closing(document)
    if _DECISION.search(document.title):
        for clause in _DECIDED.finditer(document.text):
            for name in _NAME.finditer(clause.group()):
                yield name[1], clause.start()
        for line in _LISTED.finditer(document.text):
            yield (line["named"] or line["bare"]).strip(), line.start()


def _closing(document: Document) -> Iterator[tuple[str, int]]:
    at = document.text.find("废止")
    while at >= 0:
        line = max(document.text.rfind(mark, 0, at) for mark in "。\n") + 1
        clause = _REPEALS.match(document.text, line)
        end = at + 2 if clause is None else max(clause.end(), at + 2)
        if clause is not None:
            for name in _NAME.findall(clause.group()):
                if name != document.title:
                    yield name, line
        at = document.text.find("废止", end)

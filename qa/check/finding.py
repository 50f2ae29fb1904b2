"""What a check says of one citation or quotation, and the words it says it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus import Document
from qa.check.place import Place, authoritative
from qa.records import (
    CheckItem,
    CorrectionRecord,
    DocumentLabel,
    Hit,
    NamedDocument,
    Verdict,
    document_label,
    make_hit,
)
from qa.wording import Difference

__all__ = ["Correction", "Finding", "Item", "describe", "item_record", "shown", "standing_note"]

UNSOURCED = "草稿或未注明来源"
"""What is said of a document that vouches for nothing (``qa.check.place.authoritative``)."""
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Correction:
    """What to put in the place of ``draft[start:end]``."""

    start: int
    end: int
    text: str

    def record(self) -> CorrectionRecord:
        """The contract's correction."""
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its grounds; ``title`` names the document said, held or not.

    ``goes_on``: the words are verbatim, and the source's sentence goes on after them, or a proviso
    follows it. ``moved_to`` is where the place or the words stand in the text in force, when the
    draft has the number of another.
    """

    verdict: Verdict
    title: str = ""
    document: Document | None = None
    article: str | None = None
    source: Place | None = None
    differences: tuple[Difference, ...] = ()
    suggestion: str = ""
    correction: Correction | None = None
    goes_on: bool = False
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One citation or quotation of a draft, ``draft[start:end] == surface``, and its finding.

    ``unmarked`` are words of a source without quotation marks; ``retold`` says of a citation that
    what follows tells it in other words, which were not compared.
    """

    start: int
    end: int
    surface: str
    kind: Literal["citation", "quotation", "unmarked"]
    finding: Finding
    retold: bool = False

    @property
    def verdict(self) -> Verdict:
        """The finding's verdict."""
        return self.finding.verdict


def item_record(item: Item) -> CheckItem:
    """The contract's item."""
    found = item.finding
    fix = found.correction
    record: CheckItem = {
        "start": item.start,
        "end": item.end,
        "surface": item.surface,
        "kind": item.kind,
        "verdict": found.verdict,
        "document": _named(found),
        "article": found.article,
        "source": None if found.source is None else _source(found.source),
        "differences": [each.record() for each in found.differences],
        "suggestion": found.suggestion,
        "correction": None if fix is None else fix.record(),
    }
    if found.goes_on:
        record["goes_on"] = True
    if found.moved_to is not None:
        record["moved_to"] = found.moved_to
    if item.retold:
        record["retold"] = True
    return record


def _named(found: Finding) -> NamedDocument | None:
    if found.document is not None:
        return {**_label(found.document)}
    return {"id": None, "title": found.title, "status": ""} if found.title else None


def _source(place: Place) -> Hit:
    span = [(place.start, place.end)]
    hit = make_hit(1, place.similarity, place.document, place.passage, span)
    hit["citation"] = place.citation
    hit["document"] = _label(place.document)
    return hit


def _label(document: Document) -> DocumentLabel:
    label = document_label(document)
    return label if authoritative(document) else {**label, "status": UNSOURCED}


def shown(words: str) -> str:
    """Words short enough for a suggestion, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def standing_note(document: Document) -> str:
    """What to know of a document that is neither in force nor replaced, "" for one in force."""
    if not authoritative(document):
        return f"{document.name}是{UNSOURCED}的文件，不能作为依据。"
    if document.status == "尚未施行":
        since = f"，自{document.effective}起施行" if document.effective else ""
        return f"{document.name}尚未施行{since}。"
    if document.status == "征求意见稿":
        return f"{document.name}是征求意见稿，不是正式文件。"
    if document.status == "已被修改" and document.current:
        return f"{document.name}此后又经修改，库中没有修改后的全文，请与最新文本核对。"
    return ""


def describe(differences: tuple[Difference, ...]) -> str:
    """The differences in a sentence: 把“可以”改为“应当”；补上“依法”；删去“的”."""
    words = {"replace": "把“{0}”改为“{1}”", "insert": "补上“{1}”", "delete": "删去“{0}”"}
    parts = [
        words[each.op].format(shown(each.draft), shown(each.source)) for each in differences[:6]
    ]
    return "；".join(parts) + ("……" if len(differences) > 6 else "")

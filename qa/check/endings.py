"""How the source goes on where a quotation ends.

A full stop inside the marks says that the sentence is over. Where the source has none there, the
quotation is ``altered``, with the words that are missing, when what follows

- is a proviso: a clause with 但是, 但, 除外, 另有规定 or 另有约定;
- is a further penalty, added to the one quoted (并处…) or for the next grade (情节严重的，处…);
- is what a condition (…的) leads to;
- is the rest of a list whose head is quoted;
- or is the same clause, going on after a comma, a colon or no mark at all.

It stays ``verbatim``, with the note that the sentence goes on, when the draft's own mark leaves it
open (a comma, ……, or no mark inside), when a whole clause is quoted up to a semicolon or one item
of a list, and when the source's sentence does end there but the next one is a proviso to it.
Words without quotation marks are the writer's own sentence: there only a proviso, an added penalty
and what a condition leads to count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Rest", "ends_sentence", "is_closed", "misleads", "rest_after"]

Kind = Literal["proviso", "penalty", "grade", "outcome", "list", "clause", "parallel", "next"]

_STOPS = "。！？!?"
_CLOSED = re.compile(r"(?<![。.])[。！？!?]\s*$")
_SKIPPED = re.compile(r"[\s”’」』\"']*")
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?")
_PART = re.compile(r"[；;]?[^；;。！？!?]*")
_FIRST_CLAUSE = re.compile(r"[，,；;：:。\s]*([^，,；;：:。]*)")
_PROVISO = re.compile(r"(?<![不非])但(?!书)|除外|另有(?:规定|约定)")
_PROVISO_NEXT = re.compile(r"但(?!书)|.*(?:另有(?:规定|约定)|除外$)")
_PENALTY = re.compile(r"处|罚款|罚金|没收|吊销|拘留|拘役|徒刑|死刑|责令")
_ITEM = re.compile(r"\s*[(（][一二三四五六七八九十百\d]+[)）]|\s*\d+[.．、]")
_ITEM_INSIDE = re.compile(r"\n" + _ITEM.pattern)


@dataclass(frozen=True, slots=True)
class Rest:
    """What the source has after a quotation: ``text[start:end]``, up to the sentence's end.

    ``next``: the sentence is over, and the words are those of a proviso that follows it.
    """

    start: int
    end: int
    words: str
    kind: Kind


def is_closed(words: str) -> bool:
    """Whether quoted words end with a full stop of their own, and not with dots."""
    return _CLOSED.search(words) is not None


def ends_sentence(text: str, at: int) -> bool:
    """Whether a sentence of the text, or its line, ends at ``at``."""
    if text[at : at + 1] in {"", "\n"}:
        return True
    skipped = _SKIPPED.match(text, at)
    mark = text[skipped.end() :][:1] if skipped else ""
    return mark == "" or mark in _STOPS


def rest_after(text: str, start: int, at: int, end: int) -> Rest | None:
    """How ``text[start:end]``, an article, goes on after the quotation that ends at ``at``.

    ``start`` is where the quotation begins; None when its last sentence is whole and no proviso
    follows.
    """
    if ends_sentence(text[:end], at):
        return _next_proviso(text, at, end)
    match = _SENTENCE.match(text, at, end)
    words = text[at : match.end()] if match else ""
    kind = _kind(text, start, at, words)
    return Rest(at, at + len(words), words, kind)


def _kind(text: str, start: int, at: int, words: str) -> Kind:
    part = _PART.match(words.lstrip())
    near = part.group() if part else words
    quoted = text[start:at]
    if near[:1] in "；;":
        return _after_semicolon(text, quoted, near, at + words.index(near[:1]) + 1)
    if _PROVISO.search(near):
        return "proviso"
    if near[:1] in "：:、":
        return "list"
    if quoted.endswith("的"):
        return "outcome"
    return "penalty" if _PENALTY.search(near) else "clause"


def _after_semicolon(text: str, quoted: str, near: str, begin: int) -> Kind:
    """``near`` is the part after the semicolon, with it; it begins at ``begin`` in the text."""
    if _proviso_begins(near[1:]):
        return "proviso"
    if _ITEM.match(text, begin):
        return "list" if "：" in quoted or _ITEM_INSIDE.search(quoted) else "parallel"
    last = re.split("[；;。\n]", quoted)[-1]
    return "grade" if _PENALTY.search(last) and _PENALTY.search(near) else "parallel"


def _next_proviso(text: str, at: int, end: int) -> Rest | None:
    """The sentence after the one that ends at ``at``, when it is a proviso."""
    stop = _SENTENCE.match(text, at, end)
    begin = stop.end() if stop else at
    following = _SENTENCE.match(text, begin, end)
    words = following.group() if following else ""
    if not _proviso_begins(words):
        return None
    return Rest(begin, begin + len(words), words, "next")


def _proviso_begins(words: str) -> bool:
    clause = _FIRST_CLAUSE.match(words)
    return clause is not None and _PROVISO_NEXT.match(clause[1].strip()) is not None


def misleads(rest: Rest | None, closed: bool, marked: bool) -> bool:
    """Whether words that end here, closed with a full stop or not, say less than the source."""
    if rest is None or not closed or rest.kind in {"next", "parallel"}:
        return False
    return marked or rest.kind in {"proviso", "penalty", "outcome"}

"""Tracked changes and comments put into an open .docx, run by run.

Work from the end of the document to its beginning: a change leaves the pieces before it alone.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from corpus.formats.word import Element
from qa.drafts.word import Piece, WordText

__all__ = ["Reviser"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WORDS = {f"{_W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen")}
_HARMLESS = _WORDS | {f"{_W}{name}" for name in ("rPr", "lastRenderedPageBreak", "softHyphen")}
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")


class Reviser:
    """Revises one document as one author."""

    def __init__(self, word: WordText, author: str, when: datetime) -> None:
        self._word = word
        self._author = author
        self._when = when
        self._next = 1 + max(
            (
                int(number)
                for root in {piece.element.getroottree().getroot() for piece in word.pieces}
                for name in _CHANGES
                for element in root.iter(_W + name)
                if (number := element.get(f"{_W}id", "")).isdigit()
            ),
            default=0,
        )

    def change(self, start: int, end: int, text: str) -> bool:
        """Replace ``[start, end)`` by ``text`` as a tracked change; False when that cannot be."""
        if start == end:
            return self._insert_at(start, text)
        pieces = self._word.covering(start, end)
        if not pieces or not all(_plain(piece.run) for piece in pieces):
            return False
        runs = _cut_out(pieces, start, end)
        last = runs[-1]
        for run in runs:
            mark = self._mark("del")
            run.addprevious(mark)
            mark.append(run)
            for words in run.iter(f"{_W}t"):
                words.tag = f"{_W}delText"
                words.set(_SPACE, "preserve")
        if text:
            self._insert_after(last.getparent(), last, text)
        return True

    def comment(self, start: int, end: int, text: str) -> bool:
        """Write a comment on ``[start, end)``; False where Word allows none (a footnote)."""
        from docx.text.run import Run

        pieces = [piece for piece in self._word.covering(start, end) if piece.body]
        pieces = [piece for piece in pieces if piece.run is not None]
        if not pieces:
            return False
        cut = all(_plain(piece.run) for piece in pieces)
        runs = _cut_out(pieces, start, end) if cut else [piece.run for piece in pieces]
        document = self._word.document
        first, last = (Run(run, document) for run in (runs[0], runs[-1]))
        made = document.add_comment([first, last], text=text, author=self._author, initials="核")
        made._comment_elm.set(f"{_W}date", self._date)
        return True

    @property
    def _date(self) -> str:
        return self._when.strftime("%Y-%m-%dT%H:%M:%SZ")

    def _insert_at(self, at: int, text: str) -> bool:
        before = self._word.covering(at - 1, at) if at else []
        pieces = before or self._word.covering(at, at + 1)
        if not pieces:
            return False
        run = pieces[0].run
        _split(pieces[0], at)
        self._insert_after(run, run, text)
        return True

    def _insert_after(self, place: Element, model: Element, text: str) -> None:
        """Insert after ``place`` (a run, or the mark around one) in the manner of the model run."""
        inserted = self._inserted(model, text)
        # Words that somebody is inserting already are put among theirs.
        inside = place.getparent().tag == f"{_W}ins"
        place.addnext(inserted[0] if inside else inserted)

    def _inserted(self, model: Element, text: str) -> Element:
        run = model.makeelement(f"{_W}r")
        properties = model.find(f"{_W}rPr")
        if properties is not None:
            run.append(deepcopy(properties))
        words = run.makeelement(f"{_W}t")
        words.text = text
        words.set(_SPACE, "preserve")
        run.append(words)
        mark = self._mark("ins")
        mark.append(run)
        return mark

    def _mark(self, kind: str) -> Element:
        mark = _element(kind)
        mark.set(f"{_W}id", str(self._next))
        mark.set(f"{_W}author", self._author)
        mark.set(f"{_W}date", self._date)
        self._next += 1
        return mark


def _element(kind: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(f"w:{kind}")


def _plain(run: Element) -> bool:
    """Whether the run holds nothing but words, so that taking it out loses nothing else."""
    return all(child.tag in _HARMLESS for child in run)


def _cut_out(pieces: list[Piece], start: int, end: int) -> list[Element]:
    """Split the runs so that the span is whole runs; they come back in order."""
    runs = [piece.run for piece in pieces]
    _split(pieces[-1], end)
    first = _split(pieces[0], start)
    found = [first]
    for run in runs:
        if run is not runs[0] and run not in found:
            found.append(run)
    return found


def _split(piece: Piece, at: int) -> Element:
    """Split the piece's run before the character ``at`` of the text; the run of what follows.

    The run itself keeps what stands before; it is left empty, not taken away, when that is nothing.
    """
    run, element = piece.run, piece.element
    index = list(run).index(element)
    right = deepcopy(run)
    keep = max(0, min(at, piece.end) - piece.start)
    later = list(right)
    for child in later[:index]:
        if child.tag != f"{_W}rPr":
            right.remove(child)
    if element.tag == f"{_W}t":
        words = element.text or ""
        element.text, later[index].text = words[:keep], words[keep:]
        element.set(_SPACE, "preserve")
        later[index].set(_SPACE, "preserve")
    elif keep > 0:
        right.remove(later[index])
    for child in list(run)[index + 1 :]:
        run.remove(child)
    if element.tag != f"{_W}t" and keep <= 0:
        # The element itself moves; the piece now stands for nothing in its old run.
        run.remove(element)
    run.addnext(right)
    return right

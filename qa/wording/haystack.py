"""All documents as one text in the loose normal form, with the way back to each source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus import Document
from qa.wording.folding import loose

__all__ = ["BREAK", "Haystack", "Span"]

BREAK = "\0"
"""Stands between two documents; no normal form holds it."""
Span = tuple[int, int]


class Haystack:
    """The words of the documents in the order given, page furniture left out.

    ``text`` is one string of stretches, each followed by a ``BREAK``; a document is one stretch, or
    several where page furniture stands inside it.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        texts: list[str] = []
        positions: list[NDArray[np.int32]] = []
        self._starts: list[int] = []
        self._owners: list[int] = []
        size = 0
        for number, document in enumerate(documents):
            for words, places in _stretches(document.whole):
                texts += (words, BREAK)
                positions += (places, np.array([-1], dtype=np.int32))
                self._starts.append(size)
                self._owners.append(number)
                size += len(words) + 1
        self.text = "".join(texts)
        self._positions = np.concatenate(positions) if positions else np.empty(0, dtype=np.int32)
        self._gaps = np.append(True, np.diff(self._positions) != 1)[: len(self._positions)]

    def source(self, start: int, end: int) -> tuple[Document, int, int]:
        """The document and its span that ``text[start:end]``, in one stretch, comes from."""
        document = self.documents[self._owners[bisect_right(self._starts, start) - 1]].whole
        return document, int(self._positions[start]), int(self._positions[end - 1]) + 1

    def gaps(self, start: int, end: int) -> NDArray[np.bool_]:
        """For each character of ``text[start:end]`` whether the source has more before it.

        A line break, a space or a quotation mark that the normal form leaves out.
        """
        return self._gaps[start:end]

    def stretch(self, start: int) -> Span:
        """The stretch that a place stands in, without its ``BREAK``."""
        number = bisect_right(self._starts, start) - 1
        return self._starts[number], self._end(number) - 1

    def ranges(self, admitted: Collection[str]) -> list[Span]:
        """Where the documents of these ids stand, neighbours as one range, in order."""
        found: list[Span] = []
        for number, owner in enumerate(self._owners):
            if self.documents[owner].id in admitted:
                start, end = self._starts[number], self._end(number)
                if found and found[-1][1] == start:
                    start = found.pop()[0]
                found.append((start, end))
        return found

    def places(self, words: str, ranges: Sequence[Span]) -> Iterator[Span]:
        """Every place in the ranges where ``words`` stand, in order, overlapping ones too."""
        for first, last in ranges if words else ():
            at = self.text.find(words, first, last)
            while at >= 0:
                yield at, at + len(words)
                at = self.text.find(words, at + 1, last)

    def _end(self, number: int) -> int:
        following = self._starts[number + 1 : number + 2]
        return following[0] if following else len(self.text)


def _stretches(document: Document) -> Iterator[tuple[str, NDArray[np.int32]]]:
    folded = loose(document.text)
    keep = np.ones(len(folded.text), dtype=bool)
    cuts = [0]
    for piece in document.furniture:
        if document.text[piece.start : piece.end].isspace():
            continue
        first, last = np.searchsorted(folded.positions, (piece.start, piece.end))
        keep[first:last] = False
        if piece.kind == "page":
            cuts += (int(first), int(last))
    for start, end in zip(cuts, [*cuts[1:], len(keep)], strict=True):
        kept = np.flatnonzero(keep[start:end]) + start
        if len(kept) == end - start > 0:
            yield folded.text[start:end], folded.positions[start:end]
        elif len(kept):
            yield "".join(folded.text[at] for at in kept), folded.positions[kept]

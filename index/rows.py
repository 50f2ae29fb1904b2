"""The rows of an index: the text passages of all documents, counted through."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from corpus import Document, Passage

__all__ = ["Row", "TextRows"]

Row = tuple[Document, Passage]
Value = TypeVar("Value", bound=np.generic)
_READ_KEPT = 256


class TextRows(Sequence[Row]):
    """Each row's document, whole, and its passage; only documents that are looked at are read."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._counts = np.array([document.text_count for document in documents], np.int64)
        self._starts = np.concatenate([[0], np.cumsum(self._counts)])
        self._numbers = {document.id: n for n, document in enumerate(documents)}
        self._texts = lru_cache(_READ_KEPT)(self._read)

    def __len__(self) -> int:
        """How many passages are ranked."""
        return int(self._starts[-1])

    @overload
    def __getitem__(self, row: int) -> Row: ...
    @overload
    def __getitem__(self, row: slice) -> list[Row]: ...
    def __getitem__(self, row: int | slice) -> Row | list[Row]:
        """The document and the passage of a row."""
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        number = self._number(range(len(self))[row])
        document, passages = self._texts(number)
        return document, passages[range(len(self))[row] - int(self._starts[number])]

    def __iter__(self) -> Iterator[Row]:
        """All rows in order."""
        for number in range(len(self._documents)):
            document, passages = self._texts(number)
            yield from ((document, passage) for passage in passages)

    def document(self, row: int) -> Document:
        """The document of a row; its words need not be read."""
        return self._documents[self._number(row)]

    def row(self, passage: Passage) -> int:
        """The row of a passage; KeyError when it is not ranked here."""
        number = self._numbers[passage.document_id]
        passages = self._texts(number)[1]
        at = bisect_left(passages, passage.start, key=lambda each: each.start)
        if at == len(passages) or passages[at].id != passage.id:
            raise KeyError(passage.id)
        return int(self._starts[number]) + at

    def ranked(self, passages: Iterable[Passage]) -> Iterator[int]:
        """The rows of those passages that have one."""
        for passage in passages:
            with suppress(KeyError):
                yield self.row(passage)

    def span(self, number: int) -> tuple[int, int]:
        """The rows of one document, by its number: from, up to."""
        return int(self._starts[number]), int(self._starts[number + 1])

    def of_documents(self, values: NDArray[Value]) -> NDArray[Value]:
        """What is known of each document, for each of its rows."""
        return np.repeat(values, self._counts)

    def _number(self, row: int) -> int:
        return int(np.searchsorted(self._starts, row, side="right")) - 1

    def _read(self, number: int) -> tuple[Document, tuple[Passage, ...]]:
        whole = self._documents[number].whole
        return whole, tuple(passage for passage in whole.passages if passage.kind == "text")

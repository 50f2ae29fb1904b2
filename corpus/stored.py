"""A document of a built library: what it is called is known, its words are read when asked for.

A library of a million passages is opened without reading one: only the heads of its documents are
held, and the last few documents that were read.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import DamagedError
from corpus.records import Document

__all__ = ["Bodies", "StoredDocument", "stored_document"]

BODY = ("text", "sections", "passages", "furniture", "asked", "pages", "amended")
HEAD = tuple(each.name for each in fields(Document) if each.name not in BODY)
_READ_KEPT = 256
"""Documents that stay read; of laws about 25 MB."""


class StoredDocument(Document):
    """A document that reads its body for each use of it; hold ``whole`` to use it often.

    Its counts and ``ended`` (title and place of each repeal) are known without reading it.
    """

    __slots__ = ("_counts", "_ended", "_read")

    _read: Callable[[], Document]
    _counts: tuple[int, int]
    _ended: tuple[tuple[str, int], ...]

    @property
    def whole(self) -> Document:
        """See ``Document.whole``."""
        return self._read()

    @property
    def text_count(self) -> int:
        """See ``Document.text_count``."""
        return self._counts[0]

    @property
    def character_count(self) -> int:
        """See ``Document.character_count``."""
        return self._counts[1]

    @property
    def ended(self) -> tuple[tuple[str, int], ...]:
        """What it repeals, as it was found when the library was built (``corpus.repeals``)."""
        return self._ended

    def __getattr__(self, name: str) -> Any:
        """A part of the body: its slot is empty."""
        if name not in BODY:
            raise AttributeError(name)
        return getattr(self._read(), name)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same, read or not."""
        return isinstance(other, Document) and self.whole == other.whole

    def __hash__(self) -> int:
        """That of the whole document."""
        return hash(self.whole)


def stored_document(
    head: dict[str, Any],
    counts: tuple[int, int],
    ended: tuple[tuple[str, int], ...],
    read: Callable[[], Document],
) -> StoredDocument:
    """A document of which only the head is held, and how many texts and characters it has.

    ``read`` gives it whole.
    """
    document = object.__new__(StoredDocument)
    facts = {**head, "_counts": counts, "_ended": ended, "_read": read}
    for name, value in facts.items():
        object.__setattr__(document, name, value)
    return document


class Bodies:
    """The file that holds the documents whole, one JSON line each, mapped into memory."""

    def __init__(
        self, path: Path, checksum: Callable[[bytes], str], made: Callable[[Any], Document]
    ) -> None:
        self._path, self._checksum, self._made = path, checksum, made
        try:
            with path.open("rb") as file:
                self._content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as exc:
            raise self._damaged() from exc
        self.read = lru_cache(_READ_KEPT)(self._document)

    def _document(self, start: int, end: int, sha256: str) -> Document:
        content = self._content[start:end]
        if self._checksum(content) != sha256:
            raise self._damaged()
        return self._made(json.loads(content))

    def _damaged(self) -> DamagedError:
        return DamagedError(f"文件损坏：{self._path}，请重新建库：faju build --force")

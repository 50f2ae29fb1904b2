"""The encodings of passages on disk, in parts: what did not change is not written again.

A part holds the passages of consecutive documents. It ends where the checksum of a document's id
says so, and where the laws begin: so one more document changes the part it comes to stand in and no
other, and the same documents are parted the same way whatever was built before.

    parts.json          the names of the parts in their order
    parts/<name>/       vectors.npy  tokens.npy  token-starts.npy  token-spans.npy  keys.json
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError, Document, checksum
from index.arrays import load_arrays, save_arrays
from index.maxsim import Spans, Tokens, TokenStore

__all__ = ["Part", "TokenParts", "cuts", "load_parts", "part_names", "save_names"]

_NAMES, _FOLDER = "parts.json", "parts"
_FILES, _KEYS = ("vectors.npy",), "keys.json"
_DOCUMENTS = 64
"""How many documents a part has on average: of laws 4,500 passages, 45 MB."""
_MOST = 16_384
"""Passages from which on a part ends with the next document."""


@dataclass(frozen=True, slots=True)
class Part:
    """``vectors`` (passages, dimension), the passages' tokens, and the key of each one's text."""

    vectors: NDArray[np.float32]
    tokens: TokenStore
    keys: Sequence[str]

    def save(self, folder: Path) -> None:
        """Write it into a new folder."""
        folder.mkdir(parents=True)
        save_arrays(folder, _FILES, [self.vectors])
        self.tokens.save(folder)
        (folder / _KEYS).write_text(json.dumps(self.keys), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Part:
        """Read what ``save`` wrote; the arrays are mapped into memory."""
        try:
            keys = json.loads((folder / _KEYS).read_bytes())
        except (OSError, ValueError) as exc:
            raise DamagedError(f"向量文件损坏：{folder}，请重新建库：faju build --force") from exc
        (vectors,) = load_arrays(folder, _FILES, "向量文件")
        return cls(vectors, TokenStore.load(folder), keys)


def cuts(documents: Sequence[Document]) -> Iterator[int]:
    """The rows before which the parts end, the number of all rows last."""
    begun = rows = 0
    for document, following in pairwise([*documents, None]):
        rows += document.text_count if document else 0
        if rows > begun and (rows - begun >= _MOST or _apart(document, following)):
            yield rows
            begun = rows


def _apart(document: Document | None, following: Document | None) -> bool:
    if document is None or following is None:
        return True
    if (document.origin == "law") != (following.origin == "law"):
        return True
    return int(checksum(document.id.encode())[:8], 16) % _DOCUMENTS == 0


def part_folder(generation: Path, name: str) -> Path:
    """Where a part is kept."""
    return generation / _FOLDER / name


def save_names(generation: Path, names: Sequence[str]) -> None:
    """Write which parts the rows are in."""
    (generation / _NAMES).write_text(json.dumps(names), encoding="utf-8")


def part_names(generation: Path) -> list[str]:
    """The names of the parts, in the order of the rows; [] where all is in one (format 3)."""
    path = generation / _NAMES
    try:
        return [str(name) for name in json.loads(path.read_bytes())] if path.exists() else []
    except (OSError, ValueError) as exc:
        raise DamagedError(f"索引文件损坏：{path}，请重新建库：faju build --force") from exc


def load_parts(generation: Path) -> dict[str, Part]:
    """The parts by their names."""
    return {name: Part.load(part_folder(generation, name)) for name in part_names(generation)}


class TokenParts:
    """The token vectors of all passages, in several stores (``index.maxsim``)."""

    def __init__(self, stores: Sequence[TokenStore]) -> None:
        self._stores = stores
        counts = [len(store.starts) - 1 for store in stores]
        self._firsts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @classmethod
    def load(cls, generation: Path) -> TokenParts:
        """The tokens of a generation."""
        names = part_names(generation)
        return cls([TokenStore.load(part_folder(generation, name)) for name in names])

    def maxsim(self, query: Tokens, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """See ``TokenStore.maxsim``."""
        scores = np.zeros(len(rows), np.float32)
        numbers = np.searchsorted(self._firsts, rows, side="right") - 1
        for number in np.unique(numbers).tolist():
            here = np.flatnonzero(numbers == number)
            scores[here] = self._stores[number].maxsim(query, rows[here] - self._firsts[number])
        return scores

    def span_scores(
        self, query: Tokens, row: int, stretches: Sequence[Sequence[tuple[int, int]]]
    ) -> list[float]:
        """See ``TokenStore.span_scores``."""
        store, at = self._place(row)
        return store.span_scores(query, at, stretches)

    def passage(self, row: int) -> tuple[Tokens, Spans]:
        """See ``TokenStore.passage``."""
        store, at = self._place(row)
        return store.passage(at)

    def _place(self, row: int) -> tuple[TokenStore, int]:
        number = int(np.searchsorted(self._firsts, row, side="right")) - 1
        return self._stores[number], row - int(self._firsts[number])

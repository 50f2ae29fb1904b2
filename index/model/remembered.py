"""What was encoded on this computer, kept in one file a model: a text is encoded once.

A new library, or one that takes in a document again, gets its vectors from here. Encodings are kept
a part at a time, so that a build that was killed goes on where it was. The file can be deleted at
any time; one that cannot be used is done without.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.model.encoded import Embedder, Encoded, Kind, Progress

__all__ = ["RememberingEmbedder"]

_AT_ONCE = 512
"""Texts encoded before they are kept: half a minute of work is lost at most."""
_LARGEST = 2 * 2**30
"""Bytes of the file from which on a tenth of it makes room; a passage takes about 11 KB."""
_TABLE = (
    "create table if not exists encodings (key blob primary key, vector blob, tokens blob,"
    " spans blob, sum integer) without rowid"
)

log = logging.getLogger(__name__)


class _One(NamedTuple):
    """The encoding of one text (``index.model.encoded.Encoded``)."""

    vector: NDArray[np.float32]
    tokens: NDArray[np.int8]
    spans: NDArray[np.int32]


class RememberingEmbedder:
    """An embedder that encodes only what it has not encoded before."""

    def __init__(self, inner: Embedder, folder: Path) -> None:
        self._inner = inner
        self._path = folder / f"{inner.fingerprint}.sqlite"
        self.name = inner.name
        self.dimension = inner.dimension
        self.token_dimension = inner.token_dimension
        self.fingerprint = inner.fingerprint

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Encoded:
        """See ``Embedder.encode``."""
        keys = [_key(kind, text) for text in texts]
        held = self._held(dict.fromkeys(keys))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        log.info("%d of %d texts were encoded before", len(texts) - len(missing), len(texts))
        # Texts of about one length together: they run through the model in batches of one length.
        fresh = sorted(missing, key=lambda key: -len(missing[key]))
        known = len(texts) - len(missing)
        for done in range(0, len(fresh), _AT_ONCE):
            part = fresh[done : done + _AT_ONCE]
            made = self._inner.encode(
                [missing[key] for key in part],
                kind,
                _counted(progress, known + done, len(texts)),
            )
            ones = dict(zip(part, map(_One, made.vectors, made.tokens, made.spans), strict=True))
            self._keep(ones)
            held |= ones
        return self._together([held[key] for key in keys])

    def _together(self, ones: Sequence[_One]) -> Encoded:
        vectors = np.empty((len(ones), self.dimension), np.float32)
        for row, one in enumerate(ones):
            vectors[row] = one.vector
        return Encoded(vectors, [one.tokens for one in ones], [one.spans for one in ones])

    def _held(self, keys: Mapping[bytes, None]) -> dict[bytes, _One]:
        if not self._path.is_file():
            return {}
        try:
            with closing(self._opened()) as file:
                return dict(self._read(file, keys))
        except (sqlite3.Error, OSError) as exc:
            log.warning("%s is not used: %s", self._path, exc)
            return {}

    def _read(
        self, file: sqlite3.Connection, keys: Mapping[bytes, None]
    ) -> Iterator[tuple[bytes, _One]]:
        wanted = iter(keys)
        while part := list(islice(wanted, 500)):
            asked = f"select * from encodings where key in ({','.join('?' * len(part))})"
            for key, *content, total in file.execute(asked, part):
                if zlib.crc32(b"".join(content)) == total:
                    yield key, self._one(*content)

    def _one(self, vector: bytes, tokens: bytes, spans: bytes) -> _One:
        return _One(
            np.frombuffer(vector, np.float32),
            np.frombuffer(tokens, np.int8).reshape(len(spans) // 8, self.token_dimension),
            np.frombuffer(spans, np.int32).reshape(-1, 2),
        )

    def _keep(self, ones: Mapping[bytes, _One]) -> None:
        rows = []
        for key, one in ones.items():
            content = [part.tobytes() for part in one]
            rows.append((key, *content, zlib.crc32(b"".join(content))))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._opened()) as file, file:
                file.execute(_TABLE)
                if self._path.stat().st_size > _LARGEST:
                    # Keys are checksums: a tenth of their range is a tenth of the rows, any tenth.
                    file.execute("delete from encodings where key < ?", (bytes([26]),))
                file.executemany("insert or replace into encodings values (?, ?, ?, ?, ?)", rows)
        except (sqlite3.Error, OSError) as exc:
            log.warning("%s is not written: %s", self._path, exc)

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30)


def _counted(progress: Progress | None, before: int, total: int) -> Progress | None:
    return progress and (lambda done, _: progress(before + done, total))


def _key(kind: Kind, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\n{text}".encode("utf-8", "surrogatepass")).digest()[:16]

"""The default backend: FAISS, flat, inner product.

Saved through Python bytes, because faiss cannot open non-ASCII paths on some systems.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError
from index.backends.base import Ranked, Vectors

__all__ = ["FaissBackend"]


class FaissBackend:
    """``IndexFlatIP`` over unit vectors."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> FaissBackend:
        """Index the vectors, shape (rows, dimension), unit length."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def search(self, queries: Vectors, k: int, among: NDArray[np.int64] | None = None) -> Ranked:
        """See ``Backend.search``."""
        import faiss

        parameters: Any = None
        if among is not None:
            wanted = np.zeros(self._index.ntotal, dtype=bool)
            wanted[among] = True
            bits = np.packbits(wanted, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, rows = self._index.search(np.ascontiguousarray(queries), k, params=parameters)
        scores[rows < 0] = -np.inf
        order = np.lexsort((rows, -scores), axis=1)
        return np.take_along_axis(scores, order, axis=1), np.take_along_axis(rows, order, axis=1)

    def vectors(self) -> Vectors:
        """See ``Backend.vectors``."""
        rows: Vectors = self._index.reconstruct_n(0, self._index.ntotal)
        return rows

    def save(self, path: Path) -> None:
        """Write faiss's own format."""
        import faiss

        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> FaissBackend:
        """Read what ``save`` wrote."""
        import faiss

        try:
            content = np.frombuffer(path.read_bytes(), dtype=np.uint8)
            return cls(faiss.deserialize_index(content))
        except (OSError, RuntimeError) as exc:
            raise DamagedError(f"向量文件损坏：{path}，请重新建库：faju build --force") from exc

"""The default backend: FAISS, inner product; flat, and above a size by lists of near vectors.

The lists (IVF, a byte a component) are as many as 1.5 times the square root of the rows; a query
looks into a quarter of them. Chosen on laws and jittered copies of them (docs/scale.md).
Saved through Python bytes, because faiss cannot open non-ASCII paths on some systems.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError
from index.backends.base import Ranked, Vectors, Where

__all__ = ["FaissBackend"]

FLAT = 65_536
"""Rows up to which every vector is compared: 10 ms a query."""
_LISTS, _LOOKED_INTO = 1.5, 0.25
_ROUNDS, _SAMPLE = 6, 64
"""Of k-means, and how many vectors it learns each list from."""
_FEW = 0.125
"""Of all rows; where so few are let through, all lists are looked into."""


class FaissBackend:
    """``IndexFlatIP`` over unit vectors, ``IndexIVFScalarQuantizer`` over many."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, flat: int = FLAT) -> FaissBackend:
        """Index the vectors, shape (rows, dimension), unit length; above ``flat`` rows by lists."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        if len(vectors) > flat:
            index = _by_lists(index, vectors)
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    def search(
        self,
        queries: Vectors,
        k: int,
        among: NDArray[np.int64] | None = None,
        where: Where | None = None,
    ) -> Ranked:
        """See ``Backend.search``."""
        import faiss

        selector = None
        if among is not None:
            wanted = np.zeros(self._index.ntotal, dtype=bool)
            wanted[among] = True
            bits = np.packbits(wanted, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
        looked_into = self._looked_into(among)
        parameters: Any = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        if looked_into:
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=looked_into)  # type: ignore[call-arg]
        scores, rows = self._index.search(np.ascontiguousarray(queries), k, params=parameters)
        scores[rows < 0] = -np.inf
        order = np.lexsort((rows, -scores), axis=1)
        return np.take_along_axis(scores, order, axis=1), np.take_along_axis(rows, order, axis=1)

    def _looked_into(self, among: NDArray[np.int64] | None) -> int:
        """How many lists a query looks into; 0 where there are none."""
        lists: int = getattr(self._index, "nlist", 0)
        if among is not None and len(among) < _FEW * self._index.ntotal:
            return lists
        return -int(-lists * _LOOKED_INTO // 1)

    def vectors(self) -> Vectors:
        """See ``Backend.vectors``; by lists they come back as they are kept, to a byte."""
        if hasattr(self._index, "make_direct_map"):
            self._index.make_direct_map()
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


def _by_lists(quantizer: Any, vectors: Vectors) -> Any:
    """An index that has learned its lists; on one thread, so that the same rows give the same."""
    import faiss
    import threadpoolctl

    lists = max(1, int(_LISTS * len(vectors) ** 0.5))
    kind = faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexIVFScalarQuantizer(
        quantizer, vectors.shape[1], lists, kind, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter, index.cp.max_points_per_centroid = _ROUNDS, _SAMPLE
    with threadpoolctl.threadpool_limits(1):
        index.train(np.ascontiguousarray(vectors))
    return index

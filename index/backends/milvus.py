"""Vectors in Milvus: a server, or milvus-lite inside this program, and many readers.

Each generation has a collection of its own, named after what is in it; it is filled before the
generation is switched to, and never changed. A reader asks the collection that its generation's
file names, so it sees all of one library or all of another. The alias, the name that was given,
is for other programs: it is moved after the switch. Of older collections the one that readers may
have open still is dropped by the build after.

Words, token vectors and documents stay in the generation's folder: a reader has to read them there
to quote, and 100 candidates' token vectors are read from the mapped file in less time than one more
round trip takes (and Milvus 2.3 has no type for them but text).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError, InputError, checksum
from index.backends.base import Columns, Ranked, Vectors, Where
from index.backends.milvus_server import (
    MilvusServer,
    connected,
    keep_token,
    kept_token,
    problems_of,
)

__all__ = ["MilvusBackend", "MilvusMaker", "remembered_server"]

_BATCH = 1000
_IDS = 10_000
"""Row numbers in one filter; more are asked in several searches."""
_DEEPEST = 16_384
"""Hits of one search; the server gives no more."""
_READING, _WRITING = 30.0, 600.0  # seconds
_LENGTH = 65_535
_HNSW = {"M": 16, "efConstruction": 200}


class MilvusBackend:
    """The collection of one generation, ``rows`` long."""

    def __init__(self, server: MilvusServer, client: Any, name: str, rows: int) -> None:
        self.server, self.name = server, name
        self._client, self._rows = client, rows

    def search(
        self,
        queries: Vectors,
        k: int,
        among: NDArray[np.int64] | None = None,
        where: Where | None = None,
    ) -> Ranked:
        """See ``Backend.search``."""
        depth = min(k, _DEEPEST)
        parts = [self._search(queries, depth, each) for each in _conditions(among, where)]
        scores = np.hstack([each for each, _ in parts])
        rows = np.hstack([each for _, each in parts])
        order = np.lexsort((rows, -scores), axis=1)[:, :k]
        lacking = ((0, 0), (0, k - order.shape[1]))
        best = np.take_along_axis(scores, order, axis=1)
        numbers = np.take_along_axis(rows, order, axis=1)
        return (
            np.pad(best, lacking, constant_values=-np.inf),
            np.pad(numbers, lacking, constant_values=-1),
        )

    def _search(self, queries: Vectors, k: int, condition: str) -> Ranked:
        from pymilvus import MilvusException

        parameters = {"ef": max(2 * k, 256)} if self.server.index == "HNSW" else {}
        asked = {
            "data": list(queries),
            "limit": k,
            "filter": condition,
            "search_params": {"metric_type": "IP", "params": parameters},
            "timeout": _READING,
        }
        with problems_of(self.server):
            try:
                answers = self._client.search(self.name, **asked)
            except MilvusException as exc:
                if "not loaded" not in str(exc):
                    raise
                # The server was started again, or somebody released it.
                self._client.load_collection(self.name, timeout=_READING)
                answers = self._client.search(self.name, **asked)
        scores = np.full((len(queries), k), -np.inf, np.float32)
        rows = np.full((len(queries), k), -1, np.int64)
        for query, hits in enumerate(answers):
            scores[query, : len(hits)] = [hit["distance"] for hit in hits]
            rows[query, : len(hits)] = [hit["id"] for hit in hits]
        return scores, rows

    def vectors(self) -> Vectors:
        """See ``Backend.vectors``."""
        held: dict[int, NDArray[np.float32]] = {}
        for start in range(0, self._rows, _BATCH):
            with problems_of(self.server):
                part = self._client.query(
                    self.name,
                    filter=f"id >= {start} and id < {start + _BATCH}",
                    output_fields=["id", "vector"],
                    timeout=_WRITING,
                )
            held |= {entity["id"]: np.array(entity["vector"], np.float32) for entity in part}
        if len(held) != self._rows:
            raise DamagedError(
                f"Milvus 集合 {self.name} 里少了向量，请重新建库：faju build --force"
            )
        return np.stack([held[row] for row in range(self._rows)])

    def save(self, path: Path) -> None:
        """Write where the collection is; the vectors are on the server."""
        held = {**self.server.remembered(), "name": self.name, "rows": self._rows}
        path.write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> MilvusBackend:
        """Connect to what ``save`` wrote down; DamagedError where the collection is gone."""
        server, name, rows = _read(path)
        client = connected(server)
        with problems_of(server):
            if not client.has_collection(name, timeout=_READING):
                raise DamagedError(
                    f"Milvus（{server.uri}）里的集合 {name} 不见了，请重新建库：faju build --force"
                )
            client.load_collection(name, timeout=_WRITING)
        return cls(server, client, name, rows)


class MilvusMaker:
    """Makes the collection of a new generation of ``home``, and lets others see it.

    Raises, before anything is made, whatever keeps it from being made.
    """

    name = "milvus"

    def __init__(self, server: MilvusServer, home: Path, current: Path | None) -> None:
        """``current`` is the folder of the generation in use."""
        self._server, self._client = server, connected(server)
        self._made = ""
        # Two homes never have collections of one name, so neither drops the other's.
        self._ours = f"{server.collection}_{checksum(str(home).encode())[:8]}_"
        path = current / "vectors.milvus" if current else None
        self._current = _read(path)[1] if path and path.is_file() else ""
        self._check_alias()
        keep_token(home / "index", server.token)

    def make(self, vectors: Vectors, columns: Columns) -> MilvusBackend:
        """The vectors, shape (rows, dimension), unit length, in a collection that can be asked."""
        self._made = self._ours + _digest(self._server, vectors, columns)
        with problems_of(self._server):
            self._drop_all_but({self._current, self._made})
            if not self._complete(len(vectors)):
                self._client.drop_collection(self._made, timeout=_WRITING)
                self._create(vectors.shape[1], columns)
                for batch in _batches(vectors, columns):
                    self._client.insert(self._made, batch, timeout=_WRITING)
                self._client.flush(self._made, timeout=_WRITING)
            self._client.load_collection(self._made, timeout=_WRITING)
            if not self._complete(len(vectors)):
                raise DamagedError(f"Milvus 集合 {self._made} 没有写全，请再运行一次 faju build。")
        return MilvusBackend(self._server, self._client, self._made, len(vectors))

    def publish(self) -> None:
        """The generation made is in use: the alias names its collection from now on."""
        move = self._client.alter_alias if self._alias() else self._client.create_alias
        with problems_of(self._server):
            move(self._made, self._server.collection, timeout=_WRITING)

    def _check_alias(self) -> None:
        name, there = self._server.collection, self._alias()
        if there and there != self._current and not there.startswith(self._ours):
            raise InputError(
                f"Milvus 里的名称 {name} 已由别的文库使用（集合 {there}），"
                "请用 --milvus-collection 换一个名称。"
            )

    def _alias(self) -> str:
        """The collection that the given name stands for; "" for none."""
        name = self._server.collection
        with problems_of(self._server):
            if not self._client.has_collection(name, timeout=_READING):
                return ""
            held = self._client.describe_collection(name, timeout=_READING)
        return str(held["collection_name"])

    def _complete(self, rows: int) -> bool:
        if not self._client.has_collection(self._made, timeout=_READING):
            return False
        self._client.load_collection(self._made, timeout=_WRITING)
        counted = self._client.query(
            self._made,
            filter="",
            output_fields=["count(*)"],
            consistency_level="Strong",
            timeout=_WRITING,
        )
        return bool(counted[0]["count(*)"] == rows)

    def _create(self, dimension: int, columns: Columns) -> None:
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        for name, values in columns.items():
            if isinstance(values[0], bool):
                schema.add_field(name, DataType.BOOL)
            else:
                schema.add_field(name, DataType.VARCHAR, max_length=_LENGTH)
        index = MilvusClient.prepare_index_params()
        kind = self._server.index
        parameters = _HNSW if kind == "HNSW" else {}
        index.add_index("vector", index_type=kind, metric_type="IP", params=parameters)
        self._client.create_collection(
            self._made, schema=schema, index_params=index, timeout=_WRITING
        )

    def _drop_all_but(self, kept: set[str]) -> None:
        """What killed builds left, and generations that no reader has open any more."""
        for name in self._client.list_collections(timeout=_READING):
            if name.startswith(self._ours) and name not in kept:
                self._client.drop_collection(name, timeout=_WRITING)


def remembered_server(folder: Path) -> MilvusServer:
    """The server that a generation's vectors are on, with its token."""
    return _read(folder / "vectors.milvus")[0]


def _read(path: Path) -> tuple[MilvusServer, str, int]:
    try:
        held = json.loads(path.read_bytes())
        name, rows = str(held.pop("name")), int(held.pop("rows"))
        server = MilvusServer(**held)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise DamagedError(f"向量文件损坏：{path}，请重新建库：faju build --force") from exc
    return kept_token(path.parent.parent, server), name, rows


def _digest(server: MilvusServer, vectors: Vectors, columns: Columns) -> str:
    """Sixteen hexadecimal digits that change with whatever a collection holds."""
    digest = hashlib.sha256(np.ascontiguousarray(vectors).tobytes())
    digest.update(json.dumps([server.index, {name: [*v] for name, v in columns.items()}]).encode())
    return digest.hexdigest()[:16]


def _batches(vectors: Vectors, columns: Columns) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(vectors), _BATCH):
        rows = range(start, min(start + _BATCH, len(vectors)))
        yield [
            {"id": row, "vector": vectors[row], **{name: v[row] for name, v in columns.items()}}
            for row in rows
        ]


def _conditions(among: NDArray[np.int64] | None, where: Where | None) -> Sequence[str]:
    """Filters in Milvus' words that let these rows through, each some of them."""
    if among is None:
        return [""]
    if where is not None:
        return [" or ".join(f"({_all_of(columns)})" for columns in where)]
    parts = [among[start : start + _IDS] for start in range(0, len(among), _IDS)]
    return [f"id in {json.dumps(part.tolist())}" for part in parts]


def _all_of(columns: Any) -> str:
    said = (
        f"{name} in {json.dumps(list(values), ensure_ascii=False)}"
        for name, values in columns.items()
    )
    return " and ".join(said)

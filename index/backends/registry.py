"""Backends by name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from corpus import InputError
from index.backends.base import Backend, Columns, Vectors
from index.backends.milvus_server import MilvusServer

__all__ = ["BackendName", "Maker", "load_backend", "make_backend", "maker"]

BackendName = Literal["faiss", "exact", "milvus"]


class Maker(Protocol):
    """Makes the vectors of a new generation."""

    @property
    def name(self) -> str:
        """The backend's."""
        ...

    def make(self, vectors: Vectors, columns: Columns) -> Backend:
        """A backend over the vectors, shape (rows, dimension), unit length."""
        ...

    def publish(self) -> None:
        """The generation is in use from now on."""
        ...


class _Local(NamedTuple):
    """All is in the generation's folder."""

    name: BackendName

    def make(self, vectors: Vectors, columns: Columns) -> Backend:
        return make_backend(self.name, vectors)

    def publish(self) -> None:
        pass


def maker(
    name: BackendName, home: Path, current: Path | None, server: MilvusServer | None = None
) -> Maker:
    """What makes the vectors of a home's next generation; ``current`` is the one in use.

    Raises FajuError for a server that is not there or does not let us in.
    """
    if name != "milvus":
        return _Local(name)
    if server is None:
        raise InputError("请用 --milvus-uri 指明 Milvus 服务器，例如 http://127.0.0.1:19530。")
    from index.backends.milvus import MilvusMaker

    return MilvusMaker(server, home, current)


def make_backend(name: BackendName, vectors: Vectors) -> Backend:
    """A backend of this program over the vectors, shape (rows, dimension), unit length."""
    if name == "exact":
        from index.backends.exact import ExactBackend

        return ExactBackend(vectors)
    from index.backends.faiss import FaissBackend

    return FaissBackend.build(vectors)


def load_backend(name: str, folder: Path) -> Backend:
    """Read the backend's file in a generation's folder."""
    path = folder / f"vectors.{name}"
    if name == "exact":
        from index.backends.exact import ExactBackend

        return ExactBackend.load(path)
    if name == "milvus":
        from index.backends.milvus import MilvusBackend

        return MilvusBackend.load(path)
    from index.backends.faiss import FaissBackend

    return FaissBackend.load(path)

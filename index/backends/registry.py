"""Backends by name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from index.backends.base import Backend, Vectors

__all__ = ["BackendName", "load_backend", "make_backend"]

BackendName = Literal["faiss", "exact"]


def make_backend(name: BackendName, vectors: Vectors) -> Backend:
    """A backend over the vectors, shape (rows, dimension), unit length."""
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
    from index.backends.faiss import FaissBackend

    return FaissBackend.load(path)

"""Interchangeable vector backends behind one contract (``base``)."""

from index.backends.base import Backend
from index.backends.registry import BackendName, load_backend, make_backend

__all__ = ["Backend", "BackendName", "load_backend", "make_backend"]

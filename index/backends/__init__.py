"""Interchangeable vector backends behind one contract (``base``)."""

from index.backends.base import Backend, Columns, Where
from index.backends.milvus import remembered_server
from index.backends.milvus_server import MilvusIndex, MilvusServer
from index.backends.registry import BackendName, Maker, load_backend, maker

__all__ = [
    "Backend",
    "BackendName",
    "Columns",
    "Maker",
    "MilvusIndex",
    "MilvusServer",
    "Where",
    "load_backend",
    "maker",
    "remembered_server",
]

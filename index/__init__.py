"""From records to ranked hits: the embedding model, vectors, words, and both together."""

from index.backends import BackendName
from index.build import build_index, open_index
from index.filters import Filters
from index.generation import Manifest, read_manifest
from index.hybrid import RUNS, Found, Index, Run

__all__ = [
    "RUNS",
    "BackendName",
    "Filters",
    "Found",
    "Index",
    "Manifest",
    "Run",
    "build_index",
    "open_index",
    "read_manifest",
]

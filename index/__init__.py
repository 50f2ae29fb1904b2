"""From records to ranked hits: the embedding model, vectors, words, and both together."""

from index.build import BackendName, Manifest, build_index, open_index, read_manifest
from index.filters import Filters
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

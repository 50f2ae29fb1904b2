"""From records to ranked hits: the embedding model, vectors, words, and both together."""

from index.build import build_index, open_index
from index.fields import subject
from index.filters import Filters
from index.generation import (
    Manifest,
    complete_samples,
    current_folder,
    damaged_index_files,
    document_ids,
    in_use,
    read_manifest,
)
from index.hybrid import RUNS, Found, Index, Run
from index.lexical import shared_tokens, tokens, words
from index.rerank import READ, read_part, reranked
from index.text import normal, simplified
from index.translation import explained, lexicon_checksum

__all__ = [
    "READ",
    "RUNS",
    "Filters",
    "Found",
    "Index",
    "Manifest",
    "Run",
    "build_index",
    "complete_samples",
    "current_folder",
    "damaged_index_files",
    "document_ids",
    "explained",
    "in_use",
    "lexicon_checksum",
    "normal",
    "open_index",
    "read_manifest",
    "read_part",
    "reranked",
    "shared_tokens",
    "simplified",
    "subject",
    "tokens",
    "words",
]

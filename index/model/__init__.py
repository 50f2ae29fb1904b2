"""The embedding model: prepared once, then read by ONNX Runtime alone."""

from index.model.embed import Embedder, Encoded, load_embedder
from index.model.prepared import BUNDLED, find_model, prepare_model
from index.model.reader import Reader

__all__ = [
    "BUNDLED",
    "Embedder",
    "Encoded",
    "Reader",
    "find_model",
    "load_embedder",
    "prepare_model",
]

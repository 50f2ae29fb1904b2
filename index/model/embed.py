"""Texts to unit vectors, with the prepared model: nothing but ONNX Runtime and its tokenizer.

Every text runs through the model on its own, so its vector cannot depend on its neighbours, and
threads take texts side by side: faster here than padded batches (`benchmarks/measure/encoder.py`).
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.maxsim import quantised
from index.model.encoded import Embedder, Encoded, Kind, Progress, clean
from index.model.manifest import ModelManifest, verify_model
from index.model.named import NamedEmbedder
from index.model.packaged import PROJECTION_FILE
from index.model.prepared import MODEL_FILE, TOKENIZER_FILE
from index.model.projection import Projection
from index.model.session import open_session

if TYPE_CHECKING:
    from tokenizers import Encoding

__all__ = ["OnnxEmbedder", "load_embedder"]


@dataclass(frozen=True)
class _States:
    pooled: NDArray[np.float32]
    tokens: NDArray[np.float32]
    spans: NDArray[np.int32]


def load_embedder(model_dir: Path, *, threads: int | None = None) -> Embedder:
    """Load the model that `prepare_model` made, after checking every file of it.

    Raises MissingError where there is none, DamagedError where a file is not what was written.
    """
    manifest = verify_model(model_dir)
    if manifest.kind == "onnx":
        return OnnxEmbedder(model_dir, manifest, threads=threads)
    return NamedEmbedder(model_dir, manifest, threads=threads)


class OnnxEmbedder:
    """The bundled model on ONNX Runtime; loads neither torch nor transformers."""

    def __init__(
        self, model_dir: Path, manifest: ModelManifest, *, threads: int | None = None
    ) -> None:
        from tokenizers import Tokenizer

        self.name = manifest.name
        self.dimension = manifest.dimension
        self.fingerprint = manifest.fingerprint
        self._prompts = {"query": manifest.query_prompt, "passage": manifest.passage_prompt}
        self._threads = (os.cpu_count() or 1) if threads is None else max(1, threads)
        self._session = open_session(model_dir / MODEL_FILE)
        self._projection = Projection.load((model_dir / PROJECTION_FILE).read_bytes())
        self.token_dimension = self._projection.directions.shape[1]
        self._tokenizer = Tokenizer.from_buffer((model_dir / TOKENIZER_FILE).read_bytes())
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(manifest.max_tokens)

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Encoded:
        """Vectors of questions or passages; `progress` hears (done, total).

        The model reads the prefix and the special tokens; their token vectors are left out. A text
        beyond the model's length gives the tokens that were read.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens = [np.empty((0, self.token_dimension), np.int8)] * len(texts)
        spans = [np.empty((0, 2), np.int32)] * len(texts)

        def keep(place: int, states: _States) -> None:
            vectors[place] = states.pooled
            tokens[place] = quantised(self._projection.tokens(states.tokens))
            spans[place] = states.spans

        self._run(texts, kind, keep, progress)
        return Encoded(self._projection.pooled(vectors), tokens, spans)

    def raw_vectors(
        self, texts: Sequence[str], kind: Kind
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """The model's own unit vectors, before the projection: pooled, and of the tokens."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens = [np.empty((0, self.dimension), np.float32)] * len(texts)

        def keep(place: int, states: _States) -> None:
            vectors[place] = states.pooled
            tokens[place] = states.tokens

        self._run(texts, kind, keep, None)
        return vectors, tokens

    def _run(
        self,
        texts: Sequence[str],
        kind: Kind,
        keep: "Callable[[int, _States], None]",
        progress: Progress | None,
    ) -> None:
        """Give `keep` each text's states, the longest text first."""
        end_of_prompt = len(self._prompts[kind])

        def work(place: int) -> None:
            encoding = self._tokenizer.encode(self._prompts[kind] + clean(texts[place]))
            (hidden,) = self._session.run(None, {"input_ids": np.array([encoding.ids], np.int64)})
            keep(place, _states(encoding, hidden[0], end_of_prompt))

        places = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        if len(texts) == 1 or self._threads == 1:
            _count(map(work, places), len(texts), progress)
            return
        with ThreadPoolExecutor(self._threads) as pool:
            try:
                _count(pool.map(work, places), len(texts), progress)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise


def _states(encoding: "Encoding", hidden: NDArray[np.float32], end_of_prompt: int) -> _States:
    offsets = np.array(encoding.offsets, np.int32).reshape(-1, 2)
    own = (np.array(encoding.special_tokens_mask) == 0) & (offsets[:, 1] > end_of_prompt)
    mean = hidden.mean(axis=0)
    rows = hidden[own]
    return _States(
        mean / np.linalg.norm(mean),
        rows / np.linalg.norm(rows, axis=1, keepdims=True),
        np.maximum(offsets[own] - end_of_prompt, 0),
    )


def _count(finished: Any, total: int, progress: Progress | None) -> None:
    for done, _ in enumerate(finished, 1):
        if progress is not None:
            progress(done, total)

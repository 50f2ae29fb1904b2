"""Texts to unit vectors, with the prepared model: nothing but ONNX Runtime and its tokenizer.

Every text runs through the model on its own, so its vector cannot depend on its neighbours, and
threads take texts side by side: faster here than padded batches (`benchmarks/measure/encoder.py`).
"""

import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.maxsim import quantised
from index.model.manifest import ModelManifest, verify_model
from index.model.packaged import PROJECTION_FILE
from index.model.prepared import MODEL_FILE, TOKENIZER_FILE, WEIGHTS_FOLDER
from index.model.projection import Projection
from index.model.session import open_session

if TYPE_CHECKING:
    from tokenizers import Encoding

__all__ = [
    "Embedder",
    "Encoded",
    "Kind",
    "OnnxEmbedder",
    "SentenceTransformerEmbedder",
    "load_embedder",
]

Kind = Literal["query", "passage"]
Progress = Callable[[int, int], None]

# A token of the bundled vocabulary stands for 16 characters at most: no character after this many
# can be within the first 512 tokens, unless most of those before are runs of spaces.
LONGEST_TEXT = 20_000
UNENCODABLE = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True)
class Encoded:
    """Texts as the search sees them.

    ``vectors`` unit rows (texts, dimension); for each text ``tokens``, the unit vectors of its own
    tokens as bytes (tokens, token dimension; see ``index.maxsim``), and ``spans`` (tokens, 2), the
    characters of the text each stands for.
    """

    vectors: NDArray[np.float32]
    tokens: list[NDArray[np.int8]]
    spans: list[NDArray[np.int32]]


@dataclass(frozen=True)
class _States:
    pooled: NDArray[np.float32]
    tokens: NDArray[np.float32]
    spans: NDArray[np.int32]


class Embedder(Protocol):
    """What turns questions and passages into vectors whose inner product is their likeness."""

    @property
    def name(self) -> str:
        """The model's name, for people."""
        ...

    @property
    def dimension(self) -> int:
        """The width of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""
        ...

    @property
    def token_dimension(self) -> int:
        """The width of a token vector; 0 where the model is used without them."""
        ...

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Encoded:
        """Vectors of questions or passages; `progress` hears (done, total)."""
        ...


def load_embedder(model_dir: Path, *, threads: int | None = None) -> Embedder:
    """Load the model that `prepare_model` made, after checking every file of it.

    Raises MissingError where there is none, DamagedError where a file is not what was written.
    """
    manifest = verify_model(model_dir)
    if manifest.kind == "onnx":
        return OnnxEmbedder(model_dir, manifest, threads=threads)
    return SentenceTransformerEmbedder(model_dir, manifest, threads=threads)


def _clean(text: str) -> str:
    return UNENCODABLE.sub("\ufffd", text[:LONGEST_TEXT])


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
            encoding = self._tokenizer.encode(self._prompts[kind] + _clean(texts[place]))
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


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, with the prompts it brings."""

    def __init__(
        self, model_dir: Path, manifest: ModelManifest, *, threads: int | None = None
    ) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        if threads is not None:
            torch.set_num_threads(max(1, threads))
        self.name = manifest.name
        self.dimension = manifest.dimension
        self.fingerprint = manifest.fingerprint
        folder = str(model_dir / WEIGHTS_FOLDER)
        self.token_dimension = 0
        self._model = SentenceTransformer(folder, device="cpu", local_files_only=True)

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Encoded:
        """Vectors of questions or passages, no token vectors; `progress` hears (done, total)."""
        call = self._model.encode_query if kind == "query" else self._model.encode_document
        none = [np.empty((0, 0), np.int8)] * len(texts), [np.empty((0, 2), np.int32)] * len(texts)
        return Encoded(self._encode(call, texts, progress), *none)

    def _encode(
        self, encode: Callable[..., Any], texts: Sequence[str], progress: Progress | None
    ) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        places = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(places), 8):
            batch = places[start : start + 8]
            vectors[batch] = encode(
                [_clean(texts[place]) for place in batch],
                batch_size=8,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            if progress is not None:
                progress(start + len(batch), len(places))
        return vectors

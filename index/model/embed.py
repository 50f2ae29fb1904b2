"""Texts to unit vectors, with the prepared model: nothing but its runtime and its tokenizer.

Texts run through the model alone or beside texts of exactly their length: nothing is padded, so a
vector cannot depend on its neighbours. Threads take texts, or batches of them, side by side.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.maxsim import quantised
from index.model.encoded import Embedder, Encoded, Kind, Progress, clean
from index.model.manifest import ModelManifest, verify_model
from index.model.named import NamedEmbedder
from index.model.packaged import PROJECTION_FILE
from index.model.prepared import MODEL_FILE
from index.model.projection import Projection
from index.model.runtimes import MANY, OnnxRuntime, Runtime, for_many
from index.model.tokenizing import TextTokenizer, Tokens

__all__ = ["OnnxEmbedder", "load_embedder"]

_AT_ONCE = 4096
"""Texts whose tokens are held in memory while they are put in batches."""


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
    """The bundled model; loads neither torch nor transformers."""

    def __init__(
        self, model_dir: Path, manifest: ModelManifest, *, threads: int | None = None
    ) -> None:
        self.name = manifest.name
        self.dimension = manifest.dimension
        self.fingerprint = manifest.fingerprint
        self._prompts = {"query": manifest.query_prompt, "passage": manifest.passage_prompt}
        self._threads = (os.cpu_count() or 1) if threads is None else max(1, threads)
        self._graph = model_dir / MODEL_FILE
        self._runtime: Runtime = OnnxRuntime(self._graph)
        self._projection = Projection.load((model_dir / PROJECTION_FILE).read_bytes())
        self.token_dimension = self._projection.directions.shape[1]
        self._tokenizer = TextTokenizer(model_dir, manifest.max_tokens)

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
        """Give `keep` each text's states, the longest texts first."""
        prompt = self._prompts[kind]
        faster = self._faster if len(texts) >= MANY else None
        runtime = self._runtime if faster is None else faster

        def work(batch: _Batch) -> int:
            states = runtime.run(np.stack([tokens.ids for tokens in batch.values()]))
            for (place, tokens), hidden in zip(batch.items(), states, strict=True):
                keep(place, _states(tokens, hidden, len(prompt)))
            return len(batch)

        places = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        read = ((n, self._tokenizer.encode(prompt + clean(texts[n]))) for n in places)
        batches = _batches(read, runtime.rows)
        if len(texts) == 1 or self._threads == 1:
            _count(map(work, batches), len(texts), progress)
            return
        with ThreadPoolExecutor(self._threads) as pool:
            try:
                _count(_side_by_side(pool, work, batches), len(texts), progress)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    @cached_property
    def _faster(self) -> Runtime | None:
        return for_many(self._graph, self._threads)


_Batch = dict[int, Tokens]


def _batches(read: Iterable[tuple[int, Tokens]], rows: int) -> Iterator[_Batch]:
    """At most ``rows`` texts of one number of tokens; neighbours are of about one length."""
    texts = iter(read)
    while held := list(islice(texts, _AT_ONCE)):
        alike: dict[int, list[tuple[int, Tokens]]] = {}
        for place, tokens in held:
            alike.setdefault(len(tokens.ids), []).append((place, tokens))
        for group in alike.values():
            for first in range(0, len(group), rows):
                yield dict(group[first : first + rows])


def _side_by_side(
    pool: ThreadPoolExecutor, work: Callable[[_Batch], int], batches: Iterator[_Batch]
) -> Iterator[int]:
    """The work of a pool, a part of the batches at a time: a pool takes all it is given at once."""
    while held := list(islice(batches, _AT_ONCE)):
        yield from pool.map(work, held)


def _states(tokens: Tokens, hidden: NDArray[np.float32], end_of_prompt: int) -> _States:
    own = ~tokens.special & (tokens.spans[:, 1] > end_of_prompt)
    mean = hidden.mean(axis=0)
    rows = hidden[own]
    return _States(
        mean / np.linalg.norm(mean),
        rows / np.linalg.norm(rows, axis=1, keepdims=True),
        np.maximum(tokens.spans[own] - end_of_prompt, 0),
    )


def _count(finished: Iterable[int], total: int, progress: Progress | None) -> None:
    """Tell ``progress`` how many of the texts are done."""
    done = 0
    for count in finished:
        done += count
        if progress is not None:
            progress(done, total)

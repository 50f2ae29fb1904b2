"""What any sentence-transformers model makes of a text: its vector, and those of its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.model.encoded import Kind, clean
from index.model.projection import unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["States", "named_states"]

_BATCH = 8


@dataclass(frozen=True)
class States:
    """Of the text at ``place``: ``pooled`` (dimension,), ``tokens`` (tokens, width), unit rows.

    ``spans`` (tokens, 2) are the characters each token stands for. A text whose tokens cannot be
    told apart has none: its tokenizer gives no offsets, or the model cuts the text in its own way.
    """

    place: int
    pooled: NDArray[np.float32]
    tokens: NDArray[np.float32]
    spans: NDArray[np.int32]


def named_states(
    model: SentenceTransformer, texts: Sequence[str], kind: Kind, prompt: str
) -> Iterator[States]:
    """The states of each text, the shortest first, without those of ``prompt``."""
    encode = model.encode_query if kind == "query" else model.encode_document
    places = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(places), _BATCH):
        batch = places[start : start + _BATCH]
        said = [clean(texts[place]) for place in batch]
        outputs: Any = encode(said, batch_size=_BATCH, output_value=None, show_progress_bar=False)
        for place, text, output in zip(batch, said, outputs, strict=True):
            rows = output["token_embeddings"][output["attention_mask"].bool()].float().numpy()
            own, spans = _offsets(model, prompt, text, len(rows))
            pooled = output["sentence_embedding"].float().numpy()
            yield States(place, unit(pooled), unit(rows[own]), spans)


def _offsets(
    model: SentenceTransformer, prompt: str, text: str, count: int
) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Which of a text's ``count`` tokens are its own, and the characters those stand for."""
    nothing = np.zeros(count, bool), np.empty((0, 2), np.int32)
    if not getattr(model.tokenizer, "is_fast", False):
        return nothing
    encoding: Any = model.tokenizer(
        prompt + text,
        truncation=True,
        max_length=model.max_seq_length,
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
    )
    offsets = np.array(encoding["offset_mapping"], np.int32).reshape(-1, 2)
    if len(offsets) != count:
        return nothing
    special = np.array(encoding["special_tokens_mask"], bool)
    own = ~special & (offsets[:, 1] > len(prompt))
    return own, np.maximum(offsets[own] - len(prompt), 0)

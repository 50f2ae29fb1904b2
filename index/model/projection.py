"""A model's vectors freed of what they all share, and its token vectors made small.

Vectors of this model family crowd around one direction, so that everything resembles everything.
Taking away the mean (Mu and Viswanath, All-but-the-Top, ICLR 2018) spreads them out; the tokens'
main directions (PCA) hold what late interaction needs in a third of the room. The three arrays are
fitted once on a sample of the laws and belong to the model, not to a library, so that adding a
document changes no vector of another. Those of the bundled model come with it
(benchmarks/train/fit_projection.py); of any other they are fitted when it is prepared.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Projection", "unit"]

KEPT = 128
"""Directions of the tokens that are kept, where the model has so many."""

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Projection:
    """``passage_mean`` and ``token_mean`` (dimension,), ``directions`` (dimension, kept)."""

    passage_mean: Array
    token_mean: Array
    directions: Array

    @classmethod
    def load(cls, content: bytes) -> Projection:
        """From the bytes of a safetensors file."""
        from safetensors.numpy import load

        arrays = load(content)
        return cls(**{name: array.astype(np.float32) for name, array in arrays.items()})

    @classmethod
    def fit(cls, pooled: Array, tokens: Array) -> Projection:
        """From unit rows of passages (passages, dimension) and of their tokens (tokens, width)."""
        mean = tokens.mean(axis=0)
        _, directions = np.linalg.eigh(np.atleast_2d(np.cov((tokens - mean).T)))
        kept = np.ascontiguousarray(directions[:, ::-1][:, :KEPT])
        return cls(pooled.mean(axis=0), mean, kept.astype(np.float32))

    def content(self) -> bytes:
        """The bytes of a safetensors file, in half precision."""
        from safetensors.numpy import save

        return save({name: array.astype(np.float16) for name, array in asdict(self).items()})

    def pooled(self, vectors: Array) -> Array:
        """Unit rows, centred and of unit length again."""
        return unit(vectors - self.passage_mean)

    def tokens(self, vectors: Array) -> Array:
        """Unit rows of tokens, centred, in fewer dimensions and of unit length again."""
        return unit((vectors - self.token_mean) @ self.directions)


def unit(vectors: NDArray[Any]) -> Array:
    """Rows of length one."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Array = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit

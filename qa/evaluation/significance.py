"""Whether two runs differ: a paired test and an interval for each measure, over the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.measures import MAIN
from qa.records import RunDifference

__all__ = ["CORRECTION", "RESAMPLES", "differences"]

# A p-value of 0.05 is then known to within 0.005.
RESAMPLES = 9999
CORRECTION = "Benjamini–Hochberg"
"""How the p-values are corrected: the share of false findings among those below a level."""

_SEED = 2025
_BATCH = 4_000_000  # numbers held at a time
_LEVEL = 0.95

Values = NDArray[np.float64]


def differences(
    scores: Mapping[str, Mapping[str, Mapping[str, float]]],
) -> tuple[RunDifference, ...]:
    """Every run of ``scores`` (run to question to measure to value) against the first of them.

    Nothing for one run alone, or for fewer than two questions.
    """
    from scipy.stats import false_discovery_control

    runs = list(scores)
    baseline = scores[runs[0]] if runs else {}
    if len(runs) < 2 or len(baseline) < 2:
        return ()
    tested = []
    for run in runs[1:]:
        for measure in MAIN:
            pairs = [(scores[run][id_][measure], baseline[id_][measure]) for id_ in baseline]
            first, second = np.array(pairs, dtype=np.float64).T
            tested.append(_compared((run, runs[0], measure), first, second))
    corrected = false_discovery_control([found["p"] for found in tested], method="bh")
    for found, p in zip(tested, corrected, strict=True):
        found["p_corrected"] = float(p)
    return tuple(tested)


def _compared(names: tuple[str, str, str], run: Values, baseline: Values) -> RunDifference:
    """The difference of a measure between two runs (all three by ``names``), p not corrected."""
    gains = run - baseline
    run_name, baseline_name, measure = names
    low, high = _interval(gains)
    p = _p_value(run, baseline) if gains.any() else 1.0
    won, lost = int((gains > 0).sum()), int((gains < 0).sum())
    return {
        "run": run_name,
        "baseline": baseline_name,
        "measure": measure,
        "n": len(gains),
        "difference": float(gains.mean()),
        "low": low,
        "high": high,
        "p": p,
        "p_corrected": p,
        "won": won,
        "lost": lost,
    }


def _p_value(run: Values, baseline: Values) -> float:
    """Of the paired randomisation test: the two runs swapped on each question by chance."""
    from scipy.stats import permutation_test

    tested = permutation_test(
        (run, baseline),
        lambda first, second, axis: np.mean(first - second, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=_batch(run),
        rng=np.random.default_rng(_SEED),
    )
    return float(tested.pvalue)


def _interval(gains: Values) -> tuple[float, float]:
    from scipy.stats import bootstrap

    found = bootstrap(
        (gains,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=_batch(gains),
        confidence_level=_LEVEL,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def _batch(values: Sequence[float] | Values) -> int:
    return max(1, _BATCH // len(values))

"""Fusion worked out by hand."""

import numpy as np
import pytest

from index.fusion import weighted_sum


def scores(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_weighted_sum_scales_each_run_between_its_best_and_its_depth() -> None:
    fused = weighted_sum([scores(1.0, 0.5, 0.0), scores(0, 4, 2)], [1.0, 0.5], depth=3)
    assert fused == pytest.approx([1.0, 0.5 + 0.5, 0.25])


def test_what_is_not_admitted_gets_nothing() -> None:
    fused = weighted_sum([scores(-np.inf, 0.5, 0.1)], [1.0], depth=2)
    assert fused == pytest.approx([0.0, 1.0, 0.0])


def test_equal_scores_do_not_divide_by_zero() -> None:
    assert weighted_sum([scores(2, 2, 2)], [1.0]) == pytest.approx([0, 0, 0])

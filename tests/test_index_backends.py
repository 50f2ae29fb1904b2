"""Every backend gives the same rows and scores as the exact one."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import DamagedError
from index.backends.base import Backend, Vectors
from index.backends.exact import ExactBackend
from index.backends.faiss import FaissBackend

Make = Callable[[Vectors], Backend]
Load = Callable[[Path], Backend]
BACKENDS: list[tuple[Make, Load]] = [
    (ExactBackend, ExactBackend.load),
    (FaissBackend.build, FaissBackend.load),
]


def unit_rows(count: int, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


@pytest.mark.parametrize(("make", "load"), BACKENDS)
@pytest.mark.parametrize("among", [None, np.array([3, 50, 7, 199])])
def test_backend_agrees_with_the_exact_judge_also_after_a_round_trip(
    make: Make, load: Load, among: NDArray[np.int64] | None, tmp_path: Path
) -> None:
    vectors, queries = unit_rows(200, 1), unit_rows(5, 2)
    expected_scores, expected_rows = ExactBackend(vectors).search(queries, 10, among)
    made = make(vectors)
    made.save(tmp_path / "向量.bin")
    for backend in (made, load(tmp_path / "向量.bin")):
        scores, rows = backend.search(queries, 10, among)
        np.testing.assert_array_equal(rows, expected_rows)
        np.testing.assert_allclose(scores, expected_scores, atol=1e-5)
        np.testing.assert_allclose(backend.vectors(), vectors, atol=1e-6)


@pytest.mark.parametrize(("make", "load"), BACKENDS)
def test_larger_is_better_and_a_vector_finds_itself(make: Make, load: Load) -> None:
    vectors = unit_rows(50, 3)
    scores, rows = make(vectors).search(vectors[7:8], 50)
    assert rows[0, 0] == 7
    assert scores[0, 0] == pytest.approx(1.0, abs=1e-5)
    assert (np.diff(scores[0]) <= 0).all()


@pytest.mark.parametrize(("make", "load"), BACKENDS)
def test_fewer_rows_than_asked_are_filled_with_nothing(make: Make, load: Load) -> None:
    scores, rows = make(unit_rows(3, 4)).search(unit_rows(1, 5), 5)
    assert set(rows[0, :3]) == {0, 1, 2}
    assert list(rows[0, 3:]) == [-1, -1]
    assert np.isneginf(scores[0, 3:]).all()


@pytest.mark.parametrize(("make", "load"), BACKENDS)
def test_a_damaged_file_is_named(make: Make, load: Load, tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    path.write_bytes(b"not vectors at all")
    with pytest.raises(DamagedError, match="faju build"):
        load(path)


def clustered_rows(count: int, seed: int) -> NDArray[np.float32]:
    """Rows around a hundred places, as articles stand around their subjects."""
    dice = np.random.default_rng(seed)
    places = unit_rows(100, 7)[dice.integers(100, size=count)]
    rows = places + 0.2 * dice.normal(size=(count, 16)).astype(np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def test_above_a_size_the_best_rows_are_nearly_all_found_and_saved_the_same(tmp_path: Path) -> None:
    vectors, queries = clustered_rows(5_000, 8), clustered_rows(40, 9)
    made = FaissBackend.build(vectors, flat=1_000)
    expected = ExactBackend(vectors).search(queries, 10)[1]
    scores, rows = made.search(queries, 10)
    shared = [len(set(row) & set(best)) for row, best in zip(rows, expected, strict=True)]
    assert np.mean(shared) >= 9.7
    np.testing.assert_allclose(scores[0], vectors[rows[0]] @ queries[0], atol=0.02)
    made.save(tmp_path / "a")
    FaissBackend.build(vectors, flat=1_000).save(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    np.testing.assert_array_equal(FaissBackend.load(tmp_path / "a").search(queries, 10)[1], rows)


def test_where_few_rows_are_let_through_none_of_them_is_missed() -> None:
    vectors, queries = clustered_rows(5_000, 8), clustered_rows(5, 9)
    among = np.arange(0, 5_000, 50)
    rows = FaissBackend.build(vectors, flat=1_000).search(queries, 100, among)[1]
    assert all(sorted(row) == among.tolist() for row in rows.tolist())

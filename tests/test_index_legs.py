"""Legs of a search, worked out by hand."""

import numpy as np

from index.legs import NOTHING, Leg, candidates, of_best, summed


def leg(**said: float) -> Leg:
    """``r3=0.5``: of row 3 it says 0.5."""
    rows = np.array([int(row[1:]) for row in said], np.int64)
    return Leg(rows, np.array(list(said.values()), np.float32))


def test_of_equal_scores_the_first_rows_are_the_best() -> None:
    assert sorted(leg(r1=0.5, r4=0.9, r6=0.5, r7=0.5, r9=0.1).best(3)) == [1, 4, 6]
    assert leg(r1=0.5).best(3).tolist() == [1]


def test_nothing_is_said_of_other_rows() -> None:
    wanted = np.array([0, 4, 9])
    assert leg(r1=0.5, r4=1).at(wanted).tolist() == [-np.inf, 1, -np.inf]
    assert NOTHING.at(wanted).tolist() == [-np.inf] * 3


def test_rows_that_are_not_admitted_are_left_out() -> None:
    kept = leg(r0=1, r2=0.5).among(np.array([False, True, True]))
    assert (kept.rows.tolist(), kept.scores.tolist()) == ([2], [0.5])


def test_what_words_say_is_added_row_by_row() -> None:
    postings = [
        (np.array([1, 3], np.int32), np.array([1, 2], np.float32)),
        (np.array([3], np.int32), np.array([0.5], np.float32)),
    ]
    rows, scores = summed(postings, 5)
    assert (rows.tolist(), scores.tolist()) == ([1, 3], [1, 2.5])


def test_candidates_are_the_best_of_each_leg_in_the_order_of_the_library() -> None:
    legs = [leg(r2=1, r5=3, r7=2), leg(r0=1), NOTHING]
    assert candidates(legs, 2).tolist() == [0, 5, 7]


def test_rows_of_a_backend_are_put_in_order_and_gaps_left_out() -> None:
    found = of_best(np.array([4, 1, -1]), np.array([0.9, 0.5, -np.inf], np.float32))
    assert (found.rows.tolist(), found.scores.tolist()) == ([1, 4], [0.5, np.float32(0.9)])

"""A few seconds of ``make fuzz``, and what it found once."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Counting
from hypothesis import strategies as st

from benchmarks.measure.fuzz import Target, fuzzed, targets
from qa import Engine, Settings


def test_what_nobody_would_write_is_read_or_refused_in_a_sentence(
    quick_home: Path, quick: Counting
) -> None:
    for number, target in enumerate(targets(Engine.open(Settings.load(quick_home)))):
        fuzzed(target, 5, number)


def test_a_bug_is_seen() -> None:
    with pytest.raises(ZeroDivisionError):
        fuzzed(Target("x", lambda given: 1 / 0, st.just("甲")), 5, 1)

"""Learned translations of words: the table, and passages scored by it."""

from pathlib import Path

import numpy as np
import pytest

from corpus import DamagedError
from index.translation import Table, Translation, bundled_table


def table() -> Table:
    """检查 is asked for as 查店 (0.5) and 检查 (0.25); 养老 as 老人 (0.5)."""
    return Table(
        sources={"检查": 0, "养老": 1},
        targets=("老人", "查店", "检查"),
        starts=np.array([0, 2, 3]),
        target=np.array([1, 2, 0]),
        value=np.array([0.5, 0.25, 0.5], np.float32),
        frequency=np.array([0.01, 0.01, 0.02], np.float32),
    )


def test_a_text_expects_the_words_its_words_are_asked_by() -> None:
    assert table().expected(["检查", "规范"]) == pytest.approx([0, 0.25, 0.125])


def test_a_question_in_other_words_finds_the_passage(tmp_path: Path) -> None:
    made = Translation.build(["规范涉企检查", "发展养老服务"], table())
    made.save(tmp_path)
    for translation in (made, Translation.load(tmp_path)):
        assert translation.leg("查店").rows.tolist() == [0]
        assert not len(translation.leg("无关").rows)


def test_a_word_of_the_passage_itself_counts_too() -> None:
    assert Translation.build(["养老", "检查"], table()).leg("检查").rows.tolist() == [1]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    Translation.build(["检查"], table()).save(tmp_path)
    (tmp_path / "translation-words.json").write_text("{", encoding="utf-8")
    with pytest.raises(DamagedError, match="faju build"):
        Translation.load(tmp_path)


def test_the_bundled_table_knows_what_people_call_things() -> None:
    words = bundled_table().targets
    expected = bundled_table().expected(["行政处罚"])
    best = {words[n] for n in np.argsort(-expected)[:12]}
    assert best & {"罚", "罚款", "罚钱", "被罚", "处罚"}

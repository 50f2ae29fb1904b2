"""A question in another language is told how well such ones are answered, as measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qa.page.language import language_note

SET = Path(__file__).parents[1] / "qa" / "sets" / "languages.jsonl"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("At what age can people get married?", "英文问题按意思去找（试过 30 个，25 个"),
        ("نىكاھلىنىش يېشى قانچە ياش؟", "试过 13 个维吾尔文问题，5 个"),
        ("Неке жасы қанша?", "没有试过"),
        ("多大可以结婚？", ""),
        ("WTO规则怎么说", ""),
        ("12345", ""),
    ],
)
def test_the_note_names_what_was_measured(question: str, said: str) -> None:
    note = language_note(question)
    assert note.startswith(said) or said in note
    assert bool(note) == bool(said)


def test_the_set_has_as_many_questions_as_the_note_says_and_none_in_chinese() -> None:
    records = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    kinds = [record["kind"] for record in records]
    assert (kinds.count("英文"), kinds.count("维吾尔文"), len(kinds)) == (30, 13, 43)
    assert not any(re.search(r"[\u3400-\u9fff]", record["question"]) for record in records)
    assert all(len(record["relevant"]) == 1 for record in records)

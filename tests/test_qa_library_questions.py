"""What people confirmed: found at once, kept by its words, taken back, written as a set."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from doubles.library import CODE, PLAN, small_engine

from corpus import DamagedError, InputError, load_catalog
from corpus.structure import structure
from index import build_index, open_index
from index.model import Embedder
from qa import Engine, Settings
from qa.inputs import read_questions
from qa.library import Confirmed, confirmed_of
from qa.library.questions import FILE

ASKED = "娶媳妇得满几岁呀"
AGES = "第一千零四十七条 结婚年龄，男不得早于二十二周岁，女不得早于二十周岁。"


@pytest.fixture
def engine(fake_embedder: Embedder, tmp_path: Path) -> Engine:
    return small_engine(tmp_path, fake_embedder)


def first(engine: Engine, question: str) -> str:
    return engine.search(question)["hits"][0]["text"].strip()


def confirm(engine: Engine) -> None:
    engine.questions.confirm(f"{ASKED}？", "民法典", CODE.text.index(AGES))


def test_a_confirmed_question_finds_its_passage_at_once(engine: Engine) -> None:
    assert first(engine, ASKED) != AGES
    confirm(engine)
    assert first(engine, ASKED) == AGES
    assert [s["text"] for s in engine.ask(ASKED)["sentences"]] == [AGES]
    assert engine.search(ASKED)["hits"][0]["score"] < 1


def test_another_process_knows_it_and_that_it_was_taken_back(
    engine: Engine, fake_embedder: Embedder, tmp_path: Path
) -> None:
    opened = open_index(tmp_path, lambda manifest: fake_embedder)
    other = Engine(*opened, load_catalog(), engine.settings)
    assert first(other, ASKED) != AGES
    confirm(engine)
    assert first(other, ASKED) == AGES
    assert [each.question for each in other.questions.remove(ASKED)] == [ASKED]
    assert first(engine, ASKED) != AGES


def test_it_outlives_a_new_version_in_which_its_words_stand(
    engine: Engine, fake_embedder: Embedder, tmp_path: Path
) -> None:
    confirm(engine)
    text = CODE.text.replace("第五十四条 自然人", "第五十三条 新增一条。\n第五十四条 自然人")
    newer = [structure(replace(CODE, text=text)), structure(PLAN)]
    build_index(tmp_path, newer, fake_embedder)
    opened = open_index(tmp_path, lambda manifest: fake_embedder)
    again = Engine(*opened, load_catalog(), Settings.load(tmp_path))
    assert first(again, ASKED) == AGES
    gone = structure(replace(CODE, text=CODE.text.replace("二十二周岁", "二十周岁")))
    build_index(tmp_path, [gone, structure(PLAN)], fake_embedder)
    opened = open_index(tmp_path, lambda manifest: fake_embedder)
    changed = Engine(*opened, load_catalog(), Settings.load(tmp_path))
    [entry] = changed.questions.all()
    assert not changed.questions.record(entry)["stands"]
    changed.search(ASKED)


def test_they_are_written_and_read_as_a_question_set(engine: Engine, tmp_path: Path) -> None:
    confirm(engine)
    path = tmp_path / "问题.jsonl"
    lines = [json.dumps(each.as_set(1), ensure_ascii=False) for each in engine.questions.all()]
    path.write_text("\n".join(lines), encoding="utf-8")
    engine.questions.remove(ASKED)
    [entry] = confirmed_of(read_questions(path))
    assert (entry.question, entry.document) == (ASKED, "中华人民共和国民法典")
    assert engine.questions.take([entry]) == 1
    assert engine.questions.take([entry]) == 0
    assert first(engine, ASKED) == AGES


def test_an_empty_question_is_not_kept(engine: Engine) -> None:
    with pytest.raises(InputError, match="1 到"):
        engine.questions.take([Confirmed("", "民法典", AGES)])


def test_each_question_of_a_passage_is_kept_and_told_as_itself(engine: Engine) -> None:
    confirm(engine)
    told = engine.questions.confirm("多大可以领证", "民法典", CODE.text.index(AGES))
    assert told["question"] == "多大可以领证"
    assert [each.question for each in engine.questions.all()] == [ASKED, "多大可以领证"]


def test_a_damaged_file_is_said_in_a_sentence_and_left_as_it_is(
    engine: Engine, tmp_path: Path
) -> None:
    file = tmp_path / FILE
    for content in (b'{"question": "half', b"[1]\n", b"\xff\xfe"):
        file.write_bytes(content)
        with pytest.raises(DamagedError, match="已损坏"):
            engine.questions.all()
        assert file.read_bytes() == content

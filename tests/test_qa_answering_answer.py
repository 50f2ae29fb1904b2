"""From ranked passages to an answer, over a small index: no built library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Document
from corpus.structure import structure
from index import Index, build_index, open_index
from index.model.encoded import Embedder
from qa.answering import Answerer, Route
from qa.settings import Settings

SETTINGS = Settings(Path())
CHECKS = "规范涉企行政检查,着力解决检查事项多、频次高、随意检查等问题。"
HEARING = "完善重大行政决策听证制度。听证应当公开举行。"
TEXT = f"某市规划\n第一章 任务\n{CHECKS}\n{HEARING}\n"


@pytest.fixture(scope="module")
def index(fake_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Index:
    home = tmp_path_factory.mktemp("home")
    document = structure(Document("plan", "某市规划", "规划", "现行有效", TEXT))
    build_index(home, [document], fake_embedder)
    return open_index(home, lambda manifest: fake_embedder)[0]


def test_a_place_that_was_asked_for_is_its_own_answer(index: Index) -> None:
    (found, *_) = index.search("听证")
    span = (TEXT.index("听证应当"), TEXT.index("听证应当") + 9, 1.0)
    asked = replace(found, score=1.0, evidence=(span,), asked_for=True)
    answer = Answerer(index, SETTINGS).answer("某市规划第一章", Route("place", [asked]))
    assert (answer.answered, answer.confidence) == (True, 1.0)
    assert [sentence.text for sentence in answer.sentences] == ["听证应当公开举行。"]


def test_a_full_score_alone_does_not_make_a_place_that_was_asked_for(index: Index) -> None:
    found = [replace(hit, score=1.0) for hit in index.search("听证怎么举行")]
    assert not any(hit.asked_for for hit in found)
    answer = Answerer(index, SETTINGS).answer("听证怎么举行", Route("hybrid", found))
    # What every library without the bundled model's judge gets; a place has 1.
    assert answer.confidence == 0.8


def test_passages_that_hold_quoted_words_are_not_what_was_asked_for_in_a_question(
    index: Index,
) -> None:
    first, second = index.search("听证")
    quoted = replace(second, score=1.0, asked_for=True)
    filled = Route("phrase", [quoted]).filled_up([first])
    assert [hit.asked_for for hit in filled] == [False, False]
    assert [hit.row for hit in filled] == [second.row, first.row]


FEES = """某市证件补发办事指南
一、申请材料
监护人身份证原件、申请表各一份。
二、不予补发
有下列情形之一的，不予补发：
（一）原证没有遗失的；
（二）申请人不是监护人的。
三、收费标准
每份收取工本费二十五元。
"""


@pytest.fixture(scope="module")
def guide(fake_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Index:
    home = tmp_path_factory.mktemp("guide")
    build_index(home, [structure(Document("guide", "某指南", "指南", "", FEES))], fake_embedder)
    return open_index(home, lambda manifest: fake_embedder)[0]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("工本费每份收取多少元", "每份收取工本费二十五元。"),
        (
            "哪些情形不予补发",
            "有下列情形之一的，不予补发：\n（一）原证没有遗失的；\n（二）申请人不是监护人的。",
        ),
    ],
)
def test_the_sentence_or_the_whole_list_that_answers_comes_first(
    guide: Index, question: str, first: str
) -> None:
    answer = Answerer(guide, SETTINGS).answer(question, Route("hybrid", guide.search(question)))
    said = answer.sentences[0]
    assert said.text == FEES[said.start : said.end] == first


def test_an_item_that_was_asked_for_comes_with_its_opening_line(guide: Index) -> None:
    found = guide.search("原证没有遗失")
    hit = next(hit for hit in found if "（一）" in hit.document.passage_text(hit.passage))
    at = FEES.index("（一）原证")
    asked = replace(hit, evidence=((at, at + 11, 1.0),), asked_for=True)
    answer = Answerer(guide, SETTINGS).answer("第（一）项", Route("place", [asked]))
    assert [s.text for s in answer.sentences] == [
        "（一）原证没有遗失的；",
        "有下列情形之一的，不予补发：",
    ]

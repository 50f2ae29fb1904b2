"""What an answer quotes, judged by the words of a question set."""

from __future__ import annotations

from typing import cast

import pytest

from qa.evaluation.quotes import quote_figures, quoted
from qa.inputs import Question, Relevant
from qa.records import AskReply

FEE = Relevant("某通知", "每份收取工本费二十五元")
LINES = ("不予登记：", "（一）犬龄不满三个月的；", "（二）未免疫的。")
LIST = Relevant("某办法", "不予登记：", lines=LINES)


def reply(*said: str) -> AskReply:
    sentences = [{"text": text, "start": 0, "end": len(text), "hit": 1} for text in said]
    return cast(AskReply, {"sentences": sentences})


def asked(*relevant: Relevant, bearing: tuple[str, ...] | None = ()) -> Question:
    return Question("q", "要交多少钱？", "事实", relevant, bearing)


def test_the_first_sentence_answers_and_the_others_bear_or_not() -> None:
    question = asked(FEE, bearing=("遗失的由监护人申请",))
    said = reply("每份收取工本费二十五元。", "原证遗失的，由监护人申请。", "法定节假日除外。")
    assert quoted(question, said) == {"first": True, "said": 3, "bearing": 2, "whole": None}


def test_the_right_sentence_in_second_place_is_not_first() -> None:
    said = reply("法定节假日除外。", "每份收取工本费二十五元。")
    assert quoted(asked(FEE), said) == {"first": False, "said": 2, "bearing": 1, "whole": None}


@pytest.mark.parametrize(("lines", "whole"), [(LINES, True), (LINES[:2], False), ((), False)])
def test_a_list_is_there_whole_or_not(lines: tuple[str, ...], whole: bool) -> None:
    record = quoted(asked(LIST), reply(*(["".join(lines)] if lines else [])))
    assert record is not None and record["whole"] is whole


def test_a_few_characters_do_not_stand_in_the_evidence_by_chance() -> None:
    record = quoted(asked(FEE), reply("工本费"))
    assert record is not None and not record["first"]


def test_nothing_is_said_where_the_set_names_no_words() -> None:
    assert quoted(asked(Relevant("民法典", article="第五条")), reply("自愿原则。")) is None


def test_the_figures_are_shares_of_what_was_labelled() -> None:
    said = reply("每份收取工本费二十五元。", "法定节假日除外。")
    records = [quoted(asked(FEE), said), quoted(asked(FEE, bearing=None), reply())]
    figures = quote_figures([each for each in records if each is not None])
    assert figures == {
        "n": 2,
        "first": 0.5,
        "n_said": 2,
        "bearing": 0.5,
        "n_lists": 0,
        "whole": None,
    }

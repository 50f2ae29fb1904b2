"""The judge of whether a library answers."""

import numpy as np
import pytest

from index.model.packaged import bundled_source
from qa import Engine
from qa.answering.answer_type import compared
from qa.answering.answerability import SIGNS, Judge, load_judge, stated


def test_the_judge_was_fitted_to_the_model_that_is_bundled() -> None:
    judge = load_judge()
    assert judge.model == bundled_source()
    assert judge.direction.shape == (384,) and judge.direction.dtype == np.float32
    assert judge.signs.shape == (len(SIGNS),)


def test_confidence_grows_with_the_signs() -> None:
    judge = Judge(np.zeros(2, np.float32), np.array([2, -0.5], np.float32), -1.0, "")
    assert judge.confidence([1, 0]) == pytest.approx(1 / (1 + np.exp(-1)))
    assert judge.confidence([0, 1]) < judge.confidence([0, 0]) < judge.confidence([1, 1])


GUIDE = "某证补发指南\n每份收取工本费二十五元。\n咨询电话0000-6123456。\n十二个工作日内办结。\n"
PLAN = "某市规划\n完善听证制度。\n规范行政检查。\n"


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("收条和借据法律上是不是一回事", ("收条", "借据")),
        ("我们镇上的抵押与质押之间有何不同", ("我们镇上的抵押", "质押")),
        ("法人跟法定代表人的区别", ("法人", "法定代表人")),
        ("父亲和母亲都去世了由谁监护", None),
    ],
)
def test_what_a_question_compares(question: str, pair: tuple[str, str] | None) -> None:
    assert compared(question) == pair


@pytest.mark.parametrize("question", ["补发要多少钱", "打什么电话咨询", "多久能办好"])
def test_a_thing_that_a_document_says_often_is_no_doubt(question: str) -> None:
    assert stated(question, GUIDE) > 0.9
    assert stated(question, PLAN) == 0


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("企业老被检查打扰，规划里怎么管？", True),
        ("村里普法靠谁来讲？", True),
        ("法律援助中心的电话是多少，几点下班？", False),
        ("收条和借据是不是一回事？", False),
        ("司法局今年招几个人，笔试考什么？", False),
    ],
)
def test_what_documents_do_not_say_is_told_by_the_question(
    engine: Engine, question: str, answered: bool
) -> None:
    assert engine.ask(question)["answered"] is answered

"""The judge of whether a library answers."""

import numpy as np
import pytest

from index.model.packaged import bundled_source
from qa import Engine
from qa.answering.answerability import Judge, load_judge


def test_the_judge_was_fitted_to_the_model_that_is_bundled() -> None:
    judge = load_judge()
    assert judge.model == bundled_source()
    assert judge.direction.shape == (384,) and judge.direction.dtype == np.float32


def test_confidence_grows_along_the_direction() -> None:
    judge = Judge(np.array([2, 0], np.float32), np.array([0.5], np.float32), -1.0, "")
    along, across = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    assert judge.confidence(along, [0]) == pytest.approx(1 / (1 + np.exp(-1)))
    assert judge.confidence(-along, [0]) < judge.confidence(across, [0])
    assert judge.confidence(across, [0]) < judge.confidence(across, [1])


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("企业老被检查打扰，规划里怎么管？", True),
        ("村里普法靠谁来讲？", True),
        ("法律援助中心的电话是多少，几点下班？", False),
        ("司法局今年招几个人，笔试考什么？", False),
    ],
)
def test_what_documents_do_not_say_is_told_by_the_question(
    engine: Engine, question: str, answered: bool
) -> None:
    assert engine.ask(question)["answered"] is answered

"""A national law holds in every place; a city's paper does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import Document
from corpus.structure import structure
from index import Found
from qa.answering.covered import without_places

TEXT = "第一条 租赁期限不得超过二十年。\n第二条 首都是北京。\n"
LAW = structure(Document("law", "某法", "法律", "现行有效", TEXT, origin="law"))


def hit(document: Document, number: int) -> Found:
    return Found(0, document, document.passages[number], 1.0)


@pytest.mark.parametrize(
    ("topic", "number", "asked"),
    [
        ("上海租房合同最长能签几年", 0, "租房合同最长能签几年"),
        ("在乌鲁木齐租房合同最长几年", 0, "在租房合同最长几年"),
        ("租房合同最长能签几年", 0, "租房合同最长能签几年"),
        ("北京是什么地方", 1, "北京是什么地方"),
        ("上海怎样", 0, "上海怎样"),
    ],
)
def test_a_place_that_the_law_does_not_speak_of_asks_nothing(
    topic: str, number: int, asked: str
) -> None:
    assert without_places(topic, hit(LAW, number)) == asked


def test_a_paper_of_ones_own_may_be_another_citys() -> None:
    own = replace(LAW, origin="own")
    assert without_places("上海租房合同最长能签几年", hit(own, 0)) == "上海租房合同最长能签几年"

"""Short questions are read against the one before; whole ones are left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus import Document
from index import words
from qa.answering.following import followed, more_asked
from qa.answering.related import related_questions

MARRIAGE = ("中华人民共和国民法典", "第一千零四十七条")
NEAR = {("女", "男"), ("质权", "抵押权"), ("个体户", "企业")}


def alike(word: str, others: Sequence[str]) -> Sequence[float]:
    """0.7 for the pairs that mean much the same, 0.35 for all others."""
    return [0.7 if (word, other) in NEAR else 0.35 for other in others]


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("女的呢？", "男的多大可以结婚？", "女的多大可以结婚？"),
        ("那质权呢", "抵押权怎么设立？", "质权怎么设立？"),
        ("如果是个体户的话呢？", "企业老被检查怎么管", "个体户老被检查怎么管"),
        ("再婚的呢？", "多大可以结婚？", "再婚的，多大可以结婚？"),
        ("第二款呢？", "结婚年龄", "《中华人民共和国民法典》第一千零四十七条第二款"),
        ("第1048条呢", "结婚年龄", "《中华人民共和国民法典》第1048条"),
        ("下一条呢？", "结婚年龄", "《中华人民共和国民法典》第一千零四十八条"),
        ("上一条呢？", "结婚年龄", "《中华人民共和国民法典》第一千零四十六条"),
    ],
)
def test_a_short_question_is_made_whole(question: str, before: str, whole: str) -> None:
    assert followed(question, before, MARRIAGE, words(before), alike) == whole


@pytest.mark.parametrize(
    "question",
    [
        "怎么办呢？",
        "谁来管呢",
        "结婚要多大年龄？",
        "民法典第五条",
        "这种情况下没有签书面合同的劳动者呢？",
    ],
)
def test_a_whole_question_is_left_alone(question: str) -> None:
    assert followed(question, "男的多大可以结婚？", MARRIAGE, ["男"], alike) == ""


def test_without_an_article_before_a_paragraph_is_no_place() -> None:
    assert followed("第二款呢？", "怎么管？", ("某规划", ""), [], alike) == "第二款，怎么管？"


@pytest.mark.parametrize(
    "question", ["还有吗？", "还有呢", "还有别的吗", "其他的呢？", "还有哪些规定"]
)
def test_more_of_the_same_is_told_from_other_questions(question: str) -> None:
    assert more_asked(question)
    assert not more_asked("还有谁能继承？")


def test_related_questions_are_of_other_passages_and_ask_something_else() -> None:
    from doubles.records import hit_of, reply_of

    from corpus.records import Asked

    text = "甲。乙。丙。"
    asked = (
        Asked(0, "男的多大可以结婚？"),
        Asked(2, "男方多大可以结婚呀？"),
        Asked(3, "领结婚证要带什么材料？"),
        Asked(4, "离婚冷静期有几天？"),
    )
    document = Document("a", "某法", "法律", "现行有效", text, asked=asked)
    label = {"id": "a", "title": "某法", "status": "现行有效"}
    hits = [
        hit_of(rank=rank, document=label, text=text[start : start + 2], start=start, end=start + 2)
        for rank, start in enumerate((0, 2, 4), 1)
    ]
    sentences = [{"text": "甲。", "start": 0, "end": 2, "hit": 1}]
    reply = reply_of(question="男的多大可以结婚？", hits=hits, sentences=sentences)
    assert related_questions(reply, {"a": document}) == [
        "领结婚证要带什么材料？",
        "离婚冷静期有几天？",
    ]

"""What is answered without a quotation: small talk, and questions about the documents."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from doubles.library import small_engine

from index.model import Embedder
from qa import Engine, Filters
from qa.answering import small_talk


@pytest.fixture(scope="module")
def engine(fake_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("home"), fake_embedder)


@pytest.mark.parametrize(
    "said", ["你好", "您好！", "你是谁？", "谢谢你", "这个系统怎么用？", "再见"]
)
def test_small_talk_gets_one_friendly_sentence(said: str) -> None:
    assert "文库里文件的原话" in small_talk(said)


@pytest.mark.parametrize(
    "asked", ["你好，结婚要多大？", "你是谁批准的", "谢谢信要不要存档", "介绍一下涉企检查"]
)
def test_a_question_is_no_small_talk(asked: str) -> None:
    assert small_talk(asked) == ""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("民法典什么时候施行？", "《中华人民共和国民法典》2021年1月1日起施行"),
        ("你好，民法典是哪年公布的", "2020年5月28日公布"),
        ("这个规划是谁发布的，什么时候发布的？", "由滨海市司法局发布，2024年5月6日公布"),
        ("规划是不是正式文件？", "是征求意见稿，不是正式文件"),
        ("规划一共几章？", "共 2 章：第一章 总体要求、第三章 主要任务"),
        ("民法典一共多少条？", "共 3 条"),
        ("婚姻法现在还有效吗？", "效力状态是“已废止”"),
        ("文库里有没有民法典？", "文库收有《中华人民共和国民法典》"),
        ("有没有收刑法", "文库未收《中华人民共和国刑法》"),
        ("库里都收录了哪些文件？", "共 4 份文件"),
    ],
)
def test_of_the_documents_the_catalogue_tells(engine: Engine, question: str, told: str) -> None:
    reply = engine.ask(question)
    assert (reply["route"], reply["answered"]) == ("catalogue", True)
    assert told in reply["notice"]
    assert not reply["sentences"] and not reply["hits"]


@pytest.mark.parametrize(
    "question",
    ["结婚证什么时候发的", "谁来规范涉企检查？", "听证什么时候公开举行", "有没有听证制度"],
)
def test_what_a_document_says_is_not_the_catalogues(engine: Engine, question: str) -> None:
    assert engine.ask(question)["route"] not in {"catalogue", "talk"}


@pytest.mark.parametrize(
    ("only", "told"),
    [(("law-mfd",), "民法典》2020年5月28日公布"), ((), "建设规划》(征求意见稿)2024年5月6日公布")],
)
def test_this_document_is_the_one_asked_of(engine: Engine, only: Sequence[str], told: str) -> None:
    asked = engine.ask("这份文件什么时候发布的", filters=Filters(documents=tuple(only)))
    assert told in asked["notice"]

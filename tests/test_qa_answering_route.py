"""The way of a question over a library by hand: a place, words, a document, or a plain search."""

from __future__ import annotations

import pytest
from doubles.library import small_engine

from corpus import InputError
from index.model import Embedder
from qa import Engine, Filters
from qa.answering.provision import fits
from qa.page.find import found

PLAN = "《滨海市法治建设规划》(征求意见稿)"


@pytest.fixture(scope="module")
def engine(fake_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("home"), fake_embedder)


@pytest.mark.parametrize(
    ("query", "citation", "words"),
    [
        (
            "民法典第一千二百六十条",
            "《中华人民共和国民法典》第一千二百六十条",
            "本法自2021年1月1日起施行",
        ),
        ("《民法典》第1260条", "《中华人民共和国民法典》第一千二百六十条", "同时废止"),
        ("民法典第五十四条说了什么", "《中华人民共和国民法典》第五十四条", "个体工商户"),
        ("宪法第5条第二款", "《中华人民共和国宪法》第五条", "国家维护社会主义法制的统一和尊严。"),
        ("规划第三章第一节", PLAN + "第三章第一节", "完善重大行政决策听证制度"),
        ("本规划第三章第二节第二项", PLAN + "第三章第二节“二、化解矛盾”", "完善信访制度"),
    ],
)
def test_a_place_is_gone_to_directly(engine: Engine, query: str, citation: str, words: str) -> None:
    result = engine.ask(query)
    assert (result["route"], result["answered"], result["confidence"]) == ("place", True, 1)
    assert result["hits"][0]["citation"] == citation
    assert words in "".join(sentence["text"] for sentence in result["sentences"])


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("民法典第一千三百条", "《中华人民共和国民法典》没有第一千三百条。"),
        ("民法典第零条", "《中华人民共和国民法典》没有第零条。"),
        ("劳动合同法第十条", "《中华人民共和国劳动合同法》"),
        ("规划第九章", PLAN + "没有第九章。"),
        ("民法典第五十四条第九款", "《中华人民共和国民法典》第五十四条没有所说的款、项。"),
        ("宪法（1954年）第五条", "《中华人民共和国宪法》“1954年”所指的文本（现有"),
        ("《民法典》（草案）第五十四条", "《中华人民共和国民法典》“草案”所指的文本（现有"),
    ],
)
def test_a_place_that_is_not_there_is_said_and_nothing_else_shown(
    engine: Engine, query: str, notice: str
) -> None:
    result = engine.ask(query)
    assert (result["answered"], result["hits"]) == (False, [])
    assert notice in result["notice"]


def test_an_article_of_no_law_asks_back(engine: Engine) -> None:
    result = engine.ask("第五十四条")
    assert result["hits"] == [] and "没有写明是哪部法律" in result["notice"]


def test_a_clause_alone_is_what_is_quoted(engine: Engine) -> None:
    (sentence,) = engine.ask("宪法第五条第三款")["sentences"]
    assert sentence["text"] == "一切法律、行政法规和地方性法规都不得同宪法相抵触。"


def test_a_question_about_a_place_is_filled_up_by_search(engine: Engine) -> None:
    first, *more = engine.search("民法典第一千零四十七条说的结婚年龄以前是怎么要求的")["hits"]
    assert first["article"] == "第一千零四十七条"
    assert more and "第一千零四十七条" not in {hit["article"] for hit in more}


def test_a_document_named_alone_is_shown_from_its_beginning(engine: Engine) -> None:
    result = engine.search("民法典", k=2)
    assert [hit["article"] for hit in result["hits"]] == ["第五十四条", "第一千零四十七条"]
    assert result["notice"] == "以下从头列出《中华人民共和国民法典》，目录见“文档库”。"


def test_quoted_words_lead_to_their_sentence(engine: Engine) -> None:
    result = engine.ask("“枫桥经验”")
    assert (result["route"], len(result["hits"])) == ("phrase", 1)
    (sentence,) = result["sentences"]
    assert sentence["text"] == "坚持和发展新时代“枫桥经验”，完善信访制度。"


def test_a_long_stretch_of_the_source_needs_no_marks(engine: Engine) -> None:
    result = engine.search("国家维护社会主义法制的统一和尊严")
    assert (result["route"], result["hits"][0]["article"]) == ("phrase", "第五条")
    assert engine.search("国家维护法制的统一吗")["route"] == "hybrid"


def test_words_that_name_the_plan_are_no_part_of_what_is_asked(engine: Engine) -> None:
    assert engine.topic("规划里怎么管听证会？") == "怎么管听证会"
    assert engine.topic("听证会怎么开？") == "听证会怎么开"


@pytest.mark.parametrize(
    ("question", "reason", "notice"),
    [
        ("行政处罚法怎么规定听证的", "not_held", "文库未收《中华人民共和国行政处罚法》。"),
        ("劳动合同法第十条", "not_held", "文库未收《中华人民共和国劳动合同法》。"),
        ("招投标法对串标怎么罚", "not_held", "文库未收《中华人民共和国招标投标法》。"),
        ("企业所得税法实施条例怎么规定扣除", "not_held", "文库未收《企业所得税法实施条例》。"),
        ("民法典婚姻家庭编的解释（一）第三条", "not_held", "编的解释(一)》。"),
        ("住房公积金管理条例怎么规定提取", "not_held", "文库未收《住房公积金管理条例》。"),
        ("继承法第九条", "repealed", "已由《中华人民共和国民法典》第一千二百六十条废止"),
        ("继承法怎么规定遗嘱", "repealed", "已由《中华人民共和国民法典》第一千二百六十条废止"),
        ("民法典第一千三百条", "no_such_place", "没有第一千三百条"),
        ("第五十四条", "no_document", "没有写明是哪部法律"),
        ("火星上有几座食堂", "silent", ""),
    ],
)
def test_why_a_question_is_not_answered_is_said(
    engine: Engine, question: str, reason: str, notice: str
) -> None:
    result = engine.ask(question)
    assert (result["answered"], result["reason"], result["sentences"]) == (False, reason, [])
    assert notice in result["notice"]


def test_a_repealed_law_that_is_held_answers_and_is_said_to_be_repealed(engine: Engine) -> None:
    result = engine.ask("婚姻法第六条")
    assert (result["answered"], result["reason"]) == (True, "")
    assert result["hits"][0]["document"]["status"] == "已废止"
    assert result["notice"] == (
        "《中华人民共和国婚姻法》已废止，见《中华人民共和国民法典》第一千二百六十条。"
    )


def test_a_document_named_is_searched_before_all_others(engine: Engine) -> None:
    laws = [h["document"]["id"] for h in engine.search("民法典对听证的规定", k=4)["hits"]]
    assert laws[:3] == ["law-mfd"] * 3 and laws[3] != "law-mfd"
    scores = [hit["score"] for hit in engine.search("民法典对听证的规定")["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_of_two_like_articles_the_one_of_the_kind_asked_for_is_preferred() -> None:
    forbids, punishes = "禁止开垦草原。", "非法开垦草原的，责令停止，并处五万元以下的罚款。"
    assert fits("开垦草原怎么处罚", punishes) > fits("开垦草原怎么处罚", forbids) == 0
    assert fits("能不能开垦草原", punishes) == 0


def test_what_a_filter_leaves_out_is_not_gone_to(engine: Engine) -> None:
    of_the_plan = Filters(documents=("滨海市法治建设规划",))
    for query in ("民法典", "民法典第五十四条", "“国家维护社会主义法制的统一”"):
        found = engine.search(query, filters=of_the_plan)["hits"]
        assert {hit["document"]["id"] for hit in found} <= {"plan"}


def test_old_versions_come_only_when_asked_for(engine: Engine) -> None:
    def statuses(filters: Filters) -> set[str]:
        found = engine.search("结婚年龄有什么要求", k=50, filters=filters)
        return {hit["document"]["status"] for hit in found["hits"]}

    assert statuses(Filters()) == {"征求意见稿", "现行有效"}
    assert statuses(Filters(all_versions=True)) == {"征求意见稿", "现行有效", "已废止"}


@pytest.mark.parametrize(("query", "words"), [("", "空"), (" \n\t", "空"), ("？！。…", "标点")])
def test_a_question_without_words_is_an_error(engine: Engine, query: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        engine.ask(query)


def test_an_unknown_document_is_named(engine: Engine) -> None:
    with pytest.raises(InputError, match="不存在的文件"):
        engine.search("检查", filters=Filters(documents=("不存在的文件",)))


def test_k_below_one_is_an_error(engine: Engine) -> None:
    with pytest.raises(InputError, match="k 至少是 1"):
        engine.search("检查", k=0)


def test_what_is_looked_for_may_be_a_place(engine: Engine) -> None:
    reply = engine.find("民法典第1047条")
    assert reply["matches"] == []
    assert [hit["article"] for hit in reply["similar"]] == ["第一千零四十七条"]
    shown = found(reply)
    assert "所写的条文" in shown and "没有这句话" not in shown

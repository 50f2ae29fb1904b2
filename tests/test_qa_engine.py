"""The engine over the real default library: routes, answers, refusals, reading."""

import json
from pathlib import Path

import pytest

from corpus import InputError, MissingError
from index import read_manifest
from index.model.prepared import find_model
from qa import Engine, Filters
from qa.records import AskReply, SearchReply

PLAN = "《乌鲁木齐市法治首府建设“十四五”规划》(征求意见稿)"


def citations(result: SearchReply | AskReply) -> list[str]:
    return [hit["citation"] for hit in result["hits"]]


@pytest.mark.parametrize(
    ("query", "citation", "words"),
    [
        (
            "民法典第一千二百六十条",
            "《中华人民共和国民法典》第一千二百六十条",
            "本法自2021年1月1日起施行",
        ),
        ("《民法典》第1260条", "《中华人民共和国民法典》第一千二百六十条", "同时废止"),
        ("宪法第5条第二款", "《中华人民共和国宪法》第五条", "国家维护社会主义法制的统一和尊严。"),
        ("规划第三章第三节", PLAN + "第三章第三节〔一、,原文缺标题〕", "坚持法定职责必须为"),
        (
            "规划第三章第四节",
            PLAN + "第三章〔第四节,原文缺标题〕“一、深化司法体制改革”",
            "落实员额遴选",
        ),
        ("民法典第五十四条说了什么", "《中华人民共和国民法典》第五十四条", "个体工商户"),
    ],
)
def test_a_place_is_gone_to_directly(engine: Engine, query: str, citation: str, words: str) -> None:
    result = engine.ask(query)
    assert result["route"] == "place"
    assert result["answered"] and result["confidence"] == 1
    assert citations(result)[0] == citation
    assert words in "".join(sentence["text"] for sentence in result["sentences"])


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("民法典第一千三百条", "《中华人民共和国民法典》没有第一千三百条。"),
        ("民法典第零条", "《中华人民共和国民法典》没有第零条。"),
        ("劳动合同法第十条", "文库未收《中华人民共和国劳动合同法》。"),
        ("重大行政决策程序暂行条例第五条", "文库未收《重大行政决策程序暂行条例》。"),
        ("规划第九章", PLAN + "没有第九章。"),
        ("民法典第五十四条第九款", "《中华人民共和国民法典》第五十四条没有所说的款、项。"),
    ],
)
def test_a_place_that_is_not_there_is_said_and_nothing_else_shown(
    engine: Engine, query: str, notice: str
) -> None:
    result = engine.ask(query)
    assert (result["answered"], result["hits"], result["notice"]) == (False, [], notice)


def test_quoted_words_lead_to_their_sentence(engine: Engine) -> None:
    result = engine.ask("“枫桥经验”")
    assert result["route"] == "phrase"
    assert citations(result) == [PLAN + "第三章第六节〔三、,原文缺标题〕"]
    assert result["sentences"][0]["text"].startswith("坚持和发展新时代“枫桥经验”,完善信访制度")


def test_everything_shown_is_verbatim_and_in_its_place(engine: Engine) -> None:
    result = engine.ask("企业老被检查打扰,规划里怎么管?")
    for hit in result["hits"]:
        text = engine.index.documents[hit["document"]["id"]].text
        assert text[hit["start"] : hit["end"]] == hit["text"]
        for start, end in hit["highlights"]:
            assert hit["start"] <= start < end <= hit["end"]
    for sentence in result["sentences"]:
        hit = result["hits"][sentence["hit"] - 1]
        text = engine.index.documents[hit["document"]["id"]].text
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        assert hit["start"] <= sentence["start"] < sentence["end"] <= hit["end"]


def test_a_plain_question_is_answered_with_the_right_section(engine: Engine) -> None:
    result = engine.ask("企业老被检查打扰,规划里怎么管?")
    assert result["answered"]
    assert citations(result)[0] == PLAN + "第三章第三节“四、坚持严格规范公正文明执法”"
    assert any("涉企现场检查事项多" in sentence["text"] for sentence in result["sentences"])


def test_a_sum_that_stands_nowhere_is_not_answered(engine: Engine) -> None:
    result = engine.ask("法治首府建设一共安排了多少万元经费?")
    assert not result["answered"]
    assert result["sentences"] == []
    assert result["hits"]
    assert result["confidence"] < engine.settings.answer_threshold


def test_filters_limit_hits_to_a_chapter_and_a_document(engine: Engine) -> None:
    chapter = engine.search("群众反映强烈的问题", filters=Filters(section="第一章"))
    plan = [hit for hit in chapter["hits"] if hit["document"]["status"] == "征求意见稿"]
    assert plan and all(hit["section"][0].startswith("第一章") for hit in plan)
    law = engine.search("离婚", filters=Filters(documents=("中华人民共和国民法典",)))
    assert {hit["document"]["title"] for hit in law["hits"]} == {"中华人民共和国民法典"}


def test_old_versions_come_only_when_asked_for(engine: Engine) -> None:
    old = engine.search("公民有劳动的权利和义务", k=50, filters=Filters(all_versions=True))
    new = engine.search("公民有劳动的权利和义务", k=50)
    assert "已被修改" in {hit["document"]["status"] for hit in old["hits"]}
    assert "已被修改" not in {hit["document"]["status"] for hit in new["hits"]}


def test_traditional_characters_and_control_characters_are_seen_through(engine: Engine) -> None:
    plain = citations(engine.search("结婚年龄", run="hybrid"))
    assert citations(engine.search("結婚\x07年齡", run="hybrid")) == plain


@pytest.mark.parametrize(("query", "words"), [("", "空"), (" \n\t", "空"), ("？！。…", "标点")])
def test_a_question_without_words_is_an_error(engine: Engine, query: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        engine.ask(query)


def test_a_very_long_question_is_cut_and_said(engine: Engine) -> None:
    result = engine.ask("企业检查" * 25_000)
    assert result["notice"].startswith("问题有 100000 个字，太长了")
    assert result["hits"]


def test_an_unknown_document_is_named(engine: Engine) -> None:
    with pytest.raises(InputError, match="不存在的文件"):
        engine.search("检查", filters=Filters(documents=("不存在的文件",)))
    with pytest.raises(InputError, match="不存在的文件"):
        engine.document("不存在的文件")


def test_k_below_one_is_an_error(engine: Engine) -> None:
    with pytest.raises(InputError, match="k 至少是 1"):
        engine.search("检查", k=0)


def test_the_library_and_a_section_can_be_read(engine: Engine) -> None:
    plan, *laws = engine.documents()
    assert plan["status"] == "征求意见稿" and plan["passages"] == 49
    assert "中华人民共和国民法典" in {law["title"] for law in laws}
    contents = engine.document("民法典")["toc"]
    assert contents[0]["heading"] == "〔第一编,原文缺标题〕"
    hit = engine.search("规划第三章第三节")["hits"][1]
    section = engine.section(hit["document"]["id"], hit["start"])
    assert section["path"] == ["第三章 主要任务", "第三节 依法履行政府职能"]
    assert [b["text"] for b in section["blocks"] if b["start"] == hit["start"]] == [hit["text"]]


def test_the_cited_documents_are_listed_held_or_not(engine: Engine) -> None:
    rows = {row["title"]: row for row in engine.cited()}
    assert len([row for row in rows.values() if row["lines"] == [11]]) == 8
    assert rows["重大行政决策程序暂行条例"]["lines"] == [68]
    assert not rows["重大行政决策程序暂行条例"]["held"]
    assert rows["中华人民共和国民法典"]["held"]
    assert all(row["held"] or row["how"] for row in rows.values())


def test_words_are_found_and_a_draft_is_checked(engine: Engine) -> None:
    match = engine.find("法无授权不可为")["matches"][0]
    assert (match["kind"], match["quoted"]) == ("exact", "法无授权不可为")
    draft = "民法典第五十四条规定：“自然人从事工商业经营，经依法登记，可以为个体工商户。”"
    citation, quotation = engine.check(draft).record()["items"]
    assert citation["verdict"] == "exists"
    assert quotation["verdict"] == "altered"
    assert quotation["differences"] == [{"op": "delete", "draft": "可以", "source": ""}]


@pytest.mark.parametrize("query", ["字节跳动", "hello world", "12345678"])
def test_what_shares_no_word_with_the_library_is_not_answered(engine: Engine, query: str) -> None:
    assert not engine.ask(query)["answered"]


def test_where_no_wording_is_near_find_says_so_and_shows_what_means_the_same(
    engine: Engine,
) -> None:
    told = engine.find("政府老来查企业，到底由谁来管一管")
    assert told["matches"] == []
    assert [hit["rank"] for hit in told["similar"]] == [1, 2, 3, 4, 5]
    assert "similar" not in engine.find("规范涉企行政检查")


@pytest.mark.parametrize("every", [False, True])
def test_find_takes_the_names_that_people_have_for_a_document(engine: Engine, every: bool) -> None:
    found = engine.find("公序良俗", k=1, all_versions=every, documents=["《民法典》"])
    assert [match["document"]["title"] for match in found["matches"]] == ["中华人民共和国民法典"]


def test_half_a_character_can_be_asked_and_printed(engine: Engine) -> None:
    words = "检查结果\ud83d怎么公布\udc00"
    replies = (engine.search(words), engine.ask(words), engine.find(words))
    for reply in (*replies, engine.check(words).record()):
        assert json.dumps(reply, ensure_ascii=False).encode("utf-8")


def test_a_document_named_alone_is_shown_from_its_beginning(engine: Engine) -> None:
    result = engine.search("民法典", k=2)
    assert [hit["article"] for hit in result["hits"]] == ["第一条", "第二条"]


def test_an_article_of_no_law_asks_back(engine: Engine) -> None:
    result = engine.ask("第五十四条")
    assert result["hits"] == [] and "没有写明是哪部法律" in result["notice"]


def test_what_cites_an_article_is_known(engine: Engine) -> None:
    start = engine.search("民法典第五百八十四条")["hits"][0]["start"]
    links = engine.links("民法典", start)
    assert [link["from"]["citation"] for link in links["cited_by"]] == [
        "《中华人民共和国民法典》第六百一十七条"
    ]
    plan = engine.links("urumqi-fazhi-145")
    assert "重大行政决策程序暂行条例" in {link["title"] for link in plan["cites"]}


def test_a_question_about_an_article_not_held_gets_no_answer_from_elsewhere(engine: Engine) -> None:
    result = engine.ask("行政处罚法第三十三条规定哪些情况可以不予处罚，首次违法怎么处理？")
    assert not result["answered"] and result["sentences"] == []
    assert result["notice"] == "文库未收《中华人民共和国行政处罚法》。"


def test_the_index_finds_the_model_it_was_built_with(built_home: Path) -> None:
    fingerprint = read_manifest(built_home).fingerprint
    assert find_model(built_home, fingerprint).name == "multilingual-e5-small"
    with pytest.raises(MissingError, match="faju build"):
        find_model(built_home, "another")

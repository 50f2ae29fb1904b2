from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, InputError
from corpus.catalog import load_catalog
from corpus.library import load_library
from corpus.structure import structure
from qa.wording.asking import pieces, unwrapped
from qa.wording.differences import Difference, differences, same_wording
from qa.wording.folding import loose
from qa.wording.haystack import Haystack
from qa.wording.matches import Match, match_record
from qa.wording.ngrams import Bigrams
from qa.wording.search import LONGEST_NEAR, Wording

LAW = """第一章 总则
第一条　为了规范行政检查，保护企业的合法权益，制定本法。
第二条　行政机关应当自收到申请之日起三十日内答复。情况复杂的，可以延长十五日。
任何组织或者个人不得泄露在“双随机”检查中知悉的商业秘密。
有下列情形之一的，应当说明理由：
（一）不予受理的；
（二）延长期限的。
第三条　检查结果应当向社会公布。"""
PLAN = """第一章总体要求
一、严格规范检查
坚持检查结果应当向社会公布,防止重大风 险挑战,做到有件必备、有备必审、审查必严、有错必纠。
二、优化服务
“十四五”时期,行政机关应当自收到申请之日起二十日内答复,推动法治建设走深走实。"""


def made(id: str, text: str, kind: str = "法律", status: str = "现行有效") -> Document:
    return structure(Document(id=id, title=f"示范{id}", kind=kind, status=status, text=text))


@pytest.fixture(scope="module")
def wording() -> Wording:
    law = made("检查法", LAW)
    old = made("旧检查法", LAW.replace("三十日", "六十日"), status="已废止")
    return Wording([old, law, made("规划", PLAN, "规划", "征求意见稿")])


@pytest.fixture(scope="session")
def library() -> list[Document]:
    return load_library(load_catalog(), "cited", date(2026, 1, 1))


@pytest.fixture(scope="session")
def held(library: list[Document]) -> Wording:
    return Wording(library)


def places(matches: Sequence[Match]) -> list[tuple[str, str | None, str]]:
    return [(m.document.id, m.passage.article, m.document.text[m.start : m.end]) for m in matches]


def test_the_same_words_in_plan_and_law_are_all_found_plan_first(wording: Wording) -> None:
    found = wording.find("检查结果应当向社会公布")
    assert places(found) == [
        ("规划", None, "检查结果应当向社会公布"),
        ("检查法", "第三条", "检查结果应当向社会公布"),
    ]
    assert all(m.kind == "exact" and m.similarity == 1 and m.verbatim for m in found)
    repealed = wording.find("检查结果应当向社会公布", all_versions=True)
    assert [m.document.id for m in repealed] == ["规划", "检查法", "旧检查法"]
    assert len(wording.find("检查结果应当向社会公布", k=1)) == 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("重大风险挑战，做到有件必备", "重大风 险挑战,做到有件必备"),
        ("十四五时期", "十四五”时期"),
        ("「十四五」时期", "“十四五”时期"),
        ("“重大风险挑战”", "重大风 险挑战"),
        ("行政機關應當自收到申請之日起二十日內答復", "行政机关应当自收到申请之日起二十日内答复"),
        ("商业秘密。\n\n有下列情形之一的", "商业秘密。\n有下列情形之一的"),
        ("总则第一条为了规范", "总则\n第一条　为了规范"),
        ("严格规范 检查", "严格规范检查"),
        ("（一）不予受理的;(二)延长期限", "（一）不予受理的；\n（二）延长期限"),
    ],
)
def test_exact_search_sees_through_what_is_not_wording(
    wording: Wording, text: str, source: str
) -> None:
    found = wording.find(text)[0]
    assert (found.kind, found.document.text[found.start : found.end]) == ("exact", source)


def test_traditional_characters_are_found_but_not_called_verbatim(wording: Wording) -> None:
    found = wording.find("檢查結果應當向社會公布")[0]
    assert found.kind == "exact" and not found.verbatim
    assert found.differences[0] == Difference("replace", "檢", "检")


def test_words_at_the_end_of_a_passage_belong_to_the_one_with_the_larger_part(
    wording: Wording,
) -> None:
    assert wording.find("（二）延长期限的。第三条　检查")[0].passage.article == "第二条"
    assert wording.find("限的。第三条　检查结果应当向社会公布")[0].passage.article == "第三条"


def test_the_citation_names_the_clause_of_an_article_with_several(wording: Wording) -> None:
    cited = {
        text: match_record(wording.find(text)[0])["citation"]
        for text in (
            "情况复杂的，可以延长",
            "不得泄露在“双随机”检查中",
            "（二）延长期限",
            "为了规范行政",
        )
    }
    assert list(cited.values()) == [
        "《示范检查法》第二条第一款",
        "《示范检查法》第二条第二款",
        "《示范检查法》第二条第三款",
        "《示范检查法》第一条",
    ]
    across = wording.find("可以延长十五日。任何组织或者个人不得泄露")[0]
    assert across.clause is None


@pytest.mark.parametrize(
    ("text", "article", "unlike"),
    [
        ("行政机关可以自收到申请之日起三十日内答复", "第二条", [("replace", "可以", "应当")]),
        ("应当自收到之日起三十日内答复", "第二条", [("insert", "", "申请")]),
        ("任何组织或者个人都不得泄露在“双随机”检查中知悉", "第二条", [("delete", "都", "")]),
        ("不得泄露任何组织或者个人在双随机检查中知悉的秘密", "第二条", None),
        ("为了规范行政检查……制定本法", "第一条", []),
        ("保护企业的权益……制定本法", "第一条", [("insert", "", "合法")]),
        ("哪部法律规定了“任何组织和个人不得泄露”", "第二条", [("replace", "和", "或者")]),
    ],
)
def test_words_remembered_wrongly_are_found_with_what_differs(
    wording: Wording, text: str, article: str, unlike: list[tuple[str, str, str]] | None
) -> None:
    found = wording.find(text, documents=["检查法"])[0]
    assert (found.kind, found.passage.article) == ("near", article)
    assert 0.6 <= found.similarity < 1 and not found.verbatim
    if unlike is not None:
        assert list(found.differences) == [Difference(*each) for each in unlike]  # type: ignore[arg-type]


def test_fragments_put_together_are_marked_one_by_one(wording: Wording) -> None:
    found = wording.find("做到有件必备……有错必纠")[0]
    text = found.document.text
    assert [text[start:end] for start, end in found.spans] == ["做到有件必备", "有错必纠"]
    assert text[found.start : found.end].startswith("做到有件必备、有备必审")


def test_near_places_follow_exact_ones(wording: Wording) -> None:
    found = wording.find("行政机关应当自收到申请之日起二十日内答复")
    assert [(m.kind, m.document.id) for m in found] == [("exact", "规划"), ("near", "检查法")]
    assert found[1].differences == (Difference("replace", "二", "三"),)


@pytest.mark.parametrize("text", ["两个黄鹂鸣翠柳", "宠物猫每年接种两次疫苗", "公示名", "检查呀"])
def test_what_stands_nowhere_is_not_found(wording: Wording, text: str) -> None:
    assert wording.find(text) == []


def test_only_named_documents_are_looked_at(wording: Wording) -> None:
    assert places(wording.find("六十日内答复", documents=["旧检查法"])) == [
        ("旧检查法", "第二条", "六十日内答复")
    ]
    assert [m.document.id for m in wording.find("为了规范行政检查", documents=["示范检查法"])] == [
        "检查法"
    ]
    with pytest.raises(InputError, match="没有“民法典”"):
        wording.find("为了", documents=["民法典"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "是空的"),
        (" \n\u3000", "是空的"),
        ("，。……“”", "只有标点"),
        ("\x00\x07\u200b", "只有标点"),
        ("\ud800\udfff", "只有标点"),
        ("法" * 100_000, f"最多 {LONGEST_NEAR} 个字"),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_one_sentence(
    wording: Wording, text: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as raised:
        wording.find(text)
    assert "\n" not in str(raised.value)


def test_damaged_text_is_looked_for_by_its_words(wording: Wording) -> None:
    found = wording.find("\ud800检查结果\x00应当向社会\u200b公布\udfff")
    assert found[0].kind == "exact"
    assert found[0].differences[0] == Difference("delete", "\ud800", "")
    with pytest.raises(InputError, match="k 至少是 1"):
        wording.find("检查", k=0)


def test_a_library_without_passages_finds_nothing() -> None:
    empty = Document(id="空", title="空", kind="法律", status="现行有效", text="有字无段")
    assert Wording([]).find("有字无段") == Wording([empty]).find("有字无段") == []


def test_a_match_is_told_as_the_contract_says(wording: Wording) -> None:
    record = match_record(wording.find("应当自收到之日起三十日内答复", documents=["检查法"])[0])
    assert json.loads(json.dumps(record, ensure_ascii=False)) == record
    assert record["document"] == {"id": "检查法", "title": "示范检查法", "status": "现行有效"}
    assert record["differences"] == [{"op": "insert", "draft": "", "source": "申请"}]
    assert record["context"] == "第二条　行政机关应当自收到申请之日起三十日内答复。"
    assert record["section"] == ["第一章 总则"]
    [[start, end]] = record["highlights"]
    assert LAW[start:end] == record["quoted"] == "应当自收到申请之日起三十日内答复"
    assert record["start"] <= start and end <= record["end"]
    assert LAW[record["context_start"] :].startswith(record["context"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("哪份文件里说过“有件必备”这句话", "有件必备"),
        ("有件必备、有备必审出自哪里？", "有件必备、有备必审"),
        ("请问哪部法律规定了不得泄露商业秘密", "不得泄露商业秘密"),
        ("“有件必备”是哪个文件说的", "有件必备"),
        ("法律面前人人平等是宪法第几条", "法律面前人人平等"),
        ("应当依法行政，这句话见于哪份文件？", "应当依法行政"),
        ("规划里有没有提到有错必纠？", "有错必纠"),
        ("诚实信用原则的原话怎么说？", "诚实信用原则"),
        ("合同自成立时生效是怎么规定的", "合同自成立时生效"),
    ],
)
def test_the_question_around_the_words_is_taken_off(asked: str, words: str) -> None:
    assert unwrapped(asked)[0] == words


def test_words_that_are_no_question_stay_as_they_are() -> None:
    assert unwrapped("查封、扣押") == unwrapped("规定的内容") == []
    assert pieces("保护企业……制定本法") == ["保护企业", "制定本法"]


def test_page_furniture_is_not_the_documents_words(held: Wording, library: list[Document]) -> None:
    plan = library[0]
    page = [plan.text[f.start : f.end] for f in plan.furniture if f.kind == "page"]
    assert page and all(loose(text).text not in held._haystack.text for text in page)


def test_every_passage_is_in_the_haystack(library: list[Document]) -> None:
    haystack = Haystack(library)
    for document in library[:3]:
        for passage in document.passages:
            words = loose(document.passage_text(passage)).text
            spans = haystack.places(words, haystack.ranges({document.id}))
            found = {haystack.source(*span)[1] for span in spans}
            assert any(passage.start <= start <= passage.end for start in found), passage.id


FULL = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
HALF = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}


def disturbed(text: str, way: str, seed: int) -> str:
    if way == "full":
        return text.translate(FULL)
    if way == "half":
        return text.translate(HALF)
    if way == "quotes":
        return "「" + text.replace("“", "『").replace("”", "』") + "」"
    if way == "no quotes":
        return text.replace("“", "").replace("”", "")
    if way in {"s2t", "s2tw", "s2hk"}:
        from opencc import OpenCC

        return str(OpenCC(way).convert(text))
    gap = {"space": " ", "wide": "\u3000", "line": "\r\n"}[way]
    step = 1 + seed % 7
    return gap.join(text[at : at + step] for at in range(0, len(text), step))


ways = st.sampled_from(
    ["full", "half", "quotes", "no quotes", "space", "wide", "line", "s2t", "s2tw", "s2hk"]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_exact_search_is_complete(
    held: Wording, library: list[Document], data: st.DataObject
) -> None:
    document = data.draw(st.sampled_from([d for d in library if d.current and d.passages]))
    body = (document.passages[0].start, document.passages[-1].end)
    start = data.draw(st.integers(*body))
    end = min(body[1], start + data.draw(st.integers(1, 300)))
    words = document.text[start:end]
    text = words
    for way in data.draw(st.lists(ways, max_size=3, unique=True)):
        text = disturbed(text, way, start)
    if not any(character.isalnum() for character in words):
        return
    found = held.find(text, k=100_000 if len(words) > 3 else 300_000, documents=[document.id])
    exact = [match for match in found if match.kind == "exact"]
    assert any(start <= m.start + 2 and m.end <= end + 2 and m.start < end for m in exact)
    for match in exact[:5]:
        source = document.text[match.start : match.end]
        assert match.verbatim is (not match.differences)
        assert loose(source).text == loose(words).text or match.differences


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_stumble(wording: Wording, text: str) -> None:
    try:
        found = wording.find(text)
    except InputError:
        return
    for match in found:
        assert match.document.text[match.start : match.end]
        assert match.passage in match.document.passages
        assert match.kind == "exact" or match.similarity < 1
        if match.verbatim:
            source = match.document.text[match.start : match.end]
            assert same_wording(text, source) or differences(unwrapped(text)[0], source) == ()


def test_pairs_vote_for_where_they_stand() -> None:
    votes = Bigrams("甲乙丙丁" + "戊" * 60 + "己庚辛壬").buckets("庚辛壬癸", 8)
    assert int(votes.argmax()) in {7, 8}
    assert Bigrams("").buckets("甲乙", 8).tolist() == [0.0]
    assert Bigrams("甲乙").buckets("子丑", 8).max() == 0

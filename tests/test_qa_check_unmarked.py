"""Statute text without quotation marks: where it begins and ends, and what is told instead."""

from __future__ import annotations

import pytest
from test_qa_check import checker

from qa.check.finding import Item

WAGE = "劳动者在试用期的工资不得低于本单位相同岗位最低档工资或者劳动合同约定工资的百分之八十"
OWN = "下列财产为夫妻一方的个人财产：（一）一方的婚前财产；"


def told(text: str) -> list[tuple[str, str]]:
    """The words compared without marks, each with its verdict."""
    items = [item for item in checker().check(text) if item.kind == "unmarked"]
    return [(item.surface, item.verdict) for item in items]


def retold(text: str) -> list[str]:
    return [item.surface for item in checker().check(text) if item.retold]


@pytest.mark.parametrize(
    "lead",
    [
        "《劳动合同法》第二十条规定，",
        "《劳动合同法》第二十条规定:",
        "根据《劳动合同法》第二十条之规定，",
        "法律依据：《劳动合同法》第二十条 ",
        "法律依据：《劳动合同法》第二十条【试用期工资】",
        "《劳动合同法》第二十条：",
        "《劳动合同法》第二十条\n",
        "《劳动合同法》第二十条对此作出了明确规定，",
        "《劳动合同法》第二十条试用期工资",
        "《劳动合同法》第十九条、第二十条规定，",
    ],
)
@pytest.mark.parametrize("after", ["。", "。这一条要向新职工讲明白。", "。\n二、社会保险"])
def test_statute_text_begins_after_the_place_and_ends_where_the_article_is_left(
    lead: str, after: str
) -> None:
    right, wrong = f"{WAGE}。", f"{WAGE.replace('八', '六')}。"
    assert told(lead + right.rstrip("。") + after) == [(right, "verbatim")]
    assert told(lead + wrong.rstrip("。") + after) == [(wrong, "altered")]


def test_two_articles_in_a_row_are_each_compared_with_their_own() -> None:
    text = (
        f"法律依据：《民法典》第一千零六十三条 {OWN}"
        "第一千零六十条 夫妻一方因家庭日常生活需要而实施的民事法律行为，对双方发生效力。"
    )
    assert [verdict for _, verdict in told(text)] == ["verbatim", "altered"]


@pytest.mark.parametrize(
    "text",
    [
        "依照《民法典》第五百七十七条的规定，判决如下：一、被告于十日内给付原告货款三千元。",
        "《民法典》第五百七十七条、《民事诉讼法》第六十七条，是本案的裁判依据。",
        "本办法依据《民法典》第一千零六十三条制定，自印发之日起施行。",
    ],
)
def test_the_writer_s_own_sentences_are_neither_compared_nor_counted(text: str) -> None:
    assert (told(text), retold(text)) == ([], [])


def test_what_is_told_in_other_words_is_counted_and_not_judged() -> None:
    text = "根据《劳动合同法》第三十七条规定，想辞职的劳动者要提前三十日告知用人单位。"
    assert told(text) == []
    assert retold(text) == ["《劳动合同法》第三十七条"]


def test_words_after_a_colon_that_the_article_has_nothing_of_are_counted() -> None:
    text = "《劳动合同法》第三十七条：雇员坐月子期间，老板照发全薪。"
    assert (told(text), retold(text)) == ([], ["《劳动合同法》第三十七条"])


def test_words_under_an_old_number_are_found_at_their_place_today() -> None:
    text = "应当依照《民事诉讼法》第二百六十条之规定，加倍支付迟延履行期间的债务利息。"
    assert told(text) == [("加倍支付迟延履行期间的债务利息。", "wrong_article")]
    assert "第二百六十四条" in checker().check(text)[-1].finding.suggestion


def test_the_writer_s_first_sentence_does_not_hide_the_article_s_own() -> None:
    text = f"依照《劳动合同法》第二十条的规定，试用期工资有下限。{WAGE}，并不得低于最低工资。"
    [(words, verdict)] = told(text)
    assert words.startswith("劳动者在试用期") and verdict == "altered"


def test_a_mark_that_never_closes_ends_with_the_law_s_words() -> None:
    words = "无效的或者被撤销的民事法律行为自始没有法律约束力。"
    text = f"《民法典》第一百五十五条规定：“{words}这一条说的是无效的后果。"
    item = quoted(text)
    assert (item.surface, item.verdict) == (words, "verbatim")
    assert "引号没有闭合" in item.finding.suggestion


def quoted(text: str) -> Item:
    return next(item for item in checker().check(text) if item.kind == "quotation")


@pytest.mark.parametrize(
    "text",
    [
        "《刑法》第二百三十二条规定的“故意杀人罪、过失致人死亡罪”都属侵犯人身的犯罪。",
        "一、“公司股东滥用法人独立地位”的认定",
        "双方在合同中约定“乙方逾期交货的，每日按货款的百分之一支付违约金”。",
        "书中写道：“人们奔走相告，整座小城都沉浸在节日的欢乐之中，久久不肯散去。”",
        "要让“群众少跑腿、数据多跑路”成为常态。",
        "根据《民法典》第五百七十七条，合同里的“本合同一式三份自签字之日起生效”有效。",
    ],
)
def test_names_terms_contracts_and_books_are_no_quotations_of_law(text: str) -> None:
    assert [item for item in checker().check(text) if item.kind != "citation"] == []


def test_contracts_and_judgments_are_no_documents_that_could_be_held() -> None:
    text = "《房屋租赁合同》约定：“房屋漏水的，由出租人负责修理”，《民事判决书》也予认定。"
    assert list(checker().check(text)) == []


def test_of_a_document_that_is_not_held_nothing_is_said_against_its_words() -> None:
    text = "《滨海市物业管理办法》第九条将门槛定为“占建筑物总面积过半数的业主书面联名提出”。"
    assert quoted(text).verdict == "not_held"


def test_marks_piled_up_are_not_judged_level_by_level() -> None:
    text = "“民事主体从事" * 60 + "”" * 60
    assert len(checker().check(text)) <= 2

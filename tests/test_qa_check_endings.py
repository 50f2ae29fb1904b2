"""Quotations that end before the source does: what a full stop says, and what a comma says."""

from __future__ import annotations

import pytest
from test_qa_check import checker, library, quotation

from benchmarks.measure.check_holds import articles, cuts
from qa.check.endings import rest_after
from qa.drafts import corrected_text, draft_of_text

DELIVERY = "动产物权的设立和转让，自交付时发生效力，但是法律另有规定的除外。"
ORDER = "有下列情形之一的，处警告：\n（一）喧哗的；\n（二）冲撞的。\n法律另有规定的，依照其规定。"


def put_right(text: str) -> str:
    return corrected_text(draft_of_text(text), checker().check(text))


@pytest.mark.parametrize(
    ("place", "words", "missing"),
    [
        ("民法典第二百二十四条", DELIVERY[:19] + "。", "，但是法律另有规定的除外"),
        ("民法典第二十四条", "可以向人民法院申请认定该成年人为无民事行为能力人。",
         "或者限制民事行为能力人"),
        ("民法典第四百九十九条", "悬赏人以公开方式声明对完成特定行为的人支付报酬的。",
         "，完成该行为的人可以请求其支付"),
        ("民法典第一千一百三十四条", "自书遗嘱由遗嘱人亲笔书写，签名，注明年、月。", "、日"),
        ("民法典第二百零五条", "本编调整因物的归属。", "和利用产生的民事关系"),
    ],
)  # fmt: skip
def test_a_full_stop_before_the_source_s_own_is_altered_and_the_rest_is_shown(
    place: str, words: str, missing: str
) -> None:
    text = f"{place}规定：“{words}”"
    item = quotation(text)
    assert item.verdict == "altered"
    assert [each.source for each in item.finding.differences] == [missing]
    assert [each.verdict for each in checker().check(put_right(text))] == ["exists", "verbatim"]


def test_what_is_cut_from_a_long_sentence_may_stay_out_when_the_stop_moves_behind_the_mark() -> (
    None
):
    text = "行政处罚法第一条规定：“为了规范行政处罚的设定和实施。”据此办理。"
    assert quotation(text).verdict == "altered"
    assert put_right(text) == "行政处罚法第一条规定：“为了规范行政处罚的设定和实施”。据此办理。"


@pytest.mark.parametrize(
    ("words", "after", "note"),
    [
        (DELIVERY[:19], "，由此可见", "但书"),
        (DELIVERY[:19] + "，", "由此可见", "但书"),
        (DELIVERY[:19] + "……", "。", "但书"),
        (DELIVERY[:19], "。", "但书"),
        ("动产物权的设立和转让", "，以交付为准", "自交付时发生效力"),
        ("交付时发生效力", "的规则", "但书"),
    ],
)
def test_an_open_end_is_verbatim_and_says_that_the_sentence_goes_on(
    words: str, after: str, note: str
) -> None:
    item = quotation(f"民法典第二百二十四条规定：“{words}”{after}")
    assert (item.verdict, item.finding.goes_on) == ("verbatim", True)
    assert note in item.finding.suggestion


def test_a_whole_sentence_before_a_proviso_of_its_own_is_verbatim_with_a_note() -> None:
    item = quotation(
        "民法典第一百五十三条规定：“违反法律、行政法规的强制性规定的民事法律行为无效。”"
    )
    assert (item.verdict, item.finding.goes_on) == ("verbatim", True)
    assert "但是，该强制性规定不导致该民事法律行为无效的除外。" in item.finding.suggestion


def test_words_that_stand_twice_are_taken_from_where_the_sentence_ends() -> None:
    # Article 188 has the sentence twice; a proviso follows only the second.
    item = quotation("民法典第一百八十八条规定：“法律另有规定的，依照其规定。”")
    assert (item.verdict, item.finding.goes_on) == ("verbatim", False)


@pytest.mark.parametrize(
    ("quoted", "kind"),
    [
        ("有下列情形之一的，处警告", "list"),
        ("有下列情形之一的，处警告：\n（一）喧哗的", "list"),
        ("喧哗的", "parallel"),
        ("有下列情形之一的", "outcome"),
        ("冲撞的", "next"),
        ("依照其规定", None),
    ],
)
def test_how_an_article_goes_on(quoted: str, kind: str | None) -> None:
    start = ORDER.index(quoted)
    rest = rest_after(ORDER, start, start + len(quoted), len(ORDER))
    assert (rest and rest.kind) == kind


@pytest.mark.parametrize(
    "words", ["然人从事民事活动", "民事主体从事民事活", "律没有规定的，可以适用习"]
)
def test_a_cut_inside_a_word_is_not_verbatim(words: str) -> None:
    item = quotation(f"《民法典》规定：“{words}”。")
    assert item.verdict != "verbatim"


def test_no_cut_before_a_proviso_is_plainly_verbatim() -> None:
    # Every twelfth article; all of them in benchmarks/measure/check_holds.py.
    for article in list(articles(library()))[::12]:
        for words in cuts(article.body):
            for item in checker().check(article.quoted(words + "。")):
                plain = item.verdict == "verbatim" and not item.finding.goes_on
                assert item.kind == "citation" or not plain, item.surface

"""Suggested corrections: true when put in, whole words, nothing of the draft lost."""

from __future__ import annotations

import pytest
from test_qa_check import checker, library, quotation

from benchmarks.measure.check_holds import Slips, articles, corrected_wrongly


@pytest.mark.parametrize(
    ("place", "draft", "true"),
    [
        ("民法典第一百二十三条", "公民依法享有知识产权。", "民事主体依法享有知识产权。"),
        ("民法典第二十条", "不满八周岁的未成年人为无民事行为能力的人",
         "不满八周岁的未成年人为无民事行为能力人"),
        ("民法典第二十条", "不满八周岁的未成年人为无民事行为能力的人。",
         "不满八周岁的未成年人为无民事行为能力人”。"),
        ("民法典第五条", "第五条　民事主体从事民事活动，可以遵循自愿原则，",
         "第五条　民事主体从事民事活动，应当遵循自愿原则，"),
        ("民法典第二十条", "由其法定代理人代理实施民事行为。",
         "由其法定代理人代理实施民事法律行为。"),
        ("宪法第三十三条", "国家尊重和保护人权……任何公民享有宪法和法律规定的义务。",
         "国家尊重和保障人权……任何公民享有宪法和法律规定的权利”。"),
        ("民法典第二十六条", "父母对子女负有抚养、教育和保护的义务。",
         "父母对未成年子女负有抚养、教育和保护的义务。"),
        ("宪法第三十三条", "一切权力属于人民。国家尊重人民。", None),
    ],
)  # fmt: skip
def test_the_suggestion_is_the_law_s_own_wording(place: str, draft: str, true: str | None) -> None:
    fix = quotation(f"{place}规定：“{draft}”").finding.correction
    assert (fix and fix.text) == true


def test_sentences_of_two_articles_are_each_given_their_place() -> None:
    first, second = (
        "成年人为完全民事行为能力人，可以独立实施民事法律行为。",
        "自然人的民事权利能力一律平等。",
    )
    item = quotation(f"民法典第十八条规定：“{first}{second}”")
    assert item.verdict == "wrong_article" and item.finding.correction is None
    assert "第十八条第一款" in item.finding.suggestion and "第十四条" in item.finding.suggestion


def test_a_new_number_keeps_the_clause_that_was_cited() -> None:
    words = "当事人应当按照约定全面履行自己的义务。"
    item = quotation(f"民法典第五百条第二款规定：“{words}”")
    assert item.finding.correction is not None
    assert item.finding.correction.text == "民法典第五百零九条第一款"


def test_every_suggested_correction_is_verbatim_when_put_in() -> None:
    # 10,000 of them in benchmarks/measure/check_holds.py.
    slips = Slips(seed=7, laws=list(articles(library())))
    for _ in range(150):
        _, article, altered = slips.draw()
        assert corrected_wrongly(checker(), article.quoted(altered))[1] is None, altered

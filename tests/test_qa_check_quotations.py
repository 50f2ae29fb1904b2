"""Finding quotations: every kind of mark, nested and unbalanced ones, and words without marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_qa_check import checker

from qa.check.quotations import find_quotations


def found(text: str) -> list[str]:
    return [text[each.start : each.end] for each in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("说“甲乙”和「丙丁」与『戊己』", ["甲乙", "丙丁", "戊己"]),
        ('说"甲乙"和＂丙丁＂', ["甲乙", "丙丁"]),
        ("“外面‘里面’外面”", ["外面‘里面’外面", "里面"]),
        ("“外面“里面”外面”", ["外面“里面”外面", "里面"]),
        ("”甲乙”", ["甲乙"]),
        ("“甲乙“。", ["甲乙"]),
        ("“甲乙\n丙丁", ["甲乙"]),
        ("“甲乙，“丙丁。", ["甲乙，", "丙丁。"]),
        ("《“十四五”规划》", []),
        ("“”", []),
    ],
)
def test_marks_are_paired_as_people_type_them(text: str, quotations: list[str]) -> None:
    assert found(text) == quotations


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("第五条规定：民事主体应当自愿。另外", "民事主体应当自愿"),
        ("会议指出:坚持法治\n下一段", "坚持法治"),
        ("第五条明确：\n民事主体应当自愿。", "民事主体应当自愿"),
    ],
)
def test_words_without_marks_run_to_the_end_of_the_sentence(text: str, quotation: str) -> None:
    [each] = find_quotations(text)
    assert (text[each.start : each.end], each.marked) == (quotation, False)


def test_marked_words_after_a_colon_are_not_found_twice() -> None:
    assert found("第五条规定：“民事主体应当自愿。”") == ["民事主体应当自愿。"]


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ("《民法典》第五百零九条如是说。", "verbatim"),
        ("《民法典》第五百零九条这样规定！", "verbatim"),
        ("，为《民法典》第五百零九条所明确。", "verbatim"),
        ("，与《民法典》第五百零九条的规定完全一致。", "verbatim"),
        ("，在《民法典》第五百八十条中有明确规定。", "wrong_article"),
        ("，《民法典》第五百八十条。", "wrong_article"),
    ],
)
def test_a_quotation_is_of_the_place_named_after_it(after: str, verdict: str) -> None:
    words = "当事人应当按照约定全面履行自己的义务"
    [item] = [each for each in checker().check(f"“{words}”{after}") if each.kind == "quotation"]
    assert (item.surface, item.verdict) == (words, verdict)


@pytest.mark.parametrize("between", ["\n", "", "，"])
def test_a_place_after_it_is_nearer_than_one_shared_with_the_quotation_before(between: str) -> None:
    text = (
        "《民法典》第五百零九条规定：“当事人应当按照约定全面履行自己的义务。”"
        f"{between}“自然人的民事权利能力一律平等。”《民法典》第十四条这样规定。"
    )
    found = [each for each in checker().check(text) if each.kind == "quotation"]
    assert [each.verdict for each in found] == ["verbatim", "verbatim"]


def test_a_place_shared_by_two_quotations_is_not_that_which_only_bears_on_the_second() -> None:
    words = "“当事人应当按照约定全面履行自己的义务”，“当事人应当遵循诚信原则”"
    text = f"《民法典》第五百零九条规定：{words}，《劳动法》第三条也有规定。"
    found = [each for each in checker().check(text) if each.kind == "quotation"]
    assert [each.verdict for each in found] == ["verbatim", "verbatim"]


@pytest.mark.parametrize(
    "text",
    [
        "邻居都说：“欠债的总归要把钱还清，这是老理儿”，《民法典》第五百零九条有明确规定。",
        "“欠债的总归要把钱还清，这是老理儿。”《民法典》第五百零九条对此有专门规定。",
    ],
)
def test_what_people_say_is_no_quotation_of_the_law_that_bears_on_it(text: str) -> None:
    assert [each for each in checker().check(text) if each.kind == "quotation"] == []


def test_words_much_nearer_to_another_article_are_of_that_article() -> None:
    text = "《民法典》第六条规定：“民事主体从事民事活动，应当遵循诚信原则，秉持诚实，信守承诺。”"
    item = next(each for each in checker().check(text) if each.kind == "quotation")
    assert (item.verdict, item.finding.correction) == ("wrong_article", None)
    assert "第七条" in item.finding.suggestion


@given(st.text(alphabet='“”‘’「」『』"《》：。\n规定甲乙', max_size=60))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    quotations = find_quotations(text)
    assert all(0 <= each.start < each.end <= len(text) for each in quotations)
    assert [each.start for each in quotations] == sorted(each.start for each in quotations)

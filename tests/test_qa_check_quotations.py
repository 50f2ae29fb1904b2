"""Finding quotations: every kind of mark, nested and unbalanced ones, and words without marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.text(alphabet='“”‘’「」『』"《》：。\n规定甲乙', max_size=60))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    quotations = find_quotations(text)
    assert all(0 <= each.start < each.end <= len(text) for each in quotations)
    assert [each.start for each in quotations] == sorted(each.start for each in quotations)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.wording.differences import Difference, differences, same_wording
from qa.wording.folding import loose, strict


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("自2021年1月1日起施行", "自２０２１年１月１日起施行"),
        ("应当,依法;公开(试行)", "应当，依法；公开（试行）"),
        ("建设“十四五”规划", "建设「十四五」规划"),
        ("他说‘应当’", '他说"应当"'),
        ("重大风险挑战", "重大风 险挑\n战"),
        ("第一条　为了", "第一条 为了"),
        ("｡｢应当｣", "。「应当」"),
        ("不\u200b得\ufeff", "不得"),
        ("不得", "不得"),
    ],
)
def test_width_marks_and_white_space_are_not_wording(draft: str, source: str) -> None:
    assert same_wording(draft, source)
    assert differences(draft, source) == ()


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        ("①", "1"),
        ("⑴", "(1)"),
        ("½", "1/2"),
        ("Ⅳ", "IV"),
        ("㎡", "m2"),
        ("二〇二五年", "二零二五年"),
        ("二年", "2年"),
        ("一百元", "100元"),
        ("。", "."),
        ("、", ","),
        ("——", "--"),
        ("……", "..."),
        ("应当", "應當"),
        ("WTO", "wto"),
        ("十四五规划", "“十四五”规划"),
        ("应当", "可以"),
        ("以上", "以下"),
        ("三年", "五年"),
        ("⼀", "一"),
        ("应当\ud800", "应当"),
    ],
)
def test_everything_else_is_wording(draft: str, source: str) -> None:
    assert not same_wording(draft, source)
    assert differences(draft, source) != ()


def test_differences_turn_the_draft_into_the_source() -> None:
    draft = "行政机关可以自收到之日起三年内,予以答复"
    source = "行政机关应当自收到申请之日起五年内，答复"
    assert differences(draft, source) == (
        Difference("replace", "可以", "应当"),
        Difference("insert", "", "申请"),
        Difference("replace", "三", "五"),
        Difference("delete", "予以", ""),
    )


def test_neighbouring_differences_are_one() -> None:
    assert differences("任何组织和个人", "任何组织或者个人") == (
        Difference("replace", "和", "或者"),
    )


def test_differences_are_given_as_they_are_written() -> None:
    assert differences("共２页", "共 三\n十 页") == (Difference("replace", "２", "三\n十"),)


texts = st.text(
    st.sampled_from("应当可以不得三五年内，,。；“”「」\"' 　\n①12１２〇零Ａa條条\ud800\u200b𬶨鱀"),
    max_size=30,
)


@given(texts, texts)
def test_nothing_differs_exactly_when_the_wording_is_the_same(draft: str, source: str) -> None:
    found = differences(draft, source)
    assert (found == ()) is same_wording(draft, source)
    for each in found:
        assert bool(each.draft) is (each.op != "insert")
        assert bool(each.source) is (each.op != "delete")
    same = [
        len(strict(text).text) - sum(len(strict(part).text) for part in parts)
        for text, parts in ((draft, [e.draft for e in found]), (source, [e.source for e in found]))
    ]
    assert same[0] == same[1]


@given(texts)
def test_the_normal_forms_point_back_character_by_character(text: str) -> None:
    for fold in (strict, loose):
        folded = fold(text)
        assert len(folded.positions) == len(folded.text)
        for character, position in zip(folded.text, folded.positions, strict=True):
            assert fold(text[position]).text == character
        assert fold(folded.text).text == folded.text

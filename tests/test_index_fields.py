"""What each leg reads: short words with what stands above them, long ones alone."""

from __future__ import annotations

import pytest

from corpus import Document, Passage
from corpus.structure import structure
from index.fields import above_span, dense_field, field_span, own_words

GUIDE = """某市居住证补领办事指南
一、收费标准
每本二十元。
二、办理流程
申请人到居住地派出所提出申请，派出所当场核对身份信息和居住登记，符合条件的自受理之日起七个工作日内制发新证，并通过短信告知申请人领取。
"""
FEE = "某市居住证补领办事指南 收费标准 "


@pytest.fixture
def guide() -> Document:
    return structure(Document("own", "某市居住证补领办事指南", "", "", GUIDE))


def passage(document: Document, words: str) -> Passage:
    at = document.text.index(words)
    return next(each for each in document.passages if each.start <= at < each.end)


def test_words_too_few_to_say_what_they_are_of_stand_under_title_and_heading(
    guide: Document,
) -> None:
    words, places = dense_field(guide, passage(guide, "每本"))
    assert words == FEE + "每本二十元。"
    start = guide.text.index("每本")
    assert field_span(places, start, start + 2) == (len(FEE), len(FEE) + 2)
    assert above_span(places) == (0, len(FEE))


def test_a_paragraph_is_read_alone(guide: Document) -> None:
    long = passage(guide, "申请人到")
    words, places = dense_field(guide, long)
    assert (words, list(places)) == own_words(guide, long)
    assert above_span(places) == (0, 0)


def test_an_article_is_read_alone() -> None:
    text = "某市办法\n第一条 本办法自公布之日起施行。\n"
    document = structure(Document("own", "某市办法", "办法", "", text))
    assert dense_field(document, document.passages[-1])[0] == "本办法自公布之日起施行。"


def test_under_a_bare_line_that_is_no_heading_it_is_read_with_that() -> None:
    text = "某市工本费标准\n住宅证书\n每本10元。\n"
    document = structure(Document("own", "某市工本费标准", "", "", text))
    fee = passage(document, "每本10元")
    assert document.path(fee.section) == []
    assert dense_field(document, fee)[0] == "某市工本费标准 住宅证书 每本10元。"

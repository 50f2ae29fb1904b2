import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import article_label, normal_article, parse_article, parse_number, to_chinese


@given(st.integers(1, 99_999))
def test_every_number_is_read_back_as_written(number: int) -> None:
    assert parse_number(to_chinese(number)) == number
    assert parse_article(article_label(number)) == (number, 0)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (101, "一百零一"),
        (115, "一百一十五"),
        (1006, "一千零六"),
        (1060, "一千零六十"),
        (1260, "一千二百六十"),
        (10_500, "一万零五百"),
        (10_015, "一万零一十五"),
        (100_500, "十万零五百"),
    ],
)
def test_numbers_are_written_as_statutes_write_them(number: int, words: str) -> None:
    assert to_chinese(number) == words
    assert parse_number(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1260", 1260),
        ("５４", 54),
        ("二〇三五", 2035),
        ("一百十五", 115),
        ("一十二", 12),
        ("两百", 200),
        ("一千六十", 1060),
        ("〇", 0),
    ],
)
def test_other_ways_to_write_a_number_are_read(words: str, number: int) -> None:
    assert parse_number(words) == number


@pytest.mark.parametrize(
    "words",
    ["", "一百百", "百", "一百五", "十百", "一千零五百", "零十", "万", "一万万", "零一", "1.5"],
)
def test_nonsense_is_not_a_number(words: str) -> None:
    assert parse_number(words) is None


@pytest.mark.parametrize(
    ("label", "normal"),
    [
        ("第120条之一", "第一百二十条之一"),
        ("第１２６０条", "第一千二百六十条"),
        ("第零条", None),
        ("第0条", None),
        ("第一百百条", None),
        ("第五条之零", None),
        ("五条", None),
    ],
)
def test_article_labels_become_chinese_numerals(label: str, normal: str | None) -> None:
    assert normal_article(label) == normal

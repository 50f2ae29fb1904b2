"""Every way to write a place is read as the same place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import article_label, to_chinese
from corpus.places import read_places

Read = list[tuple[str | None, int | None, int | None]]

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def read(text: str, asked: bool = False) -> Read:
    return [(p.article, p.clause, p.item) for p in read_places(text, 0, asked)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第三条、四条第一款第（四）项", [("第三条", None, None), ("第四条", 1, 4)]),
        ("第七十二条第一、三款", [("第七十二条", 1, None), ("第七十二条", 3, None)]),
        ("第六条第二款第(一)至(三)项", [("第六条", 2, n) for n in (1, 2, 3)]),
        ("第二百条（九）项", [("第二百条", None, 9)]),
        ("1043、1044条", [("第一千零四十三条", None, None), ("第一千零四十四条", None, None)]),
        ("第二十条\xa0之一、之二", [("第二十条之一", None, None), ("第二十条之二", None, None)]),
        ("第二十一条之1", [("第二十一条之一", None, None)]),
        ("第一百六十五之规定", [("第一百六十五条", None, None)]),
        ("之第一百三十三条之一", [("第一百三十三条之一", None, None)]),
    ],
)  # fmt: skip
def test_lists_and_short_forms(text: str, expected: Read) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["三条意见", "2020年修订", "第五人民医院", "第三条件", "十五规划", "1260人", "12款"],
)
def test_what_is_no_place(text: str) -> None:
    assert read(text) == []
    assert read(text, asked=True) == []


@pytest.mark.parametrize(
    "text", ["第五条、三条意见", "第五条和三项措施", "第五条，三项要求", "第五条两款规定"]
)
def test_a_number_that_only_counts_does_not_carry_a_list_on(text: str) -> None:
    assert read(text) == [("第五条", None, None)]


def test_only_a_question_may_leave_the_word_for_article_out() -> None:
    assert read("1260") == read("一千二百六十") == []
    assert read("1260", asked=True) == read("一千二百六十怎么说", asked=True)
    assert read("1260", asked=True) == [("第一千二百六十条", None, None)]


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("民法典 188 处理", ["第一百八十八条"]),
        ("民法典188、196；", ["第一百八十八条", "第一百九十六条"]),
        ("民法典一百八十八，", ["第一百八十八条"]),
        ("监察法24规定了", ["第二十四条"]),
        ("《民法典》 188", ["第一百八十八条"]),
    ],
)
def test_right_after_a_name_running_text_may_too(text: str, articles: list[str]) -> None:
    end = text.index("》" if "》" in text else "典" if "典" in text else "法") + 1
    assert [place.article for place in read_places(text, end)] == articles


@pytest.mark.parametrize(
    "text",
    ["法2021修改", "法365天", "法 120 问", "法 150 余条", "法 12,500 字", "法6，", "法》12，"],
)
def test_numbers_after_a_name_that_count_something_else(text: str) -> None:
    assert read_places(text, 2 if "》" in text else 1) == []


@pytest.mark.parametrize(
    ("text", "sections", "article"),
    [
        ("侵权责任编第一章", ("侵权责任编", "第一章"), None),
        ("合同编通则第四章", ("合同编", "通则", "第四章"), None),
        ("第二编第三章第二百条", ("第二编", "第三章"), "第二百条"),
        ("第三部分", ("第三部分",), None),
        ("第三章第三节第二项", ("第三章", "第三节", "二、"), None),
    ],
)
def test_sections(text: str, sections: tuple[str, ...], article: str | None) -> None:
    [place] = read_places(text, 0)
    assert (place.sections, place.article) == (sections, article)
    assert text.endswith(text[place.start : place.end])


@pytest.mark.parametrize(
    ("text", "asked", "sections", "article"),
    [
        ("》附件2第三条", False, ("附件2",), "第三条"),
        ("》附件二", False, ("附件2",), None),
        ("》第五项工作", True, ("五、",), None),
        ("》第（三）项", True, ("(三)",), None),
        ("》附件2第三点", True, ("附件2", "三、"), None),
        ("》3.1.2", True, ("3.1.2",), None),
    ],
)
def test_places_of_papers_without_articles(
    text: str, asked: bool, sections: tuple[str, ...], article: str | None
) -> None:
    [place] = read_places(text, 1, asked)
    assert (place.sections, place.article) == (sections, article)


@pytest.mark.parametrize("text", ["》第五项规定的", "》3.1万元", "》附近"])
def test_in_running_text_a_point_or_a_figure_is_no_place(text: str) -> None:
    assert read_places(text, 1) == []


def test_lists_of_sections() -> None:
    assert [p.sections for p in read_places("第三章第一节、第二节", 0)] == [
        ("第三章", "第一节"),
        ("第三章", "第二节"),
    ]
    chapters = [(f"第{n}章",) for n in "二三四"]
    assert [p.sections for p in read_places("第二章至第四章", 0)] == chapters


def forms(number: int) -> list[str]:
    """The ways to write one number."""
    return [to_chinese(number), str(number), str(number).translate(FULL_WIDTH)]


@given(
    st.integers(10, 1500),
    st.integers(0, 3),
    st.integers(0, 9),
    st.integers(0, 20),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.sampled_from(["", " ", "\u3000"]),
    st.sampled_from(["第", ""]),
)
def test_every_form_of_a_place_is_the_same_place(
    number: int, sub: int, clause: int, item: int, ways: list[int], space: str, ordinal: str
) -> None:
    text = f"{ordinal}{space if ordinal else ''}{forms(number)[ways[0]]}{space}条"
    text += f"{space}之{forms(sub)[ways[1]]}" if sub else ""
    text += f"{space}第{forms(clause)[ways[2]]}款" if clause else ""
    text += f"{space}第（{forms(item)[ways[3]]}）项" if item else ""
    expected = (article_label(number, sub), clause or None, item or None)
    assert read(text) == read(text, asked=True) == [expected]
    assert read(text.replace("条", "條").replace("项", "項")) == [expected]


@given(st.integers(10, 1400), st.integers(1, 20), st.sampled_from("至 到 - — ～ ~".split()))
def test_every_range_has_all_its_articles(first: int, count: int, mark: str) -> None:
    expected = [(article_label(first + n), None, None) for n in range(count + 1)]
    last = first + count
    for text in (
        f"第{to_chinese(first)}条{mark}第{to_chinese(last)}条",
        f"第{first}{mark}{last}条",
        f"{first}{mark}{last}条",
        f"第{first}条{mark}{last}条",
    ):
        assert read(text) == expected

"""Documents laid side by side, and where the articles of an older version stand now."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from corpus.lawrows import Row
from corpus.lawtext import compose
from corpus.pairing import Pair, pair_documents
from corpus.records import Citation, Document
from corpus.renumbering import Renumbering, amended_number
from corpus.statutes import list_laws, read_laws
from corpus.structure import structure

WASTE = "单位和个人应当分类投放生活垃圾，不得随意倾倒、抛撒、堆放或者焚烧。"
FEES = "产生建筑垃圾的单位应当缴纳处置费，收费标准由市价格主管部门会同城管部门核定。"
FINES = "违反本条例规定，随意倾倒生活垃圾的，责令改正，对个人处五十元罚款。"


def rules(*articles: str) -> Document:
    rows = [
        Row("", "", f"第{n}条", text) for n, text in zip("一二三四五六", articles, strict=False)
    ]
    return compose(Document("law-x", "市容条例", "地方性法规", "现行有效", ""), rows)


def told(pairs: list[Pair]) -> list[tuple[str, str, bool]]:
    return [
        (pair.old.label if pair.old else "", pair.new.label if pair.new else "", pair.same)
        for pair in pairs
    ]


def test_articles_are_paired_by_what_they_say_and_what_is_left_stands_where_it_stood() -> None:
    old = rules("为了加强市容管理，制定本条例。", WASTE, FEES, FINES)
    harder = FINES.replace("五十元", "二百元以下")
    new = rules("为了加强市容管理，制定本条例。", "市容工作坚持共治共享。", WASTE, harder)
    assert told(pair_documents(old, new)) == [
        ("第一条", "第一条", True),
        ("", "第二条", False),
        ("第二条", "第三条", True),
        ("第三条", "", False),
        ("第四条", "第四条", False),
    ]


def test_an_article_taken_into_a_longer_one_is_found_in_it() -> None:
    longer = (
        f"{WASTE}农村地区推行户分类、村收集、镇转运、县处理。社区应当设置投放指引，公布投放时间。"
    )
    pairs = pair_documents(rules(FEES, WASTE), rules(longer, FEES))
    assert told(pairs) == [("第二条", "第一条", False), ("第一条", "第二条", True)]


def test_articles_that_merely_share_the_language_of_laws_are_not_paired() -> None:
    one = "市人民政府应当加强对献血工作的领导，统一规划并组织有关部门共同做好献血工作。"
    other = "乡镇人民政府负责本行政区域内渔船停泊的安全管理，定期组织检查。"
    assert told(pair_documents(rules(one), rules(FEES, other, WASTE))) == [
        ("", "第一条", False),
        ("", "第二条", False),
        ("", "第三条", False),
        ("第一条", "", False),
    ]


def test_plans_of_two_cities_are_paired_by_their_paragraphs() -> None:
    def plan(city: str, more: str) -> Document:
        text = (
            f"第一章 总体要求\n到2025年，{city}法治政府建设水平显著提升。\n第二章 主要任务\n"
            f"{more}一、严格规范公正文明执法\n全面推行行政执法公示、全过程记录、法制审核制度。"
        )
        return structure(Document(city, f"{city}规划", "规划", "现行有效", text))

    pairs = pair_documents(plan("滨海市", ""), plan("临江市", "坚持党建引领。\n"))
    assert told(pairs) == [
        ("第一章", "第一章", False),
        ("", "第二章", False),
        ("第二章一、", "第二章一、", True),
    ]


@cache
def versions(title: str) -> tuple[Document, ...]:
    laws = [v for v in list_laws(date(2026, 11, 22)) if v.title == f"中华人民共和国{title}"]
    return tuple(read_laws(sorted(laws, key=lambda v: v.published)))


def test_the_articles_of_the_constitution_of_1982_are_found_under_their_new_numbers() -> None:
    old, new = versions("宪法")
    moved = {each.former: each.article for each in new.amended if each.kind == "renumbered"}
    assert len(moved) == 16
    pairs = pair_documents(old, new)
    for pair in pairs:
        if pair.old is not None:
            assert pair.new is not None
            assert pair.new.label == moved.get(pair.old.label, pair.old.label)


@pytest.mark.parametrize(
    ("law", "place", "now"),
    [
        ("仲裁法", ("第五十八条", 1, 2), "第七十一条第一款第（二）项"),
        ("仲裁法", ("第九条", 2, None), "第十条第二款"),
        ("宪法", ("第六十二条", None, 8), "第六十二条第（九）项"),
        ("海商法", ("第四条", None, None), "第五条"),
        ("海商法", ("第四十二条", None, None), "第四十四条"),
    ],
)
def test_clause_and_item_of_a_renumbered_article_are_kept(
    law: str, place: tuple[str, int | None, int | None], now: str
) -> None:
    old, new = versions(law)
    citation = Citation(0, 0, "", old.title, old.id, *place)
    assert Renumbering(old, new).place(citation) == now


def test_a_decision_tells_the_new_number_where_the_old_text_is_not_held() -> None:
    (security,) = versions("网络安全法")
    assert amended_number(security, "第二十一条") == "第二十三条"
    assert amended_number(security, "第一条") is None

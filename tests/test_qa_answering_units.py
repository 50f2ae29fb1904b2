"""What is quoted together: lists with their opening line, rows with their header, FAQ answers."""

from __future__ import annotations

import pytest

from corpus import Document
from corpus.structure import structure
from qa.answering.units import Unit, units


def words_of(text: str, among: str) -> list[tuple[str, str, list[str]]]:
    """The units around the passage that holds ``among``: kind, opening, items."""
    document = structure(Document("own", "某办法", "办法", "", text))
    at = text.index(among)
    passage = next(p for p in document.passages if p.start <= at < p.end)
    return [_shown(text, unit) for unit in units(document, passage)]


def _shown(text: str, unit: Unit) -> tuple[str, str, list[str]]:
    opening = "" if unit.opening is None else text[slice(*unit.opening)]
    return unit.kind, opening, [text[slice(*item)] for item in unit.items]


def test_an_opening_line_and_its_items_are_one_unit() -> None:
    text = (
        "某办法\n第八条 养犬人应当及时清理犬粪。有下列情形之一的，不予登记：\n"
        "（一）犬龄不满三个月的；\n（二）养犬人未满十八周岁的。\n"
    )
    assert words_of(text, "及时清理") == [
        ("sentence", "", ["第八条 养犬人应当及时清理犬粪。"]),
        (
            "list",
            "有下列情形之一的，不予登记：",
            ["（一）犬龄不满三个月的；", "（二）养犬人未满十八周岁的。"],
        ),
    ]


def test_an_item_keeps_the_items_of_its_own() -> None:
    text = (
        "某办法\n第三条 申请人应当提交下列材料：\n（一）身份证明，包括：\n1.身份证；\n2.户口簿；\n"
        "（二）申请表。\n"
    )
    [(kind, _, items)] = words_of(text, "身份证明")
    assert kind == "list"
    assert items == ["（一）身份证明，包括：\n1.身份证；\n2.户口簿；", "（二）申请表。"]


def test_items_without_numbers_end_with_the_one_that_closes_them() -> None:
    text = (
        "某办法\n第二条 管委会由下列人员组成：\n主任，\n副主任若干人，\n秘书长。\n"
        "管委会每届五年。\n"
    )
    assert words_of(text, "秘书长")[:2] == [
        ("list", "第二条 管委会由下列人员组成：", ["主任，", "副主任若干人，", "秘书长。"]),
        ("sentence", "", ["管委会每届五年。"]),
    ]


def test_a_row_brings_its_header() -> None:
    text = "某收费表\n车型 首小时 每日封顶\n小型车 5元 40元\n大型车 8元 60元\n"
    assert words_of(text, "大型车")[-1] == ("row", "车型 首小时 每日封顶", ["大型车 8元 60元"])


def test_a_question_belongs_to_the_answer_under_it_and_is_not_quoted() -> None:
    text = "某问答\n一、证丢了怎么补？\n答：到窗口申请，当场补发。\n二、要钱吗？\n答：不收费。\n"
    document = structure(Document("own", "某问答", "", "", text))
    found = [u for p in document.passages for u in units(document, p) if u.kind == "answer"]
    said = {text[slice(*unit.items[0])] for unit in found}
    assert said <= {"答：到窗口申请，当场补发。", "答：不收费。"}
    assert all(unit.quoted_opening is None for unit in found)


def test_a_proviso_stays_with_its_sentence() -> None:
    text = "某办法\n第五条 停车免费。但是夜间除外。残疾人专用车辆不收费。\n"
    assert words_of(text, "夜间") == [
        ("sentence", "", ["第五条 停车免费。但是夜间除外。"]),
        ("sentence", "", ["残疾人专用车辆不收费。"]),
    ]


@pytest.mark.parametrize("line", ["联系方式", "有关事项通知如下："])
def test_what_only_announces_is_a_heading(line: str) -> None:
    text = f"某通知\n各区应当做好准备。\n{line}\n"
    assert ("heading", "", [line]) in words_of(text, line)


def test_what_stands_alone_under_a_heading_is_what_the_heading_announces() -> None:
    text = "某指南\n一、咨询电话\n0999-1234567\n二、收费标准\n每份二十元\n"
    assert words_of(text, "0999") == [("sentence", "", ["0999-1234567"])]
    assert words_of(text, "二十元") == [("sentence", "", ["每份二十元"])]


def test_numbered_paragraphs_are_no_list() -> None:
    text = "某意见\n1.加强领导。各区应当成立专班。\n2.落实经费。财政应当保障。\n"
    assert all(kind == "sentence" for kind, _, _ in words_of(text, "落实经费"))


def test_a_line_of_strokes_alone_is_no_row() -> None:
    text = "某表\n| |\n第一条 本表自发布之日起施行。\n"
    assert words_of(text, "自发布") == [
        ("sentence", "", ["第一条 本表自发布之日起施行。"]),
    ]


def test_what_follows_a_question_on_its_line_answers_it() -> None:
    text = "某办法\n常见问题\n要不要贫困证明？——不用，填承诺即可。\n能网上办吗？能。点“我要办”。\n"
    assert words_of(text, "贫困证明") == [("answer", "要不要贫困证明？", ["——不用，填承诺即可。"])]
    assert words_of(text, "网上办")[-1] == ("answer", "能网上办吗？", ["能。", "点“我要办”。"])

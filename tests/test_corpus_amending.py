"""Amendments read and applied; the law of rivers and lakes is made up after real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from corpus.amending import Held, Stage, articles_of, follow, read_amendment
from corpus.lawdata import law_rows
from corpus.lawrows import Row
from corpus.statutes import list_laws

TITLE = "全国人民代表大会常务委员会关于修改《中华人民共和国河湖法》的决定"
LAW = {
    "第一条": "为了保护河湖，制定本法。",
    "第二条": "河湖保护实行河湖长制。\n河湖长名单应当公布。",
    "第三条": "禁止下列行为：\n（一）倾倒垃圾；\n（二）毁坏堤防；\n（三）法律禁止的其他行为。",
    "第四条": "违反本法第三条规定的，处一千元以下罚款。",
    "第五条": "本法自公布之日起施行。",
}


def stage(orders: Sequence[str], law: Mapping[str, str] = LAW, day: str = "2020-01-01") -> Stage:
    """The law of 2020, or a text of another day, after a decision of 2024."""
    rows = [Row("", "", label, words) for label, words in law.items()]
    decision = [
        Row("", "", f"条目{n}", words) for n, words in zip("一二三四", orders, strict=False)
    ]
    amendment = read_amendment("d", TITLE, ("2024-05-01", "2024-07-01"), decision)
    return follow([Held("law", day, articles_of(rows))], [amendment])[-1]


def after(*orders: str) -> dict[str, str]:
    """What the decision changed: number → wording; nothing may be left undone."""
    done = stage(orders)
    assert [change.left for change in done.applied.changes if change.left] == []
    found = {each.label: "\n".join(each.lines) for each in done.articles}
    return {label: words for label, words in found.items() if LAW.get(label) != words}


def left(*orders: str) -> list[tuple[str, str]]:
    """What could not be done: number and reason; the article then reads as before."""
    done = stage(orders)
    undone = [(each.article, each.left) for each in done.applied.changes if each.left]
    for each in done.articles:
        assert each.label not in dict(undone) or "\n".join(each.lines) == LAW[each.label]
    return undone


def test_a_clause_is_reworded_another_put_in_and_the_third_follows() -> None:
    changed = after(
        "将第二条第一款修改为：“河湖保护全面实行河湖长制。”\n"
        "增加一款，作为第二款：“河湖长分级负责。”\n原第二款作为第三款，修改为：“名单向社会公布。”"
    )
    assert changed == {"第二条": "河湖保护全面实行河湖长制。\n河湖长分级负责。\n名单向社会公布。"}


def test_items_are_counted_anew_and_keep_the_marks_of_a_list() -> None:
    changed = after(
        "删去第三条第二项。\n第三条增加一项，作为第三项：“（三）擅自采砂”。\n"
        "将第三条第一项修改为：“倾倒垃圾、渣土”。"
    )
    assert changed == {
        "第三条": "禁止下列行为：\n（一）倾倒垃圾、渣土；\n（二）法律禁止的其他行为；\n"
        "（三）擅自采砂。"
    }


def test_words_are_changed_within_the_place_that_is_named() -> None:
    assert after("将第四条中的“一千元以下”修改为“一千元以上五千元以下”，删去“规定”。") == {
        "第四条": "违反本法第三条的，处一千元以上五千元以下罚款。"
    }


def test_words_are_changed_wherever_the_law_has_them() -> None:
    changed = after("将本法中的“河湖”修改为“江河湖泊”。")
    assert changed == {
        "第一条": "为了保护江河湖泊，制定本法。",
        "第二条": "江河湖泊保护实行江河湖泊长制。\n江河湖泊长名单应当公布。",
    }


def test_an_article_after_another_takes_no_number_from_those_that_follow() -> None:
    done = stage(["在河湖法第三条后增加一条，作为第三条之一：“鼓励举报。”", "删去第四条。"])
    assert [(each.label, "".join(each.lines)) for each in done.articles[3:]] == [
        ("第三条之一", "鼓励举报。"),
        ("第四条", "（删去）"),
        ("第五条", LAW["第五条"]),
    ]


def test_articles_are_numbered_anew_as_the_decision_tells() -> None:
    done = stage(
        [
            "增加一条，作为第二条：“河湖保护坚持党的领导。”",
            "将第二条改为第三条，删去第二款。",
            "将第三条、第四条合并，作为第四条，修改为：“禁止倾倒垃圾。\n“违者处罚款。”",
        ]
    )
    assert {each.label: list(each.lines) for each in done.articles} == {
        "第一条": [LAW["第一条"]],
        "第二条": ["河湖保护坚持党的领导。"],
        "第三条": ["河湖保护实行河湖长制。"],
        "第四条": ["禁止倾倒垃圾。", "违者处罚款。"],
        "第五条": [LAW["第五条"]],
    }
    assert done.applied.moved["第三条"] == done.applied.moved["第四条"] == "第四条"


@pytest.mark.parametrize(
    ("order", "undone"),
    [
        ("将第二条第四款修改为：“……。”", [("第二条", "没有第四款")]),
        ("将第四条中的“二千元”修改为“三千元”。", [("第四条", "没有“二千元”这些字")]),
        ("将第九条修改为：“略。”", [("第九条", "库中的文本没有这一部分")]),
        # What stands between the old words and the new is not said: 、 or nothing.
        ("在第三条中的“垃圾”后增加“渣土”。", [("第三条", "增加的文字前后用什么标点没有写明")]),
        ("将第二条第一款与第四条比照适用。", [("第二条", "读不懂"), ("第四条", "读不懂")]),
        ("有关“河湖长”的表述统一改为“河长”。", [("", "不知改的是哪一条")]),
        ("将本法中的“水库”修改为“湖库”。", [("", "不知改的是哪一条")]),
    ],
)
def test_what_is_not_certain_is_left_and_said(order: str, undone: list[tuple[str, str]]) -> None:
    assert left(order) == undone


def test_an_article_is_changed_as_a_whole_or_not_at_all() -> None:
    orders = "将第二条第一款修改为：“河湖保护全面实行河湖长制。”\n第三款修改为：“略。”"
    assert left(orders) == [("第二条", "没有第三款")]


def test_numbers_that_do_not_come_out_leave_the_whole_decision() -> None:
    orders = ["增加一条，作为第二条：“略。”", "将第四条改为第六条，修改为：“略。”"]
    done = stage(orders)
    assert {each.left for each in done.applied.changes} == {"写明的新条号与条文顺序对不上"}
    assert not done.made


def test_a_text_that_has_the_amendment_in_it_gets_nothing_by_its_words() -> None:
    order = ["将第四条修改为：“违反本法的，处二千元以下罚款。”"]
    new = {**LAW, "第四条": "违反本法的，处二千元以下罚款。"}
    assert stage(order).made
    assert not stage(order, new).made
    # The same day, and the decision's words are not in it: the file is not up to its date.
    assert stage(order, LAW, "2024-05-01").made
    assert not stage(order, new, "2024-05-01").made


def test_former_numbers_are_known_from_the_text_after_a_decision_alone() -> None:
    orders = ["增加一条，作为第二条：“河湖保护坚持党的领导。”", "将第四条改为第五条。"]
    numbers = ["第一条", "第二条", "第三条", "第四条", "第五条", "第六条"]
    words = [LAW["第一条"], "河湖保护坚持党的领导。", *list(LAW.values())[1:]]
    done = stage(orders, dict(zip(numbers, words, strict=True)), "2024-05-01")
    assert done.applied.moved["第三条"] == "第四条"
    assert not done.made


def test_the_constitution_of_1982_and_five_amendments_make_the_one_of_2018() -> None:
    laws = [v for v in list_laws(date(2026, 11, 22)) if v.title == "中华人民共和国宪法"]
    amendments = [v for v in list_laws(date(2026, 11, 22)) if "宪法修正案" in v.title]
    rows = law_rows([v.law_id for v in laws + amendments])
    stages = follow(
        [Held(v.law_id, v.published, articles_of(rows[v.law_id])) for v in laws],
        [
            read_amendment(v.law_id, v.title, (v.published, v.in_force), rows[v.law_id])
            for v in amendments
        ],
    )
    now = articles_of(rows[next(v.law_id for v in laws if v.published == "2018-03-11")])
    made = stages[-1].applied.articles
    assert [(each.label, each.chapter, each.section) for each in made] == [
        (each.label, each.chapter, each.section) for each in now
    ]
    marks = str.maketrans("，：（）:", ",:():")
    for one, other in zip(made, now, strict=True):
        assert "".join(one.lines).translate(marks) == "".join(other.lines).translate(marks)
    undone = {each.former for stage in stages for each in stage.applied.changes if each.left}
    assert undone == {"序言"}

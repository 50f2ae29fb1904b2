"""Numbers glued to what stands around them, marks in place of numbers, heads without a body."""

from __future__ import annotations

import pytest

from corpus.formats import Extracted
from corpus.records import Document
from corpus.register import preview


def read(text: str, title: str = "") -> Document:
    return preview(title, Extracted(text, "txt"))


def passages(text: str, title: str = "") -> list[tuple[str, str]]:
    document = read(text, title)
    return [
        (
            "/".join(each.heading for each in document.path(passage.section)),
            document.passage_text(passage),
        )
        for passage in document.passages
        if passage.kind == "text"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、总则(一)目的。节约用水。\n(二)范围。全市。\n二、管理(三)定额。每户每月十二吨。\n(四)抄表。按月。\n",
            ["一、总则/(一)目的", "一、总则/(二)范围", "二、管理/(三)定额", "二、管理/(四)抄表"],
        ),
        (
            "一、程序\n（一）申请。向街道提出。（二）初审。十日内完成。（三）公示。\n",
            ["一、程序/（一）申请", "一、程序/（二）初审", "一、程序/（三）公示"],
        ),
        (
            "一、程序：（一）申请。向街道提出。（二）初审。十日内完成。\n二、时限\n十日。\n",
            ["一、程序/（一）申请", "一、程序/（二）初审", "二、时限"],
        ),
    ],
)
def test_a_number_that_counts_on_inside_a_line_opens_its_own_section(
    text: str, expected: list[str]
) -> None:
    assert [path for path, _ in passages(text)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "（一）将第三条修改为：“（一）申请。（二）初审。”",
        "（一）符合（二）项规定的，不予受理。",
        "（一）每升3.2元。",
    ],
)
def test_numbers_that_a_line_only_mentions_do_not_cut_it(line: str) -> None:
    found = passages(f"一、事项\n{line}\n（二）其他。\n照此办理，另行通知各区。\n")
    assert found[0][1].startswith(line)


def test_a_number_before_a_year_or_an_age_is_a_number_where_others_count_on() -> None:
    text = "一、津贴\n1.80至89周岁每月60元；\n2.90周岁以上每月120元。\n"
    text += "二、计划\n1、2025年新建4所。\n2、扩建2所。\n"
    assert passages(text) == [
        ("一、津贴", "1.80至89周岁每月60元；\n2.90周岁以上每月120元。"),
        ("二、计划", "1、2025年新建4所。\n2、扩建2所。"),
    ]
    alone = "一、增速\n3.2个百分点高于全省，居第一位。\n2.5倍于上年。\n"
    assert [path for path, _ in passages(alone)] == ["一、增速", "一、增速"]


def test_lines_framed_by_brackets_and_steps_that_count_on_are_headings() -> None:
    framed = "【材料】\n1.申请表\n2.户口簿\n【收费】每证十元。\n【电话】\n0000-2221100\n"
    assert passages(framed) == [
        ("材料", "1.申请表\n2.户口簿"),
        ("收费", "【收费】每证十元。"),
        ("电话", "0000-2221100"),
    ]
    steps = "一、网上\n第一步：注册\n凭手机号。\n第二步：填报\n上传照片。\n"
    steps += "二、窗口\n第一步：取号\n凭号。\n第二步：递交\n三楼。\n"
    assert [path for path, _ in passages(steps)] == [
        "一、网上/第一步 注册",
        "一、网上/第二步 填报",
        "二、窗口/第一步 取号",
        "二、窗口/第二步 递交",
    ]
    assert [path for path, _ in passages("第一，查水表。\n第二，查管网。\n")] == ["", ""]


def test_stages_stand_over_the_numbers_that_begin_anew_in_each() -> None:
    text = (
        "第一阶段（3月）：动员\n1.开会。\n2.发通知。\n第二阶段（4月）：检查\n1.自查。\n2.抽查。\n"
    )
    assert passages(text)[1] == ("第二阶段 （4月）：检查", "1.自查。\n2.抽查。")


def test_a_line_with_its_value_is_found_though_another_stands_under_it() -> None:
    text = "1.办理地点：三楼\n2.咨询电话：0000-2221100\n投诉电话：0000-2221101\n3.时间：全天\n"
    assert ("2.咨询电话", "2.咨询电话：0000-2221100") in passages(text)


def test_short_lines_under_a_colon_are_read_with_it() -> None:
    text = "水费标准：\n居民2.6元/吨\n特种9元/吨\n缴费时间：每月5日前\n"
    assert passages(text, "公示") == [
        ("", "水费标准：\n居民2.6元/吨\n特种9元/吨"),
        ("", "缴费时间：每月5日前"),
    ]


@pytest.mark.parametrize(
    "first", ["水表 180 元\n水龙头 35 元\n", "水费标准：\n1、居民每吨2.6元。\n"]
)
def test_what_stands_under_the_title_is_the_body_s_though_no_sentence(first: str) -> None:
    title = "东河市水费公示"
    text = f"{title}\n东水发〔2024〕8号\n2024年5月1日\n{first}咨询电话：0000-2221100\n"
    assert passages(text, title)[0][1].startswith(first.split("\n", maxsplit=1)[0])


@pytest.mark.parametrize("mark", ["第一条、", "第1条　", "第一条："])
def test_articles_with_any_mark_after_their_number(mark: str) -> None:
    second = mark.replace("一", "二").replace("1", "2")
    document = read(
        f"{mark}水费按月缴纳。\n{second}逾期加收。\n第一条、第二条规定的水费另行公布。\n"
    )
    assert [each.article for each in document.passages] == ["第一条", "第二条"]


def test_a_chapter_and_its_first_article_in_one_line_are_two() -> None:
    text = "第一章总则第一条为节约用水，制定本办法。\n第二条本办法适用于全市。\n"
    text += "第二章第三条规定的除外。\n"
    document = read(text)
    assert [each.heading for each in document.sections] == ["第一章 总则"]
    assert [each.article for each in document.passages][1:] == ["第一条", "第二条"]


def test_lines_that_only_ask_are_the_headings_of_what_answers() -> None:
    text = "水价是多少？\n每吨二元六角。\n找谁报修？\n拨打0000-2221100。\n"
    assert passages(text, "用水常识") == [
        ("水价是多少？", "水价是多少？\n每吨二元六角。"),
        ("找谁报修？", "找谁报修？\n拨打0000-2221100。"),
    ]
    assert [path for path, _ in passages("为什么要节水？\n因为缺水。\n", "用水常识")] == ["", ""]

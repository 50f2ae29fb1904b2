"""What papers of offices say of themselves, in the forms in which they say it."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.formats import Extracted, extract
from corpus.metadata import Proposal, propose
from corpus.register import preview


def facts(text: str) -> Proposal:
    return propose(Extracted(text, "txt"), "文件.txt", date(2026, 11, 28))


def places(text: str) -> dict[str, str]:
    """The words of each passage, and the path that it stands under."""
    document = preview(facts(text).title, Extracted(text, "txt"))
    return {
        document.passage_text(each): "/".join(one.heading for one in document.path(each.section))
        for each in document.passages
    }


@pytest.mark.parametrize("day", ["2024年3月5日", "2024.3.5", "2024-3-5", "二〇二四年三月五日"])
def test_a_signature_in_any_form_of_date(day: str) -> None:
    text = (
        "市水务局关于停水的通告\n因检修，现通告如下：\n一、范围：东街。\n二、时间：六小时。\n"
        f"特此通告。\n东河市水务局\n{day}\n"
    )
    assert (facts(text).published, facts(text).issuer) == ("2024-03-05", "东河市水务局")
    found = places(text)
    assert [found[words] for words in ("特此通告。", "东河市水务局", day)] == ["", "", ""]


def test_a_date_in_figures_without_an_issuer_above_may_be_anything() -> None:
    text = "东河市工程进度\n一、进度\n开工日期\n2024-03-05\n二、投资\n三千万元，分两年下达到位。\n"
    assert places(text)["2024-03-05"] == "一、进度"


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("东水建字〔2024〕第25号　　类别：A\n", "东水建字〔2024〕25号"),
        ("东政发〔２０２４〕１２号　　签发人：王某\n", "东政发〔2024〕12号"),
        ("〔2024〕11号\n", "〔2024〕11号"),
        ("2024年第3号\n", "东河市水务局公告2024年第3号"),
        ("（第12号）\n", "东河市水务局公告第12号"),
    ],
)
def test_the_number_of_a_paper_with_words_beside_it_and_of_an_announcement(
    head: str, number: str
) -> None:
    assert facts(f"东河市水务局公告\n{head}现公告如下，请遵照执行。\n").number == number


def test_the_subject_is_the_title_under_a_head_that_only_says_announcement() -> None:
    text = "东河市水务局\n公告\n2024年 第5号\n关于水质抽检的公告\n近日抽检五十批次，全部合格。\n"
    assert facts(text).title == "关于水质抽检的公告"
    assert facts(text).number == "东河市水务局公告2024年第5号"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中共东河市委办公室 东河市人民政府办公室印发《关于节水的若干措施》", "措施"),
        ("政策解读：《东河市节水办法》", "解读"),
        ("东河市水务系统通讯录", "通讯录"),
    ],
)
def test_a_title_that_closes_with_another_s_or_with_no_known_word(title: str, kind: str) -> None:
    found = facts(f"{title}\n近日，有关方面作出部署。\n一、用水\n按定额用水。\n")
    assert (found.title, found.kind) == (title.replace(" ", ""), kind)


def test_issuers_together_in_a_title_are_parted_as_the_head_parts_them() -> None:
    text = "中共东河市委 东河市人民政府\n关于节水的实施意见\n（2024年2月6日）\n现提出如下意见。\n"
    assert facts(text).issuer == "中共东河市委、东河市人民政府"


def test_a_day_of_force_or_a_term_of_another_document_is_not_one_s_own() -> None:
    about = "关于《东河市节水办法》的政策解读\n《办法》自2024年6月1日起施行，有效期五年。\n"
    assert (facts(about).effective, facts(about).ends, facts(about).status) == ("", "", "")
    reply = "关于取水申请的批复\n同意取水。\n本批复自印发之日起三年内有效。\n此复。\n"
    reply += "东河市水务局\n2024年5月20日\n"
    assert facts(reply).ends == "2027-05-19"


def test_a_draft_under_its_bare_label_is_an_annex_where_its_articles_begin_under_it() -> None:
    text = (
        "东河市水务局关于征求意见的公告\n现公开征求意见，为期三十日。\n东河市水务局\n2024年5月1日\n"
        "附：东河市节水规定（征求意见稿）\n第一条 为了节约用水，制定本规定。\n"
    )
    article = places(text)["第一条 为了节约用水，制定本规定。"]
    assert article == "附 东河市节水规定"


def test_contents_name_headings_without_numbers_and_may_lack_their_own_name() -> None:
    body = "前言\n水是根本。\n一、现状\n缺水。\n二、目标\n节水。\n结语\n人人有责。\n"
    text = "目录\n前言\n一、现状\n二、目标\n结语\n" + body
    assert places(text)["水是根本。"] == "前言"
    assert places(text)["人人有责。"] == "结语"
    chapters = "第一章 总则\n第二章 用水\n第三章 附则\n"
    whole = "第一章 总则\n第一条 节水。\n第二章 用水\n第二条 定额。\n第三章 附则\n第三条 施行。\n"
    document = preview("节水办法", Extracted(chapters + whole, "txt"))
    assert [each.heading for each in document.sections] == chapters.split("\n")[:3]


def test_columns_set_by_tabs_or_wide_spaces_are_a_table() -> None:
    tabs = "收费标准\n等级\t保教费\t住宿费\n一级\t800元\t200元\n1.\t按月公布。\n2.\t多退少补。\n"
    assert extract(tabs.encode(), "表.txt").text.split("\n") == [
        "收费标准",
        "等级 | 保教费 | 住宿费",
        "一级 | 800元 | 200元",
        "1. 按月公布。",
        "2. 多退少补。",
    ]
    row = "市{}局　　张某　　0000-222110{}\n"
    spaces = "".join(row.format(*each) for each in ("水0", "林1", "农2"))
    assert extract(spaces.encode(), "表.txt").text.count(" | ") == 6
    signed = "市　　长　　王某\n市水务局　　　市林业局\n2024年3月5日\n"
    assert " | " not in extract(signed.encode(), "函.txt").text


def test_rows_right_under_a_title_are_searchable() -> None:
    text = "东河市幼儿园收费标准表\n等级 | 保教费\n一级 | 800元\n备注：按月公布。\n"
    assert "等级 | 保教费\n一级 | 800元" in places(text)


def test_a_note_behind_the_title_and_labels_in_brackets_say_the_facts() -> None:
    found = facts(
        "东河市节水办法（2015年8月1日市政府令第9号公布，2023年11月20日市政府令第65号修订）\n"
        "第一条 为了节水，制定本办法。\n"
    )
    assert (found.title, found.published) == ("东河市节水办法", "2023-11-20")
    assert found.number == "市政府令第65号"
    labelled = (
        "东河市节水规定\n【发布日期】1999-11-10\n【生效日期】2000-01-01\n第一条　节约用水。\n"
    )
    assert (facts(labelled).published, facts(labelled).effective) == ("1999-11-10", "2000-01-01")
    assert places(labelled)["第一条　节约用水。"] == ""


def test_the_number_beside_a_signatory_is_no_text_but_a_number_in_a_sentence_is() -> None:
    text = "关于修改节水意见的通知\n东水发〔2024〕19号　　签发人：马某\n各区：\n{}\n"
    text += "一、删去第二条。\n二、修改第三条。\n"
    said = "决定对《关于节水的意见》（东水发〔2021〕3号）作如下修改："
    assert [words for words in places(text.format(said)) if "号" in words] == [said]


def test_a_closing_paragraph_is_not_of_the_last_item_when_each_item_is_whole() -> None:
    text = (
        "关于修改节水意见的决定\n作如下修改：\n一、将第二条修改为：“节约用水。\n“鼓励再生水。”\n"
        "二、删去第三条。\n本决定自2024年7月1日起施行。\n"
    )
    found = places(text)
    assert found["本决定自2024年7月1日起施行。"] == ""
    items = "一、范围。全市。\n二、标准。\n每人每日一百二十升。\n"
    assert places("节水规定\n" + items)["二、标准。\n每人每日一百二十升。"] == "二、标准"


def test_issuers_together_announce_under_one_number() -> None:
    text = "东河市财政局 东河市水务局\n公告\n2025年第1号\n关于水价的公告\n现公告如下，请执行。\n"
    assert facts(text).number == "东河市财政局 东河市水务局公告2025年第1号"


def test_a_draft_named_inside_a_title_makes_no_draft() -> None:
    body = "\n现将情况报告如下，请审议。\n一、情况\n完成投资三亿元。\n"
    assert facts("关于2024年计划执行情况与2025年计划草案的报告" + body).status == ""
    assert facts("东河市节水条例（草案）" + body).status == "草案"
    assert facts("东河市节水条例\n（征求意见稿）" + body).status == "征求意见稿"


def test_the_fields_of_a_form_are_text_and_the_addressee_is_not() -> None:
    form = "东河市补助申请表\n单位名称：\n联系人：\n申请金额（元）：\n本单位承诺信息真实。\n"
    assert list(places(form))[:3] == ["单位名称：", "联系人：", "申请金额（元）："]
    letter = "关于节水的函\n市财政局：\n根据有关规定，现将有关事项函告如下：\n一、目标\n节水。\n"
    assert "市财政局：" not in places(letter)


def test_a_table_of_contents_set_by_tabs_is_no_table() -> None:
    text = (
        "东河市节水规划\n目录\n第一章 总则\t1\n第二章 任务\t3\n附件1 清单\t9\n"
        "第一章 总则\n全市节水。\n第二章 任务\n更新管网。\n"
    )
    read = extract(text.encode(), "规划.txt")
    document = preview("东河市节水规划", read)
    assert [each.heading for each in document.sections] == ["第一章 总则", "第二章 任务"]


def test_a_paragraph_of_semicolons_is_named_by_what_its_colon_introduces() -> None:
    text = "一、任务\n1．建设：城东大道；清河大桥。年内完工。\n2．改造管网。管道五十公里。\n"
    assert list(places("东河市要点\n" + text).values())[1:] == [
        "一、任务/1．建设",
        "一、任务/2．改造管网",
    ]


def test_a_number_in_brackets_behind_the_title() -> None:
    found = facts("东河市水务局关于节水的通知(东水发〔2021〕11号)\n各区：\n现通知如下，请照办。\n")
    assert (found.title, found.number) == ("东河市水务局关于节水的通知", "东水发〔2021〕11号")


def test_two_issuers_on_lines_of_their_own() -> None:
    text = "中共东河市委\n东河市人民政府\n关于节水的决定\n一、目标\n节水，到二〇三〇年减少一成。\n"
    assert facts(text).issuer == "中共东河市委、东河市人民政府"


def test_when_something_takes_place_is_not_when_it_was_announced() -> None:
    text = "东河市水价听证会公告\n听证会时间：2024年5月20日上午9时\n地点：市水务局\n欢迎报名。\n"
    assert facts(text).published == ""


def test_a_heading_may_count_on_from_a_list_in_the_section_before() -> None:
    text = "一、条件\n（一）有场地；\n（二）有人员；\n"
    text += "二、其他\n可以补充材料。\n另行公布。\n（三）审核\n限期十日。\n"
    assert "原文缺标题" not in "".join(places("东河市节水标准\n" + text).values())


def test_sentences_that_go_on_under_a_lead_in_are_not_said_to_an_addressee() -> None:
    text = "东河市任免通知\n任命：\n张某为市水务局局长；\n李某为市林业局副局长。\n"
    assert list(places(text))[0].startswith("任命：")


@pytest.mark.parametrize(
    "title", ["柳桥县医保报销热点问题集锦", "柳桥镇便民服务中心残疾人证一次性知晓"]
)
def test_a_title_of_no_known_kind_takes_in_no_heading_and_yields_to_no_line_below_one(
    title: str,
) -> None:
    text = f"{title}\n一、第一次办卡\n村卫生室办理。\n“健康柳桥”小程序\n二、电话\n0888-6001234\n"
    assert facts(text).title == title

"""What a numbered line is: a heading, a paragraph, an item; and what stands in no section."""

import pytest

from corpus import Document, sentence_spans
from corpus.structure import structure


def read(text: str, title: str = "东河市节水办法") -> Document:
    return structure(Document("d", title, "办法", "", text))


def passages(text: str, title: str = "东河市节水办法") -> list[tuple[str, str]]:
    """The path and the words of each passage that a search may find."""
    document = read(text, title)
    return [
        ("/".join(each.heading for each in document.path(p.section)), document.passage_text(p))
        for p in document.passages
        if p.kind == "text"
    ]


def toc(text: str, title: str = "东河市节水办法") -> list[str]:
    return [section.heading for section in read(text, title).sections]


def test_a_numbered_paragraph_of_any_length_keeps_its_number() -> None:
    long = "单位用户应当每季度核对水表读数，发现异常的，及时查明原因并采取措施，" * 6
    text = (
        f"一、计量\n（一）装表到户\n逐户安装。\n（二）{long}不得拖延。\n（三）检定\n每六年一次。\n"
    )
    assert toc(text) == ["一、计量", "（一）装表到户", "（二）", "（三）检定"]
    assert passages(text)[1][0] == "一、计量/（二）"


def test_two_lists_and_the_paragraph_between_stand_under_the_heading_that_opened_them() -> None:
    text = (
        "一、停水情形\n居民用户有下列情形之一的，可以停水：\n1.连续六个月欠费；\n2.擅自改装水表；\n"
        "停水前应当书面告知。\n3.从消防栓取水。\n单位用户有下列情形之一的，可以停水：\n"
        "1.超定额百分之五十以上；\n2.拒绝检查。\n二、恢复供水\n补缴后二十四小时内恢复。\n"
    )
    assert toc(text) == ["一、停水情形", "二、恢复供水"]
    assert {path for path, _ in passages(text)} == {"一、停水情形", "二、恢复供水"}
    assert passages(text)[0][1].count("\n") == 4


def test_a_list_alone_under_a_heading_is_one_passage() -> None:
    text = "一、减免对象\n（一）特困人员；\n（二）低保家庭；\n（三）孤儿。\n二、办法\n按月减免。\n"
    assert passages(text)[0] == ("一、减免对象", "（一）特困人员；\n（二）低保家庭；\n（三）孤儿。")
    bare = text.replace("；", "").replace("孤儿。", "孤儿")
    assert passages(bare)[0] == ("一、减免对象", "（一）特困人员\n（二）低保家庭\n（三）孤儿")


def test_lines_with_a_value_are_found_and_headings_over_them_are_not_lost() -> None:
    text = (
        "一、缴费地点\n东河市水厂路3号\n二、联系方式\n1.报修电话：0000-2221100\n2.投诉电话：0000-2221101\n"
        "三、受理时间：工作日9时至17时\n四、其他\n水质报告每月公布。\n"
    )
    found = dict(reversed(passages(text)))
    assert found["二、联系方式"] == "1.报修电话：0000-2221100\n2.投诉电话：0000-2221101"
    assert found["三、受理时间"] == "三、受理时间：工作日9时至17时"
    assert toc(text) == ["一、缴费地点", "二、联系方式", "三、受理时间", "四、其他"]


def test_a_run_in_heading_is_a_passage_and_one_sentence_with_what_follows() -> None:
    text = "一、水价\n（一）居民用水。每立方米二元六角。\n（二）特种用水。\n每立方米九元。\n"
    assert passages(text) == [
        ("一、水价/（一）居民用水", "（一）居民用水。每立方米二元六角。"),
        ("一、水价/（二）特种用水", "（二）特种用水。\n每立方米九元。"),
    ]
    for _, words in passages(text):
        assert sentence_spans(words) == [(0, len(words))]


@pytest.mark.parametrize(
    ("first", "heading"),
    [
        ("一、水表坏了由谁来修？\n答：由供水企业免费更换。", "一、水表坏了由谁来修？"),
        ("1.水表坏了由谁来修？\n由供水企业免费更换。", "1.水表坏了由谁来修？"),
        ("问：水表坏了由谁来修？\n答：由供水企业免费更换。", "水表坏了由谁来修？"),
        ("水表坏了由谁来修\nA：由供水企业免费更换。", "水表坏了由谁来修"),
    ],
)
def test_a_question_is_the_heading_of_its_answer_and_read_with_it(first: str, heading: str) -> None:
    text = f"{first}\n本问答由市水务局负责更新，如有变动以公告为准。\n"
    assert passages(text, "供水问答")[0] == (heading, first)
    assert len(sentence_spans(first)) == 1


def test_a_number_is_lost_only_where_it_stands_nowhere() -> None:
    run_on = "一、范围\n全市。二、标准。每人每日一百二十升。\n三、罚则\n从重。\n"
    assert toc(run_on) == ["一、范围", "二、标准", "三、罚则"]
    assert passages(run_on)[1] == ("二、标准", "二、标准。每人每日一百二十升。")
    other_make = "一、范围\n全市。\n二 标准\n每人每日一百二十升。\n三、罚则\n从重。\n"
    assert passages(other_make)[1] == ("二、标准", "每人每日一百二十升。")
    lost = "一、范围\n全市。\n每人每日一百二十升。\n三、罚则\n从重。\n"
    assert toc(lost) == ["一、范围", "〔二、,原文缺标题〕", "三、罚则"]


NOTICE = (
    "东河市水务局关于报送节水统计表的通知\n东水发〔2024〕8号\n各供水企业：\n"
    "请于2024年11月30日前报送。\n一、报送方式\n网上报送。\n二、要求\n数据真实。\n{}"
    "东河市水务局\n2024年10月9日\n（联系人：王某，电话：0000-2221102）\n"
)
TITLE = "东河市水务局关于报送节水统计表的通知"


@pytest.mark.parametrize(
    "annexes",
    [
        "附件：1.节水统计表\n2.填报说明\n",
        "附件：\n1.节水统计表\n2.填报说明\n",
        "附件1：节水统计表\n附件2：填报说明\n",
        "附件：节水统计表\n",
        "附：节水统计表\n",
        "",
    ],
)
def test_the_list_of_annexes_and_the_signature_are_in_no_section(annexes: str) -> None:
    text = NOTICE.format(annexes)
    assert toc(text, TITLE) == ["一、报送方式", "二、要求"]
    after = [path for path, words in passages(text, TITLE) if words.startswith(("附", "东", "（"))]
    assert set(after) == {""}
    assert ("", annexes.strip()) in passages(text, TITLE) or not annexes


def test_each_annex_is_a_part_of_its_own_with_its_title() -> None:
    text = NOTICE.format("附件：1.节水统计表\n2.填报说明\n") + (
        "附件1\n节水统计表\n单位 | 用水量\n甲厂 | 3000\n附件2\n填报说明\n一、口径\n按取水量。\n"
        "东河市统计局\n2023年1月5日\n"
    )
    assert toc(text, TITLE)[2:] == ["附件1 节水统计表", "附件2 填报说明", "一、口径"]
    assert passages(text, TITLE)[-4:] == [
        ("附件1 节水统计表", "单位 | 用水量\n甲厂 | 3000"),
        ("附件2 填报说明/一、口径", "按取水量。"),
        ("附件2 填报说明", "东河市统计局"),
        ("附件2 填报说明", "2023年1月5日"),
    ]
    unlabelled = text.replace("附件1\n", "").replace("附件2\n", "")
    assert toc(unlabelled, TITLE) == toc(text, TITLE)


def test_a_table_s_caption_in_the_middle_is_no_annex() -> None:
    text = "一、指标\n见下表。\n附表1\n指标 | 值\n二、措施\n巡查。\n"
    assert toc(text) == ["一、指标", "二、措施"]


def test_decimals_count_as_headings_in_their_place_alone() -> None:
    text = (
        "东河市停水应急预案\n1 总则\n1.1 目的\n减少损失。\n1.2 原则\n1.5倍水压试验合格。\n2 处置\n"
        "2.1 先期处置\n2.1.1 关阀\n十分钟内关闭。\n3 附则\n自印发之日起施行。\n"
    )
    assert toc(text, "东河市停水应急预案") == [
        *("1 总则", "1.1 目的", "1.2 原则", "2 处置", "2.1 先期处置", "2.1.1 关阀", "3 附则")
    ]
    assert passages(text, "东河市停水应急预案")[1] == ("1 总则/1.2 原则", "1.5倍水压试验合格。")


def test_a_number_on_a_line_of_its_own_and_one_with_spaces_are_read() -> None:
    text = "第 一 章 总 则\n第 一 条 为了节水。\n第 二 章\n附则\n第二条\n自公布之日起施行。\n"
    assert toc(text) == ["第一章 总 则", "第二章 附则"]
    assert [each.article for each in read(text).passages if each.article] == ["第一条", "第二条"]


def test_a_footnote_among_the_contents_is_kept_and_no_entry_comes_twice() -> None:
    text = (
        "目 录\n第一章 总则\n①本办法历次修改的日期见各次决定。\n第二章 用水\n第三章 附则\n"
        "第一章 总则\n节约优先。\n第二章 用水\n计划用水。\n第三章 附则\n本办法自五月起施行。\n"
    )
    assert toc(text) == ["第一章 总则", "第二章 用水", "第三章 附则"]
    assert passages(text)[0] == ("", "①本办法历次修改的日期见各次决定。")


def test_what_stands_under_the_title_before_the_first_heading_is_kept() -> None:
    text = "东河市节水办法\n办理部门：东河市水务局\n现将有关事项说明如下：\n一、对象\n居民。\n"
    assert passages(text)[:2] == [("", "办理部门：东河市水务局"), ("", "现将有关事项说明如下：")]


def test_whom_to_call_over_a_signature_is_in_no_section() -> None:
    end = "东河市水务局\n2024年2月1日\n"
    called = "联系人：李某\n咨询电话：0000-1234567\n"
    found = passages(f"一、标准\n每吨三元。\n二、时间\n五月一日起。\n{called}{end}")
    assert ("", "咨询电话：0000-1234567") in found
    assert ("二、联系", "咨询电话：0000-1234567") in passages(
        f"一、标准\n三元。\n二、联系\n{called}{end}"
    )


def test_the_list_of_annexes_is_no_part_of_the_last_article() -> None:
    text = (
        "第一条 为了节水。\n第二条 自公布之日起施行。\n附件：1.用水定额\n2.申请表\n"
        "附件1\n用水定额\n每人每日百升。\n附件2\n申请表\n姓名：\n"
    )
    assert passages(text)[1:3] == [
        ("", "第二条 自公布之日起施行。"),
        ("", "附件：1.用水定额\n2.申请表"),
    ]


def test_items_under_a_bare_line_are_a_list_and_open_no_section() -> None:
    text = (
        "节水器具补贴办理须知\n提交材料\n1.购买发票\n2.水费缴纳凭证\n3.银行卡复印件\n"
        "补贴标准\n每件补贴三十元。\n"
    )
    assert passages(text, "节水器具补贴办理须知") == [
        ("", "提交材料"),
        ("", "1.购买发票\n2.水费缴纳凭证\n3.银行卡复印件"),
        ("", "补贴标准"),
        ("", "每件补贴三十元。"),
    ]


def test_what_follows_the_items_that_answer_a_question_stands_under_none_of_them() -> None:
    text = (
        "一、使用\n问：凭卡能去哪些水站？\n1.东河站\n2.南桥站\n问：卡丢了怎么办？\n"
        "答：到东河站补办。\n"
    )
    assert [heading for heading in toc(text) if "站" in heading] == []
    assert [path for path, words in passages(text) if "补办" in words] == [
        "一、使用/卡丢了怎么办？"
    ]

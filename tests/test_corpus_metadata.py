"""What a document says of itself: title, issuer, number, dates, kind, status."""

from datetime import date
from pathlib import Path

import pytest

from corpus.formats.extracted import Extracted, HeadingMark
from corpus.formats.kinds import extract
from corpus.metadata.dates import find_dates, in_force_from, read_date
from corpus.metadata.proposal import Proposal, document_id, propose

TODAY = date(2026, 11, 22)


def proposed(text: str, name: str = "文件.txt") -> Proposal:
    return propose(Extracted(text, "txt"), name, TODAY)


def test_a_plan_handed_out_by_a_notice_is_the_plan_with_the_notice_s_number() -> None:
    found = proposed(
        "滨海市人民政府办公室文件\n滨政办发〔2021〕12号\n滨海市人民政府办公室关于印发\n"
        "《滨海市“十四五”法治建设规划》的通知\n各区人民政府，市政府各部门：\n"
        "《滨海市“十四五”法治建设规划》已经市政府同意，现印发给你们，请认真贯彻执行。\n"
        "滨海市人民政府办公室\n2021年10月8日\n滨海市“十四五”法治建设规划\n"
        "为了推进法治建设，制定本规划。\n第一章 总体要求\n坚持。\n"
    )
    assert found == Proposal(
        title="滨海市“十四五”法治建设规划",
        issuer="滨海市人民政府办公室",
        number="滨政办发〔2021〕12号",
        published="2021-10-08",
        kind="规划",
        status="现行有效",
    )


def test_a_local_regulation() -> None:
    found = proposed(
        "滨海市养犬管理条例\n（2019年3月1日滨海市第十六届人民代表大会常务委员会第三次会议通过　"
        "2019年5月30日某省第十三届人民代表大会常务委员会第十次会议批准）\n第一章 总则\n"
        "第一条 为了规范养犬，制定本条例。\n第二条 本条例自2019年7月1日起施行。\n"
    )
    assert found == Proposal(
        "滨海市养犬管理条例",
        "滨海市人民代表大会常务委员会",
        "",
        "2019-05-30",
        "2019-07-01",
        "地方性法规",
        "现行有效",
    )


def test_a_law_behind_the_order_that_promulgates_it() -> None:
    found = proposed(
        "中华人民共和国主席令\n第四十五号\n《中华人民共和国民法典》已由中华人民共和国第十三届全国人民"
        "代表大会第三次会议于2020年5月28日通过，现予公布，自2021年1月1日起施行。\n"
        "中华人民共和国主席\n2020年5月28日\n中华人民共和国民法典\n第一编 总则\n"
    )
    assert (found.title, found.number, found.published, found.effective, found.kind) == (
        "中华人民共和国民法典",
        "主席令第四十五号",
        "2020-05-28",
        "2021-01-01",
        "法律",
    )


def test_a_trial_measure_with_its_date_in_chinese_at_the_end() -> None:
    found = proposed(
        "某市养老服务办法（试行）\n某府规〔2022〕3 号\n第一条 为了养老，制定本办法。\n"
        "第二条 本办法自印发之日起施行。\n某市民政局\n二〇二二年六月十日\n"
    )
    assert found == Proposal(
        "某市养老服务办法（试行）",
        "某市民政局",
        "某府规〔2022〕3号",
        "2022-06-10",
        "2022-06-10",
        "办法",
        "现行有效",
    )


@pytest.mark.parametrize(
    ("text", "title", "status"),
    [
        ("【已废止】某燃气办法\n（某市人民政府令第12号发布）\n第一条 一。", "某燃气办法", "已废止"),
        ("关于公证的意见（草案征求意见稿）\n各省：\n正文。", "关于公证的意见", "征求意见稿"),
        ("某数据条例\n第一条 一\n第二条 本条例自2030年1月1日起施行。", "某数据条例", "尚未施行"),
        ("某暂行条例\n第一条 一\n第二条 本条例自2019年9月1日起施行。", "某暂行条例", "现行有效"),
        ("某市节水方案\n一、目标\n节水。", "某市节水方案", ""),
    ],
)  # fmt: skip
def test_title_and_status(text: str, title: str, status: str) -> None:
    found = proposed(text)
    assert (found.title, found.status) == (title, status)


def test_a_title_wrapped_over_three_lines_is_one() -> None:
    found = proposed(
        "某省国民经济和社会发展\n第十四个五年规划和二〇三五年\n远景目标纲要\n"
        "（2021年2月1日某省第十三届人民代表大会第四次会议批准）\n目 录\n第一篇 开启新征程\n"
    )
    assert found.title == "某省国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"
    assert (found.issuer, found.published, found.kind) == ("某省人民代表大会", "2021-02-01", "纲要")


def test_a_heading_by_style_wins_over_another_line() -> None:
    text = "某某工作简报 通知\n某市绿化规划\n第一章 目标\n绿化。\n"
    extracted = Extracted(text, "docx", (HeadingMark(text.index("某市"), 1),))
    assert propose(extracted, "a.docx", TODAY).title == "某市绿化规划"


@pytest.mark.parametrize(
    ("name", "title", "published"),
    [
        ("某市规划_2021-03-04.txt", "某市规划", "2021-03-04"),
        ("../../etc/某市办法.txt", "某市办法", ""),
        ("C:\\文件\\某市意见(2).txt", "某市意见", ""),
    ],
)
def test_without_a_title_the_file_s_name_is_it(name: str, title: str, published: str) -> None:
    found = proposed("第一章 总则\n发展。\n", name)
    assert (found.title, found.published) == (title, published)


def test_what_is_not_said_stays_unknown() -> None:
    text = "只是一段没有题目的文字，讲的是一些事情。\n"
    assert proposed(text, "某文.txt") == Proposal("某文")


def test_a_date_in_the_name_that_the_text_contradicts_is_said() -> None:
    found = proposed("某条例\n2001年11月16日公布\n第一条 一。", "某条例(2017-12-22).txt")
    assert found.published == "2001-11-16"
    assert "2017-12-22" in found.doubts[0]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021年9月1日", "2021-09-01"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("２０２１年９月１日", "2021-09-01"),
        ("2021/09/01", "2021-09-01"),
        ("2021\n09/01", "2021-09-01"),
        ("2021年13月1日", ""),
        ("2021年2月30日", ""),
    ],
)
def test_dates_are_read(text: str, iso: str) -> None:
    assert read_date(text) == iso


def test_each_date_goes_with_its_word() -> None:
    text = "2007年4月5日公布　2019年4月3日修订\n2019年5月15日 施行\n发布日期：2019-04-15 来源"
    assert [(found.iso, found.purpose) for found in find_dates(text)] == [
        ("2007-04-05", "published"),
        ("2019-04-03", "amended"),
        ("2019-05-15", "effective"),
        ("2019-04-15", "published"),
    ]


def test_the_day_of_force_is_the_document_s_own() -> None:
    assert in_force_from("本条例自2019年9月1日起施行。", "某条例", "2019-04-20") == "2019-09-01"
    assert in_force_from("自2019年9月1日起施行。", "某通知", "2019-04-20") == "2019-09-01"
    assert in_force_from("本规定自公布之日起施行。", "某规定", "2019-04-20") == "2019-04-20"
    assert in_force_from("本法自2021年1月1日起施行。", "某规划", "2019-04-20") == ""
    assert in_force_from("没有说。", "某规划", "2019-04-20") == ""


def test_ids_are_of_title_date_and_number() -> None:
    one = document_id("某市“十四五”规划（2021—2025年）", "2021-09-01", "")
    assert one == document_id("某市十四五规划(2021-2025年)", "2021-09-01", "")
    assert one != document_id("某市“十四五”规划（2021—2025年）", "2021-09-02", "")
    assert one.startswith("doc-") and len(one) == 16 and one.isascii()


REAL = {
    "重大行政决策程序暂行条例(2019-04-20).md": ("国务院令第713号", "2019-04-20", "2019-09-01"),
    "政府信息公开条例(2019-04-03).md": ("国务院令第711号", "2019-04-03", "2019-05-15"),
    "优化营商环境条例(2019-10-22).md": ("国务院令第722号", "2019-10-22", "2020-01-01"),
    "公平竞争审查条例(2024-06-06).md": ("", "2024-06-06", "2024-08-01"),
}


@pytest.mark.parametrize("name", sorted(REAL))
def test_real_regulations(shared_data: Path, name: str) -> None:
    path = shared_data / "regulations" / name
    found = propose(extract(path.read_bytes(), name), name, TODAY)
    assert (found.number, found.published, found.effective) == REAL[name]
    assert found.title.removeprefix("中华人民共和国") == name.partition("(")[0]


KINDS = (
    "决议 决定 命令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要 "
    "预案 规程 规范 目录 解读 问答 须知 名单 指南 方案 办法 细则 规定 规则 条例 "
    "公示 手册 流程 倡议书 申报表"
).split()


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_line_is_the_title_and_its_last_word_the_kind(kind: str) -> None:
    found = proposed(f"北滩市湿地巡护{kind}\n一、范围\n全市湿地。\n", "2024扫描件.txt")
    assert found.title == f"北滩市湿地巡护{kind}"
    assert found.kind == kind


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("北滩市人民政府办公室转发市林业局关于加强巡护意见的通知", "北滩市人民政府办公室"),
        ("北滩市人民政府批转市财政局关于预算调整报告的通知", "北滩市人民政府"),
        ("北滩市林业局 北滩市财政局关于补助巡护员的函", "北滩市林业局、北滩市财政局"),
        ("北滩市林业局印发《湿地巡护办法》的通知", "北滩市林业局"),
    ],
)
def test_who_hands_a_paper_on_is_its_issuer(title: str, issuer: str) -> None:
    assert proposed(f"{title}\n各区林业局：\n现转发给你们。\n").issuer == issuer


def test_a_title_is_not_cut_inside_its_brackets() -> None:
    title = "北滩市人民政府关于废止《北滩市湿地保护条例实施细则》的决定"
    wrapped = "北滩市人民政府关于\n废止《北滩市湿地保护条例\n实施细则》的决定\n"
    assert proposed(f"{wrapped}北政发〔2023〕4号\n现予废止。\n").title == title
    told = Extracted(f"{wrapped}现予废止。\n", "html", facts={"title": title})
    assert propose(told, "a.html", TODAY).title == title
    stale = Extracted(f"{wrapped}现予废止。\n", "docx", facts={"title": "工作计划模板"})
    assert propose(stale, "a.docx", TODAY).title == title


def test_neither_a_deadline_nor_an_annex_says_when_a_paper_was_issued() -> None:
    text = (
        "北滩市林业局关于上报巡护台账的通知\n各区林业局：\n请于2024年5月20日前上报台账。\n"
        "北滩市林业局\n2024年4月2日\n附件\n湿地考察说明\n考察组走访了三处湿地。\n"
        "北滩市科学技术局\n2023年11月6日\n"
    )
    found = proposed(text)
    assert (found.published, found.issuer) == ("2024-04-02", "北滩市林业局")


def test_a_note_of_passing_and_amending_over_several_lines_is_read_whole() -> None:
    found = proposed(
        "北滩市湿地保护条例\n（2008年3月2日北滩市第十届人民代表大会常\n务委员会第二次会议通过　"
        "2022年7月9日\n北滩市第十四届人民代表大会常务委员会\n第五次会议修订）\n"
        "第一条 为了保护湿地，制定本条例。\n"
    )
    assert (found.published, found.issuer, found.kind) == (
        "2022-07-09",
        "北滩市人民代表大会常务委员会",
        "地方性法规",
    )


def test_the_table_over_a_pasted_page_says_its_facts() -> None:
    found = proposed(
        "发文机关： | 北滩市教育局 | 成文日期： | 2023年6月5日\n"
        "标 题： | 北滩市教育局关于午餐费的通告 | 文号： | 北教〔2023〕6号\n"
        "北滩市教育局关于午餐费的通告\n每餐八元，请各学校执行。\n"
    )
    assert (found.title, found.issuer, found.number, found.published) == (
        "北滩市教育局关于午餐费的通告",
        "北滩市教育局",
        "北教〔2023〕6号",
        "2023-06-05",
    )


def test_a_council_s_announcement_puts_its_regulation_in_force() -> None:
    found = proposed(
        "北滩市人民代表大会常务委员会公告\n第12号\n《北滩市候鸟保护条例》已由北滩市第十四届人民代表大会常务委员会"
        "第九次会议于2023年3月30日通过，现予公布，自2023年6月1日起施行。\n北滩市人民代表大会常务委员会\n"
        "2023年4月2日\n北滩市候鸟保护条例\n第一条 为了保护候鸟，制定本条例。\n"
    )
    assert (found.title, found.effective, found.kind) == (
        "北滩市候鸟保护条例",
        "2023-06-01",
        "地方性法规",
    )


@pytest.mark.parametrize(
    ("note", "published"),
    [
        ("《办法》已经2019年10月8日市政府常务会议通过，现予公布。\n2019年10月22日", "2019-10-22"),
        ("（2019年10月8日市政府常务会议通过，现予公布）", "2019-10-08"),
        ("（2019年10月8日市政府常务会议通过 2019年10月20日公布）", "2019-10-20"),
    ],
)
def test_an_order_is_of_its_own_day_not_of_the_passing(note: str, published: str) -> None:
    head = "滨海市渔船检查办法\n滨海市人民政府令第9号"
    assert proposed(f"{head}\n{note}\n第一条 为了检查渔船，制定本办法。").published == published


@pytest.mark.parametrize(
    ("text", "status", "ends"),
    [
        ("本办法自2022年5月1日起施行，有效期五年。", "现行有效", "2027-04-30"),
        ("本办法自2022年5月1日起施行，有效期至2025年12月31日。", "已失效", "2025-12-31"),
        ("本办法自2022年5月1日起试行两年。", "", ""),
        ("取水许可证有效期三年。\n第三条 本办法自2022年5月1日起施行。", "现行有效", ""),
        ("本办法自2027年1月1日起施行，有效期两年。", "尚未施行", "2028-12-31"),
    ],
)
def test_a_document_s_own_term_ends_it(text: str, status: str, ends: str) -> None:
    found = proposed(f"东河市取水暂行办法\n第一条 为了节水。\n第二条 {text}\n")
    assert (found.status, found.ends) == (status, ends)


def test_a_note_of_repeal_in_the_head_ends_it() -> None:
    note = "（2016年3月1日公布 自2016年5月1日起施行 2023年6月30日废止）"
    found = proposed(f"东河市渡口管理规定\n{note}\n第一条 为了安全。\n")
    assert (found.status, found.published) == ("已废止", "2016-03-01")


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (
            "东河市节水方案（2023年6月1日）\n一、目标\n节水。\n",
            "甲.txt",
            "东河市节水方案（2023年6月1日）",
        ),
        (
            "每季度公布一次，由各区组织实施。\n",
            "东河市用水目录（2021-2035）.txt",
            "东河市用水目录（2021-2035）",
        ),
        (
            "每季度公布一次，由各区组织实施。\n",
            "东河市用水目录（2023-06-01）.txt",
            "东河市用水目录",
        ),
    ],
)
def test_what_closes_a_title_in_brackets_stays(text: str, name: str, title: str) -> None:
    assert proposed(text, name).title == title

"""What documents of many makes have taught the reading: lists, contents, annexes, columns."""

from datetime import date

import pytest

from corpus import Document
from corpus.formats.extracted import Extracted, HeadingMark
from corpus.formats.kinds import extract
from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.layout import paragraphs, text_of
from corpus.formats.pdf.rows import PageLines
from corpus.headings import parse_heading
from corpus.metadata.proposal import propose
from corpus.structure import structure

TODAY = date(2026, 11, 22)


def paths(text: str, title: str = "某市规划", marks: tuple[HeadingMark, ...] = ()) -> list[str]:
    """Each passage that is no heading: its path, and the words that it begins with."""
    document = structure(Document("d", title, "规划", "", text), marks=marks)
    return [
        "/".join([*(each.heading for each in document.path(passage.section)), ""])
        + document.passage_text(passage)[:8]
        for passage in document.passages
        if passage.kind == "text"
    ]


def test_the_last_item_of_a_list_is_no_heading_though_it_ends_with_a_full_stop() -> None:
    text = (
        "某市规划\n一、主要任务\n（一）加强监管\n重点做好下列工作：\n（1）公开清单；\n"
        "（2）规范检查；\n（3）及时报告。\n各部门应当分工负责，形成合力，确保完成。\n"
    )
    assert paths(text) == [
        "一、主要任务/（一）加强监管/重点做好下列工作",
        "一、主要任务/（一）加强监管/各部门应当分工负",
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、二、三产业融合发展，支持农民增收。", False),
        ("一、二三产业融合", True),
        ("第十八条第三方机构应当独立评估。", True),
        ("第十八条第三款规定的期限为十日。", False),
        ("第九条以群众满意为标准。", True),
        ("第九条以外的情形，从其规定。", False),
        ("第九条中央财政给予补助。", True),
        ("第九条中的用语，含义如下。", False),
        ("第三节至第五节", False),
    ],
)
def test_what_looks_like_a_number(line: str, heading: bool) -> None:
    assert (parse_heading(line) is not None) is heading


def test_a_preamble_between_the_contents_and_the_first_chapter_is_the_body_s() -> None:
    text = (
        "某市规划\n目录\n第一章 总则\t1\n第二章 任务\t2\n前言的一句话，说明制定的依据。\n"
        "第一章 总则\n坚持统筹。\n第二章 任务\n狠抓落实。\n"
    )
    assert paths(text) == ["前言的一句话，说", "第一章 总则/坚持统筹。", "第二章 任务/狠抓落实。"]


def test_contents_after_a_notice_are_no_headings() -> None:
    text = (
        "关于印发《某市规划》的通知\n各部门：\n现将《某市规划》印发给你们，请认真贯彻落实。\n"
        "某市规划\n目　录\n第一章 总则\n第二章 任务\n第一章 总则\n坚持统筹。\n第二章 任务\n落实。\n"
    )
    assert paths(text)[-2:] == ["第一章 总则/坚持统筹。", "第二章 任务/落实。"]


def test_an_annex_stands_beside_the_body_and_counts_anew() -> None:
    text = (
        "某市通知\n一、任务\n抓好落实。\n二、要求\n加强领导。\n某市人民政府\n附件1：\n分工表\n"
        "一、牵头单位\n司法局。\n一、配合单位\n财政局。\n附件2\n名单如下。\n"
    )
    assert paths(text)[-5:] == [
        "二、要求/加强领导。",
        "某市人民政府",
        "附件1 分工表/一、牵头单位/司法局。",
        "附件1 分工表/一、配合单位/财政局。",
        "附件2/名单如下。",
    ]


def test_an_annex_that_is_the_document_itself_is_no_annex() -> None:
    text = (
        "关于印发《某市规划》的通知\n现将《某市规划》印发给你们，请认真贯彻落实。\n附件\n某市\n规划\n"
        "第一章 总则\n坚持统筹。\n"
    )
    assert paths(text)[-1] == "第一章 总则/坚持统筹。"


def test_the_titles_of_a_notice_and_of_what_it_hands_out_are_no_sections() -> None:
    text = "关于印发《某市规划》的通知\n现印发给你们，请贯彻落实。\n某市规划\n第一章 总则\n坚持。\n"
    marks = tuple(
        HeadingMark(text.index(words), level)
        for words, level in (("关于", 1), ("某市规划\n", 1), ("第一章", 2))
    )
    assert paths(text, marks=marks) == [
        "现印发给你们，请",
        "某市规划",
        "第一章 总则/坚持。",
    ]


def test_the_red_head_of_a_paper_is_no_part_of_its_title() -> None:
    text = "某市人民政府文件\n某市人民政府关于加强消防的通知\n各部门：\n一、任务\n落实。\n"
    assert propose(Extracted(text, "txt"), "a.txt", TODAY).title == "某市人民政府关于加强消防的通知"


def test_the_years_under_a_title_belong_to_it() -> None:
    text = "某市消防规划\n（2021—2025年）\n某市人民政府\n第一章 总则\n坚持。\n"
    assert propose(Extracted(text, "txt"), "a.txt", TODAY).title == "某市消防规划（2021—2025年）"


def test_a_paper_s_number_above_the_title_on_a_page_is_kept_and_the_page_s_own_counts() -> None:
    words = "<p>为了加强管理，保障安全，制定本办法，请遵照执行。</p>" * 9
    head = "<html><head><meta charset=utf-8><title>某市消防办法</title></head>"
    page = head + "<body><div>{}</div></body></html>"
    above = page.format(f"<p>首页</p><p>某政发〔2021〕3号</p><p>某市消防办法</p>{words}")
    assert extract(above.encode(), "a.html").text.startswith("某政发〔2021〕3号\n某市消防办法\n")
    facts = {"number": "某政办〔2022〕4号", "issuer": "某市人民政府"}
    found = propose(Extracted("某市消防办法\n第一条 依法。", "html", facts=facts), "a.html", TODAY)
    assert (found.number, found.issuer) == ("某政办〔2022〕4号", "某市人民政府")


def rows(*found: tuple[str, float, float, float]) -> PageLines:
    """Rows of 12 points: words, left, right, top."""
    parts = [Fragment(words, left, top, right, top + 12) for words, left, right, top in found]
    return PageLines(1, 420, 600, parts)


def read(*pages: PageLines) -> list[str]:
    return [text_of(each) for each in paragraphs(pages)]


def test_a_running_head_of_two_pages_is_left_out() -> None:
    pages = [
        PageLines(
            at, 420, 600, rows(("某市规范性文件", 150, 270, 30), (line, 54, 300, 90)).fragments
        )
        for at, line in enumerate(["第一条 坚持统筹。", "第二条 狠抓落实。"], 1)
    ]
    assert read(*pages) == ["第一条 坚持统筹。", "第二条 狠抓落实。"]


BODY = [
    ("为了规范检查，保护企业权益，营造环境，", 54, 350, 60),
    ("根据法律和国家有关规定，结合实际，制定", 30, 350, 80),
    ("本规划，并与国土空间规划相互衔接。", 30, 300, 100),
]


def test_a_centred_heading_over_two_rows_is_one() -> None:
    page = rows(
        *BODY,
        ("第二节 全面提升宣传教育，落实预警联动", 34, 346, 120),
        ("机制", 178, 202, 140),
        ("各部门应当落实。", 54, 180, 160),
    )
    assert read(page)[1:] == ["第二节 全面提升宣传教育，落实预警联动机制", "各部门应当落实。"]


def test_an_article_cited_at_the_head_of_a_row_goes_on_the_sentence() -> None:
    page = rows(
        *BODY,
        ("检查应当依照《中华人民共和国安全生产法》", 54, 350, 120),
        ("第二十一条，由两人进行。", 30, 220, 140),
    )
    assert read(page)[1:] == ["检查应当依照《中华人民共和国安全生产法》第二十一条，由两人进行。"]


def test_a_full_heading_does_not_run_on_into_what_stands_under_it() -> None:
    page = rows(
        *BODY,
        ("一、统筹全市事项和产业链供应链协作渠道", 54, 350, 120),
        ("街道办事处应当公开预案，并提高能力，深", 54, 350, 140),
        ("化改革。", 30, 80, 160),
        ("二、巩固重点领域数据库建设，推广行政裁量", 30, 350, 180),
        ("（一）推进设施", 30, 130, 200),
    )
    assert read(page)[1:] == [
        "一、统筹全市事项和产业链供应链协作渠道",
        "街道办事处应当公开预案，并提高能力，深化改革。",
        "二、巩固重点领域数据库建设，推广行政裁量",
        "（一）推进设施",
    ]


def test_a_word_at_the_right_margin_does_not_run_on() -> None:
    page = rows(*BODY, ("预期性", 314, 350, 120), ("第三节 保障措施", 30, 120, 140))
    assert read(page)[1:] == ["预期性", "第三节 保障措施"]


def columns(right: list[str], wide: bool) -> PageLines:
    """Ten full rows on the left, and beside them rows that are full or short."""
    left = [(f"左栏第{at}行的文字要接着读下去", 30, 200, 60 + 20 * at) for at in range(10)]
    beside = [(w, 220, 390 if wide else 260, 60 + 20 * at) for at, w in enumerate(right)]
    return rows(*left, *beside)


def test_a_page_with_a_table_in_one_column_is_read_as_the_others_are() -> None:
    cells = [f"格{at}" for at in range(10)]
    full = [f"右栏第{at}行的文字也接着读下去" for at in range(10)]
    text = "\n".join(read(columns(full, True), columns(cells, False)))
    assert "\n".join(cells) in text
    assert "左栏第0行的文字要接着读下去左栏第1行" in text
    alone = "\n".join(read(columns(cells, False)))
    assert "左栏第0行的文字要接着读下去 格0" in alone


def test_columns_of_indented_items_that_run_on_by_a_word_are_columns() -> None:
    def column(shift: int, name: str) -> list[tuple[str, int, int, int]]:
        begun = [
            (f"（{number}）推进{name}栏服务设", 70 + shift, 200 + shift, 60 + 40 * at)
            for at, number in enumerate("一二三四五")
        ]
        return begun + [("施；", 30 + shift, 60 + shift, 80 + 40 * at) for at in range(5)]

    items = [f"（{number}）推进{name}栏服务设施；" for name in "左右" for number in "一二三四五"]
    assert "".join(read(rows(*column(0, "左"), *column(190, "右")))) == "".join(items)


def test_a_short_heading_by_style_is_no_title() -> None:
    text = "某省数字经济行动方案\n保障措施\n加强领导。\n"
    extracted = Extracted(text, "html", (HeadingMark(text.index("保障"), 2),))
    assert propose(extracted, "a.html", TODAY).title == "某省数字经济行动方案"

"""Sections and passages: the plan as it really is, and documents made by hypothesis."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, Passage
from corpus.catalog import load_catalog
from corpus.formats import HeadingMark
from corpus.library import load_library
from corpus.numerals import to_chinese
from corpus.structure import structure


def parsed(text: str, overlay: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Document:
    return structure(Document("d", "某市规划", "规划", "现行有效", text), overlay)


def assert_tiles(document: Document) -> None:
    """Every character belongs to exactly one passage or piece of furniture, in order."""
    spans = sorted(
        [(p.start, p.end) for p in document.passages]
        + [(f.start, f.end) for f in document.furniture]
    )
    at = 0
    for start, end in spans:
        assert start == at < end
        at = end
    assert at == len(document.text)


def texts(document: Document) -> list[Passage]:
    return [p for p in document.passages if p.kind == "text"]


def cited(document: Document, beginning: str) -> str:
    """The citation, without the title, of the passage that begins so."""
    (found,) = [p for p in texts(document) if document.passage_text(p).startswith(beginning)]
    return document.citation(found).removeprefix(document.name)


@pytest.fixture(scope="module")
def plan() -> Document:
    from datetime import date

    return load_library(load_catalog(), "cited", date(2026, 11, 22))[0]


PLACES = [
    ("“十四五”时期是", ""),
    ("高举中国特色社会主义伟大旗帜,坚持以马克思", "第一章第一节"),
    ("牢固树立国家安全观", "第一章第二节“三、坚持服务保障大局”"),
    ("到2025年,法治首府建设各项", "第二章第一节"),
    ("全面落实本规划", "第二章〔第二节,原文缺标题〕“一、全面推进阶段(2021年-2022年)”"),
    ("着力构建党委领导", "第三章第二节〔一、,原文缺标题〕"),
    ("坚持法定职责", "第三章第三节〔一、,原文缺标题〕"),
    ("严格执行《重大", "第三章第三节“二、严格落实重大行政决策程序制度”"),
    ("落实员额遴选", "第三章〔第四节,原文缺标题〕“一、深化司法体制改革”"),
    ("加强内部监督", "第三章〔第四节,原文缺标题〕“四、加强对司法活动的监督管理”"),
    ("深入宣传宪法", "第三章〔第五节,原文缺标题〕〔一、,原文缺标题〕"),
    ("加大全民普法", "第三章〔第五节,原文缺标题〕“二、创新普法工作”"),
    ("坚持法安天下", "第三章〔第五节,原文缺标题〕〔三、,推定,原文缺标题〕"),
    ("全面加强网络", "第三章第六节“二、依法依规治理网络空间”"),
    ("坚持和发展新时代", "第三章第六节〔三、,原文缺标题〕"),
    ("加快推进公共", "第三章第六节“六、全面推进公共法律服务体系建设”"),
    ("市委对法治首府", "〔第四章,推定,原文缺标题〕〔第一节,推定,原文缺标题〕"),
    ("各区(县)、各部门要高度", "〔第四章,推定,原文缺标题〕〔第四节,推定,原文缺标题〕"),
]


@pytest.mark.parametrize(("beginning", "place"), PLACES)
def test_the_plan_is_cited_where_it_stands(plan: Document, beginning: str, place: str) -> None:
    assert cited(plan, beginning) == place


def test_the_plan_tiles_and_its_page_furniture_is_no_passage(plan: Document) -> None:
    assert_tiles(plan)
    page = [plan.text[f.start : f.end] for f in plan.furniture if f.kind == "page"]
    assert len(page) == 2
    assert page[0].startswith("2021\n09/01") and page[0].endswith("“十四五”规划\n")
    assert page[1].strip() == "附件下载>>\n相关链接>>"
    assert len(texts(plan)) == 49


def test_regulations_tile_and_number_their_articles(shared_data: Path) -> None:
    for file in sorted((shared_data / "regulations").glob("*.md")):
        document = parsed(file.read_text(encoding="utf-8"))
        assert_tiles(document)
        articles = [p.article for p in texts(document) if p.article]
        assert articles == [f"第{to_chinese(n)}条" for n in range(1, len(articles) + 1)]
        assert all(s.origin == "source" for s in document.sections)


def test_a_party_document_with_running_numbers_loses_no_heading(shared_data: Path) -> None:
    document = parsed((shared_data / "jianyi-2020.txt").read_text(encoding="utf-8"))
    assert_tiles(document)
    assert all(s.origin == "source" for s in document.sections)
    numbers = [s.label for s in document.sections if s.label[0].isdigit()]
    assert numbers == [f"{n}." for n in range(1, 61)]


def test_items_inside_an_article_are_not_headings() -> None:
    document = parsed(
        "某条例\n第一章 总则\n第三条 本条例所称事项包括:\n(一)制定政策;\n(二)制定规划。\n"
        "决策机关可以确定目录。\n第四条必须坚持党的领导。\n"
    )
    assert_tiles(document)
    assert [p.article for p in texts(document)] == ["第三条", "第四条"]
    assert document.passage_text(texts(document)[0]).endswith(
        "(二)制定规划。\n决策机关可以确定目录。"
    )


def test_plans_and_attached_rules_share_one_document() -> None:
    document = parsed(
        "第一编 总论\n第一章 目标\n一、总体目标\n(一)经济目标\n1.增长。年均增长百分之五。\n"
        "第二章 办法\n第一条 为了规范工作,制定本办法。\n第二条 本办法适用于本市。\n"
    )
    assert_tiles(document)
    assert cited(document, "1.增长") == "第一编第一章“一、总体目标”“(一)经济目标”“1.增长”"
    assert cited(document, "第二条") == "第二条"
    assert [s.heading for s in document.path(texts(document)[-1].section)] == [
        "第一编 总论",
        "第二章 办法",
    ]


def test_a_table_of_contents_is_furniture() -> None:
    document = parsed(
        "某市规划\n目 录\n第一章 总则\n第二章 任务\n"
        "第一章 总则\n坚持依法办事。\n第二章 任务\n完善制度。\n"
    )
    assert_tiles(document)
    assert [s.label for s in document.sections] == ["第一章", "第二章"]
    assert cited(document, "坚持依法") == "第一章"


def test_uncertain_paragraphs_are_cited_under_what_is_certain() -> None:
    document = parsed("第一章 任务\n一、甲事\n甲一。\n不知属谁。\n丙在前。\n三、丙事\n丙一。\n")
    assert cited(document, "甲一") == "第一章“一、甲事”"
    assert cited(document, "不知属谁") == "第一章"
    assert cited(document, "丙在前") == "第一章〔二、,原文缺标题〕"


def test_numbers_that_begin_again_prove_nothing_when_no_heading_is_missing() -> None:
    document = parsed(
        "第一章 任务\n第一节 甲\n一、子\n文。\n一、丑\n字。\n第二节 乙\n一、寅\n句。\n"
    )
    assert all(s.origin == "source" for s in document.sections)
    assert cited(document, "字。") == "第一章第一节“一、丑”"


def test_long_articles_are_split_between_sentences_and_still_cite_the_article() -> None:
    sentence = "各级人民政府应当依法履行职责,接受监督。"
    document = parsed("条例\n第一条 " + sentence * 90 + "\n第二条 完。\n")
    assert_tiles(document)
    parts = [p for p in texts(document) if p.article == "第一条"]
    assert len(parts) == 3
    assert all(document.passage_text(p).endswith("。") for p in parts)
    assert {document.citation(p) for p in parts} == {"《某市规划》第一条"}


@pytest.mark.parametrize(
    "text", ["", "\n\n", "第一章", "一、", "(征求意见稿)\n", "。", "第一条", "\u3000\n第一章 总则"]
)
def test_scraps_do_not_break_the_parser(text: str) -> None:
    assert_tiles(parsed(text))


@given(
    st.lists(
        st.sampled_from(
            ["第一章 总则", "第一条 甲", "一、", "（一）", "甲乙。", "附件", "|", "\n", "\u3000"]
            + list("\x0b\x0c\x1c\x85\u2028\u2029")
        ),
        max_size=30,
    )
)
def test_no_passage_is_empty_whatever_ends_a_line(pieces: list[str]) -> None:
    document = parsed("".join(pieces))
    assert all(document.passage_text(each).strip() for each in document.passages)


def test_numbers_that_begin_again_under_a_heading_without_one_prove_nothing() -> None:
    text = "水库管理\n二、巡查\n每日巡查。\n二、值守\n"
    document = structure(Document("d", "某市规划", "规划", "", text), marks=[HeadingMark(0, 1)])
    assert [each.heading for each in document.sections][0] == "水库管理"


@dataclass
class Made:
    """A made document: its lines, and for each paragraph the headings it truly stands under."""

    lines: list[str]
    truth: dict[str, tuple[str, ...]]
    droppable: list[int]


def _paragraph(made: Made, path: tuple[str, ...]) -> None:
    words = f"第{len(made.truth) + 1}段正文,依法推进各项工作。"
    made.lines.append("本文" + words)
    made.truth["本文" + words] = path


@st.composite
def made_documents(draw: st.DrawFn) -> Made:
    made = Made(["某市法治规划", "(征求意见稿)"], {}, [])
    joint = draw(st.sampled_from(["", " ", "\u3000"]))
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        top = f"第{to_chinese(chapter)}章{joint}甲{chapter}"
        made.lines.append(top)
        sections = draw(st.integers(1, 3))
        for number in range(1, sections + 1):
            middle = f"第{to_chinese(number)}节{joint}乙{chapter}{number}"
            if 1 < number < sections:
                made.droppable.append(len(made.lines))
            made.lines.append(middle)
            items = draw(st.integers(2, 4))
            for item in range(1, items + 1):
                leaf = f"{to_chinese(item)}、丙{chapter}{number}{item}"
                if item < items:
                    made.droppable.append(len(made.lines))
                made.lines.append(leaf)
                for _ in range(draw(st.integers(1, 3))):
                    _paragraph(made, (top, middle, leaf))
    return made


def _shown(document: Document) -> Iterator[tuple[str, list[str]]]:
    for passage in texts(document):
        path = document.path(passage.section)
        yield (
            document.passage_text(passage),
            [s.title for s in path if s.origin == "source"],
        )


@settings(max_examples=60, deadline=None)
@given(made_documents())
def test_made_documents_tile_and_every_paragraph_stands_under_its_headings(made: Made) -> None:
    document = parsed("\n".join(made.lines))
    assert_tiles(document)
    shown = dict(_shown(document))
    assert list(shown) == list(made.truth)
    for text, path in made.truth.items():
        assert [h.split("章")[-1].split("节")[-1].split("、")[-1].strip() for h in path] == shown[
            text
        ]


@settings(max_examples=150, deadline=None)
@given(made_documents(), st.data())
def test_no_paragraph_stands_under_a_wrong_heading_when_one_is_lost(
    made: Made, data: st.DataObject
) -> None:
    if not made.droppable:
        return
    dropped = data.draw(st.sampled_from(made.droppable))
    document = parsed("\n".join(made.lines[:dropped] + made.lines[dropped + 1 :]))
    assert_tiles(document)
    for text, shown in _shown(document):
        true = " ".join(made.truth[text])
        for title in shown:
            assert title in true, (made.lines[dropped], text, shown)

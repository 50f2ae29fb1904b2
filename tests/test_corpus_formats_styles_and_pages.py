"""Headings known by their style alone, and pages named in citations."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Document
from corpus.formats.extracted import HeadingMark, Page
from corpus.register import preview
from corpus.store import corpus_checksum, load_documents, save_documents
from corpus.structure import structure
from qa.library.reading import read_file

TEXT = """某市规划
总体要求
坚持发展。
一、指导思想
以法治为指导。
二、主要任务
做好各项工作。
保障措施
加强领导。
一、组织保障
健全机制。
"""


def marked(text: str, **levels: int) -> list[HeadingMark]:
    return [HeadingMark(text.index(words), level) for words, level in levels.items()]


def paths(document: Document) -> dict[str, list[str]]:
    return {
        document.passage_text(passage): [s.heading for s in document.path(passage.section)]
        for passage in document.passages
        if passage.kind == "text"
    }


def test_unnumbered_headings_stand_over_the_numbered_ones_of_a_lower_level() -> None:
    marks = marked(TEXT, 某市规划=1, 总体要求=1, 指导思想=2, 保障措施=1)
    marks += [HeadingMark(TEXT.index("一、指导"), 2), HeadingMark(TEXT.index("二、主要"), 2)]
    document = structure(Document("d", "某市规划", "规划", "", TEXT), marks=marks[:2] + marks[3:])
    assert paths(document) == {
        "坚持发展。": ["总体要求"],
        "以法治为指导。": ["总体要求", "一、指导思想"],
        "做好各项工作。": ["总体要求", "二、主要任务"],
        "加强领导。": ["保障措施"],
        "健全机制。": ["保障措施", "一、组织保障"],
    }
    assert all(section.origin == "source" for section in document.sections)
    assert len({passage.id for passage in document.passages}) == len(document.passages)


def test_a_level_ranks_with_the_numbered_headings_that_share_it() -> None:
    text = "第一章 总则\n第一节 目标\n达标。\n特别措施\n从严。\n第二章 任务\n落实。\n"
    marks = marked(text, 第一章=1, 第一节=2, 特别措施=2, 第二章=1)
    document = structure(Document("d", "某规划", "规划", "", text), marks=marks)
    assert paths(document) == {
        "达标。": ["第一章 总则", "第一节 目标"],
        "从严。": ["第一章 总则", "特别措施"],
        "落实。": ["第二章 任务"],
    }


def test_a_heading_without_number_proves_no_other_lost() -> None:
    text = "前言\n为了发展。\n第一章 总则\n坚持。\n第二章 任务\n落实。\n结语\n努力。\n"
    marks = marked(text, 前言=1, 第一章=1, 第二章=1, 结语=1)
    document = structure(Document("d", "某规划", "规划", "", text), marks=marks)
    assert [s.heading for s in document.sections] == ["前言", "第一章 总则", "第二章 任务", "结语"]


def test_numbering_decides_where_both_speak() -> None:
    text = "第一章 总则\n第一条 依法办事。\n附则\n第二条 本办法施行。\n"
    marks = [*marked(text, 第一章=3, 附则=3), HeadingMark(text.index("第一条"), 4)]
    document = structure(Document("d", "某办法", "办法", "", text), marks=marks)
    articles = [(p.article, document.path(p.section)[-1].heading) for p in document.passages[1:]]
    assert articles == [("第一条", "第一章 总则"), (None, "附则"), ("第二条", "附则")]


PAGES = (Page(0, 1, "text"), Page(20, 2, "ocr", 0.934), Page(30, 3, "ocr", 0.98))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (5, 10, "（第1页）"),
        (5, 25, "（第1至2页，OCR，可信度 93%）"),
        (20, 30, "（第2页，OCR，可信度 93%）"),
        (30, 31, "（第3页，OCR，可信度 98%）"),
    ],
)
def test_a_citation_names_its_pages(start: int, end: int, said: str) -> None:
    text = "某规划\n" + "字" * 40
    document = structure(Document("d", "某规划", "规划", "", text, pages=PAGES))
    passage = next(p for p in document.passages if p.kind == "text")
    assert document.citation(replace(passage, start=start, end=end)) == f"《某规划》{said}"


def test_pages_are_kept_and_without_any_nothing_is_said_of_them(tmp_path: Path) -> None:
    plain = structure(Document("d", "某规划", "规划", "", TEXT))
    paged = structure(Document("e", "某规划", "规划", "", TEXT, number="甲1号", pages=PAGES))
    save_documents(tmp_path, [plain, paged])
    assert load_documents(tmp_path) == [plain, paged]
    stored = (tmp_path / "documents.jsonl").read_text("utf-8").splitlines()
    assert ['"pages"' in line for line in stored] == [False, True]
    assert corpus_checksum([plain]) != corpus_checksum([paged])


def test_real_regulations_have_their_chapters_and_articles(shared_data: Path) -> None:
    path = shared_data / "regulations" / "重大行政决策程序暂行条例(2019-04-20).md"
    document = preview(
        "重大行政决策程序暂行条例", read_file(path.read_bytes(), path.name).extracted
    )
    chapters = [section.heading for section in document.sections if section.level == 1]
    assert chapters[0] == "第一章 总则" and len(chapters) == 6
    articles = [p.article for p in document.passages if p.article]
    assert articles[0] == "第一条" and articles[-1] == "第四十四条"
    assert len(set(articles)) == 44

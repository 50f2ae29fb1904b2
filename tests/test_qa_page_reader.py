"""The reader and the 文档库 tab as HTML: sections, contents, references, the cited documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest
from doubles.engine import FakeEngine
from doubles.records import document_of, link_of

from qa.api.live import LiveEngine
from qa.page.jobs import Jobs
from qa.page.links import citing_documents, links_panel
from qa.page.reader import Place, reader
from qa.page.shelf import library
from qa.page.tabs import page_calls
from qa.records import CitedRecord, DocumentRecord, LinkRecord, SectionRecord

CITING = "第二条　依照甲法第五条第二款处罚。甲法第六条另有规定的，从其规定。"
EVIL = "<script>alert(1)</script>\"'&${x}{{y}}"


@pytest.fixture
def document() -> DocumentRecord:
    chapter = {"heading": "第一章 总则", "start": 0, "end": 40, "origin": "source"}
    lost = {"heading": "〔第二节〕", "start": 20, "end": 40, "origin": "numbering"}
    entries = [{"index": 0, "level": 1} | chapter, {"index": 1, "level": 2} | lost]
    return document_of(id="d", name="《某法》", toc=entries)


@pytest.fixture
def section(document: DocumentRecord) -> SectionRecord:
    blocks = [
        {"kind": "heading", "text": "第一章 总则", "start": 0, "end": 7, "citation": "某法"},
        {"kind": "text", "text": "第一款。\n第二款。", "start": 7, "end": 16, "citation": "某法"},
        {"kind": "text", "text": "另一条。", "start": 20, "end": 24, "citation": "某法"},
    ]
    whole = {"document": document, "path": ["第一章 总则"], "start": 0, "end": 40}
    return cast(SectionRecord, whole | {"blocks": blocks})


def test_the_reader_points_at_the_passage_and_marks_the_evidence(
    document: DocumentRecord, section: SectionRecord
) -> None:
    html = reader(document, section, Place(7, 16, [(12, 15)]))
    assert html.count("pointed") == 1
    assert "<p>第一款。</p><p><mark>第二款</mark>。</p>" in html
    assert '<details class="toc">' in html


def test_the_contents_mark_where_one_is_and_what_the_source_lost(
    document: DocumentRecord, section: SectionRecord
) -> None:
    first, second = reader(document, section, Place(21)).split("</li>")[:2]
    assert "aria-current" not in first
    assert "aria-current" in second
    assert "原文缺这一级标题" in second
    assert "不分章节" in reader({**document, "toc": []})


def test_reading_from_the_contents_begins_at_the_heading(
    document: DocumentRecord, section: SectionRecord
) -> None:
    html = reader(document, section, Place(0))
    assert "<h3 data-here>第一章 总则</h3>" in html
    assert "pointed" not in html


def test_a_document_without_a_section_opens_at_its_contents(document: DocumentRecord) -> None:
    assert '<details class="toc" open>' in reader(document)


def test_the_fold_of_references_stands_under_the_passage_or_heads_the_section(
    document: DocumentRecord, section: SectionRecord
) -> None:
    html = reader(document, section, Place(7, 16))
    fold = '<details class="refs" data-document="d" data-start="7" data-end="16">'
    assert html.index("第二款。") < html.index(fold) < html.index("另一条。")
    html = reader(document, section, Place(20))
    fold = '<details class="refs" data-document="d" data-start="20">'
    assert html.index(fold) < html.index("<h3")
    assert '<details class="refs" data-document="d"><summary>被哪些文件引用' in reader(document)


def link(number: int = 2, start: int = 106, **source: Any) -> LinkRecord:
    """A mention of 甲法第五条第二款 in an article of 乙法 that begins at offset 100."""
    place = {"passage_id": f"yi/{number}", "citation": f"《乙法》第{number}条", "start": 100}
    origin = {**link_of()["from"], **place, "text": CITING, "end": 100 + len(CITING), **source}
    return link_of(start=start, end=start + 8, **{"from": origin})


def test_what_a_passage_cites_says_whether_it_is_held_and_opens_with_one_click() -> None:
    facts = {"citation": "《丙条例》", "note": "库中没有《丙条例》。", "target": None}
    lost = link_of(title="丙条例", held=False, document_id=None, **facts)
    html = links_panel([link(), link(), lost], [])
    assert "本段引用<small>2 处</small>" in html
    held, other = html.split("</li>")[:2]
    assert 'data-document="jia" data-start="40" data-end="60" data-marks="40-60"' in held
    assert "《甲法》第五条第二款" in held
    assert "已入库" in held
    assert "<button" not in other
    assert "未入库" in other
    assert "库中没有《丙条例》。" in other
    assert "文库里没有条款引用本段。" in html


def test_a_cited_document_or_article_that_is_not_there_opens_the_whole_text() -> None:
    html = links_panel([link_of(target=None, note="请核对。")], [])
    assert '<button type="button" class="inline" data-do="follow" data-document="jia">' in html
    assert "请核对。" in html


def test_citing_passages_stand_by_document_with_the_sentence_and_its_mention() -> None:
    third = link(document_id="bing", title="丙法", passage_id="b/1")
    html = links_panel([], [link(), link(start=117), link(3), third])
    assert "被哪些条款引用<small>3 处</small>" in html
    assert html.count("<h4>") == 2
    assert "<cite>第2条</cite>" in html
    assert 'data-marks="106-114,117-125"' in html
    assert '"said">依照<mark>甲法第五条第二款</mark>处罚。</p>' in html
    assert "本段没有引用" in html


def test_a_long_sentence_is_cut_around_the_mention() -> None:
    text = "前" * 90 + "甲法第五条" + "后" * 90 + "。"
    one = {**link(start=190, text=text, end=100 + len(text)), "end": 195}
    words = f"……{'前' * 40}<mark>甲法第五条</mark>{'后' * 60}……"
    assert f'<p class="said">{words}</p>' in citing_documents([cast(LinkRecord, one)])
    text = "前" * 60 + "，" + "中" * 29 + "甲法第五条执行，" + "后" * 87 + "。"
    one = {**link(start=190, text=text, end=100 + len(text)), "end": 195}
    words = f"……{'中' * 29}<mark>甲法第五条</mark>执行，……"
    assert words in citing_documents([cast(LinkRecord, one)])


def test_many_citing_passages_wait_behind_a_button() -> None:
    html = links_panel([], [link(number) for number in range(21)])
    assert html.count("<li hidden>") == 1
    assert "全部 21 处</button>" in html
    assert "hidden" not in links_panel([], [link(number) for number in range(20)])


def test_a_document_lists_who_cites_it() -> None:
    html = citing_documents([link(), link(3)])
    assert "引用它的文件<small>1 份，2 处</small>" in html
    assert "没有别的文件引用" in citing_documents([])


def test_references_are_those_of_the_passage_the_section_or_the_document() -> None:
    made = page_calls(LiveEngine(FakeEngine()), Jobs())  # type: ignore[arg-type]
    links = cast(Any, {call.__name__: call for call in made}["open_links"])
    code = FakeEngine().document("code").get("toc", [])[1]
    assert "25 处" in links({"document": "code", "start": str(code["start"])})
    end = str(code["end"])
    assert "25 处" in links({"document": "code", "start": str(code["start"] + 7), "end": end})
    assert "1 份，25 处" in links({"document": "code"})
    assert 'role="alert"' in links({"document": "old"})
    assert "请刷新网页再试" in links({"document": "code", "start": "零"})


def cited(changes: Mapping[str, object] | None = None) -> str:
    base = {"title": "某纲要", "lines": [11, 68], "held": False, "document_id": None, "date": ""}
    more = {"issuer": "", "url": "www.gov.cn/a.htm", "address": "", "how": "下载后存入。"}
    return library([], [cast(CitedRecord, base | more | dict(changes or {}))])


def test_a_cited_document_not_held_says_so_and_how_to_get_it() -> None:
    html = cited()
    assert "未入库" in html
    assert "规划行号" not in html
    assert 'href="https://www.gov.cn/a.htm"' in html
    assert "下载后存入。" in html
    assert "本规划引用的文件" not in library([], [])
    noted = cited({"url": "www.gov.cn/a.htm〔未打开核对〕"})
    assert 'href="https://www.gov.cn/a.htm"' in noted
    assert "</a>〔未打开核对〕" in noted


def test_nothing_of_a_document_becomes_markup(section: SectionRecord) -> None:
    names = dict.fromkeys(("id", "title", "name", "kind", "status", "issuer", "published"), EVIL)
    entry = {"index": 0, "level": 1, "heading": EVIL, "start": 0, "end": 99, "origin": "source"}
    document = document_of(**names, effective=EVIL, toc=[entry])
    block: Any = {"kind": "text", "text": EVIL, "start": 0, "end": len(EVIL), "citation": EVIL}
    whole = {**section, "path": [EVIL], "blocks": [block, block | {"kind": "heading"}]}
    words = {"document_id": EVIL, "title": EVIL, "citation": EVIL, "note": EVIL}
    origin = {**link()["from"], "document_id": EVIL, "title": EVIL, "status": EVIL, "text": EVIL}
    evil = link_of(start=101, end=104, **words, **{"from": origin})
    html = "".join(
        [
            reader(document, cast(SectionRecord, whole), Place(0, 9, [(1, 4)])),
            library([document], []),
            cited(dict.fromkeys(("title", "issuer", "date", "how"), EVIL)),
            cited({"url": "javascript:alert(1)" + EVIL, "held": True, "document_id": EVIL}),
            links_panel([evil, {**evil, "held": False}], [evil]),
            citing_documents([evil]),
        ]
    )
    assert "<script" not in html
    assert "\"'&$" not in html
    assert 'href="javascript' not in html

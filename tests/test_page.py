"""The page's HTML as pure functions: what is shown, folded, marked, copied and escaped."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.marking import clipped, folds, marked
from qa.page import (
    answer,
    ask_form,
    badge,
    citation_copy,
    day,
    hit_card,
    masthead,
    notice,
)
from qa.reader import cited_table, library, reader, toc

ROOT = Path(__file__).parents[1]
TEXT = "全面推行行政执法公示制度。规范涉企行政检查,着力解决随意检查等问题。"
EVIL = "<script>alert(1)</script>\"'&${x}{{y}}"


def hit(**changes: Any) -> dict[str, Any]:
    base = {
        "rank": 1,
        "score": 0.9,
        "passage_id": "plan:100",
        "document": {"id": "plan", "title": "某规划", "status": "征求意见稿"},
        "section": ["第三章 主要任务", "第三节 依法履行政府职能"],
        "article": None,
        "citation": "《某规划》(征求意见稿)第三章第三节",
        "text": TEXT,
        "start": 100,
        "end": 100 + len(TEXT),
        "highlights": [[113, 134]],
    }
    return base | changes


def asked(**changes: Any) -> dict[str, Any]:
    sentence = {"text": TEXT[13:34], "start": 113, "end": 134, "hit": 1}
    base = {
        "question": "检查怎么管?",
        "answered": True,
        "confidence": 0.9,
        "sentences": [sentence],
        "hits": [hit()],
        "route": "hybrid",
        "notice": "",
    }
    return base | changes


def test_the_evidence_is_marked_at_its_offsets_in_the_document() -> None:
    assert "<mark>规范涉企行政检查,着力解决随意检查等问题。</mark>" in hit_card(hit())


def test_marks_are_cut_to_the_text_sorted_and_joined() -> None:
    assert clipped([[8, 12], [1, 3], [2, 5], [40, 50], [7, 7]], 2, 8) == [(0, 3), (6, 8)]
    assert marked("甲乙<丙", [(1, 3)]) == "甲<mark>乙&lt;</mark>丙"


def test_a_short_passage_is_not_folded() -> None:
    assert folds(TEXT, [(13, 34)]) == [(0, len(TEXT), True)]
    assert "展开全文" not in hit_card(hit())


def test_a_long_passage_shows_whole_sentences_around_the_evidence() -> None:
    before, evidence, after = "甲" * 199 + "。", "规范涉企检查。", "乙" * 199 + "。"
    pieces = folds(before + evidence + after, [(202, 204)])
    assert pieces == [(0, 200, False), (200, 207, True), (207, 407, False)]
    card = hit_card(hit(text=before + evidence + after, highlights=[[302, 304]]))
    assert "〔略 200 字〕" in card
    assert "展开全文" in card


def test_a_long_passage_without_evidence_shows_its_beginning() -> None:
    text = ("甲" * 99 + "。") * 5
    assert folds(text, []) == [(0, 200, True), (200, 500, False)]


@pytest.mark.parametrize("spans", [[], [(0, 5)], [(150, 420)], [(699, 700)]])
def test_folding_loses_no_character(spans: list[tuple[int, int]]) -> None:
    text = "第一句。\n第二句“引文。”第三句;" * 20 + "甲" * 360
    pieces = folds(text, spans)
    assert "".join(text[a:b] for a, b, _ in pieces) == text


def test_the_answer_quotes_its_sentences_each_with_a_chip_to_its_card() -> None:
    html = answer(asked())
    assert 'href="#hit-1"' in html
    assert "《某规划》(征求意见稿)第三章第三节" in html
    assert html.index("以下都是文件原话") < html.index("相关原文")


def test_a_refusal_is_plain_and_offers_the_nearest_passages() -> None:
    html = answer(asked(answered=False, sentences=[]))
    assert "文件未作规定" in html
    assert "可能相关" in html
    assert "以下都是文件原话" not in html


def test_a_refusal_without_passages_says_what_to_do() -> None:
    html = answer(asked(answered=False, sentences=[], hits=[]))
    assert "请换个说法" in html
    assert "可能相关" not in html


def test_a_notice_of_the_engine_is_shown_above_the_answer() -> None:
    html = answer(asked(notice="问题太长,只按前 2000 个字查找。"))
    assert html.index("只按前 2000 个字") < html.index("以下都是文件原话")


def test_an_article_is_the_last_step_of_the_breadcrumb() -> None:
    card = hit_card(hit(section=["第一编 总则"], article="第五十七条"))
    assert "<li>第一编 总则</li><li>第五十七条</li>" in card


def test_what_is_copied_is_verbatim_with_its_citation() -> None:
    passage = hit(text="甲。\n乙。丁。丙。", start=5, end=14)
    parts = [
        {"text": "丙。", "start": 12, "end": 14, "hit": 1},
        {"text": "甲。", "start": 5, "end": 7, "hit": 1},
        {"text": "乙。", "start": 8, "end": 10, "hit": 1},
    ]
    place = "《某规划》(征求意见稿)第三章第三节"
    assert citation_copy(passage, parts) == f"“甲。\n乙。……丙。”\n——{place}"
    assert citation_copy(hit()) == f"“{TEXT}”\n——《某规划》(征求意见稿)第三章第三节"


def test_importing_the_page_does_not_import_gradio() -> None:
    code = "import app, sys; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_every_status_is_a_word_and_not_only_a_colour() -> None:
    for status in ("征求意见稿", "现行有效", "尚未施行", "已被修改", "已废止", "试行"):
        assert f">{status}</span>" in badge(status)
    assert badge("") == ""


def test_dates_read_as_chinese_dates() -> None:
    assert day("2026-01-02") == "2026年1月2日"
    assert day("2021") == "2021"
    about = {"documents": 3, "as_of": "2026-11-22", "plan": "《某规划》(征求意见稿)"}
    assert "收有《某规划》(征求意见稿)和" in masthead(about)
    assert "截至2026年11月22日" in masthead(about | {"plan": None})


def test_filters_offer_what_the_library_holds_once() -> None:
    law = {"id": "a", "name": "《甲法》", "kind": "法律", "status": "现行有效"}
    form = ask_form([law, law | {"id": "b"}])
    assert form.count('name="kind" value="法律"') == 1
    assert form.count("<option value") == 4


def test_nothing_from_a_document_becomes_markup() -> None:
    document = {
        "id": EVIL,
        "title": EVIL,
        "name": EVIL,
        "kind": EVIL,
        "status": EVIL,
        "issuer": EVIL,
        "published": EVIL,
        "effective": EVIL,
        "source": EVIL,
        "toc": [
            {"index": 0, "level": 1, "heading": EVIL, "start": 0, "end": 99, "origin": "source"}
        ],
    }
    block = {"kind": "text", "text": EVIL, "start": 0, "end": len(EVIL)}
    section = {
        "document": document,
        "path": [EVIL],
        "start": 0,
        "end": 99,
        "blocks": [block, block | {"kind": "heading"}],
    }
    cited = {
        "title": EVIL,
        "lines": [1],
        "held": True,
        "document_id": EVIL,
        "issuer": EVIL,
        "date": EVIL,
        "url": "javascript:alert(1)" + EVIL,
        "how": EVIL,
    }
    evil_hit = hit(
        document={"id": EVIL, "title": EVIL, "status": EVIL},
        section=[EVIL],
        article=EVIL,
        citation=EVIL,
        text=EVIL,
        highlights=[[101, 104]],
    )
    sentence = {"text": EVIL, "start": 100, "end": 120, "hit": 1}
    html = "".join(
        [
            answer(asked(question=EVIL, notice=EVIL, hits=[evil_hit], sentences=[sentence])),
            ask_form([document]),
            masthead({"documents": 1, "as_of": EVIL, "plan": EVIL}),
            notice(EVIL, error=True),
            reader(document, section, (0, 9), [(1, 4)]),
            library([document], [cited]),
        ]
    )
    assert "<script" not in html
    assert "\"'&$" not in html
    assert 'href="javascript' not in html


def reading() -> tuple[dict[str, Any], dict[str, Any]]:
    chapter = {"heading": "第一章 总则", "start": 0, "end": 40, "origin": "source"}
    lost = {"heading": "〔第二节〕", "start": 20, "end": 40, "origin": "numbering"}
    entries = [{"index": 0, "level": 1} | chapter, {"index": 1, "level": 2} | lost]
    document = {"id": "d", "name": "《某法》", "status": "现行有效", "toc": entries}
    blocks = [
        {"kind": "heading", "text": "第一章 总则", "start": 0, "end": 7},
        {"kind": "text", "text": "第一款。\n第二款。", "start": 7, "end": 16},
        {"kind": "text", "text": "另一条。", "start": 20, "end": 24},
    ]
    return document, {"path": ["第一章 总则"], "start": 0, "end": 40, "blocks": blocks}


def test_the_reader_points_at_the_passage_and_marks_the_evidence() -> None:
    document, section = reading()
    html = reader(document, section, (7, 16), [(12, 15)])
    assert html.count("pointed") == 1
    assert "<p>第一款。</p><p><mark>第二款</mark>。</p>" in html
    assert "<details class=\"toc\">" in html


def test_the_contents_mark_where_one_is_and_what_the_source_lost() -> None:
    document, _ = reading()
    html = toc(document, 21)
    first, second = html.split("</li>")[:2]
    assert "aria-current" not in first
    assert "aria-current" in second
    assert "原文缺这一级标题" in second
    assert "不分章节" in toc(document | {"toc": []})


def test_reading_from_the_contents_begins_at_the_heading() -> None:
    document, section = reading()
    html = reader(document, section, at=0)
    assert "<h3 data-here>第一章 总则</h3>" in html
    assert "pointed" not in html


def test_a_document_without_a_section_opens_at_its_contents() -> None:
    assert '<details class="toc" open>' in reader(reading()[0])


def test_a_cited_document_not_held_says_so_and_how_to_get_it() -> None:
    row = {"title": "某纲要", "lines": [11, 68], "held": False, "document_id": None}
    known = {"issuer": "", "date": "", "url": "www.gov.cn/a.htm", "how": "下载后存入。"}
    html = cited_table([row | known])
    assert "未入库" in html
    assert "11、68" in html
    assert 'href="https://www.gov.cn/a.htm"' in html
    assert "下载后存入。" in html
    assert cited_table([]) == ""
    noted = cited_table([row | known | {"url": "www.gov.cn/a.htm〔未打开核对〕"}])
    assert 'href="https://www.gov.cn/a.htm"' in noted
    assert "</a>〔未打开核对〕" in noted

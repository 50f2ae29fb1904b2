"""The 问答 tab as HTML: what is quoted, marked, folded, copied and escaped."""

from __future__ import annotations

from typing import Any

import pytest
from doubles.engine import FakeEngine
from doubles.records import document_of, hit_of, reply_of

from qa.page.ask import answer, ask_form
from qa.page.call import notice
from qa.page.marks import clipped, folds, pieces
from qa.page.parts import masthead
from qa.records import AskReply, day

TEXT = "全面推行行政执法公示制度。规范涉企行政检查,着力解决随意检查等问题。"
EVIL = "<script>alert(1)</script>\"'&${x}{{y}}"
PLACE = "《某规划》(征求意见稿)第三章第三节"
PASSAGE: dict[str, Any] = {
    "document": {"id": "plan", "title": "某规划", "status": "征求意见稿"},
    "section": ["第三章 主要任务", "第三节 依法履行政府职能"],
    "citation": PLACE,
    "text": TEXT,
    "start": 100,
    "end": 100 + len(TEXT),
    "highlights": [[113, 134]],
}


def asked(**changes: Any) -> AskReply:
    sentence = {"text": TEXT[13:34], "start": 113, "end": 134, "hit": 1}
    base = {"question": "检查怎么管?", "sentences": [sentence], "hits": [hit_of(**PASSAGE)]}
    return reply_of(**base | changes)


def card(**changes: Any) -> str:
    """A passage of which nothing is quoted."""
    return answer(asked(answered=False, sentences=[], hits=[hit_of(**PASSAGE | changes)]))


def test_the_evidence_is_marked_at_its_offsets_in_the_document() -> None:
    assert "<mark>规范涉企行政检查,着力解决随意检查等问题。</mark>" in card()


def test_marks_are_cut_to_the_text_sorted_and_joined() -> None:
    assert clipped([[8, 12], [1, 3], [2, 5], [40, 50], [7, 7]], 2, 8) == [(0, 3), (6, 8)]
    assert pieces("甲乙<丙", [(1, 3)]) == [("甲", False), ("乙<", True), ("丙", False)]
    assert "甲<mark>乙&lt;</mark>丙" in card(text="甲乙<丙", highlights=[[101, 103]])


def test_marking_everything_marks_nothing() -> None:
    assert "<mark>" not in card(highlights=[[100, 100 + len(TEXT)]])


def test_a_short_passage_is_not_folded() -> None:
    assert folds(TEXT, [(13, 34)]) == [(0, len(TEXT), True)]
    assert "展开全文" not in card()


def test_a_long_passage_shows_whole_sentences_around_the_evidence() -> None:
    text = "甲" * 199 + "。规范涉企检查。" + "乙" * 199 + "。"
    assert folds(text, [(202, 204)]) == [(0, 200, False), (200, 207, True), (207, 407, False)]
    html = card(text=text, highlights=[[302, 304]])
    assert "〔略 200 字〕" in html
    assert "展开全文" in html


def test_a_long_passage_without_evidence_shows_its_beginning() -> None:
    text = ("甲" * 99 + "。") * 5
    assert folds(text, []) == [(0, 200, True), (200, 500, False)]


@pytest.mark.parametrize("spans", [[], [(0, 5)], [(150, 420)], [(699, 700)]])
def test_folding_loses_no_character(spans: list[tuple[int, int]]) -> None:
    text = "第一句。\n第二句“引文。”第三句;" * 20 + "甲" * 360
    assert "".join(text[a:b] for a, b, _ in folds(text, spans)) == text


def test_the_answer_quotes_its_sentences_each_with_a_chip_to_its_card() -> None:
    html = answer(asked())
    assert 'href="#hit-1"' in html
    assert PLACE in html
    assert html.index("以下都是文件原话") < html.index("相关原文")


def test_a_refusal_is_plain_and_offers_the_nearest_passages() -> None:
    html = card()
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
    html = card(section=["第一编 总则"], article="第五十七条")
    assert "<li>第一编 总则</li><li>第五十七条</li>" in html


def test_what_is_copied_is_verbatim_with_its_citation() -> None:
    passage = hit_of(**PASSAGE | {"text": "甲。\n乙。丁。丙。", "start": 5, "end": 14})
    said = [
        {"text": "丙。", "start": 12, "end": 14, "hit": 1},
        {"text": "甲。", "start": 5, "end": 7, "hit": 1},
        {"text": "乙。", "start": 8, "end": 10, "hit": 1},
    ]
    html = answer(asked(hits=[passage], sentences=said))
    for words, button in (
        ("甲。\n乙。……丙。", "复制答案"),
        ("甲。\n乙。……丙。", "复制引文"),
        ("甲。\n乙。丁。丙。", "复制原文和引文"),
    ):
        assert f'data-copy="“{words}”\n——{PLACE}">{button}</button>' in html
    assert f'data-copy="“{TEXT}”\n——{PLACE}">复制引文</button>' in card()


def test_every_status_is_a_word_and_not_only_a_colour() -> None:
    label = {"id": "plan", "title": "某规划"}
    for status in ("征求意见稿", "现行有效", "尚未施行", "已被修改", "已废止", "试行"):
        assert f">{status}</span>" in card(document=label | {"status": status})
    assert "badge" not in card(document=label | {"status": ""})


def test_dates_read_as_chinese_dates() -> None:
    assert day("2026-01-02") == "2026年1月2日"
    assert day("2021") == "2021"
    about = {**FakeEngine().about(), "plan": "《某规划》(征求意见稿)"}
    assert "收有《某规划》(征求意见稿)和" in masthead(about)  # type: ignore[arg-type]
    assert "截至2026年11月22日" in masthead(about)  # type: ignore[arg-type]


def test_filters_offer_what_the_library_holds_once() -> None:
    form = ask_form([document_of(id="a"), document_of(id="b")], [])
    assert form.count('name="kind" value="法律"') == 1
    assert form.count("<option value") == 4


def test_nothing_that_is_shown_becomes_markup() -> None:
    label = {"id": EVIL, "title": EVIL, "status": EVIL}
    words = {"section": [EVIL], "article": EVIL, "citation": EVIL, "text": EVIL}
    hostile = hit_of(**PASSAGE | words | {"document": label, "highlights": [[101, 104]]})
    sentence = {"text": EVIL, "start": 100, "end": 120, "hit": 1}
    facts = document_of(id=EVIL, name=EVIL, kind=EVIL, status=EVIL)
    html = (
        answer(asked(question=EVIL, notice=EVIL, hits=[hostile], sentences=[sentence]))
        + ask_form([facts], [EVIL])
        + masthead({**FakeEngine().about(), "as_of": EVIL, "plan": EVIL, "library": EVIL})
        + notice(EVIL, error=True)
    )
    assert "<script" not in html
    assert "\"'&$" not in html


def test_a_document_that_is_not_held_is_not_called_silent() -> None:
    reason = {"answered": False, "sentences": [], "reason": "not_held"}
    shown = answer(asked(**reason, notice="文库未收《某条例》。"))
    assert "文库未收《某条例》。" in shown and "<h2>文库未收</h2>" in shown
    assert "在“文档库”入库就能查" in shown
    assert "不是所问文件或条文的规定" in shown and "文件未作规定" not in shown

"""Results as lines of text, from records alone."""

from __future__ import annotations

from typing import Any, cast

import pytest
from doubles.records import hit_of, reply_of

from qa.commands.terminal import (
    ask_text,
    check_text,
    find_text,
    printable,
    search_text,
    written_line,
)
from qa.records import CheckItem, MatchRecord

CHECKS = "规范涉企行政检查，着力解决涉企现场检查事项多、频次高、随意检查等问题。"
LABEL = {"id": "plan", "title": "某规划", "status": "征求意见稿"}
CITATION = "《某规划》(征求意见稿)第三章第三节"
HIT = hit_of(document=LABEL, citation=CITATION, text=CHECKS, score=0.8125)


def test_a_hit_has_its_rank_citation_status_score_and_words() -> None:
    shown = search_text({"query": "检查", "route": "hybrid", "hits": [HIT], "notice": ""})
    assert shown == f"1. {CITATION}  [征求意见稿]  0.812\n   {CHECKS}"


def test_what_the_user_is_to_know_stands_first_or_alone() -> None:
    note = "问题太长了，只按前 2000 个字查找。"
    both = search_text({"query": "检查", "route": "hybrid", "hits": [HIT], "notice": note})
    assert both.startswith(f"{note}\n\n1. ")
    alone = search_text({"query": "检查", "route": "place", "hits": [], "notice": "没有第九章。"})
    assert alone == "没有第九章。"
    none = search_text({"query": "检查", "route": "hybrid", "hits": [], "notice": ""})
    assert none == "没有找到。"


def test_each_answering_sentence_has_its_own_source() -> None:
    code = hit_of(rank=2, citation="《中华人民共和国民法典》第五十四条")
    sentences = [
        {"text": CHECKS, "start": 0, "end": len(CHECKS), "hit": 1},
        {"text": "个体工商户可以起字号。", "start": 40, "end": 51, "hit": 2},
    ]
    assert ask_text(reply_of(hits=[HIT, code], sentences=sentences)) == (
        f"  {CHECKS}\n    ——{CITATION}  [征求意见稿]\n\n"
        "  个体工商户可以起字号。\n    ——《中华人民共和国民法典》第五十四条"
    )


def test_without_an_answer_the_three_nearest_passages_are_shown_by_their_beginnings() -> None:
    far = hit_of(rank=4, citation="《某规划》第四章", text="考核")
    long = hit_of(rank=2, citation="《某规划》第二章", text="健" * 81)
    shown = ask_text(reply_of(answered=False, hits=[HIT, long, HIT, far]))
    assert shown.startswith("文件未作规定。以下内容可能相关：\n\n")
    assert f"  《某规划》第二章\n  {'健' * 80}……\n" in shown
    assert "第四章" not in shown
    assert ask_text(reply_of(answered=False)) == "文件未作规定。"


def test_a_written_sentence_that_fails_is_marked_and_struck_through_in_colour() -> None:
    right: Any = {"text": "应当公开。", "hits": [1], "verified": True, "reason": ""}
    wrong: Any = {**right, "verified": False, "reason": "没有注明出处"}
    assert written_line(right, styled=True) == "应当公开。"
    assert written_line(wrong) == "〔未通过核对：没有注明出处〕应当公开。"
    assert written_line(wrong, styled=True).endswith("\x1b[9m应当公开。\x1b[0m")


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        ({"op": "insert", "draft": "", "source": "依法"}, "少了“依法”"),
        ({"op": "delete", "draft": "的", "source": ""}, "多了“的”"),
        ({"op": "replace", "draft": "可以", "source": "应当"}, "“可以”应为“应当”"),
    ],
)
def test_a_difference_is_said_from_the_draft_s_side(difference: Any, said: str) -> None:
    match = {**HIT, "kind": "near", "similarity": 0.934, "differences": [difference]}
    match |= {"context": CHECKS}
    shown = find_text({"text": "检查", "matches": [cast(MatchRecord, match)]})
    assert shown == f"{CITATION}  [征求意见稿]  近似 93%\n  {CHECKS}\n  {said}"


def test_where_no_wording_is_near_what_means_the_same_follows() -> None:
    like = hit_of(citation="《甲规划》第一章", text="规范检查。")
    assert find_text({"text": "少来查", "matches": [], "similar": [like]}) == (
        "文档库里没有找到这些文字，也没有相近的。\n\n意思相近：\n\n《甲规划》第一章\n  规范检查。"
    )


def test_an_item_of_a_draft_has_its_verdict_source_and_what_to_do() -> None:
    item = {
        "surface": "民法典第五十四条",
        "verdict": "wrong_article",
        "source": hit_of(citation="《中华人民共和国民法典》第五十五条"),
        "differences": [],
        "suggestion": "改为第五十五条",
    }
    assert check_text({"text": "", "items": [cast(CheckItem, item)]}) == (
        "〔出处有误〕民法典第五十四条\n  出处：《中华人民共和国民法典》第五十五条\n"
        "  改为第五十五条\n\n共 1 处。出处有误 1 处。"
    )
    assert check_text({"text": "", "items": []}).startswith("草稿里没有引文")


def test_what_moves_the_cursor_or_turns_words_round_is_not_printed() -> None:
    assert printable("一\x1b[2J二\u202e三\n\u3000四") == "一\ufffd[2J二\ufffd三\n\u3000四"

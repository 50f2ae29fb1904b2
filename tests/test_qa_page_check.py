"""The 引文核对 tab as HTML: a draft with its items marked, one in full, what can be put right."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest
from doubles.engine import FakeEngine
from doubles.records import hit_of, item_of

from qa.api.live import LiveEngine
from qa.page.check import check_form, item_card, items_table, summary
from qa.page.draft import marked_draft
from qa.page.jobs import Jobs
from qa.page.tabs import page_calls
from qa.records import VERDICTS, CheckItem, CheckReply
from qa.wording import differences

CHECKED = "甲法第一条规定：“可以一律平等。”\n乙法第二条。"
EVIL = "<script>alert(1)</script>\"'&${x}{{y}}"


def item(start: int, end: int, verdict: str, **changes: Any) -> CheckItem:
    return item_of(start=start, end=end, surface=CHECKED[start:end], verdict=verdict, **changes)


def checked(*items: CheckItem) -> CheckReply:
    return {"text": CHECKED, "items": list(items)}


THREE = checked(item(0, 5, "exists"), item(9, 16, "altered"), item(18, 23, "not_held"))


def test_every_item_of_a_draft_is_marked_and_named() -> None:
    html = marked_draft(THREE)
    assert '<a class="mark mark-good" href="#item-0" role="button"' in html
    assert "可以一律平等。<span" in html
    assert html.count("data-fault") == 1
    for name in ("出处存在", "与原文有出入", "库中未收"):
        assert f">{name}</span>" in html
    assert html.count("<p>") == 2


def test_marking_a_draft_loses_no_character_whatever_lies_in_whatever() -> None:
    spans = [(0, 23), (0, 5), (0, 5), (3, 11), (9, 20), (16, 23)]
    items = [item(a, b, "altered" if n % 2 else "exists") for n, (a, b) in enumerate(spans)]
    html = marked_draft(checked(*items))
    text = re.sub("<[^>]+>", "", re.sub(r"<span class=\"tag[^>]+>[^<]+</span>", "", html))
    assert text == CHECKED.replace("\n", "")
    assert 'data-item="1"' in html
    assert 'data-item="2"' not in html, "of equal ones the worst"


def test_the_summary_counts_and_says_what_is_wrong() -> None:
    html = summary(THREE, word=False)
    assert "共 3 处引用，" in html
    assert "1 处有误或查不到" in html
    assert "1 处库中未收" in html
    assert "没有发现错误" in summary(checked(THREE["items"][0]), word=False)
    assert "没有发现引文或出处" in summary(checked(), word=False)


def test_what_is_told_in_other_words_is_counted_and_an_open_end_is_named() -> None:
    reply = checked(item(0, 5, "exists", retold=True), item(9, 16, "verbatim", goes_on=True))
    assert "另有 1 处转述未核对" in summary(reply, word=False)
    assert "转述" not in summary(THREE, word=False)
    assert ">与原文一致，句未完</span>" in items_table(reply)


def test_words_without_marks_are_named_and_put_right_like_a_quotation() -> None:
    fix = {"start": 9, "end": 16, "text": "一律平等。"}
    html = item_card(item(9, 16, "altered", kind="unmarked", correction=fix), 0, 1, fixable=True)
    assert "条文，第 1 处" in html and ">改为原文</button>" in html


def test_only_text_is_put_right_on_the_page_and_word_in_the_file() -> None:
    fix = {"start": 9, "end": 16, "text": "一律平等。"}
    unlike = [one.record() for one in differences("可以", "")]
    record = checked(item(9, 16, "altered", correction=fix, differences=unlike))
    assert "全部改正（1 处）" in summary(record, word=False)
    assert "全部改正" not in summary(record, word=True)
    assert "修订标记" in summary(record, word=True)
    card = item_card(record["items"][0], 0, 2, fixable=True)
    assert "改为原文" in card
    assert "<del>可以</del>一律平等。" in card
    assert "改为原文" not in item_card(record["items"][0], 0, 2, fixable=False)
    moved = fix | {"start": 0, "end": 5, "text": "乙法第二条"}
    elsewhere = item(9, 16, "wrong_article", correction=moved)
    assert "改为“乙法第二条”" in item_card(elsewhere, 0, 1, fixable=True)


def test_the_table_shows_the_first_rows_and_offers_the_rest() -> None:
    html = items_table(checked(*[item(0, 5, "exists") for _ in range(203)]))
    assert html.count('class="late"') == 3
    assert "再显示其余 3 处" in html


def test_every_verdict_has_its_word() -> None:
    for verdict, word in VERDICTS.items():
        assert f">{word}</span>" in items_table(checked(item(0, 5, verdict)))


def test_nothing_from_a_draft_becomes_markup() -> None:
    label = {"id": EVIL, "title": EVIL, "status": EVIL}
    source = hit_of(text=EVIL, end=len(EVIL), citation=EVIL, document=label, highlights=[[1, 4]])
    shown = {"surface": EVIL, "suggestion": EVIL, "end": len(EVIL), "source": source}
    shown["differences"] = [one.record() for one in differences(EVIL, "甲")]
    shown["correction"] = {"start": 0, "end": 3, "text": EVIL}
    items = [item_of(verdict=verdict, **shown) for verdict in ("altered", EVIL)]
    record: CheckReply = {"text": EVIL, "items": items}
    html = "".join(
        [
            marked_draft(record),
            item_card(items[0], 0, 2, fixable=True),
            items_table(record),
            summary(record, word=False),
            check_form([]),
        ]
    )
    assert "<script" not in html
    assert "\"'&$" not in html


@pytest.fixture
def calls() -> dict[str, Any]:
    made = page_calls(LiveEngine(cast(Any, FakeEngine())), Jobs())
    return {call.__name__: call for call in made}


def test_a_file_that_cannot_be_read_is_one_sentence(calls: dict[str, Any]) -> None:
    said = calls["start_check"]({"name": "旧稿.doc", "content": "AAAA"})
    assert "另存为 .docx" in said
    assert 'role="alert"' in said
    assert "空的" in calls["start_check"]({"text": "  "})
    assert "请刷新网页再试" in calls["start_check"]({"name": "稿.docx", "content": "%"})
    assert "重新核对" in calls["open_item"]({"job": "<b>", "item": 0})


def test_a_mended_draft_keeps_the_marks_of_its_markdown(calls: dict[str, Any]) -> None:
    begun = calls["start_check"]({"text": "# 题\r\n**甲**：“可以平等”", "name": "稿.md"})
    while calls["job_state"](begun)["state"] == "running":
        pass
    assert calls["fix_draft"](begun)["text"] == "# 题\r\n**甲**：“应当平等”"
    assert calls["download"](begun | {"what": "corrected"})["name"] == "稿-已更正.md"

"""The 原文查找 tab as HTML: the places of some words, how like they are, what differs."""

from __future__ import annotations

from typing import Any

import pytest
from doubles.records import document_of, hit_of, match_of

from qa.page.diff import compared
from qa.page.find import find_form, found
from qa.records import DifferenceRecord, MatchRecord
from qa.wording import difference_spans, differences

TEXT = "全面推行行政执法公示制度。规范涉企行政检查,着力解决随意检查等问题。"
EVIL = "<script>alert(1)</script>\"'&${x}{{y}}"
PAIRS = [
    ("救助人可以不承担责任", "救助人不承担民事责任"),
    ("本法自２０２１年起“执行”", "本法自 2021 年起「施行」"),
    ("各级政府", "各级人民政府应当"),
    ("应当应当应当", "应当可以"),
    ("依法\n行政。", "依 法行政"),
]


def match(**changes: Any) -> MatchRecord:
    """规范涉企行政, which stands in the plan as it is."""
    label = {"id": "plan", "title": "某规划", "status": "征求意见稿"}
    base = {"document": label, "text": TEXT, "start": 100, "highlights": [[113, 119]]}
    words = {"quoted": TEXT[13:19], "context": TEXT, "context_start": 100}
    return match_of(**base | words | changes)


def near(**changes: Any) -> MatchRecord:
    """规范涉企检查, which stands there as 规范涉企行政检查."""
    written = unlike("规范涉企检查", TEXT[13:21])
    base = {"kind": "near", "similarity": 0.929, "quoted": TEXT[13:21], "differences": written}
    return match(**base | changes)


def unlike(draft: str, source: str) -> list[DifferenceRecord]:
    return [one.record() for one in differences(draft, source)]


@pytest.mark.parametrize(("draft", "source"), PAIRS)
def test_the_places_of_the_differences_are_those_of_the_contract(draft: str, source: str) -> None:
    drawn = [(draft[a:b], source[c:d]) for (a, b), (c, d) in difference_spans(draft, source)]
    assert drawn == [(each.draft, each.source) for each in differences(draft, source)]


def test_where_no_wording_is_near_what_means_the_same_is_shown_apart() -> None:
    like = hit_of(rank=1, text=TEXT, start=100, citation="《某规划》第三章第二节")
    html = found({"text": "别老来查企业", "matches": [], "similar": [like]})
    assert "文库里没有这句话" in html and "意思相近" in html
    assert 'id="similar-1"' in html and "加入摘编" in html
    beside = found({"text": "规范涉企检查", "matches": [near()], "similar": [like]})
    assert beside.index("近似 92%") < beside.index('id="similar-1"')
    assert "意思相近" not in found({"text": "规范涉企行政", "matches": [match()]})


def test_what_differs_is_marked_letter_by_letter_on_two_lines() -> None:
    draft, source = PAIRS[0]
    place = match(kind="near", quoted=source, differences=unlike(draft, source))
    html = found({"text": draft, "matches": [place]})
    assert "救助人<del>可以</del>不承担<span" in html
    assert "救助人不承担<ins>民事</ins>责任" in html
    assert html.index("<dt>您写的") < html.index("<dt>原文")
    assert compared("同", "同", []) is None


def test_fragments_compared_piece_by_piece_are_listed() -> None:
    place = match(kind="near", quoted="甲丁戊己丙", differences=unlike("乙", "丁"))
    html = found({"text": "甲乙……丙", "matches": [place]})
    assert "<li><del>乙</del> 原文作 <ins>丁</ins></li>" in html


def test_places_are_grouped_by_document_exact_ones_first() -> None:
    law = {"id": "law", "title": "某法", "status": "现行有效"}
    places = [match(), match(document=law), match(document=law, start=300), near()]
    html = found({"text": "规范涉企检查", "matches": places})
    assert "一字不差<small>3 处，见于 2 份文件" in html
    assert html.count("《某法》") == 1
    assert "近似 92%" in html
    assert html.index("一字不差<small>") < html.index("近似<small>1 处")
    assert html.count('id="match-4"') == 1
    assert "<mark>规范涉企行政</mark>检查" in html
    assert "规范涉企<ins>行政</ins>检查" in html


def test_what_is_not_wholly_the_same_is_never_called_so() -> None:
    html = found({"text": "规範涉企行政", "matches": [match(differences=unlike("範", "范"))]})
    assert "一字不差" not in html
    assert "字形不同" in html
    elided = match(kind="near", similarity=0.99, highlights=[[113, 115], [117, 119]])
    html = found({"text": "规范……行政", "matches": [elided]})
    assert "分段相同</span>" in html
    assert "没有一字不差的" not in html, "each fragment is"


def test_words_that_stand_nowhere_are_said_to() -> None:
    html = found({"text": "没有的话", "matches": []})
    assert "文库里没有这句话" in html
    assert "没有一字不差的" in found({"text": "规范涉企检查", "matches": [near()]})


def test_nothing_that_is_found_becomes_markup() -> None:
    label = {"id": EVIL, "title": EVIL, "status": EVIL}
    words = {"citation": EVIL, "context": EVIL, "text": EVIL, "section": [EVIL], "article": EVIL}
    place = near(document=label, **words)
    html = found({"text": EVIL, "matches": [place, near(quoted=EVIL)]})
    html += find_form([document_of(id=EVIL, name=EVIL)])
    assert "<script" not in html
    assert "\"'&$" not in html

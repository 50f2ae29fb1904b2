"""新旧对照 on the page, and what the reader says of an amended article."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from qa import Engine, Settings
from qa.api.live import LiveEngine
from qa.page.jobs import Jobs
from qa.page.tabs import page_calls

Calls = dict[str, Callable[[dict[str, Any]], Any]]


@pytest.fixture(scope="module")
def calls(quick_home: Path) -> Calls:
    live = LiveEngine(Engine.open(Settings.load(quick_home)))
    return {call.__name__: call for call in page_calls(live, Jobs())}


def test_the_form_names_older_versions_by_their_year(calls: Calls) -> None:
    form = calls["compare_form"]({})
    assert '<option value="中华人民共和国宪法">' in form
    assert '<option value="中华人民共和国宪法（1982年）">' in form


def test_the_table_marks_what_is_gone_and_what_is_new(calls: Calls) -> None:
    table = calls["compare_documents"]({"old": "宪法（1982年）", "new": "宪法", "changes": True})
    assert table.count("<tr") == 1 + 36 + 15 + 5
    assert "第七条\u3000国<del>营</del>经济<del>是</del>" in table
    assert "第七条\u3000国<ins>有</ins>经济<ins>，即</ins>" in table
    assert "第一百二十三条改为第一百二十八条，文字未改" in table
    assert calls["compare_documents"]({"new": "宪法"}).count("<tr") == 1 + 143


def test_what_cannot_be_compared_is_said(calls: Calls) -> None:
    for given, said in [
        ({"new": "民法典"}, "更早的文本"),
        ({"old": "民法典", "new": "民法典"}, "同一份文本"),
        ({"old": "<b>某法</b>", "new": "民法典"}, "文档库里没有"),
    ]:
        html = calls["compare_documents"](given)
        assert said in html
        assert "<b>" not in html


def test_the_table_is_given_as_word(calls: Calls) -> None:
    given = {"old": "", "new": "宪法", "changes": True, "what": "docx"}
    file = calls["download_comparison"](given)
    assert file["name"] == "中华人民共和国宪法对照表.docx"
    table = docx.Document(BytesIO(b64decode(file["content"]))).tables[0]
    assert len(table.rows) == 1 + 36 + 15 + 5


def test_the_reader_says_what_changed_an_article_and_what_it_read(calls: Calls) -> None:
    constitution = next(
        d
        for d in calls["library_state"]({})["documents"]
        if d[1] == "《中华人民共和国宪法》（2018年3月11日）"
    )[0]
    engine = calls["open_section"]
    html = engine({"document": constitution, "start": 200})
    assert "2018年3月11日起，由《宪法修正案（2018年）》第三十六条修改" in html
    assert "修改前：" in html

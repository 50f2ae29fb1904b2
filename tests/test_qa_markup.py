"""HTML out of templates: escaped, on one line, and never with a name that is not given."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from qa.markup import Html, render

EVIL = "<script>alert(1)</script>\"'&{{ text }}"


def test_what_a_template_is_given_is_escaped_once() -> None:
    html = render("page/notice.html", text=EVIL, error=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;&amp;{{ text }}</p>" in html
    assert html in render("page/part.html", part="ask", html=html)
    assert "<script>" in render("page/notice.html", text=Html("<script>"), error=False)


def test_a_name_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="error"):
        render("page/notice.html", text="一")


def test_line_breaks_and_indents_of_a_template_show_nowhere() -> None:
    html = render("page/evaluate.html", runs=[("dense", "按意思")], columns="编号", largest=1)
    assert "\n" not in html
    assert '<div class="check-row"><label class="pick"><input type="file" name="file"' in html
    assert 'accept=".csv,.xlsx,.jsonl"><span>' in html


def test_line_breaks_of_what_is_shown_stay() -> None:
    html = render("page/notice.html", text="第一款。\n  第二款。", error=False)
    assert "第一款。\n  第二款。" in html

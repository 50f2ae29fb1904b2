"""Ruled tables, frames and what stands at the edges of pages, in PDFs that Chromium prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from doubles.browser import chromium

from corpus.formats.extracted import Extracted
from corpus.formats.kinds import extract
from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.layout import paragraphs, text_of
from corpus.formats.pdf.rows import PageLines

STYLE = """@page{size:A5;margin:20mm}body{font:12pt/20pt 'Noto Serif CJK SC';margin:0}
p{margin:0;text-indent:2em}table{border-collapse:collapse;width:100%}
td{border:1px solid;padding:2px 6px}td p{text-indent:0}"""
SENTENCE = "市水务局应当自收到申请之日起二十日内完成现场核查，并把核查结果书面告知申请人。"

Printer = Callable[..., Extracted]


@pytest.fixture(scope="module")
def read() -> Iterator[Printer]:
    """What is read of an HTML body printed as a PDF."""
    with chromium() as browser:
        page = browser.new_page()

        def printed(body: str, style: str = STYLE) -> Extracted:
            page.set_content(f"<title>表</title><style>{style}</style>{body}")
            return extract(page.pdf(prefer_css_page_size=True), "a.pdf")

        yield printed


def lines(result: Extracted) -> list[str]:
    return result.text.split("\n")


def table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_the_words_of_a_wrapped_cell_stay_together(read: Printer) -> None:
    rows = [
        "序号|审查内容|责任单位",
        f"1|{SENTENCE}|市水务局、市自然资源局和所在地的乡镇人民政府",
        "2|退水口设置||",
    ]
    found = lines(read(table(*rows)))
    assert found[:2] == [row.replace("|", " | ") for row in rows[:2]]
    assert found[2].startswith("2 | 退水口设置 | ")


def test_a_cell_over_several_rows_stands_in_the_first(read: Printer) -> None:
    body = (
        "<table><tr><td rowspan=2>居民生活用水</td><td>第一阶梯</td><td>3.2元</td></tr>"
        "<tr><td>第二阶梯</td><td>4.8元</td></tr></table>"
    )
    assert lines(read(body)) == ["居民生活用水 | 第一阶梯 | 3.2元", "第二阶梯 | 4.8元"]


def test_text_beside_a_table_is_another_column(read: Printer) -> None:
    style = STYLE.replace("A5", "A4") + ".m{column-count:2;column-gap:10mm;column-fill:auto}"
    style += ".m{height:200px}"
    body = f"<div class=m><p>{SENTENCE * 3}</p>{table('档次|标准', '一档|每年四百元')}</div>"
    assert lines(read(body, style)) == [SENTENCE * 3, "档次 | 标准", "一档 | 每年四百元"]


def test_the_paragraphs_of_a_frame_are_as_wide_as_the_frame(read: Printer) -> None:
    inside = [f"管网更新工程。{SENTENCE}", f"节水改造工程。{SENTENCE}"]
    frame = f"<table><tr><td>{''.join(f'<p>{line}</p>' for line in inside)}</td></tr></table>"
    style = STYLE.replace("text-indent:0", "text-indent:2em")
    assert lines(read(f"<p>{SENTENCE}</p>{frame}<p>{SENTENCE}</p>", style)) == [
        SENTENCE,
        *inside,
        SENTENCE,
    ]


def rows(*texts: tuple[str, float, float]) -> list[Fragment]:
    """(words, left, right), 12 points high and 20 below each other."""
    return [
        Fragment(text, left, 100 + 20 * at, right, 112 + 20 * at)
        for at, (text, left, right) in enumerate(texts)
    ]


def test_a_heading_ends_where_the_next_character_would_have_fitted() -> None:
    page = rows(
        ("一、健全水资源刚性约束制度和节水激励机制", 74, 380),
        ("有下列情形之一的，暂停审批新增取水申请的", 74, 400),
        ("，直至整改完成：", 50, 150),
        ("1.超出用水总量控制指标；", 74, 220),
    )
    found = [text_of(each) for each in paragraphs([PageLines(1, 450, 600, page)])]
    assert found == [
        "一、健全水资源刚性约束制度和节水激励机制",
        "有下列情形之一的，暂停审批新增取水申请的，直至整改完成：",
        "1.超出用水总量控制指标；",
    ]


def test_a_sentence_at_the_same_edge_of_pages_stays_and_a_running_head_goes() -> None:
    pages = [
        PageLines(
            number,
            450,
            600,
            [
                Fragment("东河市水务局文书", 170, 30, 280, 42),
                Fragment("本证书涂改无效。", 50, 60, 150, 72),
                *rows((f"持证单位第{number}家。", 50, 300)),
            ],
        )
        for number in (1, 2, 3)
    ]
    found = [text_of(each) for each in paragraphs(pages)]
    assert found.count("本证书涂改无效。") == 3
    assert "东河市水务局文书" not in found


def test_the_head_of_a_table_that_goes_on_is_kept_once(read: Printer) -> None:
    body = table(*(f"事项{at}|{SENTENCE}" for at in range(20)))
    body = body.replace("<table>", "<table><thead><tr><td>事项</td><td>要求</td></tr></thead>")
    found = lines(read(body))
    assert [line for line in found if "事项 |" in line] == ["事项 | 要求"]
    assert [line.split(" | ")[0] for line in found[1:]] == [f"事项{at}" for at in range(20)]


def test_words_set_across_a_page_are_named_as_left_out(read: Printer) -> None:
    mark = "<div style='position:fixed;top:300px;transform:rotate(-45deg)'>内部资料</div>"
    result = read(f"{mark}<p>{SENTENCE}</p>")
    assert (result.text, result.left_out) == (SENTENCE, ("内部资料",))

"""Tables, frames, footnotes, signatures and what stands at the edges of the pages of PDFs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pypdf
import pytest
from doubles.browser import chromium
from doubles.pdf import paper
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)

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


def read_of(*pages: list[Fragment]) -> list[str]:
    lines = [PageLines(number, 450, 600, page) for number, page in enumerate(pages, 1)]
    return [text_of(each) for each in paragraphs(lines)]


def test_the_lines_of_a_cell_without_rules_are_one() -> None:
    cells = [
        ("第一档", 50, 90, 100), ("年用水量不超过一百四十立方", 150, 310, 100),
        ("每立方米三元，", 330, 400, 100),
        ("米的居民家庭", 150, 225, 115), ("按季收取", 330, 380, 115),
        ("联系人：王林", 50, 130, 150), ("电话：12366", 250, 320, 150),
        ("传真：12367", 250, 320, 165),
    ]  # fmt: skip
    page = [Fragment(text, left, top, right, top + 12) for text, left, right, top in cells]
    assert read_of(page) == [
        "第一档 年用水量不超过一百四十立方米的居民家庭 每立方米三元，按季收取",
        "联系人：王林 电话：12366",
        "传真：12367",
    ]


def test_a_footnote_follows_the_paragraph_that_it_parts() -> None:
    sentence = "本办法所称节水指标①，是指本行政区域一年的用水总量和万元产值"
    first = [*rows((sentence, 50, 400)), Fragment("① 按当年价格计算。", 50, 540, 140, 548)]
    second = rows(
        ("用水量，由市统计局每年公布。", 50, 230), ("第三条 本办法自公布之日起施行。", 74, 300)
    )
    assert read_of(first, second) == [
        f"{sentence}用水量，由市统计局每年公布。",
        "注：① 按当年价格计算。",
        "第三条 本办法自公布之日起施行。",
    ]


def test_who_signed_and_when_are_lines_of_their_own() -> None:
    page = rows(
        ("现将检查结果予以公布，请各单位对照整改，整改情况报市", 74, 400),
        ("水务局。", 50, 100),
        ("东河市水务局", 316, 400),
        ("2024年6月3日", 318, 400),
    )
    assert read_of(page)[-2:] == ["东河市水务局", "2024年6月3日"]


def test_what_is_filled_into_a_form_is_read_where_it_stands() -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(paper(b"BT /F1 12 Tf 72 700 Td (Name:) Tj ET")))
    page = writer.pages[0]
    shown = DecodedStreamObject()
    shown.set_data(b"BT /F1 12 Tf 2 5 Td (Donghe Ltd) Tj ET")
    for name, value in (("/Subtype", NameObject("/Form")), ("/Resources", page["/Resources"])):
        shown[NameObject(name)] = value
    shown[NameObject("/BBox")] = ArrayObject(map(FloatObject, (0, 0, 200, 20)))
    field = DictionaryObject({NameObject("/Subtype"): NameObject("/Widget")})
    field[NameObject("/Rect")] = ArrayObject(map(FloatObject, (120, 695, 320, 715)))
    field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(shown)})
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    target = BytesIO()
    writer.write(target)
    assert extract(target.getvalue(), "a.pdf").text == "Name: Donghe Ltd"


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

"""PDFs: paragraphs, columns, running heads, garbled fonts, scans, and hostile files."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO

import pypdf
import pytest
from doubles.browser import chromium
from pypdf.constants import PageLabelStyle

from corpus import InputError, preview
from corpus.formats.kinds import extract
from corpus.formats.pdf import ocr as recogniser
from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.layout import joined, paragraphs, text_of
from corpus.formats.pdf.quality import fault
from corpus.formats.pdf.rows import PageLines

LAW = [
    "行政检查办法",
    "第一章 总则",
    "第一条 为了规范行政检查行为，保护企业和其他经营主体的合法权益，营造法治化营商环境，"
    "根据《中华人民共和国行政处罚法》等法律，制定本办法。",
    "第二条 行政机关应当自收到申请之日起三十日内作出答复；情况复杂的，"
    "经本机关负责人批准，可以延长十五日，并书面告知申请人延长的理由。",
    "（一）现场检查应当由两名以上执法人员进行，并主动出示执法证件；",
    "（二）不得重复检查。",
    "第三条 检查结果应当在2024年12月31日前向社会公布，涉及国家秘密、商业秘密、个人隐私的除外。"
    "任何组织或者个人不得泄露检查中知悉的商业秘密。",
    "第二章 附则",
    "第四条 本办法自公布之日起施行。",
]
STYLE = """@page{size:A5;margin:22mm 18mm;@bottom-center{content:'— ' counter(page) ' —'}
@top-center{content:'政府公报 2024年第3期'}}
body{font:14pt/24pt 'Noto Serif CJK SC','Noto Sans CJK SC',serif;margin:0;text-align:justify}
p{margin:0;text-indent:2em}.c{text-align:center;text-indent:0}"""

Printer = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def printed() -> Iterator[Printer]:
    """A PDF of an HTML body, printed by Chromium."""
    with chromium() as browser:
        page = browser.new_page()

        def make(body: str, style: str = STYLE) -> bytes:
            page.set_content(f"<title>检查办法</title><style>{style}</style>{body}")
            return page.pdf(prefer_css_page_size=True)

        yield make


def paragraphs_of(lines: list[str]) -> str:
    centred = re.compile(r"第.章|行政检查办法$")
    return "".join(
        f"<p{' class=c' if centred.match(line) else ''}>{html.escape(line)}</p>" for line in lines
    )


@pytest.fixture(scope="module")
def law(printed: Printer) -> bytes:
    return printed(paragraphs_of(LAW * 3), STYLE)


def scanned(content: bytes, first: int = 0, last: int = 1) -> bytes:
    """The pages as pictures, without a character of text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pictures = [document[at].render(scale=150 / 72).to_pil() for at in range(first, last)]
    document.close()
    target = BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return target.getvalue()


def test_paragraphs_are_whole_over_lines_and_pages_without_heads_and_page_numbers(
    law: bytes,
) -> None:
    result = extract(law, "办法.pdf")
    assert result.text.split("\n") == LAW * 3
    assert (result.kind, result.facts["title"], result.warnings) == ("pdf", "检查办法", ())
    assert [page.number for page in result.pages] == list(range(1, len(result.pages) + 1))
    assert len(result.pages) >= 3
    assert {(page.method, page.confidence) for page in result.pages} == {("text", None)}


def test_a_page_begins_where_its_first_word_stands(law: bytes) -> None:
    import pypdfium2

    result = extract(law, "办法.pdf")
    document = pypdfium2.PdfDocument(law)
    for page in result.pages:
        lines = document[page.number - 1].get_textpage().get_text_range().split("\r\n")
        body = [line for line in lines if "公报" not in line and "—" not in line]
        assert result.text[page.start :].startswith(body[0])
    document.close()


def test_a_line_spread_to_the_margin_has_no_spaces_inside(printed: Printer) -> None:
    spread = "<p style='letter-spacing:.45em'>坚持问题导向原则</p><p>附则 目 录</p>"
    text = extract(printed(spread, "body{font:14pt 'Noto Serif CJK SC'}"), "a.pdf").text
    assert text == "坚持问题导向原则\n附则 目 录"


def test_two_columns_are_read_one_after_the_other(printed: Printer) -> None:
    style = STYLE.replace("A5", "A4").replace("14pt/24pt", "8pt/13pt")
    style = style.replace("政府公报 2024年第3期", "")
    body = (
        f"<div style='columns:2;column-gap:2em;text-align:justify'>{paragraphs_of(LAW * 6)}</div>"
    )
    assert extract(printed(body, style), "a.pdf").text.split("\n") == LAW * 6


def test_paragraphs_without_indent_part_at_the_gap_between_them(printed: Printer) -> None:
    style = "@page{size:A5;margin:20mm}body{font:12pt/20pt 'Noto Sans CJK SC',sans-serif;margin:0}"
    lines = [f"{'行政机关应当依法履行职责，' * 4}第{number}项。" for number in range(1, 9)]
    body = "".join(f"<p style='margin:0 0 8pt'>{line}</p>" for line in lines)
    assert extract(printed(body, style), "a.pdf").text.split("\n") == lines


def test_rare_characters_are_whole(printed: Printer) -> None:
    body = "<p>𠮷林𫞩村的⺠众〇二一年</p>"
    text = extract(printed(body, STYLE), "a.pdf", ocr=False).text
    assert text.split("\n") == ["政府公报 2024年第3期", "𠮷林𫞩村的民众〇二一年"]


def test_a_font_that_says_no_unicode_is_found_out(law: bytes) -> None:
    silent = re.sub(rb"/ToUnicode \d+ 0 R", lambda match: b" " * len(match.group()), law)
    result = extract(silent, "a.pdf", ocr=False)
    assert len(result.warnings) == 1
    assert "无法识别的字符" in result.warnings[0]


@pytest.mark.parametrize(
    ("text", "unmapped", "expected"),
    [
        (LAW[3], 0, None),
        ("", 0, None),
        ("签名：      年  月  日", 0, None),
        (LAW[3], 9, "有无法识别的字符"),
        ("行政\ue001机关\ue002应当\ufffd答复\ue003", 0, "有无法识别的字符"),
        ("(cid:12)(cid:34)(cid:56)行政机关", 0, "有字符代码"),
        ("ÐÐÕþ»ú¹ØÓ¦µ±×ÔÊÕµ½ÉêÇëÖ®ÈÕÆð", 0, "是乱码"),
        ("鬀趽寁钽钶闎循鬀趽懚脆钶鹁奋嫶鵅螲怡鄓饪坰" * 6, 0, "是乱码"),
        ("第条为了规范。第条行政机关。第条本办法。", 0, "缺少数字"),
    ],
)
def test_bad_text_is_told_from_good(text: str, unmapped: int, expected: str | None) -> None:
    assert fault(text, unmapped) == expected


def test_without_the_recogniser_a_scan_names_the_command(
    law: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    recogniser._engine.cache_clear()
    with pytest.raises(InputError, match=r'第 1 页.*pip install "faju\[ocr\]"'):
        extract(scanned(law), "扫描.pdf")


def test_a_scan_without_recognition_says_that_nothing_was_read(law: bytes) -> None:
    with pytest.raises(InputError, match="没有读到正文"):
        extract(scanned(law), "扫描.pdf", ocr=False)


def test_a_scanned_page_is_recognised_and_only_it(law: bytes) -> None:
    if find_spec("rapidocr") is None:
        pytest.skip("rapidocr is not installed: pip install faju[ocr]")
    import pypdf

    recogniser._engine.cache_clear()
    writer = pypdf.PdfWriter()
    writer.append(BytesIO(scanned(law)))
    writer.append(BytesIO(law), pages=(1, 2))
    target = BytesIO()
    writer.write(target)
    done: list[tuple[int, int]] = []
    result = extract(
        target.getvalue(), "混合.pdf", progress=lambda at, count: done.append((at, count))
    )
    assert done == [(1, 2), (2, 2)]
    assert [page.method for page in result.pages] == ["ocr", "text"]
    assert (result.pages[0].confidence or 0) > 0.9
    assert LAW[2].replace(" ", "") in result.text.replace(" ", "")
    assert result.warnings == (
        "混合.pdf 第 1 页的文字由识别得来，可能有错字，引用前请与原件核对。",
    )


def test_progress_may_stop_the_reading(law: bytes) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, count: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        extract(law, "a.pdf", progress=stop)


def test_an_empty_password_opens_and_another_does_not(law: bytes) -> None:
    import pypdf

    for password, opens in [("", True), ("secret", False)]:
        writer = pypdf.PdfWriter(clone_from=BytesIO(law))
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
        target = BytesIO()
        writer.write(target)
        if opens:
            assert extract(target.getvalue(), "a.pdf").text.startswith(LAW[0])
        else:
            with pytest.raises(InputError, match="已加密"):
                extract(target.getvalue(), "a.pdf")


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_truncated_file_is_refused_or_told(law: bytes, share: float) -> None:
    cut = law[: int(len(law) * share)]
    try:
        result = extract(cut, "a.pdf", ocr=False)
    except InputError as error:
        assert re.search("已损坏|没有读到正文", str(error))
    else:
        assert any("不完整" in each for each in result.warnings)


def test_too_many_pages_are_refused() -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    for _ in range(2000):
        writer.add_blank_page(595, 842)
    target = BytesIO()
    writer.write(target)
    with pytest.raises(InputError, match=r"2000 页.*1500 页"):
        extract(target.getvalue(), "a.pdf")


def lines(*texts: tuple[str, float, float, float]) -> list[Fragment]:
    """(words, left, right, top), 10 points high."""
    return [Fragment(text, left, top, right, top + 10) for text, left, right, top in texts]


def read(*pages: list[Fragment]) -> list[str]:
    found = [PageLines(at + 1, 400, 600, page) for at, page in enumerate(pages)]
    return [text_of(rows) for rows in paragraphs(found)]


def test_a_line_that_begins_like_a_heading_goes_on_the_sentence_before() -> None:
    page = lines(
        ("行政机关应当依照本法", 50, 350, 100),
        ("第三条规定的期限答复，", 30, 350, 120),
        ("不得拖延，并说明理由。", 30, 350, 140),
        ("第四条 另有规定的除外，", 50, 350, 160),
        ("从其规定。", 30, 120, 180),
    )
    assert read(page) == [
        "行政机关应当依照本法第三条规定的期限答复，不得拖延，并说明理由。",
        "第四条 另有规定的除外，从其规定。",
    ]


def test_table_rows_and_contents_stay_lines() -> None:
    page = lines(
        ("事项", 30, 60, 100), ("时限", 200, 350, 100),
        ("答复", 30, 60, 120), ("三十日", 200, 350, 120),
        ("第一章 总则…………………………3", 30, 350, 140),
        ("第二章 附则 . . . . . . . . . . . . 12", 30, 350, 160),
    )  # fmt: skip
    assert read(page) == ["事项 时限", "答复 三十日", "第一章 总则", "第二章 附则"]


def test_what_stands_at_the_same_edge_of_three_pages_is_no_text() -> None:
    pages = [
        lines(
            (f"公报 第{number}期", 30, 120, 20),
            (f"正文第{number}页第一段，", 50, 200, 200),
            ("完。", 30, 60, 220),
            (str(number), 190, 200, 580),
        )
        for number in range(1, 4)
    ]
    assert read(*pages) == [f"正文第{number}页第一段，完。" for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("行政", "机关", "行政机关"),
        ("rule of", "law", "rule of law"),
        ("govern-", "ment", "government"),
        ("在20", "21年", "在2021年"),
        ("每立方米0.", "3元", "每立方米0.3元"),
        ("执行GDP", "目标", "执行GDP目标"),
    ],
)
def test_lines_are_joined_as_their_script_wants(before: str, after: str, expected: str) -> None:
    assert joined(before, after) == expected


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_to_be_seen_is_read_as_it_is_seen(law: bytes, turn: int) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=BytesIO(law))
    page = writer.pages[0]
    wide, high = float(page.mediabox.width), float(page.mediabox.height)
    shift = {90: (high, 0.0), 180: (wide, high), 270: (0.0, wide)}[turn]
    page.add_transformation(pypdf.Transformation().rotate(turn).translate(*shift))
    size = (wide, high) if turn == 180 else (high, wide)
    page.mediabox = page.cropbox = pypdf.generic.RectangleObject((0, 0, *size))
    page.rotation = turn
    target = BytesIO()
    writer.write(target)
    assert extract(target.getvalue(), "a.pdf").text.split("\n") == LAW * 3


def test_the_columns_of_a_long_table_are_no_columns_of_text() -> None:
    rows = [
        part
        for at in range(12)
        for part in (
            (f"事项{at}", 30, 60 + at * 5, 100 + at * 20),
            (f"时限{at}", 200, 260 + at * 8, 100 + at * 20),
        )
    ]
    assert read(lines(*rows)) == [f"事项{at} 时限{at}" for at in range(12)]


def test_a_picture_among_the_pages_is_named_and_the_others_are_read(
    law: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdf

    monkeypatch.setitem(sys.modules, "rapidocr", None)
    recogniser._engine.cache_clear()
    writer = pypdf.PdfWriter()
    for content, pages in ((law, (0, 1)), (scanned(law), (0, 1)), (law, (1, 2))):
        writer.append(BytesIO(content), pages=pages)
    target = BytesIO()
    writer.write(target)
    result = extract(target.getvalue(), "夹图.pdf")
    assert result.text.startswith(LAW[0]) and len(result.pages) == 3
    (said,) = result.warnings
    assert re.search(r'第 2 页是图片.*pip install "faju\[ocr\]".*--no-ocr', said)


WIDE = "@page{size:A4;margin:20mm}body{font:16pt/28pt 'Noto Serif CJK SC'}p{margin:0}"


@pytest.mark.parametrize("spacing", [0.4, 0.7, 1, 1.5])
def test_characters_on_a_wide_grid_are_closed_up(printed: Printer, spacing: float) -> None:
    lines = ["第一章　总则", "第一条　为了规范检查，保护企业权益，制定本办法。", "一、统一标准"]
    body = "".join(f"<p style='letter-spacing:{spacing}em'>{line}</p>" for line in lines)
    text = extract(printed(body, WIDE), "a.pdf").text
    assert text.replace("\n", "").replace(" ", "") == "".join(lines).replace("　", "")
    assert text.startswith("第一章 总则\n第一条 为了规范检查，")


def edged(*feet: str) -> list[str]:
    """What is read of pages with a line of text and a line at the foot each."""
    pages = [
        PageLines(
            number,
            420,
            600,
            [
                Fragment(f"第{number}份证书写明编号。", 54, 90, 300, 102),
                Fragment(foot, 54, 560, 54 + 12 * len(foot), 572),
            ],
        )
        for number, foot in enumerate(feet, 1)
    ]
    return [text_of(each) for each in paragraphs(pages)]


@pytest.mark.parametrize(
    ("feet", "kept"),
    [
        (["联系电话：0000-1112221", "联系电话：0000-1112235", "联系电话：0000-1113007"], 3),
        (["编号：0012", "编号：0013", "编号：0014"], 3),
        (["监督电话：0000-2223334"] * 3, 1),
        (["东河市公报 第3期"] * 3, 0),
        (["东河市公报 1", "东河市公报 2", "东河市公报 3"], 0),
        (["— 7 —", "— 8 —", "— 9 —"], 0),
    ],
)
def test_a_number_at_the_edge_of_pages_is_kept_unless_it_counts_them(
    feet: list[str], kept: int
) -> None:
    assert len([line for line in edged(*feet) if "证书" not in line]) == kept


def test_bookmarks_mark_headings_pages_have_their_printed_numbers_files_are_named(
    printed: Printer,
) -> None:
    said = {
        "东河市节水方案": "为了节约用水，制定本方案。",
        "工作目标": "到2027年，万元产值用水量比2024年下降一成。",
        "保障措施": "市财政每年安排三百万元，用于更换老旧管网。",
    }
    pages = [f"<p class=c>{words}</p><p>{under * 3}</p>" for words, under in said.items()]
    writer = pypdf.PdfWriter(
        clone_from=BytesIO(printed("<hr style='break-after:page'>".join(pages), STYLE))
    )
    top = writer.add_outline_item(title="工作目标", page_number=1)
    writer.add_outline_item(title="保障 措施", page_number=2, parent=top)
    writer.add_outline_item(title="没有这一行", page_number=2)
    writer.set_page_label(page_index_from=0, page_index_to=0, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(page_index_from=1, page_index_to=2, style=PageLabelStyle.DECIMAL, start=1)
    writer.add_attachment(filename="申请表.xlsx", data=b"PK")
    target = BytesIO()
    writer.write(target)
    found = extract(target.getvalue(), "方案.pdf")
    lines = [(found.text[mark.start :].split("\n")[0], mark.level) for mark in found.headings]
    assert lines == [("工作目标", 1), ("保障措施", 2)]
    assert [page.label for page in found.pages] == ["i", "1", "2"]
    assert found.warnings == ("方案.pdf 内含附件申请表.xlsx，没有读取，请另存后逐个入库。",)
    document = replace(preview("东河市节水方案", found), pages=found.pages)
    assert [section.title for section in document.sections] == ["工作目标", "保障措施"]
    assert document.citation(document.passages[-1]).endswith("“保障措施”（第2页）")

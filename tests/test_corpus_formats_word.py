"""Word documents: written-out numbering, headings by style, tables, notes, revisions."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml

from corpus import InputError
from corpus.formats.kinds import extract
from corpus.formats.number_formats import written
from corpus.read import decode

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document() -> docx.document.Document:
    found = docx.Document()
    found.core_properties.title = ""
    return found


def saved(found: docx.document.Document) -> bytes:
    target = BytesIO()
    found.save(target)
    return target.getvalue()


def read(found: docx.document.Document) -> list[str]:
    return extract(saved(found), "a.docx").text.split("\n")


def level(index: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def define(found: docx.document.Document, abstract: int, levels: str, *nums: str) -> None:
    """Put a definition and its instances, (id, inner XML) each, into the numbering part."""
    root = found.part.numbering_part.element
    first = root.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}num")
    first.addprevious(
        parse_xml(f'<w:abstractNum {W} w:abstractNumId="{abstract}">{levels}</w:abstractNum>')
    )
    for num in nums:
        number, _, inner = num.partition(":")
        root.append(
            parse_xml(
                f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
                f"{inner}</w:num>"
            )
        )


def numbered(
    found: docx.document.Document, text: str, number: int, index: int | None = 0, style: str = ""
) -> None:
    paragraph = found.add_paragraph(text, style=style or None)
    where = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}>{where}<w:numId w:val="{number}"/></w:numPr>')
    )


OFFICIAL = (
    level(0, "chineseCountingThousand", "第%1章", '<w:suff w:val="space"/>')
    + level(1, "chineseCounting", "%2、", '<w:suff w:val="nothing"/>')
    + level(2, "chineseCounting", "（%3）")
    + level(3, "decimal", "%4.")
    + level(4, "decimalEnclosedCircle", "%5")
    + level(5, "decimal", "%1.%4.%6", "<w:isLgl/>")
)


def test_official_numbering_is_written_out_and_restarts_under_a_higher_level() -> None:
    found = document()
    define(found, 90, OFFICIAL, "90:")
    for text, index in [
        ("总则", 0), ("指导思想", 1), ("原则", 1), ("坚持领导", 2), ("甲", 3), ("乙", 3),
        ("细", 4), ("坚持统筹", 2), ("丙", 3), ("附则", 0), ("施行", 1), ("并列", 5),
    ]:  # fmt: skip
        numbered(found, text, 90, index)
    assert read(found) == [
        "第一章 总则", "一、指导思想", "二、原则", "（一）坚持领导", "1. 甲", "2. 乙",
        "① 细", "（二）坚持统筹", "1. 丙", "第二章 附则", "一、施行", "2.1.1 并列",
    ]  # fmt: skip


def test_articles_count_through_the_chapters() -> None:
    found = document()
    articles = level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>')
    define(found, 90, level(0, "chineseCounting", "第%1章") + articles, "90:")
    for text, index in [("总则", 0), ("为了", 1), ("本法", 1), ("监督", 0), ("检查", 1)]:
        numbered(found, text, 90, index)
    assert read(found) == [
        "第一章 总则",
        "第一条 为了",
        "第二条 本法",
        "第二章 监督",
        "第三条 检查",
    ]


def test_an_article_s_number_is_set_off_where_word_glues_it_on() -> None:
    found = document()
    glued = level(0, "chineseCountingThousand", "第%1条", '<w:suff w:val="nothing"/>')
    define(found, 90, glued, "90:")
    numbered(found, "和解应当自愿。", 90)
    assert read(found) == ["第一条 和解应当自愿。"]


def test_two_lists_of_one_definition_count_on_unless_one_says_its_start() -> None:
    found = document()
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    define(found, 90, level(0, "decimal", "%1．"), "90:", "91:", f"92:{start}")
    for number in (90, 91, 92, 92):
        numbered(found, "项", number)
    assert read(found) == ["1．项", "2．项", "5．项", "6．项"]


def test_a_level_may_be_replaced_and_numbering_taken_off() -> None:
    found = document()
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    define(found, 90, level(0, "decimal", "%1."), "90:", f"91:{own}")
    numbered(found, "甲", 91)
    numbered(found, "乙", 0)
    numbered(found, "丙", 99)
    assert read(found) == ["A) 甲", "乙", "丙"]


def test_a_bullet_is_no_word() -> None:
    found = document()
    found.add_paragraph("要点", style="List Bullet")
    found.add_paragraph("第一步", style="List Number")
    found.add_paragraph("第二步", style="List Number")
    assert read(found) == ["要点", "1. 第一步", "2. 第二步"]


def test_numbering_of_a_style_is_inherited_and_its_level_is_the_one_that_names_it() -> None:
    found = document()
    define(
        found,
        90,
        level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="Heading1"/>')
        + level(1, "chineseCounting", "第%2节", '<w:pStyle w:val="Heading2"/>'),
        "90:",
    )
    for name in ("Heading 1", "Heading 2"):
        found.styles[name].element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:numId w:val="90"/></w:numPr>')
        )
    child = found.styles.add_style("我的节", 1)
    child.base_style = found.styles["Heading 2"]
    for text, style in [("总则", "Heading 1"), ("目的", "Heading 2"), ("范围", "我的节")]:
        found.add_paragraph(text, style=style)
    result = extract(saved(found), "a.docx")
    assert result.text.split("\n") == ["第一章 总则", "第一节 目的", "第二节 范围"]
    assert [mark.level for mark in result.headings] == [1, 2, 2]
    assert result.text[result.headings[2].start :] == "第二节 范围"


def test_an_outline_level_makes_a_heading_and_takes_one_away() -> None:
    found = document()
    for text, style, outline in [("甲", None, 2), ("乙", "Heading 1", 9), ("丙", "标题 3", None)]:
        if style == "标题 3":
            found.styles.add_style(style, 1)
        paragraph = found.add_paragraph(text, style=style)
        if outline is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:outlineLvl {W} w:val="{outline}"/>')
            )
    result = extract(saved(found), "a.docx")
    assert [(result.text[mark.start], mark.level) for mark in result.headings] == [
        ("甲", 3),
        ("丙", 3),
    ]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "taiwaneseCountingThousand", "一百零五"),
        (20, "ideographDigital", "二〇"),
        (12, "chineseLegalSimplified", "拾贰"),
        (3, "ideographTraditional", "丙"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (50, "decimalEnclosedCircle", "㊿"),
        (51, "decimalEnclosedCircle", "51"),
        (3, "decimalEnclosedParen", "⑶"),
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (3, "somethingNew", "3"),
        (0, "chineseCounting", "0"),
    ],
)
def test_every_usual_form_of_number(number: int, form: str, expected: str) -> None:
    assert written(number, form) == expected


def body(found: docx.document.Document, xml: str) -> None:
    found.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def test_revisions_are_read_as_accepted() -> None:
    found = document()
    body(
        found,
        f"<w:p {W}><w:r><w:t>行政机关</w:t></w:r>"
        "<w:del><w:r><w:delText>可以</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>应当</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>答复</w:t></w:r></w:moveTo></w:p>",
    )
    body(
        found,
        f"<w:p {W}><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>",
    )
    body(found, f"<w:p {W}><w:r><w:t>后半。</w:t></w:r></w:p>")
    result = extract(saved(found), "a.docx")
    assert result.text == "行政机关应当答复\n前半，后半。"
    assert result.warnings == ("文档带有修订，已按接受全部修订后的文字读取。",)


def test_a_deleted_paragraph_is_not_counted() -> None:
    found = document()
    define(found, 90, level(0, "decimal", "%1."), "90:")
    numbered(found, "甲", 90)
    body(
        found,
        f'<w:p {W}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr><w:rPr>'
        "<w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>",
    )
    numbered(found, "丙", 90)
    assert read(found) == ["1. 甲", "2. 丙"]


def test_tables_boxes_controls_links_and_breaks() -> None:
    found = document()
    table = found.add_table(2, 2)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells], "事项 时限 答复 三日".split(), strict=True
    ):
        cell.text = text
    found.add_table(1, 1).cell(0, 0).text = "框中一段。\n另一行。"
    body(
        found,
        f"<w:p {W}><w:r><w:t>锚</w:t></w:r><w:r><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
    )
    body(
        found,
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r><w:hyperlink><w:r><w:t>链接</w:t>"
        "</w:r></w:hyperlink><w:r><w:br/><w:t>换行</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr>"
        "<w:t>隐藏</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    body(
        found,
        f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r>"
        "<w:t>单击此处输入</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    found.sections[0].header.paragraphs[0].text = "页眉"
    assert read(found) == [
        "事项 | 时限", "答复 | 三日", "框中一段。", "另一行。", "锚", "框里的字",
        "控件链接", "换行",
    ]  # fmt: skip


def test_words_own_contents_are_left_out() -> None:
    found = document()
    found.styles.add_style("toc 1", 1)
    found.add_paragraph("第一章 总则\t1", style="toc 1")
    body(
        found,
        f'<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>",
    )
    found.add_paragraph("正文。")
    assert read(found) == ["正文。"]


def test_a_note_follows_the_paragraph_that_calls_it(with_notes: bytes) -> None:
    result = extract(with_notes, "a.docx")
    assert result.text == "依法行政。\n〔注：见宪法第五条。〕\n下一段。"


@pytest.fixture
def with_notes() -> bytes:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    found = document()
    body(
        found,
        f"<w:p {W}><w:r><w:t>依法行政。</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
    )
    found.add_paragraph("下一段。")
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">'
        "<w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>"
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
        "<w:t>见宪法第五条。</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        notes.encode(),
        found.part.package,
    )
    found.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return saved(found)


def test_what_the_file_says_of_itself() -> None:
    found = document()
    found.core_properties.title = "Microsoft Word - 信访工作条例.doc"
    found.core_properties.author = "办公室"
    found.add_paragraph("正文。")
    facts = extract(saved(found), "a.docx").facts
    assert (facts["title"], facts["author"]) == ("信访工作条例", "办公室")
    found.paragraphs[0].insert_paragraph_before("规划", style="Title")
    assert extract(saved(found), "a.docx").facts["title"] == "规划"


def test_an_empty_document_says_so() -> None:
    with pytest.raises(InputError, match="没有读到正文"):
        extract(saved(document()), "a.docx")


def test_deep_nesting_is_read_or_refused_but_never_a_crash() -> None:
    found = document()
    deep = 200
    body(
        found,
        f"<w:p {W}>{'<w:smartTag>' * deep}<w:r><w:t>深</w:t></w:r>{'</w:smartTag>' * deep}</w:p>",
    )
    assert read(found) == ["深"]


def test_utf_16_without_a_mark_and_gb18030_are_told_apart() -> None:
    text = "行政机关应当自收到申请之日起三十日内答复，情况复杂的可以延长十五日。"
    for encoding in ("utf-16-le", "utf-16-be", "gb18030", "utf-8"):
        assert decode(text.encode(encoding), "a.txt") == text
    assert decode("plain English\n".encode("utf-16-le"), "a.txt") == "plain English\n"


def test_the_tables_that_laid_a_pasted_page_out_are_unfolded() -> None:
    found = document()
    outer = found.add_table(1, 2)
    outer.cell(0, 0).text = "政务公开"
    cell = outer.cell(0, 1)
    record = cell.add_table(1, 4)
    for at, words in enumerate(["发文机关：", "东河市水务局", "文号：", "东水发〔2024〕3号"]):
        record.cell(0, at).text = words
    for words in ["东河市水务局关于水价的通知", "一、居民水价", "每立方米二元六角。"]:
        cell.add_paragraph(words)
    assert read(found) == [
        "政务公开",
        "发文机关： | 东河市水务局 | 文号： | 东水发〔2024〕3号",
        "东河市水务局关于水价的通知",
        "一、居民水价",
        "每立方米二元六角。",
    ]


def test_a_long_cell_of_a_table_of_words_stays_in_its_row() -> None:
    found = document()
    table = found.add_table(2, 3)
    for at, words in enumerate(["任务", "措施", "时限"] + ["节水", "", "年底"]):
        table.cell(at // 3, at % 3).text = words
    table.cell(1, 1).text = "查漏。\n补表。\n换管。"
    assert read(found) == ["任务 | 措施 | 时限", "节水 | 查漏。 补表。 换管。 | 年底"]


def test_a_merged_cell_is_said_in_what_it_covers_and_a_row_of_one_cell_once() -> None:
    found = document()
    table = found.add_table(4, 3)
    for at, words in enumerate(
        "补助标准   企业 甲类 10万元 企业 乙类 5万元 个人 丙类 1万元".split(" ")
    ):
        table.cell(*divmod(at, 3)).text = words
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(2, 0).text = ""
    table.cell(1, 0).merge(table.cell(2, 0))
    assert read(found)[-4:] == [
        "补助标准",
        "企业 | 甲类 | 10万元",
        "企业 | 乙类 | 5万元",
        "个人 | 丙类 | 1万元",
    ]

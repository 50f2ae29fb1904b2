"""Reading drafts: encodings, Markdown, Word with all that Word puts in it, and hostile files."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from corpus import InputError
from qa.drafts.draft import draft_of_bytes, draft_of_text, read_draft

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SENTENCE = "《民法典》第五条规定：“民事主体从事民事活动，应当遵循自愿原则。”"


def word(*paragraphs: str, change: Callable[[docx.document.Document], None] | None = None) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if change:
        change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The package with parts replaced or added; __ stands for / in their names."""
    target = BytesIO()
    names = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for entry in old.namelist():
            if entry not in names:
                new.writestr(entry, old.read(entry))
        for name, part in names.items():
            new.writestr(name, part)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "稿.txt"
    file.write_bytes(SENTENCE.encode(encoding))
    assert read_draft(file).text == SENTENCE


def test_markdown_marks_are_left_out_and_the_map_leads_around_them() -> None:
    original = "# 标题\r\n> **《民法典》**第五条规定：\\“自愿*原则*”"
    draft = draft_of_text(original, "稿.md")
    assert draft.text == "标题\n《民法典》第五条规定：\\“自愿原则”"
    start = draft.text.index("自愿原则")
    span = draft.original_span(start, start + 4)
    assert original[slice(*span)] == "自愿*原则"


def test_plain_text_keeps_its_stars() -> None:
    assert draft_of_text("a**b", "稿.txt").text == "a**b"


def test_tables_and_paragraphs_are_lines_in_the_order_of_the_file() -> None:
    def add_table(document: docx.document.Document) -> None:
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "甲"
        table.cell(0, 1).text = "乙"
        document.add_paragraph("后")

    assert draft_of_bytes(word("前", change=add_table), "稿.docx").text == "前\n甲\n乙\n后\n"


def test_tracked_changes_are_read_as_accepted_and_comments_left_out() -> None:
    def revise(document: docx.document.Document) -> None:
        paragraph = document.paragraphs[0]
        for xml in [
            "<w:del {}><w:r><w:delText>可以</w:delText></w:r></w:del>",
            "<w:ins {}><w:r><w:t>应当</w:t></w:r></w:ins>",
        ]:
            said = f'xmlns:w="{W}" w:id="7" w:author="甲"'
            paragraph._p.append(parse_xml(xml.format(said)))
        document.add_comment(paragraph.runs[0], text="这里要改", author="甲")

    assert draft_of_bytes(word("民事主体", change=revise), "稿.docx").text == "民事主体应当\n"


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BOX = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
TEXT_BOX = f"""<w:r xmlns:w="{W}" xmlns:mc="{MC}"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing>{BOX}</w:drawing></mc:Choice>
<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    def add_box(document: docx.document.Document) -> None:
        document.paragraphs[0]._p.append(parse_xml(TEXT_BOX))
        document.add_paragraph("后")

    assert draft_of_bytes(word("前", change=add_box), "稿.docx").text == "前\n框里\n后\n"


def with_footnote(text: str, note: str) -> bytes:
    """A document with one footnote."""
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p><w:r><w:t>{note}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    content = word(text)
    with zipfile.ZipFile(BytesIO(content)) as package:
        types = package.read("[Content_Types].xml").decode()
        rels = package.read("word/_rels/document.xml.rels").decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = types.replace(
        "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rels = rels.replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>',
    )
    target = BytesIO()
    changed = {"[Content_Types].xml": types, "word/_rels/document.xml.rels": rels}
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for entry in old.namelist():
            new.writestr(entry, changed.get(entry, old.read(entry)))
        new.writestr("word/footnotes.xml", notes)
    return target.getvalue()


def test_footnotes_follow_the_body() -> None:
    assert draft_of_bytes(with_footnote("正文", SENTENCE), "稿.docx").text == f"正文\n{SENTENCE}\n"


def bomb() -> bytes:
    return repacked(word("x"), word__media=b"0" * 50_000_000)


BILLION = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "密"),
        (b"PK\x03\x04 broken", "损坏"),
        (word("x")[:-400], "损坏"),
        (b"", "损坏"),
        (bomb(), "压缩比异常"),
        (repacked(word("x"), word__document=BILLION), "实体声明"),
        (repacked(word("x"), word__document=BILLION.decode().encode("utf-16")), "实体声明"),
        (repacked(word("x"), word__document=b"<w:document"), "损坏"),
        (word(""), "没有文字"),
    ],
    ids="encrypted broken cut empty bomb entities entities16 xml blank".split(),
)
def test_a_bad_word_file_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(InputError) as raised:
        draft_of_bytes(content, "稿.docx")
    message = str(raised.value)
    assert says in message and "稿.docx" in message and message.count("。") == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
        (b"%PDF-1.7", "a.pdf"),
        (b"x", "a.xlsx"),
        (b"  ", "a.txt"),
    ],
)
def test_other_files_are_refused(content: bytes, name: str) -> None:
    with pytest.raises(InputError):
        draft_of_bytes(content, name)


def test_a_missing_file_is_the_user_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_draft(tmp_path / "无.docx")

"""Which format a file has; plain text and Markdown; what is refused, and how it is said."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from corpus import InputError
from corpus.formats.kinds import extract
from corpus.formats.lines import Line, assemble

SENTENCE = "第一条 行政机关应当自收到申请之日起三十日内答复。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def word(text: str = SENTENCE) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    return zipped(parts | {name: part})


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_plain_text_in_every_usual_encoding(encoding: str) -> None:
    text = f"办法\r\n\r\n　　{SENTENCE}\t\r\n　　第二条\u200b 完。\f附件"
    result = extract(text.encode(encoding), "办法.txt")
    assert (result.kind, result.text) == ("txt", f"办法\n{SENTENCE}\n第二条 完。\n附件")
    assert not result.headings


def test_markdown_keeps_its_words_alone() -> None:
    result = extract(
        """---
title: 信访工作条例
date: 2022-02-25
other: 不要
---
# 信访工作条例 #

<!-- 注释
   两行 -->
第一章 总则
====

**第一条** 为了*规范*工作，制定~~旧~~本`条例`\\*。<br>另起一行。
> 引文 [链接](http://a.b/c "题") ![图](x.png)

- 要点一
  * 要点二
1. 第一步
##标题

| 事项 | 时限 |
|:---|---:|
| 答复 | **三**日 |

***
```
# 代码 *原样*
```
a_b_c 与 2 * 3 &lt;五&gt; <b>粗</b> <注>""".encode(),
        "条例.md",
    )
    assert result.text.split("\n") == [
        "信访工作条例", "第一章 总则", "第一条 为了规范工作，制定旧本条例*。", "另起一行。",
        "引文 链接", "要点一", "要点二", "1. 第一步", "标题", "事项 | 时限", "答复 | 三日",
        "# 代码 *原样*",
        "a_b_c 与 2 * 3 <五> 粗 <注>",
    ]  # fmt: skip
    found = [(result.text[mark.start :].split("\n")[0], mark.level) for mark in result.headings]
    assert found == [("信访工作条例", 1), ("第一章 总则", 1), ("标题", 2)]
    assert result.facts == {"title": "信访工作条例", "date": "2022-02-25"}


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.txt", "是空文件"),
        (b"\xef\xbb\xbf \n", "a.docx", "是空文件"),
        (bytes(100), "a.pdf", "是空文件"),
        (OLE, "a.doc", "旧版 Word 文件.*另存为 .docx"),
        (OLE, "a.wps", "WPS 文字文件.*另存为 .docx"),
        (OLE, "a.ppt", "演示文稿"),
        (OLE, "a.docx", "旧版 Office 文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "已加密"),
        (b"{\\rtf1\\ansi hello}", "a.rtf", "RTF.*另存为 .docx"),
        (b"{\\rtf1\\ansi hello}", "a.doc", "RTF.*另存为 .docx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.pdf", "是图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg", "是图片"),
        (b"Rar!\x1a\x07\x00\x00", "a.rar", "是压缩包"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.mht", "另存为 .html"),
        (zipped({"a.txt": b"a"}), "a.zip", "是压缩包"),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a.docx", "Excel"),
        (zipped({"[Content_Types].xml": b"", "ppt/x.xml": b""}), "a.pptx", "演示文稿"),
        (zipped({"OFD.xml": b""}), "a.ofd", "另存为 PDF"),
        (zipped({"mimetype": b"", "META-INF/manifest.xml": b""}), "a.odt", "OpenDocument"),
        (word()[:2000], "a.docx", "已损坏"),
        (b"%PDF-1.7\nnothing", "a.pdf", "已损坏"),
        (SENTENCE.encode(), "a.pdf", "不是 PDF"),
        (SENTENCE.encode(), "a.docx", "不是 Word 文档"),
        (SENTENCE.encode("gb18030") + b"\x00\x01", "a.pdf", "已损坏"),
        (b"\xff\xfa\x81\x00\x01" * 40, "a.txt", "编码"),
        (b"a\x00b\x00\x01\x02" * 9 + b"\x00", "a.md", "编码"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_chinese_sentence(
    content: bytes, name: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # No LibreOffice here.
    with pytest.raises(InputError, match=message) as caught:
        extract(content, name)
    said = str(caught.value)
    assert said.startswith(name)
    assert said.endswith("。")
    assert said.count("。") == 1
    assert not re.search(r"[\u4e00-\u9fff][,;:?!()]", said)


def test_content_tells_the_format_before_the_name() -> None:
    result = extract(word(), "办法.pdf")
    assert (result.kind, result.text) == ("docx", SENTENCE)
    assert result.warnings == ("办法.pdf 的内容其实是 Word 文档，已按 Word 文档读取。",)
    page = f"<html><body><p>{SENTENCE}</p></body></html>".encode()
    assert extract(page, "a.doc").kind == "html"
    assert extract("讲 <html> 标签的文章。".encode(), "a.txt").kind == "txt"
    assert extract(b"# \xe9\xa2\x98", "README").kind == "txt"


def test_text_past_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputError, match="超过 20 MB"):
        extract(SENTENCE.encode() * 300_000, "a.txt")


def test_a_zip_bomb_is_refused() -> None:
    bomb = with_part(word(), "word/media/x.bin", bytes(200 * 2**20))
    with pytest.raises(InputError, match="压缩比异常"):
        extract(bomb, "a.docx")


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'.encode("utf-16"),
    ],
)
def test_entities_are_refused(part: bytes) -> None:
    with pytest.raises(InputError, match="实体声明"):
        extract(with_part(word(), "word/document.xml", part), "a.docx")


def test_names_that_lead_out_of_the_package_are_only_labels() -> None:
    odd = with_part(word(), "../../etc/x.xml", b"<x/>")
    assert extract(odd, "../../办法.docx").text == SENTENCE
    assert extract(SENTENCE.encode(), "../../../etc/passwd").text == SENTENCE


@pytest.mark.parametrize(
    "hostile",
    [
        "`a``b" * 20_000,
        "[" * 50_000,
        "<!--" * 20_000 + "字",
        "*_" * 40_000 + "字",
        "|-" * 50_000,
        "字" + "\n" * 100_000 + "a",
    ],
    ids=["code", "links", "comments", "emphasis", "dividers", "breaks"],
)
def test_markdown_made_to_be_slow_is_not(hostile: str) -> None:
    assert extract(f"题\n{hostile}".encode(), "a.md").text.startswith("题")
    assert extract(f"<html><p>题</p>{hostile}</html>".encode(), "a.html").text.startswith("题")


@given(st.lists(st.tuples(st.text(max_size=20), st.none() | st.integers(0, 12))))
def test_a_mark_stands_where_its_heading_begins(parts: list[tuple[str, int | None]]) -> None:
    text, marks = assemble(Line(words, level) for words, level in parts)
    lines = text.split("\n")
    assert all(line.strip() == line for line in lines)
    starts = {0} | {match.end() for match in re.finditer("\n", text)}
    assert {mark.start for mark in marks} <= starts
    assert all(1 <= mark.level <= 9 for mark in marks)


@given(
    st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a"])
)
def test_whatever_the_bytes_they_are_read_or_refused(content: bytes, name: str) -> None:
    try:
        assert extract(content, name, ocr=False).text.strip()
    except InputError as error:
        assert "。" in str(error)


def test_real_regulations_keep_every_article() -> None:
    folder = SHARED / "regulations"
    if not folder.exists():
        pytest.skip("no shared data here")
    for file in sorted(folder.glob("*.md")):
        result = extract(file.read_bytes(), file.name)
        articles = re.findall(r"^\W*(第\S{1,6}条)\s", file.read_text(encoding="utf-8"), re.M)
        assert re.findall(r"^(第\S{1,6}条)\s", result.text, re.M) == articles
        assert not re.search(r"\*\*|<!--|^#", result.text, re.M)
        assert result.headings[0].level == 1


def test_a_table_written_as_html_in_markdown_keeps_its_cells_apart() -> None:
    head = "<tr><th>用途</th><th>价格</th></tr>"
    table = f"<table>\n{head}\n<tr><td>居民</td>\n<td>**2.6**元</td></tr></table>"
    text = f"# 水价办法\n\n第一条 见下表。\n\n{table}\n\n第二条 完。<table>没有结束\n"
    assert extract(text.encode(), "a.md").text.split("\n") == [
        "水价办法",
        "第一条 见下表。",
        "用途 | 价格",
        "居民 | 2.6元",
        "第二条 完。没有结束",
    ]

"""Damaged .docx and .xlsx: read, or refused in a sentence, never an exception of a library."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl
import pytest

from corpus import InputError
from corpus.formats.kinds import extract
from qa.drafts import draft_of_bytes
from qa.inputs.tables import read_sheets


def word() -> bytes:
    document = docx.Document()
    document.add_heading("第一章 总则", 1)
    for number in "一二三":
        document.add_paragraph(f"第{number}条 本办法自印发之日起施行。", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "甲"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def table() -> bytes:
    workbook = openpyxl.Workbook()
    for row in (("编号", "问题"), (1, "水库能不能游泳？"), (2.5, "")):
        workbook.active.append(row)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return target.getvalue()


def renamed(words: bytes, others: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(words, others)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("word/document.xml", renamed(b"w:body", b"w:bodx")),
        ("word/document.xml", renamed(b"</w:p>", b"</w:q>")),
        ("[Content_Types].xml", renamed(b"wordprocessingml.numbering+xml", b"x")),
        ("[Content_Types].xml", renamed(b"wordprocessingml.styles+xml", b"x")),
        ("word/styles.xml", lambda content: content[:100]),
        ("word/numbering.xml", lambda content: b""),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(
    part: str, change: Callable[[bytes], bytes]
) -> None:
    content = changed(word(), part, change)
    for read in (extract, draft_of_bytes):
        with pytest.raises(InputError, match="已损坏"):
            read(content, "a.docx")


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("docProps/core.xml", renamed(b"coreProperties", b"coreProperty")),
        ("docProps/core.xml", lambda content: re.sub(rb"\d{4}-\d\d-\d\dT", b"1-1-T", content)),
        ("[Content_Types].xml", renamed(b"package.core-properties+xml", b"x")),
    ],
)
def test_broken_facts_do_not_matter(part: str, change: Callable[[bytes], bytes]) -> None:
    content = changed(word(), part, change)
    assert "自印发之日起施行" in extract(content, "a.docx").text


def test_packed_words_that_do_not_unpack_are_damage() -> None:
    whole = bytearray(table())
    at = whole.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    whole[at + 2 : at + 40] = bytes(38)
    with pytest.raises(InputError, match="不是完整的 Excel 文件"):
        read_sheets(bytes(whole), "a.xlsx")


@pytest.mark.parametrize("seed", range(60))
def test_any_change_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    for content, name in ((word(), "a.docx"), (table(), "a.xlsx")):
        broken = bytearray(content)
        for _ in range(chance.choice((1, 2, 8))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with zipfile.ZipFile(BytesIO(content)) as package:
            part = chance.choice(package.namelist())
        values = changed(content, part, lambda words: _nonsense(words, chance))
        for each in (bytes(broken), values):
            try:
                extract(each, name) if name == "a.docx" else read_sheets(each, name)
            except InputError as problem:
                assert str(problem).startswith(name)


def _nonsense(content: bytes, chance: random.Random) -> bytes:
    """One value in a part made into something else."""
    values = list(re.finditer(rb'="([^"]*)"', content))
    if not values:
        return content[: len(content) // 2]
    start, end = chance.choice(values).span(1)
    value = chance.choice((b"", b"-1", b"9" * 30, b"nan", b"\xff", b"x" * 5000))
    return content[:start] + value + content[end:]

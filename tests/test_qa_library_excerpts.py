"""The 摘编: places kept by the page, words taken from the library, files made of them."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import docx
import pytest
from doubles.engine import FakeEngine
from doubles.records import hit_of, reply_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from corpus import Document, InputError, Passage, Section
from qa.exports.excerpts import excerpts_markdown, excerpts_word
from qa.library.excerpts import Place, excerpt_records, place_of, places_of
from qa.page.ask import answer
from qa.page.excerpts import collection
from qa.records import AboutRecord, ExcerptRecord

ARTICLES = ("第一条　为了甲。", "第二条　[乙]应当*登记*。\n1. 乙可以<b>变更</b>。", "第三条　丙。")
ABOUT: AboutRecord = {**FakeEngine().about(), "documents": 2, "plan": ""}


def law(name: str, status: str) -> Document:
    text = "第一章 总则\n" + "\n".join(ARTICLES)
    passages = []
    for number, words in enumerate(ARTICLES):
        start = text.index(words)
        article = words.split("\u3000")[0]
        passages.append(Passage(f"{name}:{number}", name, start, start + len(words), 0, article))
    section = Section(1, "第一章", "总则", 0, len(text), None)
    return Document(
        name, f"{name}法", "法律", status, text, sections=(section,), passages=tuple(passages)
    )


LIBRARY = {each.id: each for each in (law("乙", "现行有效"), law("甲", "已被修改"))}


def place(document: str, words: str) -> Place:
    return places_of([place_of(document, LIBRARY[document].text.index(words), words)])[0]


def test_passages_come_from_the_library_in_its_order_with_their_citation() -> None:
    places = [place("甲", ARTICLES[0]), place("乙", ARTICLES[2]), place("乙", ARTICLES[0])]
    records = excerpt_records(LIBRARY, [*places, places[0]])
    assert [(record["citation"], record["text"]) for record in records] == [
        ("《乙法》第一条", ARTICLES[0]),
        ("《乙法》第三条", ARTICLES[2]),
        ("《甲法》第一条", ARTICLES[0]),
    ]
    assert records[0]["section"] == ["第一章 总则"]
    assert records[0]["document"] == {"id": "乙", "title": "乙法", "status": "现行有效"}


def test_words_that_are_no_longer_there_are_said_to_be_and_never_invented() -> None:
    held = place("乙", ARTICLES[0])
    moved = Place("乙", held.start + 1, held.end + 1, held.check)
    outside = Place("乙", 10_000, 10_007, held.check)
    before = Place("乙", -7, 0, held.check)
    gone = Place("丙", 0, 7, held.check)
    records = excerpt_records(LIBRARY, [gone, moved, outside, before, held])
    assert [bool(record["missing"]) for record in records] == [False, True, True, True, True]
    assert not any("text" in record for record in records[1:])
    assert "文字已经更新" in records[1]["missing"]
    assert "没有这份文件" in records[-1]["missing"]
    html = collection(records)
    assert html.count('data-do="remove"') == 5
    assert "已找不到的" in html


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_a_place_leads_back_to_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document("一", "一", "法律", "", text, passages=(Passage("p", "一", 0, len(text)),))
    kept = json.loads(json.dumps(place_of("一", start, text[start:end])))
    (record,) = excerpt_records({"一": document}, places_of([kept]))
    words = text[start:end].strip()
    assert record.get("text", "") == words
    assert bool(record["missing"]) == (not words)


@pytest.mark.parametrize("given", [None, [1], [["a", 0]], [["a", "x", 1, ""]], {"a": 1}])
def test_what_is_no_list_of_places_is_said(given: object) -> None:
    with pytest.raises(InputError, match="清空摘编"):
        places_of(given)


def test_a_collection_has_an_end() -> None:
    with pytest.raises(InputError, match="最多 500 段"):
        places_of([["a", n, n + 1, ""] for n in range(501)])


def test_a_document_id_is_only_data_in_the_button() -> None:
    evil = "\"><script>'"
    hostile = hit_of(text="文", end=1, document={"id": evil, "title": "", "status": ""})
    html = answer(reply_of(hits=[hostile]))
    assert 'data-do="collect"' in html
    assert "<script>" not in html
    assert "<script>" not in collection(excerpt_records({}, [Place(evil, 0, 1, evil)]))


def everything() -> list[ExcerptRecord]:
    return excerpt_records(LIBRARY, [place(name, words) for name in LIBRARY for words in ARTICLES])


def test_word_has_documents_and_sections_as_headings_and_sources_as_footnotes() -> None:
    content = excerpts_word(everything(), ABOUT)
    document = docx.Document(BytesIO(content))
    told = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    headings = [line for line in told if line[0].startswith("Heading")]
    assert headings == [
        ("Heading 1", "《乙法》（现行有效）"),
        ("Heading 2", "第一章 总则"),
        ("Heading 1", "《甲法》（已被修改）"),
        ("Heading 2", "第一章 总则"),
    ]
    assert [line for style, line in told[4:8] if style == "Normal"] == [
        ARTICLES[0],
        *ARTICLES[1].split("\n"),
        ARTICLES[2],
    ]
    with zipfile.ZipFile(BytesIO(content)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    texts = ["".join(note.itertext()).strip() for note in notes][2:]
    assert texts[:2] == ["《乙法》第一条（现行有效）", "《乙法》第二条（现行有效）"]
    assert len(texts) == 6


def test_markdown_keeps_the_words_as_words() -> None:
    text = excerpts_markdown(everything(), ABOUT)
    assert (
        "\n## 《乙法》（现行有效）\n\n### 第一章 总则\n\n> 第一条　为了甲。\n>\n> ——《乙法》"
        in text
    )
    assert r"> 第二条　\[乙\]应当\*登记\*。" in text
    assert r"> 1\. 乙可以\<b\>变更\</b\>。" in text

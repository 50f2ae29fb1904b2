"""Rows counted over documents that are read only when they are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, load_documents, save_documents
from corpus.stored import Bodies
from corpus.structure import structure
from index.rows import TextRows

PARKING = "停车办法\n第一章 总则\n第一条 停车应当入位。\n第二条 收费应当公示。\n"
STALLS = "摊贩办法\n第一条 摊贩应当登记。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    parking = structure(Document("doc-1", "停车办法", "办法", "现行有效", PARKING))
    stalls = structure(Document("doc-2", "摊贩办法", "办法", "现行有效", STALLS))
    save_documents(tmp_path, [parking, stalls])
    return tmp_path


def test_rows_count_the_text_passages_of_all_documents(folder: Path) -> None:
    documents = load_documents(folder)
    rows = TextRows(documents)
    assert [(d.title, p.article) for d, p in rows] == [
        ("停车办法", "第一条"),
        ("停车办法", "第二条"),
        ("摊贩办法", "第一条"),
    ]
    assert (len(rows), rows.span(0), rows[-1][0].title) == (3, (0, 2), "摊贩办法")
    assert [rows.row(passage) for _, passage in rows] == [0, 1, 2]
    chapter = next(p for p in documents[0].passages if p.kind == "heading")
    assert list(rows.ranked([chapter, documents[1].passages[-1]])) == [2]


def test_only_the_document_that_is_looked_at_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = Bodies._document

    def noted(bodies: Bodies, start: int, end: int, sha256: str) -> Document:
        document = whole(bodies, start, end, sha256)
        read.append(document.title)
        return document

    monkeypatch.setattr(Bodies, "_document", noted)
    rows = TextRows(load_documents(folder))
    assert (len(rows), rows.document(2).title, read) == (3, "摊贩办法", [])
    assert rows[2][1].article == "第一条"
    assert read == ["摊贩办法"]

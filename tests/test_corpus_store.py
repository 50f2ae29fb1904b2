"""Documents on disk: where each is from is kept, and words are read when they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import DamagedError, Document, load_documents, repeals, save_documents
from corpus.records import Origin
from corpus.store import WHOLE
from corpus.structure import structure


@pytest.mark.parametrize("origin", ["bundled", "law", "own"])
def test_where_a_document_is_from_comes_back(tmp_path: Path, origin: Origin) -> None:
    document = Document("x", "某办法", "其他", "", "第一条 停车应当入位。", origin=origin)
    save_documents(tmp_path, [document])
    assert load_documents(tmp_path) == [document]


def test_heads_are_known_without_reading_and_damage_to_words_is_found_when_they_are_read(
    tmp_path: Path,
) -> None:
    text = "第一条 停车应当入位。\n第二条 《旧停车办法》同时废止。"
    law = structure(Document("law-1", "停车办法", "其他", "现行有效", text))
    other = structure(Document("law-2", "摊贩办法", "其他", "现行有效", "第一条 摊贩应当登记。"))
    save_documents(tmp_path, [law, other])
    path = tmp_path / WHOLE
    path.write_bytes(path.read_bytes().replace("入位".encode(), "入库".encode()))
    damaged, sound = load_documents(tmp_path)
    assert (damaged.title, damaged.text_count, list(repeals([damaged]))) == (
        "停车办法",
        2,
        ["旧停车办法"],
    )
    assert sound == other
    assert sound.passage_text(sound.passages[0]) == "第一条 摊贩应当登记。"
    with pytest.raises(DamagedError, match=r"documents\.jsonl.*faju build"):
        assert damaged.text

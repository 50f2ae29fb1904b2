"""Documents on disk: where each is from is kept, and told of those stored before it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import Document, checksum, load_documents, save_documents
from corpus.records import Origin
from corpus.store import MANIFEST


@pytest.mark.parametrize("origin", ["bundled", "law", "own"])
def test_where_a_document_is_from_comes_back(tmp_path: Path, origin: Origin) -> None:
    document = Document("x", "某办法", "其他", "", "第一条 停车应当入位。", origin=origin)
    save_documents(tmp_path, [document])
    assert load_documents(tmp_path) == [document]


@pytest.mark.parametrize(
    ("id_", "origin"),
    [("law-7772c5d4af34", "law"), ("doc-0123456789ab", "own"), ("urumqi-plan", "bundled")],
)
def test_a_library_built_before_origins_were_kept_is_read(
    tmp_path: Path, id_: str, origin: str
) -> None:
    save_documents(tmp_path, [Document(id_, "某办法", "其他", "", "第一条 停车应当入位。")])
    (entry,) = json.loads((tmp_path / MANIFEST).read_bytes())
    stored = json.loads((tmp_path / entry["file"]).read_bytes())
    del stored["origin"]
    content = json.dumps(stored).encode()
    (tmp_path / entry["file"]).write_bytes(content)
    (tmp_path / MANIFEST).write_text(json.dumps([entry | {"sha256": checksum(content)}]))
    assert load_documents(tmp_path)[0].origin == origin

"""Encodings in parts: one more document changes one part, the others are the same files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import Counting

from corpus import Document, checksum
from corpus.records import Origin
from corpus.structure import structure
from index import build_index, current_folder, open_index
from index.generation import damaged_index_files
from index.model.encoded import Embedder
from index.parts import cuts, part_names

LAW = "第一条 停车应当入位，不得占用盲道。\n第二条 收费应当公示，接受社会监督。\n"


def document(number: int, origin: Origin) -> Document:
    text = f"某市{number}号办法\n{LAW}第三条 本办法由{number}号机关解释。\n"
    frame = Document(f"{origin}-{number}", f"某市{number}号办法", "办法", "现行有效", text)
    return structure(replace(frame, origin=origin))


LAWS = [document(number, "law") for number in range(200)]


def files(home: Path) -> dict[str, int]:
    """The files of the parts and their inodes."""
    folder = current_folder(home)
    found = folder.glob("parts/*/*")
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in found}


def test_parts_end_where_the_laws_begin_and_by_the_checksums_of_ids() -> None:
    ends = [n for n, law in enumerate(LAWS, 1) if int(checksum(law.id.encode())[:8], 16) % 64 == 0]
    assert ends
    expected = [6, *(6 + 3 * end for end in ends if end < 200), 606]
    assert list(cuts([document(1, "own"), document(2, "own"), *LAWS])) == expected


def test_an_added_document_leaves_the_other_parts_as_they_are(
    fake_embedder: Embedder, tmp_path: Path
) -> None:
    counting = Counting(fake_embedder)
    build_index(tmp_path / "a", [document(1, "own"), *LAWS], counting)
    before = files(tmp_path / "a")
    counting.asked.clear()
    grown = [document(1, "own"), document(2, "own"), *LAWS]
    updated = build_index(tmp_path / "a", grown, counting)
    after, names = files(tmp_path / "a"), part_names(current_folder(tmp_path / "a"))
    changed = {name for name, inode in after.items() if before.get(name) != inode}
    assert len(names) > 1 and {Path(name).parent.name for name in changed} == {names[0]}
    assert counting.asked == []  # each article of the new one stands in a law too
    assert updated == build_index(tmp_path / "b", grown, fake_embedder)
    assert not damaged_index_files(tmp_path / "a")


def test_a_damaged_part_is_made_again_not_linked(fake_embedder: Embedder, tmp_path: Path) -> None:
    sound = build_index(tmp_path, LAWS, fake_embedder)
    path = next(current_folder(tmp_path).glob("parts/*/vectors.npy"))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert build_index(tmp_path, LAWS, fake_embedder) == sound
    assert not damaged_index_files(tmp_path)


@pytest.mark.parametrize("row", [0, 299, 599])
def test_late_interaction_is_the_same_over_parts(
    row: int, fake_embedder: Embedder, tmp_path: Path
) -> None:
    build_index(tmp_path, LAWS, fake_embedder)
    index = open_index(tmp_path, lambda manifest: fake_embedder)[0]
    query = fake_embedder.encode(["停车收费"], "query").tokens[0]
    scores = index._tokens.maxsim(query, np.arange(600))
    tokens = index._tokens.passage(row)[0].astype(np.float32)
    expected = (tokens @ query.T.astype(np.float32) / 200**2).max(axis=0).mean()
    assert scores[row] == pytest.approx(expected, abs=1e-6)

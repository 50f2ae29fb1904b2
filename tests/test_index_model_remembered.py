"""A text is encoded once on a computer."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from conftest import Counting

from index.model import Embedder, Encoded, RememberingEmbedder

CHECKS = "规范涉企行政检查，着力解决检查事项多、频次高的问题。"
PETITION = "完善信访制度，畅通和规范群众诉求表达、利益协调、权益保障通道。"
SCHOOL = "深入宣传宪法。"


@pytest.fixture
def counting(fake_embedder: Embedder) -> Counting:
    return Counting(fake_embedder)


def assert_same(made: Encoded, expected: Encoded) -> None:
    np.testing.assert_array_equal(made.vectors, expected.vectors)
    for ours, theirs in zip(
        [*made.tokens, *made.spans], [*expected.tokens, *expected.spans], strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_what_was_encoded_is_not_encoded_again(counting: Counting, tmp_path: Path) -> None:
    RememberingEmbedder(counting, tmp_path).encode([CHECKS, PETITION], "passage")
    counting.asked.clear()
    made = RememberingEmbedder(counting, tmp_path).encode([PETITION, SCHOOL, PETITION], "passage")
    assert counting.asked == [SCHOOL]
    assert_same(made, counting.inner.encode([PETITION, SCHOOL, PETITION], "passage"))


def test_a_question_of_the_same_words_is_another_text(counting: Counting, tmp_path: Path) -> None:
    embedder = RememberingEmbedder(counting, tmp_path)
    embedder.encode([CHECKS], "passage")
    embedder.encode([CHECKS], "query")
    assert counting.asked == [CHECKS, CHECKS]


def test_killed_in_between_what_was_done_is_kept(
    counting: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.model.remembered._AT_ONCE", 1)

    def killed(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    embedder = RememberingEmbedder(counting, tmp_path)
    with pytest.raises(KeyboardInterrupt):
        embedder.encode([CHECKS, PETITION, SCHOOL], "passage", killed)
    counting.asked.clear()
    embedder.encode([CHECKS, PETITION, SCHOOL], "passage")
    assert counting.asked == [CHECKS, SCHOOL]


def test_a_damaged_row_is_encoded_again(counting: Counting, tmp_path: Path) -> None:
    embedder = RememberingEmbedder(counting, tmp_path)
    embedder.encode([CHECKS], "passage")
    with sqlite3.connect(tmp_path / f"{counting.fingerprint}.sqlite") as file:
        file.execute("update encodings set vector = zeroblob(length(vector))")
    file.close()
    assert embedder.encode([CHECKS], "passage").vectors.any()


def test_a_file_that_is_no_database_is_done_without(counting: Counting, tmp_path: Path) -> None:
    file = tmp_path / f"{counting.fingerprint}.sqlite"
    file.write_bytes(b"no database at all, and longer than a header" * 9)
    assert RememberingEmbedder(counting, tmp_path).encode([CHECKS], "passage").vectors.any()

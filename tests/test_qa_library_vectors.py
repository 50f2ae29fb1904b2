"""Where vectors are kept: as the settings say, else as the library was built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_index_build import FACTS

from corpus import InputError
from index.backends import MilvusServer
from index.backends.milvus_server import keep_token
from index.generation import seal
from qa.library.vectors import Kept, as_set
from qa.settings import Settings

URI = "http://milvus.example.gov.cn:19530"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BACKEND", "MILVUS_URI", "MILVUS_TOKEN", "MILVUS_COLLECTION"):
        monkeypatch.delenv(f"FAJU_{name}", raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that was built with Milvus and a token."""
    folder = tmp_path / "index" / "generation"
    folder.mkdir(parents=True)
    held = {**MilvusServer(URI, collection="ju").remembered(), "name": "ju_1_2", "rows": 3}
    (folder / "vectors.milvus").write_text(json.dumps(held), encoding="utf-8")
    seal(folder, {**FACTS, "backend": "milvus"})
    (tmp_path / "index" / "current").write_text("generation", encoding="utf-8")
    keep_token(tmp_path / "index", "root:secret")
    return tmp_path


def test_a_new_library_is_kept_by_faiss_or_where_milvus_is(tmp_path: Path) -> None:
    assert as_set(Settings.load(tmp_path)) == Kept("faiss", None)
    assert as_set(Settings.load(tmp_path, milvus_uri=URI)) == Kept("milvus", MilvusServer(URI))
    lite = as_set(Settings.load(tmp_path, milvus_uri="some/library.db")).milvus
    assert lite is not None and lite.uri == str(Path("some/library.db").absolute())
    with pytest.raises(InputError, match="--milvus-uri"):
        as_set(Settings.load(tmp_path, backend="milvus"))


def test_what_was_given_once_stays(home: Path) -> None:
    built = MilvusServer(URI, "root:secret", collection="ju")
    assert as_set(Settings.load(home)) == Kept("milvus", built)
    changed = as_set(Settings.load(home, milvus_token="root:new"))
    assert changed == Kept("milvus", MilvusServer(URI, "root:new", collection="ju"))
    assert as_set(Settings.load(home, backend="faiss")) == Kept("faiss", None)


def test_a_token_goes_to_no_other_server(home: Path) -> None:
    other = "https://other.example.gov.cn:19530"
    assert as_set(Settings.load(home, milvus_uri=other)) == Kept("milvus", MilvusServer(other))


def test_the_token_of_the_environment_comes_first_and_none_stands_in_the_settings_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "faju.toml").write_text('milvus_token = "root:secret"\n', encoding="utf-8")
    with pytest.raises(InputError, match="milvus_token”不是设置项"):
        Settings.load(home)
    (home / "faju.toml").unlink()
    monkeypatch.setenv("FAJU_MILVUS_TOKEN", "root:other")
    server = as_set(Settings.load(home)).milvus
    assert server is not None and server.token == "root:other"
    assert "root:other" not in repr(server)

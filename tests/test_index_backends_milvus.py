"""Milvus behind the same contract: the exact backend judges it, on milvus-lite and on a server.

The server is the one that the package ``milvus`` brings; a home is built there with a token.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from test_index_backends import unit_rows
from test_index_build import CHECKS, PETITION, SCHOOL, opened, plan

from corpus import DamagedError, InputError, MissingError
from index import Filters, build_index
from index.backends import MilvusServer, Where, load_backend, maker
from index.backends.exact import ExactBackend
from index.backends.milvus_server import connected
from index.generation import current_folder
from index.model.encoded import Embedder

# They leave sockets and files of theirs to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

OF = [f"law-{row % 7}" for row in range(200)]
CURRENT = [row % 3 == 0 for row in range(200)]


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> MilvusServer:
    pytest.importorskip("pymilvus", reason="pip install 'faju[milvus]'")
    pytest.importorskip("milvus_lite", reason="pip install 'faju[milvus]'")
    return MilvusServer(str(tmp_path_factory.mktemp("lite") / "milvus.db"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    pytest.importorskip("pymilvus", reason="pip install 'faju[milvus]'")
    milvus = pytest.importorskip("milvus", reason="pip install milvus==2.3.5: the server's binary")
    folder = tmp_path_factory.mktemp("server")
    configuration = milvus.MilvusServerConfig(data_dir=str(folder))
    configuration.set("authorization_enabled", True)
    server = milvus.MilvusServer(configuration)
    try:
        yield _started(server)
    finally:
        server.stop()
        shutil.rmtree(folder)  # half a gigabyte


def _started(server: Any) -> MilvusServer:
    """Where it answers; a machine that it does not come up on can not try it."""
    try:
        server.start()
    except (OSError, RuntimeError) as problem:
        pytest.skip(f"the Milvus server does not start here: {problem}")
    found = MilvusServer(f"http://127.0.0.1:{server.listen_port}", token="root:Milvus")
    for _ in range(30):
        try:
            connected(found)
            return found
        except MissingError:
            time.sleep(2)
    pytest.skip("the Milvus server started and does not answer here")


@pytest.fixture(params=["lite", "real"])
def server(request: pytest.FixtureRequest) -> MilvusServer:
    found: MilvusServer = request.getfixturevalue(request.param)
    return found


def home_in(folder: Path) -> Path:
    (folder / "index" / "generation").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("among", "where"),
    [
        (None, None),
        (np.array([3, 50, 7, 199]), None),
        (
            np.array([row for row in range(200) if row % 3 == 0 and row % 7 in {1, 2}]),
            [{"document": ("law-1", "law-2"), "current": (True,)}],
        ),
        (
            np.array([row for row in range(200) if row % 3 == 0 or row % 7 == 5]),
            [{"document": ("law-5",)}, {"current": (True,)}],
        ),
    ],
)
def test_milvus_agrees_with_the_exact_judge_also_after_a_round_trip(
    server: MilvusServer, among: NDArray[np.int64] | None, where: Where | None, tmp_path: Path
) -> None:
    vectors, queries = unit_rows(200, 1), unit_rows(5, 2)
    expected_scores, expected_rows = ExactBackend(vectors).search(queries, 10, among)
    home = home_in(tmp_path)
    made = maker("milvus", home, None, server).make(vectors, {"document": OF, "current": CURRENT})
    made.save(home / "index" / "generation" / "vectors.milvus")
    for backend in (made, load_backend("milvus", home / "index" / "generation")):
        scores, rows = backend.search(queries, 10, among, where)
        np.testing.assert_array_equal(rows, expected_rows)
        np.testing.assert_allclose(scores, expected_scores, atol=1e-5)
        np.testing.assert_array_equal(backend.vectors(), vectors)


def test_fewer_rows_than_asked_are_filled_with_nothing(
    server: MilvusServer, tmp_path: Path
) -> None:
    made = maker("milvus", home_in(tmp_path), None, server).make(unit_rows(3, 4), {})
    scores, rows = made.search(unit_rows(1, 5), 5)
    assert set(rows[0, :3]) == {0, 1, 2}
    assert list(rows[0, 3:]) == [-1, -1]
    assert np.isneginf(scores[0, 3:]).all()


def test_a_collection_that_the_server_let_go_is_loaded_again(
    real: MilvusServer, tmp_path: Path
) -> None:
    made = maker("milvus", home_in(tmp_path), None, real).make(unit_rows(30, 8), {})
    connected(real).release_collection(made.name)  # type: ignore[attr-defined]
    assert made.search(unit_rows(30, 8)[4:5], 1)[1].tolist() == [[4]]


def test_readers_see_whole_generations_and_old_collections_go(
    server: MilvusServer, fake_embedder: Embedder, tmp_path: Path
) -> None:
    named = MilvusServer(server.uri, server.token, collection="amt")
    client = connected(named)

    def build(*paragraphs: str) -> str:
        build_index(tmp_path, [plan(*paragraphs)], fake_embedder, "milvus", milvus=named)
        return str(client.describe_collection("amt")["collection_name"])

    first = build(CHECKS, PETITION)
    reader = opened(tmp_path, fake_embedder)
    second = build(CHECKS, PETITION, SCHOOL)
    # Who opened the first sees the first; who opens now the second.
    assert [found.row for found in reader.search("学宪法讲宪法", run="dense")] in ([0, 1], [1, 0])
    fresh = opened(tmp_path, fake_embedder).search("学宪法讲宪法", run="dense")
    assert (len(fresh), fresh[0].row) == (3, 2)
    third = build(SCHOOL)
    left = {name for name in client.list_collections() if name.startswith("amt_")}
    assert left == {second, third}
    assert len({first, second, third}) == 3


def test_every_filter_finds_what_it_finds_without_milvus(
    lite: MilvusServer, fake_embedder: Embedder, tmp_path: Path
) -> None:
    documents = [plan(CHECKS, PETITION, SCHOOL)]
    build_index(tmp_path / "a", documents, fake_embedder, "milvus", milvus=lite)
    build_index(tmp_path / "b", documents, fake_embedder)
    for filters in (
        Filters(),
        Filters(documents=("plan",)),
        Filters(documents=("某市规划",), kinds=("规划",)),
        Filters(statuses=("现行有效",)),
        Filters(statuses=("已废止",), all_versions=True),
        Filters(section="第一章"),
    ):
        ours, judge = (
            opened(tmp_path / home, fake_embedder).search("学宪法", filters=filters)
            for home in "ab"
        )
        assert [found.row for found in ours] == [found.row for found in judge]
        assert [f.score for f in ours] == pytest.approx([f.score for f in judge], abs=1e-5)


def test_a_half_filled_collection_of_a_killed_build_is_made_again(
    lite: MilvusServer, tmp_path: Path
) -> None:
    named = MilvusServer(lite.uri, collection="half")
    home, vectors = home_in(tmp_path), unit_rows(20, 6)
    half = maker("milvus", home, None, named).make(vectors, {})
    connected(lite).delete(half.name, filter="id >= 10")  # type: ignore[attr-defined]
    with pytest.raises(DamagedError, match="少了向量"):
        half.vectors()
    whole = maker("milvus", home, None, named).make(vectors, {})
    np.testing.assert_array_equal(whole.vectors(), vectors)


def test_the_name_of_another_library_is_not_taken(lite: MilvusServer, tmp_path: Path) -> None:
    named = MilvusServer(lite.uri, collection="zhanyong")
    first = maker("milvus", home_in(tmp_path / "a"), None, named)
    first.make(unit_rows(3, 7), {})
    first.publish()
    with pytest.raises(InputError, match="zhanyong 已由别的文库使用.*--milvus-collection"):
        maker("milvus", home_in(tmp_path / "b"), None, named)


def test_what_is_wrong_with_a_server_is_said(
    real: MilvusServer, fake_embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MissingError, match="连不上 Milvus 服务器 http://127.0.0.1:1，"):
        connected(MilvusServer("http://127.0.0.1:1"))
    with pytest.raises(InputError, match="不接受这个令牌"):
        connected(MilvusServer(real.uri, "root:wrong"))
    with pytest.raises(InputError, match="没有数据库“nowhere”"):
        connected(MilvusServer(real.uri, real.token, "nowhere"))
    named = MilvusServer(real.uri, real.token, collection="gone")
    build_index(tmp_path, [plan(CHECKS)], fake_embedder, "milvus", milvus=named)
    token = tmp_path / "index" / ".milvus-token"
    assert token.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert "Milvus" not in (current_folder(tmp_path) / "vectors.milvus").read_text("utf-8")
    monkeypatch.setenv("FAJU_MILVUS_TOKEN", "root:wrong")
    with pytest.raises(InputError, match="不接受这个令牌"):
        opened(tmp_path, fake_embedder)
    monkeypatch.delenv("FAJU_MILVUS_TOKEN")
    reader = opened(tmp_path, fake_embedder)
    client = connected(named)
    client.drop_collection(client.describe_collection("gone")["collection_name"])
    with pytest.raises(DamagedError, match="集合不见了.*faju build --force"):
        reader.search("检查", run="dense")
    with pytest.raises(DamagedError, match="不见了.*faju build --force"):
        opened(tmp_path, fake_embedder)


@pytest.mark.parametrize("uri", ["milvus:19530", "http://root:Milvus@127.0.0.1", "ftp://host"])
def test_an_address_that_is_none_is_refused(uri: str) -> None:
    with pytest.raises(InputError, match="地址"):
        MilvusServer(uri)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(MissingError, match="pip install 'pymilvus"):
        connected(MilvusServer("http://127.0.0.1:1"))

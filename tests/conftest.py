"""Fixtures that several test modules share."""

from __future__ import annotations

import os
import sys
import tempfile
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from index.maxsim import quantised
from index.model.encoded import Embedder, Encoded, Kind
from qa import Engine, Settings
from qa.library.build import build

# As in an activated environment: messages call the program faju, not by its path.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# What tests encode is not kept among what their user encoded.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="faju-tests-")

LONG = {"browser", "built_home"}
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long first, by the file: no worker is left alone with it at the end."""
    long = {each.path for each in items if LONG & set(getattr(each, "fixturenames", ()))}
    items.sort(key=lambda each: each.path not in long)


@pytest.fixture(autouse=True)
def _nothing_encoded_before(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user-cache")))


@dataclass(frozen=True)
class FakeEmbedder:
    """Texts with common character bigrams get near vectors; the same text the same one, always."""

    name: str = "fake"
    dimension: int = 64
    token_dimension: int = 64
    fingerprint: str = "fake-bigrams-64"

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            letters = [c for c in unicodedata.normalize("NFKC", text) if c.isalnum()]
            # The text's end counts as a letter, so that no text is left without a vector.
            for pair in zip(letters or ["。"], [*letters[1:], "。"], strict=True):
                digest = zlib.crc32("".join(pair).encode())
                vectors[row, digest % self.dimension] += 1 if digest & 0x10000 else -1
        # Signs may cancel out to nothing.
        vectors[~vectors.any(axis=1), 0] = 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode(
        self, texts: Sequence[str], kind: Kind, progress: Callable[[int, int], None] | None = None
    ) -> Encoded:
        if progress is not None:
            progress(len(texts), len(texts))
        tokens, spans = [], []
        for text in texts:
            pairs = [text[at : at + 2] for at in range(len(text))]
            tokens.append(quantised(self._encode(pairs)))
            spans.append(
                np.array([(at, at + 1) for at in range(len(text))], np.int32).reshape(-1, 2)
            )
        return Encoded(self._encode(texts), tokens, spans)


def silent(line: str) -> None:
    """Says nothing of a build's steps."""


@pytest.fixture(scope="session")
def fake_embedder() -> Embedder:
    return FakeEmbedder()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents beside the repository, which is not part of it."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not beside this checkout")
    return SHARED


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder made once a run, by whichever of pytest-xdist's workers comes to it first."""
    ours = factory.getbasetemp()
    folder = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            make(folder.with_suffix(".new"))
            folder.with_suffix(".new").rename(folder)
    return folder


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the bundled model and the default library (two minutes of one core)."""
    return once(tmp_path_factory, "home", lambda home: build(Settings.load(home), silent))


@pytest.fixture(scope="session")
def engine(built_home: Path) -> Engine:
    return Engine.open(Settings.load(built_home))


@dataclass
class Counting:
    """An embedder that remembers what it was asked to embed."""

    inner: Embedder
    asked: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def encode(
        self, texts: Sequence[str], kind: Kind, progress: Callable[[int, int], None] | None = None
    ) -> Encoded:
        self.asked += texts
        return self.inner.encode(texts, kind, progress)


@contextmanager
def embedding_with(embedder: Embedder) -> Iterator[None]:
    """Whatever is built and opened meanwhile embeds with this: the bundled model takes minutes."""
    with pytest.MonkeyPatch.context() as patched:
        # By import: a room's door may give the module's name to its function.
        building, opening = import_module("qa.library.build"), import_module("qa.engine")
        for module in (building, opening):
            patched.setattr(module, "load_embedder", lambda folder: embedder)
            patched.setattr(module, "find_model", lambda home, fingerprint: home)
        patched.setattr(building, "prepare_model", lambda home, *how: home)
        yield


@pytest.fixture(scope="module")
def quick(fake_embedder: Embedder) -> Iterator[Counting]:
    """Every build of a module embeds with the fake model."""
    counting = Counting(fake_embedder)
    with embedding_with(counting):
        yield counting


@pytest.fixture(scope="session")
def built_quickly(fake_embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with embedding_with(fake_embedder):
        return once(tmp_path_factory, "quick", lambda home: build(Settings.load(home), silent))


@pytest.fixture(scope="module")
def quick_home(quick: Counting, built_quickly: Path) -> Path:
    """The default library built with the fake model; for a test that changes it: a copy."""
    return built_quickly

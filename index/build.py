"""The index on disk: written whole beside the old one, then switched to in one step.

    HOME/index/current             the name of the generation in use
    HOME/index/<generation>/       manifest.json  documents.json  documents/  units.npy  keys.json
                                   vectors.<backend>  lexical/

A generation is never changed after it was written; its manifest holds the checksum of every file,
compared each time it is opened. Killed at any moment, the old generation still serves.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus import DamagedError, Document, InputError, MissingError
from corpus.store import checksum, load_documents, save_documents
from index.backends.base import Backend, Vectors
from index.embed import Embedder
from index.hybrid import Index
from index.lexical import Lexical
from index.units import Unit, context, units

__all__ = ["BackendName", "Manifest", "build_index", "open_index", "read_manifest"]

BackendName = Literal["faiss", "exact"]
Progress = Callable[[int, int], None]

FORMAT = 1
_REBUILD = "请重新建库:faju build --force"
_LIBRARIES = ("numpy", "faiss-cpu", "bm25s", "jieba", "onnxruntime", "tokenizers")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of and with."""

    format: int
    corpus: str
    model: str
    fingerprint: str
    dimension: int
    backend: str
    passages: int
    units: int
    libraries: dict[str, str]
    files: dict[str, str]


def build_index(
    home: Path,
    documents: Sequence[Document],
    embedder: Embedder,
    backend: BackendName = "faiss",
    progress: Progress | None = None,
) -> Manifest:
    """Write the index of ``documents`` under ``home``; only new or changed texts are embedded.

    Raises InputError when there is nothing to index or the folder cannot be written.
    """
    if backend not in get_args(BackendName):
        raise InputError(f"向量后端“{backend}”不存在,请用 {'、'.join(get_args(BackendName))} 之一。")
    if not documents:
        raise InputError("没有可以入库的文档。")
    try:
        folder = home / "index"
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=0):
            return _replace(home, documents, embedder, backend, progress)
    except Timeout as exc:
        raise InputError("另一个建库正在进行,请等它完成后再试。") from exc
    except OSError as exc:
        raise InputError(f"写不了 {home}({exc.strerror}),请检查权限和磁盘空间,或用 --home 换一个文件夹。") from exc


def _replace(
    home: Path,
    documents: Sequence[Document],
    embedder: Embedder,
    backend: BackendName,
    progress: Progress | None,
) -> Manifest:
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=home / "index"))
    try:
        manifest = _write(fresh, home, documents, embedder, backend, progress)
        _switch(home / "index", fresh, manifest)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def open_index(
    home: Path, embedder: Callable[[Manifest], Embedder]
) -> tuple[Index, Manifest]:
    """The index in use and its manifest, every file compared with its checksum.

    ``embedder`` is called with the manifest when a dense search first needs it. Raises MissingError
    when nothing was built, DamagedError naming the file that is not what was written.
    """
    manifest = read_manifest(home)
    folder = _current(home)
    _verify(folder, manifest)
    rows = np.load(folder / "units.npy", allow_pickle=False)
    index = Index(
        load_documents(folder),
        rows,
        _load_backend(manifest.backend, folder),
        Lexical.load(folder / "lexical"),
        lambda: _matching(embedder(manifest), manifest),
    )
    return index, manifest


def read_manifest(home: Path) -> Manifest:
    """The manifest of the generation in use."""
    path = _current(home) / "manifest.json"
    try:
        manifest = Manifest(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as exc:
        raise DamagedError(f"索引清单损坏:{path},{_REBUILD}") from exc
    if manifest.format != FORMAT:
        raise DamagedError(f"索引是另一版本的法据建的(格式 {manifest.format}),{_REBUILD}")
    return manifest


def _current(home: Path) -> Path:
    pointer = home / "index" / "current"
    try:
        folder = home / "index" / pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError as exc:
        raise MissingError("还没有建库,请先运行:faju build") from exc
    except (OSError, ValueError) as exc:
        raise DamagedError(f"读不了 {pointer},{_REBUILD}") from exc
    if folder.parent != pointer.parent or not folder.is_dir():
        raise DamagedError(f"索引文件夹不见了:{folder},{_REBUILD}")
    return folder


def _write(
    fresh: Path,
    home: Path,
    documents: Sequence[Document],
    embedder: Embedder,
    backend: BackendName,
    progress: Progress | None,
) -> Manifest:
    corpus = save_documents(fresh, documents)
    pairs = [(d, p) for d in documents for p in d.passages if p.kind == "text"]
    every = [unit for row, (d, p) in enumerate(pairs) for unit in units(d, p, row)]
    keys = [hashlib.sha256(unit.text.encode("utf-8", "replace")).hexdigest()[:24] for unit in every]
    vectors = _vectors(home, every, keys, embedder, progress)
    with (fresh / "units.npy").open("wb") as file:
        np.save(file, np.array([(u.row, u.start, u.end) for u in every], np.int64).reshape(-1, 3))
    (fresh / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    _make_backend(backend, vectors).save(fresh / f"vectors.{backend}")
    (fresh / "lexical").mkdir()
    Lexical.build(f"{context(d, p)}\n{d.passage_text(p)}" for d, p in pairs).save(fresh / "lexical")
    manifest = Manifest(
        format=FORMAT,
        corpus=corpus,
        model=embedder.name,
        fingerprint=embedder.fingerprint,
        dimension=embedder.dimension,
        backend=backend,
        passages=len(pairs),
        units=len(every),
        libraries={name: version(name) for name in _LIBRARIES},
        files={
            file.relative_to(fresh).as_posix(): checksum(file.read_bytes())
            for file in sorted(fresh.rglob("*"))
            if file.is_file()
        },
    )
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (fresh / "manifest.json").write_text(content, encoding="utf-8")
    return manifest


def _vectors(
    home: Path, every: list[Unit], keys: list[str], embedder: Embedder, progress: Progress | None
) -> Vectors:
    known = _known_vectors(home, embedder)
    missing = {key: unit.text for key, unit in zip(keys, every, strict=True) if key not in known}
    log.info("%d units, %d to embed", len(every), len(missing))
    made = embedder.encode_passages(list(missing.values()), progress)
    known.update(zip(missing, made, strict=True))
    return np.stack([known[key] for key in keys]).astype(np.float32)


def _known_vectors(home: Path, embedder: Embedder) -> dict[str, NDArray[np.float32]]:
    """Vectors of the generation in use, by the key of their text; none where it cannot be used."""
    try:
        manifest = read_manifest(home)
        folder = _current(home)
        if manifest.fingerprint != embedder.fingerprint:
            return {}
        _verify(folder, manifest)
        keys = json.loads((folder / "keys.json").read_bytes())
        return dict(zip(keys, _load_backend(manifest.backend, folder).vectors(), strict=True))
    except MissingError:
        return {}
    except DamagedError as exc:
        log.warning("%s", exc)
        return {}


def _switch(folder: Path, fresh: Path, manifest: Manifest) -> None:
    parts = (manifest.corpus, manifest.fingerprint, manifest.backend, *manifest.files.values())
    name = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    target = _free(folder, name, manifest)
    if not target.exists():
        fresh.rename(target)
    handle, temporary = tempfile.mkstemp(prefix=".current-", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(target.name)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, folder / "current")
    for old in folder.iterdir():
        if old.is_dir() and old != target:
            shutil.rmtree(old, ignore_errors=True)


def _free(folder: Path, name: str, manifest: Manifest) -> Path:
    """Where the generation goes: its name, numbered when a damaged one of that name is in use."""
    target, number = folder / name, 1
    while target.exists():
        try:
            _verify(target, manifest)
            return target
        except DamagedError:
            number += 1
            target = folder / f"{name}-{number}"
    return target


def _verify(folder: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or checksum(path.read_bytes()) != expected:
            raise DamagedError(f"索引文件损坏或缺失:{path},{_REBUILD}")


def _matching(embedder: Embedder, manifest: Manifest) -> Embedder:
    if embedder.fingerprint != manifest.fingerprint:
        raise DamagedError(f"索引是用模型 {manifest.model} 建的,与现在的模型不符,请重新建库:faju build")
    return embedder


def _make_backend(name: str, vectors: Vectors) -> Backend:
    if name == "exact":
        from index.backends.exact import ExactBackend

        return ExactBackend(vectors)
    from index.backends.faiss import FaissBackend

    return FaissBackend.build(vectors)


def _load_backend(name: str, folder: Path) -> Backend:
    path = folder / f"vectors.{name}"
    if name == "exact":
        from index.backends.exact import ExactBackend

        return ExactBackend.load(path)
    from index.backends.faiss import FaissBackend

    return FaissBackend.load(path)

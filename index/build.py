"""Building an index and opening it."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus import DamagedError, Document, InputError, MissingError
from corpus.store import checksum, load_documents, save_documents
from index.backends import BackendName, load_backend, make_backend
from index.embed import Embedder
from index.fields import dense_field, lexical_field
from index.generation import Manifest, current_folder, read_manifest, seal, switch, verify
from index.hybrid import Index
from index.late import TokenStore
from index.lexical import Lexical

__all__ = ["build_index", "open_index"]

Progress = Callable[[int, int], None]

_LIBRARIES = ("numpy", "faiss-cpu", "bm25s", "jieba", "onnxruntime", "tokenizers")
log = logging.getLogger(__name__)


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
        raise InputError(
            f"向量后端“{backend}”不存在，请用 {'、'.join(get_args(BackendName))} 之一。"
        )
    if not documents:
        raise InputError("没有可以入库的文档。")
    try:
        folder = home / "index"
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=0):
            return _replace(home, documents, embedder, backend, progress)
    except Timeout as exc:
        raise InputError("另一个建库正在进行，请等它完成后再试。") from exc
    except OSError as exc:
        raise InputError(
            f"写不了 {home}（{exc.strerror}），请检查权限和磁盘空间，或用 --home 换一个文件夹。"
        ) from exc


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
        switch(home / "index", fresh, manifest)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def open_index(home: Path, embedder: Callable[[Manifest], Embedder]) -> tuple[Index, Manifest]:
    """The index in use and its manifest, every file compared with its checksum.

    ``embedder`` is called with the manifest when a dense search first needs it. Raises MissingError
    when nothing was built, DamagedError naming the file that is not what was written.
    """
    manifest = read_manifest(home)
    folder = current_folder(home)
    verify(folder, manifest)
    index = Index(
        load_documents(folder),
        load_backend(manifest.backend, folder),
        TokenStore.load(folder),
        Lexical.load(folder / "lexical"),
        lambda: _matching(embedder(manifest), manifest),
    )
    return index, manifest


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
    texts = [dense_field(d, p)[0] for d, p in pairs]
    keys = [checksum(text.encode("utf-8", "replace"))[:24] for text in texts]
    vectors = _encoded(home, texts, keys, embedder, progress)
    (fresh / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    made = make_backend(backend, np.stack([vectors[key].vector for key in keys]))
    made.save(fresh / f"vectors.{backend}")
    spans = [vectors[key].spans for key in keys]
    TokenStore.build([vectors[key].tokens for key in keys], spans).save(fresh)
    (fresh / "lexical").mkdir()
    Lexical.build(lexical_field(d, p) for d, p in pairs).save(fresh / "lexical")
    return seal(
        fresh,
        {
            "corpus": corpus,
            "model": embedder.name,
            "fingerprint": embedder.fingerprint,
            "dimension": embedder.dimension,
            "backend": backend,
            "passages": len(pairs),
            "libraries": {name: version(name) for name in _LIBRARIES},
        },
    )


@dataclass(frozen=True, slots=True)
class _Vectors:
    """One text's vectors (``index.embed.Encoded``)."""

    vector: NDArray[np.float32]
    tokens: NDArray[np.int8]
    spans: NDArray[np.int32]


def _encoded(
    home: Path,
    texts: Sequence[str],
    keys: Sequence[str],
    embedder: Embedder,
    progress: Progress | None,
) -> dict[str, _Vectors]:
    """Vectors by the key of their text: those of the generation in use, and the missing ones."""
    known = _known(home, embedder)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    log.info("%d passages, %d to embed", len(keys), len(missing))
    made = embedder.encode(list(missing.values()), "passage", progress)
    known.update(zip(missing, map(_Vectors, made.vectors, made.tokens, made.spans), strict=True))
    return known


def _known(home: Path, embedder: Embedder) -> dict[str, _Vectors]:
    try:
        manifest = read_manifest(home)
        folder = current_folder(home)
        if manifest.fingerprint != embedder.fingerprint:
            return {}
        verify(folder, manifest)
        keys = json.loads((folder / "keys.json").read_bytes())
        vectors = load_backend(manifest.backend, folder).vectors()
        tokens = TokenStore.load(folder)
    except MissingError:
        return {}
    except DamagedError as exc:
        log.warning("%s", exc)
        return {}
    return {key: _Vectors(vectors[row], *tokens.passage(row)) for row, key in enumerate(keys)}


def _matching(embedder: Embedder, manifest: Manifest) -> Embedder:
    if embedder.fingerprint != manifest.fingerprint:
        raise DamagedError(
            f"索引是用模型 {manifest.model} 建的，与现在的模型不符，请重新建库：faju build"
        )
    return embedder

"""Building an index and opening it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import numpy as np
from filelock import FileLock, Timeout

from corpus import (
    DamagedError,
    Document,
    InputError,
    MissingError,
    load_documents,
    save_documents,
)
from index.backends import BackendName, Maker, MilvusServer, load_backend, maker
from index.doc2query import AskedVectors, asked_questions
from index.fields import dense_field, lexical_field
from index.filters import columns_of
from index.generation import (
    Manifest,
    current_folder,
    glance,
    in_use,
    kept,
    manifest_of,
    save_keys,
    seal,
    switch,
)
from index.hybrid import Index
from index.lexical import Lexical
from index.model import Embedder
from index.parts import TokenParts, cuts
from index.translation import Translation, bundled_table, lexicon_checksum
from index.vector_cache import Encoder, text_keys
from index.word_cache import worked_out

__all__ = ["build_index", "open_index"]

Progress = Callable[[int, int], None]

_LIBRARIES = ("numpy", "faiss-cpu", "scipy", "jieba", "onnxruntime", "tokenizers")


def build_index(
    home: Path,
    documents: Sequence[Document],
    embedder: Embedder,
    backend: BackendName = "faiss",
    progress: Progress | None = None,
    milvus: MilvusServer | None = None,
) -> Manifest:
    """Write the index of ``documents`` under ``home``; only new or changed texts are embedded.

    ``milvus`` is the server for the backend of that name. Raises InputError when there is nothing
    to index or the folder cannot be written, FajuError for a server that cannot be used.
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
            making = maker(backend, home, _current(home), milvus)
            return _replace(home, documents, embedder, making, progress)
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
    making: Maker,
    progress: Progress | None,
) -> Manifest:
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=home / "index"))
    try:
        manifest = _write(fresh, home, documents, embedder, making, progress)
        switch(home / "index", fresh, manifest)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    making.publish()
    return manifest


def _current(home: Path) -> Path | None:
    """The folder of the generation in use, if one can be used."""
    try:
        return current_folder(home)
    except (DamagedError, MissingError):
        return None


def open_index(home: Path, embedder: Callable[[Manifest], Embedder]) -> tuple[Index, Manifest]:
    """The index in use and its manifest, every file looked over (``index.generation``).

    ``embedder`` is called with the manifest when a dense search first needs it. Raises MissingError
    when nothing was built, DamagedError naming the file that is not what was written.
    """
    return in_use(home, lambda folder: _opened(folder, embedder))


def _opened(folder: Path, embedder: Callable[[Manifest], Embedder]) -> tuple[Index, Manifest]:
    manifest = manifest_of(folder)
    glance(folder, manifest)
    index = Index(
        load_documents(folder),
        load_backend(manifest.backend, folder),
        TokenParts.load(folder),
        AskedVectors.load(folder),
        Lexical.load(folder / "lexical"),
        Translation.load(folder),
        lambda: _matching(embedder(manifest), manifest),
    )
    return index, manifest


def _write(
    fresh: Path,
    home: Path,
    documents: Sequence[Document],
    embedder: Embedder,
    making: Maker,
    progress: Progress | None,
) -> Manifest:
    corpus = save_documents(fresh, documents)
    pairs = [(d, p) for d in documents for p in d.passages if p.kind == "text"]
    texts = [dense_field(d, p)[0] for d, p in pairs]
    asked = asked_questions(documents, pairs)
    before = kept(home)
    questions = [question for _, question in asked]
    encoder = Encoder(fresh, before, embedder, progress)
    vectors, of_asked = encoder.encode(texts, cuts(documents), questions)
    columns = columns_of(document for document, _ in pairs)
    making.make(vectors, columns).save(fresh / f"vectors.{making.name}")
    AskedVectors(of_asked, np.array([row for row, _ in asked], np.int64)).save(fresh)
    (fresh / "lexical").mkdir()
    words = [lexical_field(d, p) for d, p in pairs]
    lexical, translation = worked_out(before, text_keys(words), words, bundled_table())
    lexical.save(fresh / "lexical")
    translation.save(fresh)
    save_keys(fresh, {"asked": text_keys(questions), "words": text_keys(words)})
    return seal(
        fresh,
        {
            "corpus": corpus,
            "model": embedder.name,
            "fingerprint": embedder.fingerprint,
            "dimension": embedder.dimension,
            "backend": making.name,
            "lexicon": lexicon_checksum(),
            "passages": len(pairs),
            "libraries": {name: version(name) for name in _LIBRARIES},
        },
        encoder.linked,
    )


def _matching(embedder: Embedder, manifest: Manifest) -> Embedder:
    if embedder.fingerprint != manifest.fingerprint:
        raise DamagedError(
            f"索引是用模型 {manifest.model} 建的，与现在的模型不符，请重新建库：faju build"
        )
    return embedder

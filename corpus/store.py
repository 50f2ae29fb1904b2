"""Documents on disk: one JSON file each and a manifest with their checksums.

The same documents give byte-identical files. Nothing here is executed on loading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from corpus.errors import DamagedError, MissingError
from corpus.formats import Page
from corpus.records import Amended, Asked, Document, Furniture, Passage, Section

__all__ = ["checksum", "corpus_checksum", "load_documents", "save_documents"]

MANIFEST = "documents.json"
_NESTED = {
    "asked": Asked,
    "sections": Section,
    "furniture": Furniture,
    "pages": Page,
    "amended": Amended,
}
# Of libraries built before documents had their origin in them; then only the id told it.
_ORIGINS = {"law-": "law", "doc-": "own"}
# Left out where there is none: most documents have no such thing.
_LEFT_OUT = ("asked", "number", "pages", "amended")


def checksum(content: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def save_documents(folder: Path, documents: Iterable[Document]) -> str:
    """Write the documents into a new or empty folder; ``corpus_checksum`` of them comes back."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    files = _serialized(documents)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return checksum(files[MANIFEST])


def corpus_checksum(documents: Iterable[Document]) -> str:
    """One checksum for all the documents: it changes when anything in their records does."""
    return checksum(_serialized(documents)[MANIFEST])


def _serialized(documents: Iterable[Document]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    entries = []
    for document in documents:
        content = json.dumps(_plain(document), ensure_ascii=False).encode()
        name = f"documents/{checksum(document.id.encode())[:16]}.json"
        files[name] = content
        entries.append({"id": document.id, "file": name, "sha256": checksum(content)})
    files[MANIFEST] = json.dumps(entries, ensure_ascii=False, indent=1).encode()
    return files


def load_documents(folder: Path) -> list[Document]:
    """Read the documents back in the order they were saved.

    Raises MissingError when there is no library, DamagedError when a file is not what was saved.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise MissingError("还没有建库，请先运行：faju build")
    try:
        entries = json.loads(manifest.read_bytes())
        return [_load(folder / entry["file"], entry["sha256"]) for entry in entries]
    except (ValueError, KeyError, TypeError) as exc:
        raise DamagedError(f"文件损坏：{manifest}，请重新建库：faju build --force") from exc


def _load(path: Path, sha256: str) -> Document:
    content = path.read_bytes() if path.is_file() else b""
    if checksum(content) != sha256:
        raise DamagedError(f"文件损坏：{path}，请重新建库：faju build --force")
    return _document(json.loads(content))


def _plain(document: Document) -> dict[str, Any]:
    plain = {f.name: getattr(document, f.name) for f in fields(Document)}
    plain |= {name: [astuple(record) for record in plain[name]] for name in _NESTED}
    plain["passages"] = [
        (p.id, p.start, p.end, p.section, p.article, p.kind) for p in document.passages
    ]
    return {name: value for name, value in plain.items() if value or name not in _LEFT_OUT}


def _document(plain: dict[str, Any]) -> Document:
    for name, record in _NESTED.items():
        plain[name] = tuple(record(*values) for values in plain.get(name, ()))
    plain.setdefault("origin", _ORIGINS.get(plain["id"][:4], "bundled"))
    plain["aliases"] = tuple(plain["aliases"])
    plain["passages"] = tuple(
        Passage(id, plain["id"], start, end, section, article, kind)
        for id, start, end, section, article, kind in plain["passages"]
    )
    return Document(**plain)

"""Documents on disk: their heads in one file, with where each one stands in the file of the whole.

The same documents give byte-identical files. Nothing here is executed on loading, and of each
document only the head is read until its words are asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path
from typing import Any

from corpus.errors import DamagedError, MissingError
from corpus.formats import Page
from corpus.records import Amended, Asked, Document, Furniture, Passage, Section
from corpus.repeals import ended
from corpus.stored import HEAD, Bodies, stored_document

__all__ = ["checksum", "corpus_checksum", "load_documents", "save_documents"]

MANIFEST = "documents.json"
WHOLE = "documents.jsonl"
_NESTED = {
    "asked": Asked,
    "sections": Section,
    "furniture": Furniture,
    "pages": Page,
    "amended": Amended,
}
# Left out where there is none: most documents have no such thing.
_LEFT_OUT = ("asked", "number", "pages", "amended")


def checksum(content: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def save_documents(folder: Path, documents: Iterable[Document]) -> str:
    """Write the documents into a folder; ``corpus_checksum`` of them comes back."""
    entries = []
    with (folder / WHOLE).open("wb") as file:
        for entry, content in _serialized(documents):
            file.write(content)
            entries.append(entry)
    manifest = _manifest(entries)
    (folder / MANIFEST).write_bytes(manifest)
    return checksum(manifest)


def corpus_checksum(documents: Iterable[Document]) -> str:
    """One checksum for all the documents: it changes when anything in their records does."""
    return checksum(_manifest([entry for entry, _ in _serialized(documents)]))


def _serialized(documents: Iterable[Document]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Each document's entry in the manifest, and its line."""
    start = 0
    for document in documents:
        content = json.dumps(_plain(document), ensure_ascii=False).encode() + b"\n"
        entry = {
            "id": document.id,
            "at": [start, start + len(content)],
            "sha256": checksum(content),
            "head": {name: getattr(document, name) for name in HEAD},
            "counts": [document.text_count, document.character_count],
            "ended": [(title, place) for title, place in ended(document)],
        }
        start += len(content)
        yield entry, content


def _manifest(entries: list[dict[str, Any]]) -> bytes:
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[{lines}]\n".encode()


def load_documents(folder: Path) -> list[Document]:
    """The documents in the order they were saved; each is read when its words are asked for.

    Raises MissingError when there is no library, DamagedError when a file is not what was saved,
    also later, from whatever asks for the words of a document.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file():
        raise MissingError("还没有建库，请先运行：faju build")
    try:
        entries = json.loads(manifest.read_bytes())
        bodies = Bodies(folder / WHOLE, checksum, _document)
        return [_stored(entry, bodies) for entry in entries]
    except (ValueError, KeyError, TypeError) as exc:
        raise DamagedError(f"文件损坏：{manifest}，请重新建库：faju build --force") from exc


def _stored(entry: dict[str, Any], bodies: Bodies) -> Document:
    head = {**entry["head"], "aliases": tuple(entry["head"]["aliases"])}
    repealed = tuple((title, place) for title, place in entry["ended"])
    read = partial(bodies.read, *entry["at"], entry["sha256"])
    texts, characters = entry["counts"]
    return stored_document(head, (texts, characters), repealed, read)


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
    plain["aliases"] = tuple(plain["aliases"])
    plain["passages"] = tuple(
        Passage(id, plain["id"], start, end, section, article, kind)
        for id, start, end, section, article, kind in plain["passages"]
    )
    return Document(**plain)

"""The home's own documents: each file as it came, the text read from it, and one register.

    HOME/documents/register.json     what is held, in the order it was added, and its checksum;
                                     replaced in one step
    HOME/documents/<id>/             text.txt  marks.json (headings, pages)  original.<format>

A document is held when the register says so: its folder is written before, and taken away after.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import DamagedError, InputError
from corpus.formats import Extracted, HeadingMark, Page
from corpus.metadata import status_on
from corpus.names import own_aliases
from corpus.records import Document
from corpus.store import checksum
from corpus.structure import structure

__all__ = [
    "OwnDocument",
    "discard",
    "keep",
    "kept_files",
    "library_lock",
    "load_register",
    "own_document",
    "own_documents",
    "preview",
    "put_files",
    "text_checksum",
    "write_register",
]

FORMAT = 1
_REGISTER = "register.json"
_FRESH_REGISTER = ".register-"
_FRESH_FOLDER = ".new-"
_IDENTITY = re.compile("doc-[0-9a-f]{12}")
_KEPT = re.compile(r"text\.txt|marks\.json|original\.\w+")
_TUPLES = {"warnings", "attachments"}
_BY_DATE = {"现行有效", "尚未施行", "已失效"}


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """One entry of the register; unknown facts are "".

    ``file`` is the name that the file came under, a label and never a path; ``format`` what it is
    (docx, pdf …). ``sha256`` is of the file as it came, ``text_sha256`` of its characters without
    white space. ``ends`` is the last day on which it applies, if it says so. ``files`` are the
    checksums of what is kept. ``added`` is an ISO date, ``method`` text or ocr, ``address`` where
    it was fetched from, if it was; ``fetched`` then says more of it (``qa.library.fetch``).
    """

    id: str
    title: str
    kind: str
    status: str
    issuer: str
    number: str
    published: str
    effective: str
    file: str
    format: str
    sha256: str
    text_sha256: str
    added: str
    method: str
    address: str
    warnings: tuple[str, ...]
    attachments: tuple[str, ...]
    files: dict[str, str]
    fetched: dict[str, str] = field(default_factory=dict)
    ends: str = ""


def text_checksum(text: str) -> str:
    """Of the characters alone: the same words laid out otherwise are the same text."""
    return checksum("".join(text.split()).encode("utf-8", "replace"))


@contextmanager
def library_lock(home: Path) -> Iterator[None]:
    """Alone with the register and the index of a home; InputError when somebody else is.

    What cannot be written meanwhile is said in a sentence.
    """
    lock = FileLock(home / ".library.lock", timeout=0)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as exc:
        raise InputError("另一个建库或入库正在进行，请等它完成后再试。") from exc
    except OSError as exc:
        raise InputError(
            f"写不了 {home}（{exc.strerror}），请检查权限和磁盘空间，或用 --home 换一个文件夹。"
        ) from exc
    try:
        yield
    except OSError as exc:
        raise InputError(
            f"写不了 {exc.filename or home}（{exc.strerror}），请检查权限和磁盘空间。"
        ) from exc
    finally:
        lock.release()


def load_register(home: Path) -> tuple[OwnDocument, ...]:
    """The home's own documents in the order they were added; none where there is no register."""
    path = _folder(home) / _REGISTER
    try:
        stored = json.loads(path.read_bytes())
        if stored["format"] == FORMAT:
            return tuple(own_document(entry) for entry in _whole(stored))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise DamagedError(
            f"文档登记簿 {path} 损坏，请用 faju restore 从备份恢复；"
            f"没有备份就把 {path.parent} 整个移到别处，再用其中各文件夹里的 original 文件重新入库。"
        ) from exc
    raise DamagedError(f"文档登记簿 {path} 是另一版本的法据写的，请用那一版打开。")


def _whole(stored: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries as they were written; ValueError when they are not."""
    entries: list[dict[str, Any]] = stored["documents"]
    # Registers written before 2026-11-28 have no checksum.
    if stored.keys() not in ({"format", "documents"}, {"format", "documents", "sha256"}):
        raise ValueError(sorted(stored))
    if stored.get("sha256", _sum(entries)) != _sum(entries):
        raise ValueError(stored["sha256"])
    return entries


def _sum(entries: Sequence[dict[str, Any]]) -> str:
    return checksum(json.dumps(entries, ensure_ascii=False).encode("utf-8", "replace"))


def write_register(home: Path, documents: Sequence[OwnDocument]) -> None:
    """Replace the register in one step; InputError where it cannot be written."""
    folder = _folder(home)
    entries = json.loads(json.dumps([asdict(document) for document in documents]))
    stored = {"format": FORMAT, "sha256": _sum(entries), "documents": entries}
    content = json.dumps(stored, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    with _writing(folder):
        fresh, name = tempfile.mkstemp(dir=folder, prefix=_FRESH_REGISTER)
        try:
            with os.fdopen(fresh, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, folder / _REGISTER)
        finally:
            Path(name).unlink(missing_ok=True)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """What cannot be written is said in a sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as exc:
        raise InputError(f"写不了 {folder}（{exc.strerror}），请检查权限和磁盘空间。") from exc


def keep(home: Path, identity: str, extracted: Extracted, original: bytes) -> dict[str, str]:
    """Write a document's folder; the checksums of its files come back.

    InputError where it cannot be written.
    """
    marks = {
        "headings": [astuple(mark) for mark in extracted.headings],
        "pages": [astuple(page) for page in extracted.pages],
    }
    files = {
        "text.txt": extracted.text.encode("utf-8"),
        "marks.json": json.dumps(marks, ensure_ascii=False).encode(),
        f"original.{extracted.kind}": original,
    }
    put_files(home, identity, files)
    return {name: checksum(content) for name, content in files.items()}


def put_files(home: Path, identity: str, files: Mapping[str, bytes]) -> None:
    """Write a document's folder whole, in one step; InputError where it cannot be written."""
    folder = _folder(home)
    with _writing(folder):
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH_FOLDER, dir=folder))
        try:
            for name, content in files.items():
                (fresh / name).write_bytes(content)
            shutil.rmtree(folder / identity, ignore_errors=True)
            fresh.rename(folder / identity)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def kept_files(home: Path, own: OwnDocument) -> dict[str, bytes]:
    """What is kept of a document, by name; DamagedError where a file is not what it was."""
    return {name: _read(home, own, name) for name in own.files}


def discard(home: Path, written: Collection[str] = ()) -> None:
    """Take away the folders of documents that the register does not name, and left-overs.

    Where there is no register only the folders of ``written`` ids are: what else is there may be
    all that is left of a library. What is not ours is let be.
    """
    folder = _folder(home)
    named = {document.id for document in load_register(home)}
    kept = (folder / _REGISTER).is_file()
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        if each.is_file() and each.name.startswith(_FRESH_REGISTER):
            each.unlink(missing_ok=True)
        elif each.is_dir() and each.name.startswith(_FRESH_FOLDER):
            shutil.rmtree(each, ignore_errors=True)
        elif each.name not in named and (kept or each.name in written) and _ours(each):
            shutil.rmtree(each, ignore_errors=True)


def _ours(folder: Path) -> bool:
    """Whether it is a document's folder as ``keep`` writes it, with nothing else in it."""
    if not folder.is_dir() or not _IDENTITY.fullmatch(folder.name):
        return False
    return all(each.is_file() and _KEPT.fullmatch(each.name) for each in folder.iterdir())


def own_documents(home: Path, today: date) -> list[Document]:
    """The home's own documents with their structure, and their status as of ``today``."""
    return [_document(home, own, today.isoformat()) for own in load_register(home)]


def preview(title: str, extracted: Extracted) -> Document:
    """The structure that a text will have in the library."""
    return structure(Document("", title, "", "", extracted.text), marks=extracted.headings)


def _document(home: Path, own: OwnDocument, today: str) -> Document:
    text = _read(home, own, "text.txt").decode("utf-8")
    marks = json.loads(_read(home, own, "marks.json"))
    status = own.status
    if status in _BY_DATE:
        status = status_on(today, own.effective, own.ends) or status
    frame = Document(
        id=own.id,
        title=own.title,
        kind=own.kind,
        status=status,
        text=text,
        issuer=own.issuer,
        published=own.published,
        effective=own.effective,
        aliases=own_aliases(own.title),
        source=own.address or own.file,
        number=own.number,
        pages=tuple(Page(*page) for page in marks["pages"]),
    )
    return structure(frame, marks=[HeadingMark(*mark) for mark in marks["headings"]])


def _read(home: Path, own: OwnDocument, name: str) -> bytes:
    path = _folder(home) / own.id / name
    content = path.read_bytes() if path.is_file() else b""
    if checksum(content) != own.files.get(name):
        raise DamagedError(
            f"《{own.title}》的文件 {path} 损坏或缺失，"
            f"请用 faju documents remove {own.id} 移出后重新入库。"
        )
    return content


def own_document(stored: dict[str, Any]) -> OwnDocument:
    """An entry as it was written; ValueError where it is none."""
    names = {each.name for each in fields(OwnDocument)}
    stored = {"fetched": {}, "ends": ""} | stored
    if set(stored) != names or not str(stored["id"]).startswith("doc-"):
        raise ValueError(stored)
    stored |= {name: tuple(stored[name]) for name in _TUPLES}
    return OwnDocument(**stored)


def _folder(home: Path) -> Path:
    return home / "documents"

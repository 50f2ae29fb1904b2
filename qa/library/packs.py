"""Documents of one's own in one file, to be carried to a machine without network, and out of it.

The file is a zip: ``documents/<id>/`` holds what the home keeps of each (the file as it came, the
text that was read, headings and pages); ``pack.json`` is their register, with where each is from,
its status and the checksum of every file; ``questions.jsonl`` are the questions that people
confirmed to be answered by them. Nothing else in a zip is looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from corpus import (
    DamagedError,
    InputError,
    OwnDocument,
    checksum,
    kept_files,
    own_document,
    text_checksum,
)
from qa.library.questions import Confirmed, as_lines, confirmed_in
from qa.library.zips import BROKEN, new_zip

__all__ = ["Packed", "packed", "packed_questions", "write_pack"]

FORMAT = 1
_REGISTER = "pack.json"
_QUESTIONS = "questions.jsonl"
_ID = re.compile(r"doc-[0-9a-f]{12}")
_FILE = re.compile(r"text\.txt|marks\.json|original\.[a-z]{2,4}")
_MOST_DOCUMENTS = 10_000
_LARGEST = 300 * 2**20

Packed = tuple[OwnDocument, dict[str, bytes]]
"""A document's entry, and what is kept of it by name."""


def write_pack(
    home: Path,
    documents: Sequence[OwnDocument],
    target: Path,
    questions: Sequence[Confirmed] = (),
) -> int:
    """Write the documents and confirmed questions into ``target``; return its size in bytes.

    InputError where there are none or the file cannot be written, DamagedError where one of them
    is not what it was when it was taken in.
    """
    if not documents:
        raise InputError("没有自己入库的文档可以导出，请先用 faju documents add 或 fetch 入库。")
    asked = as_lines(questions).encode()
    said = {
        "format": FORMAT,
        "made": datetime.now().isoformat(timespec="seconds"),
        "faju": version("faju"),
        "documents": [asdict(own) for own in documents],
        "questions": checksum(asked),
    }
    with new_zip(target) as pack:
        pack.writestr(_REGISTER, json.dumps(said, ensure_ascii=False, indent=1))
        pack.writestr(_QUESTIONS, asked)
        for own in documents:
            for name, content in kept_files(home, own).items():
                pack.writestr(f"documents/{own.id}/{name}", content)
    return target.stat().st_size


def packed(source: Path) -> Iterator[Packed]:
    """Each document of a pack, its files compared with their checksums.

    InputError for a file that cannot be opened; DamagedError for one that is not whole or no pack.
    """
    if not source.is_file():
        raise InputError(f"没有文件 {source}，请检查路径。")
    try:
        with ZipFile(source) as pack:
            for own in _register(pack, source):
                yield own, {name: _file(pack, own, name, source) for name in own.files}
    except (*BROKEN, OSError) as exc:
        raise DamagedError(f"{source} 不是完整的文档包，请换一份。") from exc


def packed_questions(source: Path) -> list[Confirmed]:
    """The confirmed questions of a pack; DamagedError where they are not what was written."""
    try:
        with ZipFile(source) as pack:
            wanted = json.loads(_bounded(pack, _REGISTER)).get("questions")
            if wanted is None:
                return []  # Written before packs had any.
            content = _bounded(pack, _QUESTIONS)
            if checksum(content) != wanted:
                raise ValueError(_QUESTIONS)
            return confirmed_in(content.decode("utf-8"))
    except (*BROKEN, OSError, KeyError, ValueError, TypeError) as exc:
        raise DamagedError(f"{source} 里确认过的问题缺失或已损坏，没有导入。") from exc


def _register(pack: ZipFile, source: Path) -> list[OwnDocument]:
    try:
        said = json.loads(_bounded(pack, _REGISTER))
        documents = [_sound(entry) for entry in said["documents"][:_MOST_DOCUMENTS]]
        form = said["format"]
    except (KeyError, ValueError, TypeError) as exc:
        raise DamagedError(f"{source} 不是法据的文档包，没有导入。") from exc
    if form != FORMAT:
        raise DamagedError(f"{source} 是另一版本的法据导出的，请用那个版本导入。")
    return documents


def _sound(entry: dict[str, Any]) -> OwnDocument:
    """One entry; ValueError where its id or the name of a file could lead elsewhere."""
    own = own_document(entry)
    words = [value for name, value in entry.items() if name not in {"warnings", "attachments"}]
    plain = all(isinstance(word, str | dict) for word in words)
    if not plain or not _ID.fullmatch(own.id) or not all(map(_FILE.fullmatch, own.files)):
        raise ValueError(own.id)
    if not {"text.txt", "marks.json"} <= own.files.keys():
        raise ValueError(own.id)
    return own


def _bounded(pack: ZipFile, name: str) -> bytes:
    if pack.getinfo(name).file_size > _LARGEST:
        raise ValueError(name)
    with pack.open(name) as entry:
        return entry.read(_LARGEST)


def _file(pack: ZipFile, own: OwnDocument, name: str, source: Path) -> bytes:
    try:
        content = _bounded(pack, f"documents/{own.id}/{name}")
    except (KeyError, ValueError):
        content = b""
    text = name != "text.txt" or text_checksum(content.decode("utf-8", "replace"))
    if checksum(content) != own.files[name] or (text is not True and text != own.text_sha256):
        raise DamagedError(f"{source} 里《{own.title[:80]}》的 {name} 缺失或已损坏，没有导入。")
    return content

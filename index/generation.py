"""A generation: one complete index on disk, never changed after it was written.

    HOME/index/current             the name of the generation in use
    HOME/index/<generation>/       manifest.json  documents.json  documents.jsonl  keys.json
                                   vectors.<backend>  parts/  asked*.npy  lexical/

A part of the encodings that did not change is linked from the generation before.

The manifest holds the checksum of every file, compared by ``faju doctor`` and before vectors are
taken over into a new generation. Opening one compares the size and a sample of each file: a file
that is gone, cut short or put in by another generation is found, and a byte changed in a large one
is found by the doctor. A new generation is written beside the old and switched to in one step:
killed at any moment, the old one serves.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from corpus import DamagedError, MissingError
from index.checksums import file_checksum, file_sample

__all__ = [
    "Kept",
    "Manifest",
    "complete_samples",
    "current_folder",
    "damaged_index_files",
    "document_ids",
    "faults",
    "glance",
    "in_use",
    "kept",
    "manifest_of",
    "read_manifest",
    "sampled",
    "save_keys",
    "seal",
    "switch",
    "verify",
]

Read = TypeVar("Read")

log = logging.getLogger(__name__)

FORMAT = 5
_TAKEN_OVER = (3, 4, FORMAT)
"""Formats whose encodings a build takes over; before 5 short passages were encoded alone."""
_KEYS = "keys.json"
_POINTING = ".current-"
_REBUILD = "请重新建库：faju build --force"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of and with.

    ``files`` maps each file to its checksum, ``samples`` to that of its size and a sample of it.
    """

    format: int
    corpus: str
    model: str
    fingerprint: str
    dimension: int
    backend: str
    lexicon: str
    passages: int
    libraries: dict[str, str]
    files: dict[str, str]
    samples: dict[str, str] = field(default_factory=dict)


def in_use(home: Path, read: Callable[[Path], Read]) -> Read:
    """What ``read`` makes of the folder in use; again when it was switched from in the meantime."""
    while True:
        pointed = _pointed(home)
        try:
            return read(_folder(home, pointed))
        except (DamagedError, MissingError, FileNotFoundError):
            if pointed == _pointed(home):
                raise


def read_manifest(home: Path) -> Manifest:
    """The manifest of the generation in use."""
    return in_use(home, manifest_of)


def manifest_of(folder: Path, formats: Container[int] = (FORMAT,)) -> Manifest:
    """The manifest of a generation of one of these formats."""
    path = folder / "manifest.json"
    try:
        manifest = Manifest(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as exc:
        raise DamagedError(f"索引清单损坏：{path}，{_REBUILD}") from exc
    if manifest.format not in formats:
        raise DamagedError(f"索引是另一版本的法据建的（格式 {manifest.format}），{_REBUILD}")
    return manifest


def current_folder(home: Path) -> Path:
    """The folder of the generation in use; MissingError when there is none."""
    return in_use(home, lambda folder: folder)


class Kept(NamedTuple):
    """A generation of which every byte is as it was written.

    ``keys`` tell which texts it is of (``save_keys``).
    """

    folder: Path
    manifest: Manifest
    keys: dict[str, list[str]]


def kept(home: Path) -> Kept | None:
    """The generation in use, to take over from; None where there is none, or a damaged one."""
    try:
        folder = current_folder(home)
        manifest = manifest_of(folder, _TAKEN_OVER)
        verify(folder, manifest)
        return Kept(folder, manifest, json.loads((folder / _KEYS).read_bytes()))
    except MissingError:
        return None
    except DamagedError as exc:
        log.warning("%s", exc)
        return None


def save_keys(folder: Path, keys: dict[str, list[str]]) -> None:
    """Write what tells the next build which text each vector, and each row of words, is of."""
    (folder / _KEYS).write_text(json.dumps(keys), encoding="utf-8")


def _pointed(home: Path) -> str:
    pointer = home / "index" / "current"
    try:
        return pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError as exc:
        raise MissingError("还没有建库，请先运行：faju build") from exc
    except (OSError, ValueError) as exc:
        raise DamagedError(f"读不了 {pointer}，{_REBUILD}") from exc


def _folder(home: Path, name: str) -> Path:
    folder = home / "index" / name
    if folder.parent != home / "index" or not folder.is_dir():
        raise DamagedError(f"索引文件夹不见了：{folder}，{_REBUILD}")
    return folder


def document_ids(home: Path) -> frozenset[str]:
    """The ids of the documents in the generation in use; none where nothing was built."""
    try:
        return in_use(home, _ids)
    except MissingError:
        return frozenset()


def _ids(folder: Path) -> frozenset[str]:
    try:
        entries = json.loads((folder / "documents.json").read_bytes())
        return frozenset(str(entry["id"]) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise DamagedError(f"索引清单损坏：{folder.parent}，{_REBUILD}") from exc


def seal(
    folder: Path, facts: dict[str, object], linked: Mapping[str, str] | None = None
) -> Manifest:
    """Write the manifest of a finished folder: the facts, and the checksum of every file.

    Those of the ``linked`` files, which another generation has too, are known.
    """
    files = dict(linked or {})
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in files:
            files[name] = file_checksum(path)
    files = dict(sorted(files.items()))
    return sampled(folder, Manifest(format=FORMAT, files=files, **facts))  # type: ignore[arg-type]


def sampled(folder: Path, manifest: Manifest) -> Manifest:
    """Write the manifest with a sample of every file."""
    manifest = replace(
        manifest, samples={name: file_sample(folder / name) for name in manifest.files}
    )
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    handle, temporary = tempfile.mkstemp(prefix=".manifest-", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
    os.replace(temporary, folder / "manifest.json")
    return manifest


def switch(folder: Path, fresh: Path, manifest: Manifest) -> None:
    """Make a sealed folder the generation in use, and remove the others."""
    parts = (manifest.corpus, manifest.fingerprint, manifest.backend, *manifest.files.values())
    name = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    target = _free(folder, name, manifest)
    if not target.exists():
        fresh.rename(target)
    handle, temporary = tempfile.mkstemp(prefix=_POINTING, dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(target.name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / "current")
    finally:
        Path(temporary).unlink(missing_ok=True)
    _sweep(folder, target)


def _sweep(folder: Path, target: Path) -> None:
    """Remove the other generations, and what runs that were killed left behind."""
    for old in folder.iterdir():
        if old.is_dir() and old != target:
            shutil.rmtree(old, ignore_errors=True)
        elif old.name.startswith(_POINTING):
            old.unlink(missing_ok=True)


def _free(folder: Path, name: str, manifest: Manifest) -> Path:
    """Where the generation goes: its name, numbered when a damaged one of that name is in use."""
    target, number = folder / name, 1
    while target.exists():
        try:
            verify(target, manifest)
            return target
        except DamagedError:
            number += 1
            target = folder / f"{name}-{number}"
    return target


def verify(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its checksum; DamagedError names the first that differs."""
    for path in faults(folder, manifest):
        raise DamagedError(f"索引文件损坏或缺失：{path}，{_REBUILD}")


def faults(folder: Path, manifest: Manifest) -> Iterator[Path]:
    """Every file that is gone or not what was written."""
    for name, expected in manifest.files.items():
        path = folder / name
        if not path.is_file() or file_checksum(path) != expected:
            yield path


def damaged_index_files(home: Path) -> list[Path]:
    """Every file of the generation in use that is gone or not what was written."""
    return list(faults(current_folder(home), read_manifest(home)))


def complete_samples(home: Path) -> bool:
    """Give a sound generation that was written without samples its samples; whether it was."""
    manifest = read_manifest(home)
    if manifest.samples:
        return False
    sampled(current_folder(home), manifest)
    return True


def glance(folder: Path, manifest: Manifest) -> None:
    """Compare the size and a sample of every file; DamagedError names the first that differs.

    A generation that was written without samples is compared whole.
    """
    if not manifest.samples:
        verify(folder, manifest)
    for name, expected in manifest.samples.items():
        path = folder / name
        if not path.is_file() or file_sample(path) != expected:
            raise DamagedError(f"索引文件损坏或缺失：{path}，{_REBUILD}")

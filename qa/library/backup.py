"""A home in one file, and back: nothing half, nothing unchecked.

The file is a zip of all that the home needs to serve again: documents as they came, the index in
use, models, accounts, settings. ``backup.json``, its last entry, holds the checksum of every other.
A server goes on answering while it is written; who would change the library waits.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZipFile

from corpus import DamagedError, InputError, library_lock
from index import current_folder
from qa.library.zips import BROKEN, new_zip

__all__ = ["back_up", "restore"]

FORMAT = 1
_MANIFEST = "backup.json"
_PIECE = 1 << 20
_DATABASE = ".sqlite"


def back_up(home: Path, target: Path) -> int:
    """Write the home into ``target``; return its size in bytes.

    InputError where there is nothing to keep, the file is there already or cannot be written, or
    somebody is changing the library.
    """
    if not (home / "index").is_dir():
        raise InputError(f"{home} 里还没有文库，没有可备份的。")
    with library_lock(home), new_zip(target, level=1) as packed:
        sums = {path: _put(packed, home / path, path) for path in _kept(home)}
        said = {
            "format": FORMAT,
            "made": datetime.now().isoformat(timespec="seconds"),
            "faju": version("faju"),
            "files": sums,
        }
        packed.writestr(_MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))
    return target.stat().st_size


def restore(home: Path, source: Path) -> Path | None:
    """Put back what ``back_up`` wrote, every checksum compared before anything is touched.

    What was in the home is moved aside, to the folder that is returned. DamagedError for a file
    that is not whole or not one of these; InputError where it cannot be read or there is no room.
    """
    try:
        with (
            ZipFile(source) as packed,
            tempfile.TemporaryDirectory(prefix=".restore-", dir=_parent(home)) as work,
        ):
            fresh = Path(work) / "home"
            _unpack(packed, fresh, source)
            return _put_in_place(home, fresh)
    except BROKEN as exc:
        raise DamagedError(f"{source} 不是完整的备份文件，请换一份备份。") from exc
    except OSError as exc:
        raise InputError(
            f"恢复不了：{exc.filename or source}（{exc.strerror}），请检查路径、权限和磁盘空间。"
        ) from exc


def _kept(home: Path) -> Iterator[str]:
    """The files of a home that matter, from the home: no locks, left-overs, older generations."""
    index = home / "index"
    current = current_folder(home)
    for path in sorted(home.rglob("*")):
        parts = path.relative_to(home).parts
        old = path.is_relative_to(index) and path.parent != index
        if not path.is_file() or any(part.startswith(".") for part in parts):
            continue
        if not old or path.is_relative_to(current):
            yield path.relative_to(home).as_posix()


def _put(packed: ZipFile, path: Path, name: str) -> str:
    """One file into the zip, a database as it stands between two changes; its checksum."""
    if path.suffix != _DATABASE:
        with path.open("rb") as file, packed.open(name, "w", force_zip64=True) as entry:
            return _copied(file, entry)
    with tempfile.TemporaryDirectory() as work:
        still = Path(work) / path.name
        with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(still)) as copy:
            live.backup(copy)
        with still.open("rb") as file, packed.open(name, "w", force_zip64=True) as entry:
            return _copied(file, entry)


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


def _unpack(packed: ZipFile, folder: Path, source: Path) -> None:
    """Every file that the manifest names into a new folder, and nothing else."""
    try:
        said = json.loads(packed.read(_MANIFEST))
        sums, form = dict(said["files"]), said["format"]
    except (KeyError, ValueError, TypeError) as exc:
        raise DamagedError(f"{source} 不是法据的备份文件。") from exc
    if form != FORMAT:
        raise DamagedError(f"{source} 是另一版本的法据备份的，请用那个版本恢复。")
    needed = sum(info.file_size for info in packed.infolist())
    if needed > shutil.disk_usage(folder.parent).free:
        raise InputError(f"磁盘空间不够：恢复要 {needed / 1e6:.0f} MB，请腾出空间再试。")
    for name, expected in sums.items():
        if not _inside(name):
            raise DamagedError(f"{source} 里有不该有的路径“{name[:80]}”，没有恢复。")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with packed.open(name) as entry, path.open("wb") as file:
                found = _copied(entry, file)
        except KeyError:
            found = ""
        if found != expected:
            raise DamagedError(f"{source} 里的 {name} 缺失或已损坏，请换一份备份；原来的没有动。")
        if path.suffix == _DATABASE:
            path.chmod(0o600)


def _inside(name: str) -> bool:
    """Whether a path stays in the folder it is unpacked into."""
    path = PurePosixPath(name)
    return (
        not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    )


def _put_in_place(home: Path, fresh: Path) -> Path | None:
    if not home.exists() or not any(home.iterdir()):
        if home.exists():
            home.rmdir()
        os.replace(fresh, home)
        return None
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    aside = home.with_name(f"{home.name}.{stamp}")
    with library_lock(home):
        os.replace(home, aside)
        os.replace(fresh, home)
    return aside


def _parent(home: Path) -> Path:
    home.parent.mkdir(parents=True, exist_ok=True)
    return home.parent

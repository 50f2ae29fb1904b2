"""Records kept on disk as they come, so that broken-off work goes on where it stopped."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Generic, TypeVar

from corpus import InputError

__all__ = ["Journal", "journal_path", "write_whole"]

_FRESH = ".tmp"
_ABANDONED = 600
"""Seconds after which a file that is being written is one that nobody writes any more."""
_BEGINNING = b'{"stamp": "'

Kept = TypeVar("Kept", bound=Mapping[str, object])


class Journal(Generic[Kept]):
    """A file beside ``target``: a line that says what work it is of, then a record a line.

    Opened again with the same ``stamp`` it gives back the ``records`` of the run before; a torn
    last line, and a journal of other work, is dropped. Raises InputError where it cannot be
    written, or would take the place of a file that is none.
    """

    def __init__(self, target: Path, stamp: str) -> None:
        self.path = journal_path(target)
        self.records: list[Kept] = []
        kept = self._read(stamp)
        try:
            self._file = self.path.open("r+b" if kept else "wb")
            self._file.truncate(kept)
            self._file.seek(kept)
            if not kept:
                self._write({"stamp": stamp})
        except OSError as exc:
            raise InputError(f"写不了 {self.path}（{exc.strerror}），请换一个位置。") from exc

    def add(self, record: Kept) -> None:
        """Keep one more record; it is on its way to the disk when this returns.

        InputError where it cannot be written; what was kept before stays.
        """
        try:
            self._write(record)
        except OSError as exc:
            with suppress(OSError):  # What cannot be written would be tried again.
                self._file.close()
            raise InputError(
                f"写不了 {self.path}（{exc.strerror}），请检查磁盘空间；"
                "腾出空间后再运行同一条命令，就从这里接着做。"
            ) from exc
        self.records.append(record)

    def close(self) -> None:
        """Leave the file for another run."""
        self._file.close()

    def remove(self) -> None:
        """The work is done: nothing is left to go on with."""
        self._file.close()
        self.path.unlink()

    def _write(self, record: Mapping[str, object]) -> None:
        self._file.write(json.dumps(record).encode() + b"\n")
        self._file.flush()

    def _read(self, stamp: str) -> int:
        """Take up the records of an earlier run; how many bytes of the file are sound."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return 0
        if content[: len(_BEGINNING)] != _BEGINNING[: len(content)]:
            raise InputError(f"{self.path} 是别的文件，请把它移走，或给结果另起一个名字。")
        sound = 0
        for line in content.splitlines(keepends=True):
            try:
                record = json.loads(line)
            except ValueError:
                break
            if not line.endswith(b"\n") or (not sound and record != {"stamp": stamp}):
                break
            if sound:
                self.records.append(record)
            sound += len(line)
        return sound


def journal_path(target: Path) -> Path:
    """Where the journal of the work on a result lies."""
    return target.with_name(f"{target.name}.part.jsonl")


def write_whole(target: Path, content: bytes) -> None:
    """Write a file in one step: whole, or as it was before. InputError where that cannot be.

    A file that is there keeps its permissions, a link to it stays a link.
    """
    target = target.resolve()
    fresh = target.with_name(f".{target.name}.{token_hex(4)}{_FRESH}")
    try:
        _sweep(target)
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, fresh)
        os.replace(fresh, target)
    except OSError as exc:
        raise InputError(
            f"写不了 {target}（{exc.strerror}），请关闭正在打开它的程序，或换一个位置。"
        ) from exc
    finally:
        fresh.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Take away what a killed run left of the same file."""
    named = re.compile(rf"\.{re.escape(target.name)}\.\w+{re.escape(_FRESH)}")
    for each in target.parent.iterdir():
        if named.fullmatch(each.name) and time.time() - each.stat().st_mtime > _ABANDONED:
            each.unlink(missing_ok=True)

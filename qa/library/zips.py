"""Zip files that are whole or not there, and what shows that one is not."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from corpus import InputError

__all__ = ["BROKEN", "new_zip"]

BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile makes of a flipped byte: in the data, the length, the method, a flag."""


@contextmanager
def new_zip(target: Path, level: int | None = None) -> Iterator[ZipFile]:
    """A zip that takes its name when it is whole; after any failure nothing is left.

    InputError where there is such a file already or it cannot be written.
    """
    if target.exists():
        raise InputError(f"已经有文件 {target}；请换一个名称，或先移走它。")
    draft = target.with_name(f".{target.name}.part")
    try:
        with ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=level) as packed:
            yield packed
        os.replace(draft, target)
    except OSError as exc:
        raise InputError(
            f"写不了 {exc.filename or target}（{exc.strerror}），请检查路径、权限和磁盘空间。"
        ) from exc
    finally:
        draft.unlink(missing_ok=True)

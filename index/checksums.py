"""What tells whether a file is what was written: all of it, or its size and a sample of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["file_checksum", "file_sample"]

_SAMPLE = 64 * 1024
"""Bytes read at the beginning, the middle and the end of a file."""


def file_checksum(path: Path) -> str:
    """SHA-256 of a file, which is read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_sample(path: Path) -> str:
    """A checksum of a file's size and of three places in it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        read = hashlib.sha256(str(size).encode())
        for start in sorted({0, max(0, (size - _SAMPLE) // 2), max(0, size - _SAMPLE)}):
            file.seek(start)
            read.update(file.read(_SAMPLE))
    return read.hexdigest()[:16]

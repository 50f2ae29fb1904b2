"""To come."""

from __future__ import annotations

from corpus.errors import InputError
from corpus.formats.extracted import Extracted

__all__ = ["read_docx"]


def read_docx(content: bytes, name: str) -> Extracted:
    """To come."""
    raise InputError(f"{name} 这种格式还读不了。")

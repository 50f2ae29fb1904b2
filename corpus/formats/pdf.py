"""To come."""

from __future__ import annotations

from corpus.errors import InputError
from corpus.formats.extracted import Extracted

__all__ = ["read_pdf"]


def read_pdf(content: bytes, name: str, *, ocr: bool, progress: object) -> Extracted:
    """To come."""
    raise InputError(f"{name} 这种格式还读不了。")

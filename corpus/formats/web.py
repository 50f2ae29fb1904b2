"""To come."""

from __future__ import annotations

from corpus.errors import InputError
from corpus.formats.extracted import Extracted

__all__ = ["decode_page", "read_page"]


def read_page(content: bytes, name: str) -> Extracted:
    """To come."""
    raise InputError(f"{name} 这种格式还读不了。")


def decode_page(content: bytes) -> str:
    """To come."""
    return content.decode("utf-8", "replace")

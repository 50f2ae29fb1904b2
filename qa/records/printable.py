"""What a file may hold of a text that may hold anything."""

from __future__ import annotations

import re

__all__ = ["printable"]

_BARRED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """``text`` without the characters that XML and Unicode files cannot hold."""
    return _BARRED.sub("", text.replace("\r\n", "\n"))

"""One normal form for matching: what differs only in width, script or white space is the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

__all__ = ["normal", "simplified"]

_SPACE = re.compile(r"\s+")
_CHINESE = "\u3400-\u9fff，。；：、"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")


def normal(text: str) -> str:
    """NFKC, lower case, control characters out, no spaces between Chinese characters."""
    wide = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in wide)
    return _SPACE.sub(" ", _BETWEEN_CHINESE.sub("", kept)).strip()


def simplified(text: str) -> str:
    """Traditional characters turned into simplified ones; other text comes back as it is."""
    if text.isascii():
        return text
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")

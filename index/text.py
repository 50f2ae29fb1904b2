"""One normal form for matching: what differs only in width, script or white space is the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

__all__ = ["normal", "simplified"]

_SPACE = re.compile(r"\s+")
_CHINESE = "\u3400-\u9fff，。；：、"
# What opencc stops at (NUL) or cannot take (half of a character).
_BARRED = re.compile("([\0\ud800-\udfff]+)")
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")


def normal(text: str) -> str:
    """NFKC, lower case, control characters out, no spaces between Chinese characters."""
    wide = unicodedata.normalize("NFKC", text).lower()
    if not wide.isprintable():
        wide = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in wide)
    return _SPACE.sub(" ", _BETWEEN_CHINESE.sub("", wide)).strip()


def simplified(text: str) -> str:
    """Traditional characters turned into simplified ones, each into one: offsets stay true."""
    if text.isascii():
        return text
    pieces = _BARRED.split(text)
    pieces[::2] = map(_converter().convert, pieces[::2])
    return "".join(pieces)


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")

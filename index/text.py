"""One normal form for matching: what differs only in width, script or white space is the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

__all__ = ["folded", "folded_span", "normal", "simplified"]

_SPACE = re.compile(r"\s+")
_CHINESE = "\u3400-\u9fff，。；：、"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")
_QUOTES = str.maketrans("“”„‟「」『』‘’＂", '"' * 11)


def normal(text: str) -> str:
    """NFKC, lower case, control characters out, no spaces between Chinese characters."""
    folded_text = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(
        c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in folded_text
    )
    return _SPACE.sub(" ", _BETWEEN_CHINESE.sub("", kept)).strip()


def folded(text: str) -> str:
    """The words alone: NFKC, lower case, one kind of quotation mark, no white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text.translate(_QUOTES)).lower())


def folded_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of ``text`` that ``folded(text)[start:end]`` comes from."""
    at = 0
    first = last = 0
    for position, character in enumerate(text):
        width = len(folded(character))
        if at <= start < at + width:
            first = position
        at += width
        if width and at >= end:
            last = position + 1
            break
    return first, last


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

"""Two normal forms of a text, each with a map back to the source, character by character.

``strict`` takes away what is not wording: width (the ``<wide>`` and ``<narrow>`` pairs of Unicode
and nothing else of NFKC, so that ①, ½ and 〇 stay what they are), the shape of quotation marks,
white space and invisible characters. ``loose``, for finding, also sees through traditional
characters, letter case, radicals that stand for characters (as PDF files have them), and leaves
quotation marks out. Every character becomes one character or none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index import simplified

__all__ = ["QUOTES", "Folded", "loose", "strict"]

QUOTES = frozenset("\"'“”„‟‘’‚‛「」『』﹁﹂﹃﹄〝〞〟")
_SPACES = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
"""Variation selectors: they choose a glyph, not a character."""
_RANGES = (range(0x10000), range(0x2F800, 0x2FA20), range(0xE0000, 0xE0080))
"""Where the tables may change anything."""
_HAN = range(0x3400, 0xA000)
_RADICALS = range(0x2E80, 0x2FE0)

_VARIANTS = str.maketrans("衞瞭覆牴著薰擡枱揹幷藉座", "卫了复抵着熏抬台背并借坐")
"""Traditional forms that the converter, given one by one, leaves as they are (座落, 憑藉)."""

Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the normal form; ``positions[i]`` says where its character i comes from."""

    text: str
    positions: NDArray[np.int32]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the characters ``[start, end)``; (0, 0) when there are none."""
        if start >= end:
            return 0, 0
        return int(self.positions[start]), int(self.positions[end - 1]) + 1


def strict(text: str) -> Folded:
    """The wording: what ``same_wording`` compares."""
    return _folded(text, _strict_table())


def loose(text: str) -> Folded:
    """The words for finding, in simplified characters and lower case, without quotation marks."""
    return _folded(text, _loose_table())


def _folded(text: str, table: Codes) -> Folded:
    # Lone surrogates pass through: they are no error here, and equal nothing but themselves.
    codes = table[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    kept = np.flatnonzero(codes).astype(np.int32)
    return Folded(codes[kept].tobytes().decode("utf-32-le", "surrogatepass"), kept)


@cache
def _strict_table() -> Codes:
    """From a code point to its normal form; 0 for what is left out."""
    table = np.arange(0x110000, dtype=np.uint32)
    for code in (code for codes in _RANGES for code in codes):
        table[code] = _strict_code(chr(code))
    table[list(_SPACES)] = 0
    return table


def _strict_code(character: str) -> int:
    if character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}:
        return 0
    # A canonical decomposition into one character is a second code for the very same character.
    kind, _, code = unicodedata.decomposition(character).rpartition(" ")
    if code and kind in {"", "<wide>", "<narrow>"}:
        return _strict_code(chr(int(code, 16)))
    return ord('"') if character in QUOTES else ord(character)


@cache
def _loose_table() -> Codes:
    table = _strict_table().copy()
    for code in _RADICALS:
        table[code] = ord(unicodedata.normalize("NFKC", chr(code))[0])
    # One character a line, so that no phrase of the converter's dictionary is met.
    converted = simplified("\n".join(map(chr, _HAN))).translate(_VARIANTS).split("\n")
    script = np.arange(0x110000, dtype=np.uint32)
    for code, character in zip(_HAN, converted, strict=True):
        if ord(character[0]) <= 0xFFFF:
            script[code] = ord(character[0])
        else:
            # A rare one (鱀): the other way round, or every text would take twice the memory.
            script[ord(character[0])] = code
    for code in range(0x3000):
        lower = chr(code).lower()
        script[code] = ord(lower) if len(lower) == 1 else code
    table = script[table]
    table[table == ord('"')] = 0
    return table

"""Texts to the model's tokens, for Chinese ones with the part of the vocabulary they need.

The vocabulary is of a hundred languages: read whole, it takes half a second and 250 MB. A text
can only be made of pieces whose characters it has, so that the pieces of Chinese characters, digits
and marks cut a Chinese text as all pieces would. For any other text the whole one is loaded.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

__all__ = [
    "CHINESE_FILE",
    "TOKENIZER_FILE",
    "TextTokenizer",
    "Tokens",
    "chinese_part",
    "is_current",
    "write_part",
]

TOKENIZER_FILE = "tokenizer.json"
CHINESE_FILE = "tokenizer-chinese.json"
_CONTROL = 4
"""The first pieces are no text: <s>, <pad>, </s>, <unk>."""


class Tokens(NamedTuple):
    """``ids`` (tokens,), ``spans`` (tokens, 2) in characters of the text, ``special`` (tokens,)."""

    ids: NDArray[np.int64]
    spans: NDArray[np.int32]
    special: NDArray[np.bool_]


class TextTokenizer:
    """The tokenizer in a prepared model's folder, which reads ``longest`` tokens of a text."""

    def __init__(self, folder: Path, longest: int) -> None:
        self._folder = folder
        self._longest = longest
        self._part = _Part.load(folder, longest)

    def encode(self, text: str) -> Tokens:
        """The tokens of a text, the special ones around them included."""
        part = self._part
        if part is not None and part.reads(text):
            return _tokens(part.tokenizer.encode(text), part.ids)
        return _tokens(self._whole.encode(text), None)

    @cached_property
    def _whole(self) -> Tokenizer:
        return _opened((self._folder / TOKENIZER_FILE).read_bytes(), self._longest)


class _Part(NamedTuple):
    """The tokenizer of some pieces, their ``ids`` among all, and the ``characters`` of them."""

    tokenizer: Tokenizer
    ids: NDArray[np.int64]
    characters: frozenset[str]

    def reads(self, text: str) -> bool:
        """Whether the text has no other characters."""
        return self.characters.issuperset(self.tokenizer.normalizer.normalize_str(text))

    @classmethod
    def load(cls, folder: Path, longest: int) -> _Part | None:
        """The part beside a tokenizer; None where there is none, or it is not this tokenizer's."""
        if not is_current(folder):
            return None
        stored = json.loads((folder / CHINESE_FILE).read_bytes().split(b"\n", 2)[2])
        tokenizer = _opened(json.dumps(stored["tokenizer"]).encode(), longest)
        return cls(tokenizer, np.array(stored["ids"], np.int64), frozenset(stored["characters"]))


def write_part(folder: Path, prompts: Iterable[str]) -> None:
    """Write the part beside the tokenizer of a folder: which tokenizer's, its checksum, itself."""
    whole = (folder / TOKENIZER_FILE).read_bytes()
    part = chinese_part(whole, prompts)
    lines = (_checksum(whole), _checksum(part), part)
    (folder / CHINESE_FILE).write_bytes(b"\n".join(lines))


def is_current(folder: Path) -> bool:
    """Whether the part is there, whole, and of the tokenizer beside it."""
    path = folder / CHINESE_FILE
    parts = path.read_bytes().split(b"\n", 2) if path.is_file() else []
    if len(parts) != 3 or _checksum(parts[2]) != parts[1]:
        return False
    return _checksum((folder / TOKENIZER_FILE).read_bytes()) == parts[0]


def chinese_part(tokenizer: bytes, prompts: Iterable[str]) -> bytes:
    """The pieces of Chinese characters and of all that is no letter, and those of the prompts.

    The least likely piece is kept too: an unknown character counts as less likely than that one.
    """
    stored: dict[str, Any] = json.loads(tokenizer)
    vocabulary: list[list[Any]] = stored["model"]["vocab"]
    asked = frozenset("".join(prompts))
    characters = {c for piece, _ in vocabulary for c in piece}
    characters = {c for c in characters if c in asked or _chinese_or_mark(c)} | {" "}
    least = min(range(len(vocabulary)), key=lambda number: vocabulary[number][1])
    ids = [
        number
        for number, (piece, _) in enumerate(vocabulary)
        if number < _CONTROL or number == least or characters.issuperset(piece)
    ]
    stored["model"]["vocab"] = [vocabulary[number] for number in ids]
    stored["added_tokens"] = [each for each in stored["added_tokens"] if each["id"] < _CONTROL]
    part = {"ids": ids, "characters": "".join(sorted(characters)), "tokenizer": stored}
    return json.dumps(part, ensure_ascii=False).encode()


def _chinese_or_mark(character: str) -> bool:
    if unicodedata.category(character)[0] not in "LM":
        return True
    return unicodedata.name(character, "").startswith("CJK ")


def _opened(content: bytes, longest: int) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return tokenizer


def _tokens(encoding: Encoding, ids: NDArray[np.int64] | None) -> Tokens:
    own = np.array(encoding.ids, np.int64)
    spans = np.array(encoding.offsets, np.int32).reshape(-1, 2)
    special = np.array(encoding.special_tokens_mask, dtype=bool)
    return Tokens(own if ids is None else ids[own], spans, special)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()

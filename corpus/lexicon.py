"""Chinese words with their class and frequency, from the dictionary that comes with jieba.

Read when first asked for (a tenth of a second), without jieba's own code, which takes a second.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

__all__ = [
    "Word",
    "dictionary_lines",
    "inside_word",
    "is_word",
    "split_words",
    "word_at",
    "word_before",
]

_LONGEST = 5
_LONGEST_PART = 3
_SAME_FIRST = re.compile(r"^(.).*\n(?:\1.*\n)*", re.M)
_ALL = 60_000_000
"""About the sum of the dictionary's frequencies."""


class Word(NamedTuple):
    """A word; ``tag`` is its class as jieba writes it (n, v, p, c, d …), "" for one not listed."""

    text: str
    tag: str
    frequency: int


def word_before(text: str, end: int) -> Word:
    """The longest word of the dictionary that ends at ``end``, else the character there."""
    for length in range(min(_LONGEST, end), 1, -1):
        found = _listed(text[end - length : end])
        if found is not None:
            return found
    last = text[max(end - 1, 0) : end]
    return _listed(last) or Word(last, "", 0)


def word_at(text: str, start: int) -> Word:
    """The longest word of the dictionary that begins at ``start``, else the character there."""
    for length in range(min(_LONGEST, len(text) - start), 1, -1):
        found = _listed(text[start : start + length])
        if found is not None:
            return found
    first = text[start : start + 1]
    return _listed(first) or Word(first, "", 0)


def is_word(text: str) -> bool:
    """Whether the dictionary has the word."""
    return _listed(text) is not None


def inside_word(text: str, at: int) -> bool:
    """Whether a word of the dictionary runs over ``at``: 对|外, 不|动产."""
    return any(
        _listed(text[start:end]) is not None
        for start in range(max(0, at - 2), at)
        for end in range(at + 1, min(len(text), start + 4) + 1)
    )


def split_words(text: str) -> tuple[str, ...]:
    """The most likely words of a name, none longer than three characters."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST_PART), end):
            word = _listed(text[start:end])
            if word is not None or end - start == 1:
                frequency = word.frequency if word is not None else 0
                ways.append((best[start][0] + math.log((frequency + 0.5) / _ALL), start))
        best.append(max(ways))
    words: list[str] = []
    end = len(text)
    while end:
        words.append(text[best[end][1] : end])
        end = best[end][1]
    return tuple(reversed(words))


@lru_cache(4096)
def _listed(word: str) -> Word | None:
    block = dictionary_lines().get(word[:1], "")
    at = block.find(f"\n{word} ")
    if at < 0:
        return None
    _, frequency, tag = block[at + 1 : block.index("\n", at + 1)].split(" ")
    return Word(word, tag, int(frequency))


@cache
def dictionary_lines() -> dict[str, str]:
    """First character → its lines (word, frequency, class), each between line breaks."""
    text = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for match in _SAME_FIRST.finditer(text):
        found.setdefault(match[1], []).append(match.group())
    return {first: "\n" + "".join(lines) for first, lines in found.items()}

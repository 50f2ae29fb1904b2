"""jieba with the project's own terms, its dictionary read a first character at a time.

Read whole, the dictionary takes half a second and 80 MB. Cutting a text looks up stretches of it
only, and those begin with its characters; the words are what jieba itself would say.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import Any

from corpus.lexicon import dictionary_lines

__all__ = ["segmenter"]


class Segmenter:
    """Cuts texts into words."""

    def __init__(self) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        total, terms = term_frequencies()
        self._terms: dict[str, dict[str, int]] = defaultdict(dict)
        for term, frequency in terms.items():
            self._terms[term[0]][term] = frequency
        self._known: set[str] = set()
        self._jieba: Any = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = {}, total
        self._jieba.initialized = True

    def words(self, text: str) -> list[str]:
        """The words of the dictionary that a text is made of, nothing left out."""
        self._learn(text)
        return list(self._jieba.cut(text, HMM=False))

    def words_for_search(self, text: str) -> list[str]:
        """The words of a text, those that stand in longer ones too."""
        self._learn(text)
        return list(self._jieba.cut_for_search(text))

    def _learn(self, text: str) -> None:
        frequencies = self._jieba.FREQ
        for first in set(text) - self._known:
            block = dictionary_lines().get(first, "").strip("\n")
            lines = (line.split(" ") for line in block.splitlines())
            listed = [(word, int(frequency)) for word, frequency, _ in lines]
            listed += self._terms.get(first, {}).items()
            # As jieba has them: the beginnings of words are there too, with 0.
            frequencies.update((word[:n], 0) for word, _ in listed for n in range(1, len(word)))
            frequencies.update(listed)
            self._known.add(first)


@cache
def segmenter() -> Segmenter:
    """The one segmenter of this process."""
    return Segmenter()


def term_frequencies() -> tuple[int, dict[str, int]]:
    """The sum of all frequencies, and those that jieba gives the terms of ``terms.txt``."""
    text = resources.files("index").joinpath("frequencies.txt").read_text(encoding="utf-8")
    total, *lines = text.splitlines()
    return int(total), {term: int(count) for term, count in map(str.split, lines)}

"""The words of a text as BM25 sees them, and BM25 itself.

Tokens are jieba's search-mode words and, since no dictionary knows every official term, the
character bigrams beside them; in measurements the two together beat either (docs/accuracy.md).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError
from index.arrays import load_arrays, save_arrays
from index.legs import Leg, Scores, summed
from index.query_expansion import official_terms
from index.segmenter import segmenter
from index.sparse import SparseRows
from index.text import normal

__all__ = ["Lexical", "asked_tokens", "counted", "shared_tokens", "tokens", "words"]

_WORD = re.compile(r"[\u3400-\u9fff]+|[a-z0-9.]+")
# What makes a sentence a question says nothing of what it is about.
_ASKING = re.compile(
    "请问|怎么办|怎么管|怎么样|怎么|怎样|如何|什么样|什么|为啥|为什么|哪些|哪个|哪里|哪儿|多少|有没有|是不是|是否"
    "|能不能|可不可以|可以吗|行不行|咋办|咋样|咋|啥|吗|呢|吧|一下|到底|究竟|应该|需要"
)
_STOP = frozenset(
    "的 了 和 是 在 与 及 或 对 等 吗 呢 吧 啊 怎么 什么 如何 哪些 哪个 我 我们 你 有 没有".split()
)

# Chosen on qa/sets/plan-dev.jsonl, and checked on citizens' questions over all laws.
OFFICIAL_TERMS = np.float32(0.5)

_FILES = ("starts.npy", "rows.npy", "scores.npy", "counts.npy")
_WORDS, _SIZE = "vocab.index.json", "size.json"
_MOST_COUNTED = 65_535
_RUNS_KEPT = 50_000  # 20 MB


def tokens(text: str) -> list[str]:
    """Words (also of one character) and character bigrams of a text, stop words left out."""
    found: list[str] = []
    for run in _WORD.findall(normal(text)):
        if run[0].isascii():
            found.append(run)
            continue
        found += _words_of(run)
        found += (f"{a}{b}_" for a, b in zip(run, run[1:], strict=False))
    return found


def shared_tokens(asked: Collection[str], text: str) -> set[str]:
    """Those of the ``asked`` tokens that ``tokens(text)`` has.

    Only stretches that hold the characters of a word are cut into words.
    """
    found: set[str] = set()
    for run in _WORD.findall(normal(text)):
        held = [token for token in asked if token.removesuffix("_") in run]
        if run[0].isascii():
            found |= {run} & set(held)
        elif held:
            words = [token for token in held if not token.endswith("_")]
            found.update(token for token in held if token.endswith("_"))
            found |= set(words) & set(_words_of(run)) if words else set()
    return found


@lru_cache(_RUNS_KEPT)
def _words_of(run: str) -> tuple[str, ...]:
    """The words of a stretch of Chinese characters, in search mode."""
    return tuple(word for word in segmenter().words_for_search(run) if word not in _STOP)


def counted(listed: Sequence[str], numbers: dict[str, int]) -> tuple[list[int], list[int]]:
    """The numbers of a text's tokens, and how often each stands in it; new ones are numbered.

    A text without a token has the one token ``NUL``.
    """
    counts = Counter(listed or ["\0"])
    found = [numbers.setdefault(token, len(numbers)) for token in counts]
    return found, [min(count, _MOST_COUNTED) for count in counts.values()]


def words(text: str) -> list[str]:
    """The text cut into the words of the dictionary, nothing left out."""
    return segmenter().words(text)


def asked_tokens(query: str) -> list[str]:
    """The tokens of a question, without the words that only make it one."""
    return tokens(_ASKING.sub(" ", normal(query)))


class Lexical:
    """BM25 by its postings: of each word the texts, how often it stands there, what it adds."""

    def __init__(
        self,
        numbers: Mapping[str, int],
        size: int,
        starts: NDArray[np.int32],
        rows: NDArray[np.int32],
        scores: Scores,
        counts: NDArray[np.uint16],
    ) -> None:
        self._numbers, self._size = numbers, size
        self._starts, self._rows, self._scores = starts, rows, scores
        self._counts = counts

    @classmethod
    def build(cls, texts: Iterable[str]) -> Lexical:
        """Index the texts."""
        numbers: dict[str, int] = {}
        rows = SparseRows(np.uint16)
        for text in texts:
            rows.add(*counted(tokens(text), numbers))
        return cls.of(list(numbers), rows.matrix(len(numbers)))

    @classmethod
    def of(cls, words: Sequence[str], counts: Any, k1: float = 1.2, b: float = 0.6) -> Lexical:
        """From a sparse matrix (texts, words) of how often each text has each word.

        Robertson's BM25 in Lucene's form, as bm25s has it (``tests/test_index_lexical.py``).
        """
        by_word = counts.tocsc()
        by_word.sort_indices()
        size = by_word.shape[0]
        lengths = np.asarray(counts.sum(axis=1, dtype=np.int64)).ravel()
        texts = np.diff(by_word.indptr)
        rare = np.log(1 + (size - texts + 0.5) / (texts + 0.5))
        long = k1 * (1 - b + b * lengths / lengths.mean())
        often = by_word.data / (by_word.data + long[by_word.indices])
        scores = (np.repeat(rare, texts) * often).astype(np.float32)
        numbers = {word: number for number, word in enumerate(words)}
        return cls(numbers, size, by_word.indptr, by_word.indices, scores, by_word.data)

    def counted(self) -> tuple[list[str], Any]:
        """The words and the matrix that it was made of."""
        from scipy.sparse import csc_matrix

        shape = (self._size, len(self._numbers))
        counts = csc_matrix((self._counts, self._rows, self._starts), shape=shape)
        return list(self._numbers), counts.tocsr()

    def leg(self, query: str) -> Leg:
        """The BM25 scores of the texts that share a word with the query.

        The documents' terms for everyday words of the query count too, by ``OFFICIAL_TERMS``.
        """
        official = dict.fromkeys(tokens(" ".join(official_terms(query))))
        asked = [(word, np.float32(1)) for word in asked_tokens(query)]
        asked += [(word, OFFICIAL_TERMS) for word in official]
        return summed(self._postings(asked), self._size)

    def _postings(
        self, asked: Iterable[tuple[str, np.float32]]
    ) -> Iterator[tuple[NDArray[np.int32], Scores]]:
        for word, weight in asked:
            number = self._numbers.get(word)
            if number is not None:
                part = slice(self._starts[number], self._starts[number + 1])
                yield self._rows[part], weight * self._scores[part]

    def save(self, folder: Path) -> None:
        """Write .npy files and JSON into a folder."""
        save_arrays(folder, _FILES, (self._starts, self._rows, self._scores, self._counts))
        words = json.dumps(self._numbers, ensure_ascii=False)
        (folder / _WORDS).write_text(words, encoding="utf-8")
        (folder / _SIZE).write_text(json.dumps(self._size), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        """Read what ``save`` wrote."""
        arrays = load_arrays(folder, _FILES, "词索引")
        try:
            numbers = json.loads((folder / _WORDS).read_bytes())
            size = json.loads((folder / _SIZE).read_bytes())
            return cls(numbers, size, *arrays)
        except (OSError, ValueError) as exc:
            raise DamagedError(f"词索引损坏：{folder}，请重新建库：faju build --force") from exc

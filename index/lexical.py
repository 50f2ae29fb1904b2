"""The words of a text as BM25 sees them, and BM25 itself (through bm25s).

Tokens are jieba's search-mode words and, since no dictionary knows every official term, the
character bigrams beside them; in measurements the two together beat either (docs/accuracy.md).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError
from index.query_expansion import official_terms
from index.text import normal

__all__ = ["Lexical", "asked_tokens", "tokens", "words"]

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


def tokens(text: str) -> list[str]:
    """Words (also of one character) and character bigrams of a text, stop words left out."""
    found: list[str] = []
    for run in _WORD.findall(normal(text)):
        if run[0].isascii():
            found.append(run)
            continue
        words = [w for w in _jieba().cut_for_search(run) if w not in _STOP]
        found += words
        found += (f"{a}{b}_" for a, b in zip(run, run[1:], strict=False))
    return found


def words(text: str) -> list[str]:
    """The text cut into the words of the dictionary, nothing left out."""
    return list(_jieba().cut(text, HMM=False))


def asked_tokens(query: str) -> list[str]:
    """The tokens of a question, without the words that only make it one."""
    return tokens(_ASKING.sub(" ", normal(query)))


@cache
def _jieba() -> Any:
    """Jieba with the project's own terms; the first call loads its dictionary (about 1 s)."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    terms = resources.files("index").joinpath("terms.txt").read_text(encoding="utf-8")
    for term in terms.split():
        tokenizer.add_word(term)
    return tokenizer


class Lexical:
    """BM25 over token lists; scores line up with the texts it was built from."""

    def __init__(self, scorer: Any, size: int) -> None:
        self._scorer = scorer
        self._size = size

    @classmethod
    def build(cls, texts: Iterable[str], k1: float = 1.2, b: float = 0.6) -> Lexical:
        """Index the texts (Robertson's BM25 in Lucene's form)."""
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        # Numbered by first use: bm25s would number by a set, in another order in each process.
        numbers: dict[str, int] = {}
        listed = [
            [numbers.setdefault(token, len(numbers)) for token in tokens(text) or ["\u0000"]]
            for text in texts
        ]
        scorer = bm25s.BM25(method="lucene", k1=k1, b=b)
        scorer.index((listed, numbers), show_progress=False)
        return cls(scorer, len(listed))

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every text, shape (number of texts,); zeros where no word is shared.

        The documents' terms for everyday words of the query count too, by ``OFFICIAL_TERMS``.
        """
        asked = asked_tokens(query)
        official = tokens(" ".join(official_terms(query)))
        return self._bm25(asked) + OFFICIAL_TERMS * self._bm25(list(dict.fromkeys(official)))

    def _bm25(self, words: list[str]) -> NDArray[np.float32]:
        known = [word for word in words if word in self._scorer.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._scorer.get_scores(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write bm25s's own files (.npy and JSON, no pickle) into a folder."""
        self._scorer.save(str(folder), allow_pickle=False)
        (folder / "size.json").write_text(json.dumps(self._size), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        """Read what ``save`` wrote."""
        import bm25s

        try:
            size = json.loads((folder / "size.json").read_bytes())
            return cls(bm25s.BM25.load(str(folder), allow_pickle=False), size)
        except (OSError, ValueError, KeyError) as exc:
            raise DamagedError(f"词索引损坏：{folder}，请重新建库：faju build --force") from exc

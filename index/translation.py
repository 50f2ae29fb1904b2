"""The words people would ask a passage by, learned from questions and the passages that answer.

Berger and Lafferty, Information Retrieval as Statistical Translation (SIGIR 1999): a question is
scored by how likely its words are, each word of the passage translated with P(question word |
passage word), a table that IBM Model 1 learned (benchmarks/train/fit_translation.py). A passage's
expected words are worked out when the index is built and kept as a sparse matrix, so that a query
reads only the columns of its own words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError, checksum
from index.arrays import load_arrays, save_arrays
from index.legs import Leg, Scores, summed
from index.lexical import asked_tokens, tokens
from index.sparse import SparseRows

__all__ = ["Table", "Translation", "bundled_table", "explained", "lexicon_checksum"]

# Chosen on the development sets of benchmarks/train (python -m benchmarks.measure.held_out).
TRANSLATED = 0.7
SMOOTHED = 0.8
KEPT = 160  # expected words of a passage

_FILES = ("translation-starts.npy", "translation-rows.npy", "translation-values.npy")
_WORDS = "translation-words.json"
_TABLE = "translation.safetensors"


@dataclass(frozen=True)
class Table:
    """P(question word | passage word), pruned.

    ``sources`` and ``targets`` are the words; of source ``n`` the targets ``target[starts[n]:
    starts[n+1]]`` have the probabilities ``value`` there. ``frequency`` (targets,) is how often
    each is asked, of all words asked.
    """

    sources: dict[str, int]
    targets: Sequence[str]
    starts: NDArray[np.int64]
    target: NDArray[np.int64]
    value: NDArray[np.float32]
    frequency: NDArray[np.float32]

    @classmethod
    def load(cls, content: bytes) -> Table:
        """From the bytes of a safetensors file; its words are one text, line by line."""
        from safetensors.numpy import load

        arrays = load(content)
        words = [arrays[name].tobytes().decode().split("\n") for name in ("sources", "targets")]
        return cls(
            {word: number for number, word in enumerate(words[0])},
            words[1],
            arrays["starts"].astype(np.int64),
            arrays["target"].astype(np.int64),
            arrays["value"].astype(np.float32),
            arrays["frequency"].astype(np.float32),
        )

    def expected(self, words: Sequence[str]) -> NDArray[np.float32]:
        """How likely each target is to be asked of a text of these words (targets,)."""
        found = np.zeros(len(self.targets), np.float32)
        for word, count in Counter(words).items():
            number = self.sources.get(word)
            if number is not None:
                part = slice(self.starts[number], self.starts[number + 1])
                found[self.target[part]] += np.float32(count / len(words)) * self.value[part]
        return found

    def gains(self, text: str) -> NDArray[np.float32]:
        """How much likelier each target is asked of the text than by chance (targets,), as log."""
        return self._gains(tokens(text))

    def _gains(self, words: Sequence[str]) -> NDArray[np.float32]:
        likely = TRANSLATED * self.expected(words)
        for word, count in Counter(words).items():
            if word in self.numbers:
                likely[self.numbers[word]] += (1 - TRANSLATED) * count / len(words)
        floor = (1 - SMOOTHED) * np.maximum(self.frequency, 1e-6)
        gained: NDArray[np.float32] = np.log1p(SMOOTHED * likely / floor)
        return gained

    def best(self, words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The targets a text of these words would most likely be asked by, and what each gains."""
        gain = self._gains(words)
        best = np.argpartition(-gain, KEPT)[:KEPT] if len(gain) > KEPT else np.arange(len(gain))
        best = np.sort(best[gain[best] > 0])
        return best, gain[best]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """From a target to its number."""
        return {word: number for number, word in enumerate(self.targets)}


def explained(query: str, texts: Sequence[str]) -> list[float]:
    """How much likelier the query's words are under each text than by chance.

    The mean over its words of the logarithm, as ``Translation.leg`` has it of whole passages.
    """
    table = bundled_table()
    asked = asked_tokens(query)
    known = [table.numbers[word] for word in asked if word in table.numbers]
    return [float(table.gains(text)[known].sum()) / max(len(asked), 1) for text in texts]


@cache
def bundled_table() -> Table:
    """The table that comes with this package."""
    return Table.load(_packaged(_TABLE))


@cache
def lexicon_checksum() -> str:
    """Changes whenever the words of an index would: with the table, or the terms jieba is given."""
    return checksum(_packaged(_TABLE) + _packaged("terms.txt"))


def _packaged(name: str) -> bytes:
    return resources.files("index").joinpath(name).read_bytes()


class Translation:
    """Every passage's expected words: by word (columns) the passages and their probabilities."""

    def __init__(
        self,
        words: Sequence[str],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        values: NDArray[np.float32],
        size: int,
    ) -> None:
        self._words = {word: number for number, word in enumerate(words)}
        self._starts, self._rows, self._values = starts, rows, values
        self._size = size

    @classmethod
    def build(cls, texts: Iterable[str], table: Table) -> Translation:
        """Work out the expected words of each text."""
        rows = SparseRows(np.float32)
        for text in texts:
            rows.add(*table.best(tokens(text)))
        return cls.of(table.targets, rows.matrix(len(table.targets)))

    @classmethod
    def of(cls, words: Sequence[str], gains: Any) -> Translation:
        """From a sparse matrix (texts, words) of the gains over chance (log) of the words kept."""
        by_word = gains.tocsc()
        by_word.sort_indices()
        starts = by_word.indptr.astype(np.int64)
        return cls(words, starts, by_word.indices, by_word.data, by_word.shape[0])

    def gains(self) -> Any:
        """The matrix that it was made of."""
        from scipy.sparse import csc_matrix

        shape = (self._size, len(self._words))
        return csc_matrix((self._values, self._rows, self._starts), shape=shape).tocsr()

    def leg(self, query: str) -> Leg:
        """How much likelier the query's words are under texts than by chance.

        The mean over its words of the logarithm; nothing of texts that expect none of them.
        """
        asked = asked_tokens(query)
        rows, scores = summed(self._postings(asked), self._size)
        return Leg(rows, scores / np.float32(max(len(asked), 1)))

    def _postings(self, asked: Iterable[str]) -> Iterator[tuple[NDArray[np.int32], Scores]]:
        for word in asked:
            number = self._words.get(word)
            if number is not None:
                part = slice(self._starts[number], self._starts[number + 1])
                yield self._rows[part], self._values[part]

    def save(self, folder: Path) -> None:
        """Write three .npy files and the words."""
        save_arrays(folder, _FILES, (self._starts, self._rows, self._values))
        facts = {"size": self._size, "words": list(self._words)}
        (folder / _WORDS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Translation:
        """Read what ``save`` wrote."""
        arrays = load_arrays(folder, _FILES, "词语对应文件")
        try:
            facts = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
            starts, rows, values = arrays
            return cls(facts["words"], starts, rows, values, facts["size"])
        except (OSError, ValueError, KeyError) as exc:
            raise DamagedError(
                f"词语对应文件损坏：{folder}，请重新建库：faju build --force"
            ) from exc

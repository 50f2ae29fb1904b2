"""What the words of passages come to, worked out once for each text.

Cutting a text into words and working out the words it would be asked by takes a millisecond and a
half; it depends on nothing but the text. So it is kept with the index, row by row, and the next
build takes it over for every text that is still there: what is left is to sort it by words.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.generation import Kept
from index.lexical import Lexical, counted, tokens
from index.sparse import SparseRows, stacked
from index.translation import Table, Translation, lexicon_checksum

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Analysed", "analysed", "worked_out"]

log = logging.getLogger(__name__)


class Analysed(NamedTuple):
    """Sparse rows, one a text: how often it has each of ``words``, and what each target gains."""

    words: Sequence[str]
    counts: csr_matrix
    gains: csr_matrix


def analysed(texts: Sequence[str], table: Table) -> Analysed:
    """Cut texts into words and work out the words they would be asked by."""
    numbers: dict[str, int] = {}
    counts, gains = SparseRows(np.uint16), SparseRows(np.float32)
    for text in texts:
        listed = tokens(text)
        counts.add(*counted(listed, numbers))
        gains.add(*table.best(listed))
    return Analysed(list(numbers), counts.matrix(len(numbers)), gains.matrix(len(table.targets)))


def worked_out(
    kept: Kept | None, keys: Sequence[str], texts: Sequence[str], table: Table
) -> tuple[Lexical, Translation]:
    """The words' part of an index; texts whose key is in the index in use are not cut again.

    The same texts give the same arrays, whatever was taken over.
    """
    known, old = _known(kept)
    places = {key: row for row, key in enumerate(known)}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in places}
    log.info("%d texts to cut into words", len(missing))
    new = analysed(list(missing.values()), table)
    places |= {key: len(known) + row for row, key in enumerate(missing)}
    rows = np.array([places[key] for key in keys], np.int64)
    counts, words = _joined([each for each in (old, new) if each is not None], rows)
    gains = stacked([each.gains for each in (old, new) if each is not None])[rows]
    return Lexical.of(words, counts), Translation.of(table.targets, gains)


def _known(kept: Kept | None) -> tuple[list[str], Analysed | None]:
    """The keys of the texts of the index in use, and what they come to."""
    if kept is None or "words" not in kept.keys or kept.manifest.lexicon != lexicon_checksum():
        return [], None
    lexical, translation = Lexical.load(kept.folder / "lexical"), Translation.load(kept.folder)
    return kept.keys["words"], Analysed(*lexical.counted(), translation.gains())


def _joined(parts: Sequence[Analysed], rows: Any) -> tuple[Any, list[str]]:
    """The counts of the rows wanted, over all words that they have, in the order of the words."""
    everything = sorted({word for part in parts for word in part.words})
    numbers = {word: number for number, word in enumerate(everything)}
    for part in parts:
        renumbered = np.array([numbers[word] for word in part.words], np.int32)
        part.counts.indices = renumbered[part.counts.indices]
        part.counts.resize(part.counts.shape[0], len(everything))
    counts = stacked([part.counts for part in parts])[rows].tocsc()
    used = np.flatnonzero(np.diff(counts.indptr))
    return counts[:, used], [everything[number] for number in used]

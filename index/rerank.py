"""The best passages of a search put in order by a reader (``index.model.reader``).

A long passage is read where it speaks to the question most: a window around its best sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.fields import context_field, field_span, own_words
from index.hybrid import Found
from index.model import Reader

__all__ = ["READ", "read_part", "reranked"]

READ = 20
"""How many passages are read; by eye, a cross-encoder of 12 layers takes a second for them."""
WINDOW = 300  # characters


def reranked(query: str, found: Sequence[Found], reader: Reader) -> list[Found]:
    """The same passages, the first ``READ`` in the reader's order with the scores they had there.

    What was asked for by its place stays first.
    """
    asked_for = [hit for hit in found if hit.asked_for]
    others = [hit for hit in found if not hit.asked_for]
    read, rest = others[:READ], others[READ:]
    fits = reader.read(query, ["\n".join(read_part(hit)) for hit in read])
    order = np.argsort(-fits, kind="stable")
    scores = [hit.score for hit in read]
    fresh = [replace(read[n], score=score) for n, score in zip(order, scores, strict=True)]
    return [*asked_for, *fresh, *rest]


def read_part(hit: Found) -> tuple[str, str]:
    """What stands above a passage, and the part of it around its best sentence."""
    text, places = own_words(hit.document, hit.passage)
    if len(text) > WINDOW and hit.evidence:
        start, end = field_span(places, *hit.evidence[0][:2])
        first = max(0, min((start + end - WINDOW) // 2, len(text) - WINDOW))
        text = text[first : first + WINDOW]
    return context_field(hit.document, hit.passage), text

"""Texts as the search sees them, and what makes them so, whichever the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Embedder", "Encoded", "Kind", "Progress", "clean"]

Kind = Literal["query", "passage"]
Progress = Callable[[int, int], None]

# A token of the bundled vocabulary stands for 16 characters at most: no character after this many
# can be within the first 512 tokens, unless most of those before are runs of spaces.
_LONGEST_TEXT = 20_000
_UNENCODABLE = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True)
class Encoded:
    """Texts as the search sees them.

    ``vectors`` unit rows (texts, dimension); for each text ``tokens``, the unit vectors of its own
    tokens as bytes (tokens, token dimension; see ``index.maxsim``), and ``spans`` (tokens, 2), the
    characters of the text each stands for.
    """

    vectors: NDArray[np.float32]
    tokens: list[NDArray[np.int8]]
    spans: list[NDArray[np.int32]]


class Embedder(Protocol):
    """What turns questions and passages into vectors whose inner product is their likeness."""

    @property
    def name(self) -> str:
        """The model's name, for people."""
        ...

    @property
    def dimension(self) -> int:
        """The width of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""
        ...

    @property
    def token_dimension(self) -> int:
        """The width of a token vector; 0 where the model is used without them."""
        ...

    def encode(self, texts: Sequence[str], kind: Kind, progress: Progress | None = None) -> Encoded:
        """Vectors of questions or passages; `progress` hears (done, total)."""
        ...


def clean(text: str) -> str:
    """The text without what no tokenizer takes, as far as any model can read."""
    return _UNENCODABLE.sub("\ufffd", text[:_LONGEST_TEXT])

"""Whether what was found answers a question, as a chance from 0 to 1.

What was found is the evidence: how near the best passage is, as a whole and token by token, how
near a question that a passage is known to answer, how likely the words of the question are under
the passage. What is asked is the prior: documents say what shall be done, by whom and until when;
they seldom say what a form costs or which telephone to ring. Both together are a logistic
regression, fitted to questions that are answered and questions that are not, on the bundled library
and on documents that nobody prepared (benchmarks/train/fit_answerability.py, which prints what each
sign tells alone).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from index import Found, Index
from index.model import BUNDLED

__all__ = ["SIGNS", "Judge", "answerability", "load_judge", "signs_of"]

FILE = "answerability.safetensors"
SIGNS = ("dense", "late", "question")
"""The legs of the search whose best values among the passages found are looked at."""

_UNJUDGED = 0.8
"""For a model that the judge was not fitted to; by eye."""
_STRANGE = 0.4
"""Kept of the confidence where not one word of the question stands in the library; by eye."""


@dataclass(frozen=True)
class Judge:
    """``direction`` (dimension,) weighs a question's unit vector, ``signs`` the SIGNS; ``bias``.

    ``model`` is the bundled model it was fitted to.
    """

    direction: NDArray[np.float32]
    signs: NDArray[np.float32]
    bias: float
    model: str

    def confidence(self, vector: NDArray[np.float32], signs: Sequence[float]) -> float:
        """The chance, 0 to 1, that a question with this unit vector is answered."""
        score = float(self.direction @ vector + self.signs @ np.asarray(signs, np.float32))
        return 1 / (1 + math.exp(-score - self.bias))


@cache
def load_judge() -> Judge:
    """The judge that comes with this package."""
    from safetensors import safe_open

    path = resources.files("qa.answering").joinpath(FILE)
    with resources.as_file(path) as file, safe_open(str(file), "np") as stored:
        return Judge(
            stored.get_tensor("direction"),
            stored.get_tensor("signs"),
            float(stored.get_tensor("bias")[0]),
            stored.metadata()["model"],
        )


def signs_of(found: Sequence[Found]) -> list[float]:
    """The best of what each of the legs in SIGNS says of a passage found; 0 where none speaks."""
    return [max([0.0, *(hit.legs.get(name, 0.0) for hit in found)]) for name in SIGNS]


def answerability(index: Index, topic: str, found: Sequence[Found]) -> float:
    """The chance that the passages found by a hybrid search answer what is asked."""
    strange = not any(math.isfinite(hit.legs.get("lexical", 0.0)) for hit in found)
    known = _STRANGE if strange else 1.0
    if index.embedder.name != BUNDLED:
        return known * _UNJUDGED
    vector = index.encoded(topic).vectors[0]
    return known * load_judge().confidence(vector, signs_of(found))

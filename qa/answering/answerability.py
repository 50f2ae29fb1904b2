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
from qa.answering.answer_type import expected

__all__ = ["SIGNS", "Judge", "answerability", "load_judge", "signs_of"]

FILE = "answerability.safetensors"
LEGS = ("dense", "late", "question")
"""The legs of the search whose best values among the passages found are looked at."""
SIGNS = (*LEGS, "held", "lacking")
"""And whether the first passages hold the kinds of thing asked for, or lack one (0 or 1)."""
_READ = 3

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


def signs_of(question: str, found: Sequence[Found]) -> list[float]:
    """The SIGNS of what was found for a question; 0 where a leg says nothing of any passage."""
    legs = [max([0.0, *(hit.legs.get(name, 0.0) for hit in found)]) for name in LEGS]
    read = [hit.document.passage_text(hit.passage) for hit in found[:_READ]]
    kinds = expected(question)
    held = [any(kind.held_by(text) for text in read) for kind in kinds]
    return [*legs, float(bool(kinds) and all(held)), float(not all(held))]


def answerability(index: Index, question: str, topic: str, found: Sequence[Found]) -> float:
    """The chance that the passages found by a hybrid search answer what is asked.

    ``topic`` is the question without the documents it names, which is what was searched for.
    """
    strange = not any(math.isfinite(hit.legs.get("lexical", 0.0)) for hit in found)
    known = _STRANGE if strange else 1.0
    if index.embedder.name != BUNDLED:
        return known * _UNJUDGED
    vector = index.encoded(topic).vectors[0]
    return known * load_judge().confidence(vector, signs_of(question, found))

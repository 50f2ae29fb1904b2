"""Whether a library of plans and laws answers a question at all.

How like a question the passages found are tells little (benchmarks/train/fit_answerability.py
prints how little). What is asked tells more: documents say what shall be done, by whom and until
when; they do not say what a form costs, which telephone to ring, or why. The judge is a logistic
regression on the question's vector and a few signs of what was found, fitted to questions that are
answered and questions that are not; it belongs to the bundled model.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

__all__ = ["SIGNS", "Judge", "load_judge"]

FILE = "answerability.safetensors"
SIGNS = ("nearest question", "nearest sentence", "words shared")
"""Cosine of the nearest question that the library is known to answer; the best late interaction of
a sentence among the first passages; the share of the question's words in one of them."""


@dataclass(frozen=True)
class Judge:
    """``direction`` (dimension,), ``signs`` the weights of SIGNS, ``bias``.

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

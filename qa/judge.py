"""Whether a library of plans and laws answers a question at all, told by the question itself.

What passages a search finds does not tell (benchmarks/fit_judge.py prints how little). What people
ask does: documents say what shall be done, by whom and until when; they do not say what a form
costs, which telephone to ring, or why. The judge is a logistic regression on the question's vector,
fitted to questions that are answered and questions that are not (benchmarks/training), and belongs
to the bundled model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

__all__ = ["Judge", "load_judge"]

FILE = "judge.safetensors"


@dataclass(frozen=True)
class Judge:
    """``direction`` (dimension,), ``bias``; ``model`` is the bundled model it was fitted to."""

    direction: NDArray[np.float32]
    bias: float
    model: str

    def confidence(self, vector: NDArray[np.float32]) -> float:
        """The chance, 0 to 1, that a question with this unit vector is answered."""
        return 1 / (1 + math.exp(-float(self.direction @ vector) - self.bias))


@cache
def load_judge() -> Judge:
    """The judge that comes with this package."""
    from safetensors import safe_open

    path = resources.files("qa").joinpath(FILE)
    with resources.as_file(path) as file, safe_open(str(file), "np") as stored:
        return Judge(
            stored.get_tensor("direction"),
            float(stored.get_tensor("bias")[0]),
            stored.metadata()["model"],
        )

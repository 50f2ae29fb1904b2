"""Fit the weights of qa/answering/sentences.py.

    python -m benchmarks.train.fit_sentences HOME=SET [HOME=SET …]

Each SET is a development set whose relevant items say by words which sentence answers, asked of the
library in HOME. Of what the signs say of the units found, weights are fitted that put an answering
one first (listwise, a softmax over the units); a set that labels whole lists weighs three times the
others, since it asks as people ask. Printed: how often the first unit answers, by five-fold
cross-validation, with all signs and with one left out; the weights go into the module by hand.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index import Found
from qa import Engine, Settings
from qa.answering.sentences import SIGNS, candidates, signs_of
from qa.inputs import Question, read_questions, words_only

SHRINK, FOLDS, LABELLED = 0.01, 5, 3

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """One question's units: their signs (units, SIGNS), which of them answer, its weight."""

    signs: Values
    right: NDArray[np.bool_]
    weight: int


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+", metavar="HOME=SET")
    args = parser.parse_args()
    parts = [given.split("=", 1) for given in args.sets]
    engines = {home: Engine.open(Settings.load(home)) for home, _ in parts}
    asked = [list(asked_of(engines[home], path)) for home, path in parts]
    every = [each for part in asked for each in part]
    scale = np.concatenate([each.signs for each in every]).std(axis=0) + 1e-9
    report("all signs", asked, scale, np.ones(len(SIGNS)))
    for number, name in enumerate(SIGNS):
        report(f"without {name}", asked, scale, np.delete(np.eye(len(SIGNS)), number, 0).sum(0))
    fitted = fit(every, scale) / scale
    print({name: round(float(w), 2) for name, w in zip(SIGNS, fitted, strict=True)})


def asked_of(engine: Engine, path: str) -> Iterator[Asked]:
    """The questions of a set that say which words answer, with the units found."""
    for question in read_questions(path):
        wanted = [words_only(each.evidence) for each in question.relevant if each.evidence]
        if not wanted:
            continue
        topic, found = searched(engine, question)
        given = candidates(found)
        said = [words_only(each.words) for each in given]
        right = np.array([any(w in s or s in w for w in wanted) for s in said])
        weight = 1 if question.bearing is None else LABELLED
        yield Asked(signs_of(engine.index, topic, given), right, weight)


def searched(engine: Engine, question: Question) -> tuple[str, list[Found]]:
    """What the question asks, and the passages found."""
    topic = engine.topic(question.question)
    return topic, engine.index.search(topic, 10)


def report(name: str, asked: Sequence[Sequence[Asked]], scale: Values, kept: Values) -> None:
    """How often the first unit answers in each set, the weights fitted to the other folds."""
    numbered = [(n, each) for n, part in enumerate(asked) for each in part]
    order = np.random.default_rng(0).permutation(len(numbered))
    right = [0] * len(asked)
    for fold in np.array_split(order, FOLDS):
        others = [numbered[n][1] for n in order if n not in set(fold)]
        weights = fit(others, scale / np.maximum(kept, 1e-9)) * kept / scale
        for n in fold:
            part, each = numbered[n]
            right[part] += bool(each.right[np.argmax(each.signs @ weights)])
    shares = [f"{n}/{len(part)} {n / len(part):.3f}" for n, part in zip(right, asked, strict=True)]
    print(f"{name:20}", *shares, sep="  ", flush=True)


def fit(asked: Sequence[Asked], scale: Values) -> Values:
    """Weights of the signs, each divided by its ``scale``."""
    usable = [each for each in asked if each.right.any()]

    def loss(weights: Values) -> tuple[float, Values]:
        total, slope = 0.0, np.zeros(len(weights))
        for each in usable:
            signs = each.signs / scale
            chance = np.exp(signs @ weights - (signs @ weights).max())
            chance /= chance.sum()
            hit = float(chance[each.right].sum())
            total -= each.weight * np.log(hit)
            slope -= each.weight * ((chance * each.right) / hit - chance) @ signs
        count = sum(each.weight for each in usable)
        shrunk = SHRINK * weights @ weights
        return float(total / count + shrunk), slope / count + 2 * SHRINK * weights

    found: Values = minimize(loss, np.ones(len(scale)), jac=True, method="L-BFGS-B").x
    return found


if __name__ == "__main__":
    main()

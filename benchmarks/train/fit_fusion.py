"""Fit the weights of the legs: python -m benchmarks.train.fit_fusion HOME=SET… [--keep FILE].

Each SET of development questions is asked of the library in HOME (``/tmp/a=dev.jsonl``); of what
every leg says of the candidates, weights are fitted that put the right passages first (listwise, a
softmax over the candidates), every kind of question weighing the same: those on documents with
written questions and those on documents that nobody prepared. Prints the figures before and after;
the weights go into index/fusion.py and index/hybrid.py by hand.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from index import Index
from index.fusion import scaled
from index.hybrid import ASKED, OWN_DOCUMENTS, WEIGHTS
from qa import Engine, Settings
from qa.evaluation.relevance import Names, is_relevant, names_of
from qa.inputs import Question, read_questions
from qa.records import make_hit

Values = NDArray[np.float64]
NAMES = (*WEIGHTS, "own")
SHRINK = 0.02


@dataclass(frozen=True)
class Asked:
    """One question's candidates: what the legs say (candidates, NAMES), and which are right."""

    kind: str
    legs: Values
    right: NDArray[np.bool_]
    wanted: int


def main() -> None:
    """Read, fit, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+", metavar="HOME=SET")
    args = parser.parse_args()
    asked = [each for given in args.sets for each in candidates_of(*given.split("=", 1))]
    start = np.array([*WEIGHTS.values(), OWN_DOCUMENTS * sum(WEIGHTS.values())])
    show("as they are", asked, start)
    fitted = fit(asked, start)
    show("fitted", asked, fitted)
    print({name: round(float(w / fitted[0]), 2) for name, w in zip(NAMES, fitted, strict=True)})
    for number, name in enumerate(NAMES):
        without = fitted.copy()
        without[number] = 0
        show(f"without {name}", asked, without)


def candidates_of(home: str, path: str) -> Iterator[Asked]:
    """What the legs say of each question's candidates."""
    engine = Engine.open(Settings.load(home))
    names = names_of(engine.index.documents.values())
    for question in read_questions(Path(path)):
        if question.answerable:
            yield _asked(engine.index, question, names, engine.topic(question.question))


def _asked(index: Index, question: Question, names: Names, topic: str) -> Asked:
    rows, legs = index.legs(topic)
    own = [float(index.passages[row][0].origin != "law") for row in rows]
    hits = [make_hit(1, 0.0, *index.passages[row]) for row in rows]
    right = [any(is_relevant(hit, item, names) for item in question.relevant) for hit in hits]
    legs["dense"] = np.maximum(legs["dense"], ASKED * legs["question"])
    columns = [*(scaled(legs[name]) for name in WEIGHTS), np.array(own)]
    return Asked(question.kind, np.stack(columns, axis=1), np.array(right), len(question.relevant))


def fit(asked: Sequence[Asked], start: Values) -> Values:
    """The weights that make the right candidates likeliest."""
    some = [each for each in asked if each.right.any()]
    kinds = [each.kind for each in some]
    share = {kind: 1 / kinds.count(kind) for kind in kinds}

    def loss(weights: Values) -> tuple[float, Values]:
        total, slope = SHRINK * float(weights @ weights), 2 * SHRINK * weights
        for each in some:
            scores = each.legs @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            hit = likely[each.right].sum()
            total -= share[each.kind] * np.log(hit + 1e-12)
            pull = (likely * each.right) @ each.legs / (hit + 1e-12)
            slope -= share[each.kind] * (pull - likely @ each.legs)
        return total, slope

    found: Values = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def show(said: str, asked: Sequence[Asked], weights: Values) -> None:
    """R@1, R@5 and MRR@10 of each kind."""
    print(f"{said:22s}", end="")
    for kind, (first, five, mrr) in figures(asked, weights).items():
        print(f"  {kind} {first:.3f} {five:.3f} {mrr:.3f}", end="")
    print(flush=True)


def figures(asked: Sequence[Asked], weights: Values) -> Mapping[str, tuple[float, float, float]]:
    """By kind of question the share of right passages first and within five, and MRR@10."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for each in asked:
        order = np.argsort(-(each.legs @ weights), kind="stable")
        right = each.right[order]
        rank = int(np.argmax(right)) if right.any() else 10
        shares = (float(right[:k].sum()) / max(each.wanted, 1) for k in (1, 5))
        first, five = (min(share, 1.0) for share in shares)
        found.setdefault(each.kind, []).append((first, five, 1 / (rank + 1) if rank < 10 else 0.0))
    return {kind: tuple(np.mean(rows, axis=0)) for kind, rows in sorted(found.items())}


if __name__ == "__main__":
    main()

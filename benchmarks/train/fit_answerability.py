"""Fit qa/answering/answerability.safetensors.

    python -m benchmarks.train.fit_answerability HOME=SET [HOME=SET …]

The question's direction comes from questions to train on (``benchmarks.train.pairs``), answered and
not. The weights of the signs come from development sets, each asked of a library: of the plan, of
documents held out whole, of all laws; in every set the answered weigh four times the others, as
they do in use, so that the confidence means what it says there. Printed: what each sign tells alone
and all together (AUROC, by ten-fold cross-validation), and what is refused at which threshold.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from benchmarks.train.pack import unanswerable
from benchmarks.train.pairs import Pair, invented, laws
from index.model import Embedder
from index.model.packaged import bundled_source
from qa import Engine, Settings
from qa.answering.answerability import SIGNS, signs_of
from qa.inputs import read_questions

TARGET = Path(__file__).resolve().parents[2] / "qa" / "answering" / "answerability.safetensors"
SEED, STRENGTH, SAMPLES = 7, 3.0, {"written": 2000, "law": 1000, "invented": 1500}
ANSWERED, READ = 0.8, 10

Values = NDArray[np.float64]


def main() -> None:
    """Fit, write, and print what the development sets say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+", metavar="HOME=SET")
    args = parser.parse_args()
    parts = [given.split("=", 1) for given in args.sets]
    engines = {home: Engine.open(Settings.load(home)) for home, _ in parts}
    direction = direction_of(next(iter(engines.values())).index.embedder)
    tables = [table(engines[home], path, direction) for home, path in parts]
    signs = np.concatenate([rows for rows, _ in tables])
    known = np.concatenate([answered for _, answered in tables])
    group = np.concatenate([np.full(len(answered), n) for n, (_, answered) in enumerate(tables)])
    weight = weights_of(known, group)
    names = ("direction", *SIGNS)
    report(signs, known, group, weight, names)
    model = fitted(signs, known, weight)
    scale, *of_signs = model.coef_[0]
    save_file(
        {
            "direction": (direction * scale).astype(np.float32),
            "signs": np.array(of_signs, np.float32),
            "bias": model.intercept_.astype(np.float32),
        },
        TARGET,
        {"model": bundled_source()},
    )
    print({name: round(float(w), 2) for name, w in zip(names, model.coef_[0], strict=True)})


def direction_of(embedder: Embedder) -> Values:
    """Along which a question's vector tells that documents answer it."""
    pairs = sample([*laws("train"), *invented("train"), *unanswerable()])
    vectors = embedder.encode([pair.question for pair in pairs], "query").vectors
    answered = [bool(pair.places) for pair in pairs]
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000)
    model.fit(vectors, answered)
    print(f"direction: {sum(answered)} answered, {len(answered) - sum(answered)} not")
    found: Values = model.coef_[0]
    return found


def sample(pairs: list[Pair]) -> list[Pair]:
    """All that nothing answers, and some of each source that something does."""
    random.Random(SEED).shuffle(pairs)
    kept = [pair for pair in pairs if not pair.places]
    for source, count in SAMPLES.items():
        kept += [pair for pair in pairs if pair.places and pair.source == source][:count]
    return kept


def table(engine: Engine, path: str, direction: Values) -> tuple[Values, NDArray[np.bool_]]:
    """A row of signs for each question of a set, and whether it is answered."""
    rows, answered = [], []
    for question in read_questions(Path(path)):
        topic = engine.topic(question.question)
        found = engine.index.search(topic, READ)
        vector = engine.index.encoded(topic).vectors[0]
        rows.append([float(direction @ vector), *signs_of(question.question, found)])
        answered.append(question.answerable)
    print(f"{path}: {sum(answered)} answered, {len(answered) - sum(answered)} not", flush=True)
    return np.array(rows), np.array(answered)


def weights_of(known: NDArray[np.bool_], group: NDArray[np.int64]) -> Values:
    """Every set counts the same, ANSWERED of it those that are answered."""
    weight = np.zeros(len(known))
    for number in np.unique(group):
        for answered, share in ((True, ANSWERED), (False, 1 - ANSWERED)):
            rows = (group == number) & (known == answered)
            weight[rows] = share * len(known) / max(rows.sum(), 1)
    return weight


def fitted(signs: Values, known: NDArray[np.bool_], weight: Values) -> LogisticRegression:
    """The regression over the signs as they are."""
    return LogisticRegression(C=100, max_iter=5000).fit(signs, known, sample_weight=weight)


def report(
    signs: Values,
    known: NDArray[np.bool_],
    group: NDArray[np.int64],
    weight: Values,
    names: tuple[str, ...],
) -> None:
    """What each sign tells alone, and all of them, by set."""
    chance = np.zeros(len(known))
    folds = StratifiedKFold(10, shuffle=True, random_state=SEED)
    for rest, part in folds.split(signs, 2 * group + known):
        model = fitted(signs[rest], known[rest], weight[rest])
        chance[part] = model.predict_proba(signs[part])[:, 1]
    for number in np.unique(group):
        rows = group == number
        if known[rows].all():
            print(f"set {number}: {(chance[rows] < 0.5).mean():.1%} of the answerable refused")
            continue
        alone = [
            f"{n} {roc_auc_score(known[rows], signs[rows, i]):.3f}" for i, n in enumerate(names)
        ]
        whole = roc_auc_score(known[rows], chance[rows])
        print(f"set {number}: AUROC {whole:.3f}; alone: {', '.join(alone)}")
        for limit in (0.3, 0.4, 0.5, 0.6, 0.7):
            refused = [
                (chance[rows & (known == answered)] < limit).mean() for answered in (True, False)
            ]
            print(f"  below {limit}: {refused[0]:.1%} of the answerable, {refused[1]:.1%} not")
        gap = calibration_error(chance[rows], known[rows], weight[rows])
        print(f"  expected calibration error {gap:.3f}")


def calibration_error(chance: Values, known: NDArray[np.bool_], weight: Values) -> float:
    """The mean gap between what is said and what is so, over ten bins (Guo et al., 2017)."""
    bins = np.minimum((chance * 10).astype(int), 9)
    total = 0.0
    for number in np.unique(bins):
        rows = bins == number
        share = weight[rows] / weight[rows].sum()
        total += weight[rows].sum() * abs(float(share @ chance[rows]) - float(share @ known[rows]))
    return total / float(weight.sum())


if __name__ == "__main__":
    main()

"""Fit qa/answering/answerability.safetensors.

    python -m benchmarks.train.fit_answerability GROUP:HOME=SET [GROUP:HOME=SET …]

The question's direction comes from questions to train on (``benchmarks.train.pairs``), answered and
not. The weights of the signs come from development sets, each asked of a library: of the plan, of
documents held out whole and what they nearly answer (near_misses_documents.jsonl), of citizens
whose laws are held or not, of all laws (near_misses_laws.jsonl, short_questions.jsonl). In every
GROUP of sets the answered weigh four times the others, as they do in use, so that the confidence
means what it says there; among them three times those that ask for a sum, a telephone, a period:
the sets' authors asked for these mostly where nothing says them. Printed: what each sign tells
alone and all together (AUROC, by ten-fold cross-validation), and what is refused at which
threshold. With ``--report`` the judge that is there is measured instead, and nothing is written.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
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
from qa.answering import clean_query
from qa.answering.answer_type import expected
from qa.answering.answerability import SIGNS, answer_reader, load_judge, signs_of
from qa.answering.sentences import ranked
from qa.inputs import read_questions

TARGET = Path(__file__).resolve().parents[2] / "qa" / "answering" / "answerability.safetensors"
SEED, STRENGTH, SAMPLES = 7, 3.0, {"written": 2000, "law": 1000, "invented": 1500}
ANSWERED, READ, KINDS, FALSE = 0.8, 10, 3, 0.05

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """``signs`` (questions, SIGNS) of a set, which are answered and which ask for a kind."""

    signs: Values
    known: NDArray[np.bool_]
    kinds: NDArray[np.bool_]


def main() -> None:
    """Fit, write, and print what the development sets say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+", metavar="GROUP:HOME=SET")
    parser.add_argument("--report", action="store_true")
    args = parser.parse_args()
    parts = [part.partition(":") for part in args.sets]
    homes = [given.split("=", 1) for _, _, given in parts]
    engines = {home: Engine.open(Settings.load(home)) for home, _ in homes}
    embedder = next(iter(engines.values())).index.embedder
    judge = load_judge()
    kept: Values = judge.direction.astype(np.float64)
    direction = kept if args.report else direction_of(embedder)
    tables = [table(engines[home], path, direction) for home, path in homes]
    signs = np.concatenate([each.signs for each in tables])
    known = np.concatenate([each.known for each in tables])
    names = list(dict.fromkeys(name for name, _, _ in parts))
    group = np.concatenate(
        [
            np.full(len(each.known), names.index(part[0]))
            for part, each in zip(parts, tables, strict=True)
        ]
    )
    if args.report:
        chance = np.array([judge.confidence(row) for row in signs.tolist()])
        report(names, chance, known, group, weights_of(known, group), signs)
        return
    weight = weights_of(known, group, np.concatenate([each.kinds for each in tables]))
    report(names, crossed(signs, known, group, weight), known, group, weight, signs)
    model = fitted(signs, known, weight)
    save_file(
        {
            "direction": direction.astype(np.float32),
            "signs": model.coef_[0].astype(np.float32),
            "bias": model.intercept_.astype(np.float32),
        },
        TARGET,
        {"model": bundled_source()},
    )
    print({name: round(float(w), 2) for name, w in zip(SIGNS, model.coef_[0], strict=True)})


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


def table(engine: Engine, path: str, direction: Values) -> Table:
    """The signs of each question of a set."""
    reader = answer_reader(engine.settings)
    rows, answered, kinds = [], [], []
    for given in read_questions(Path(path)):
        question = clean_query(given.question)[0]
        topic = engine.topic(question)
        found = engine.index.search(topic, READ)
        kind = float(direction @ engine.index.encoded(topic).vectors[0])
        best = ranked(engine.index, topic, found)
        rows.append(signs_of(kind, question, topic, found, best, reader))
        answered.append(given.answerable)
        kinds.append(bool(expected(question)))
    print(f"{path}: {sum(answered)} answered, {len(answered) - sum(answered)} not", flush=True)
    return Table(np.array(rows), np.array(answered), np.array(kinds))


def weights_of(
    known: NDArray[np.bool_], group: NDArray[np.int64], kinds: NDArray[np.bool_] | None = None
) -> Values:
    """Every group counts the same, ANSWERED of it those that are answered."""
    weight = np.ones(len(known))
    if kinds is not None:
        weight[known & kinds] = KINDS
    for number in np.unique(group):
        for answered, share in ((True, ANSWERED), (False, 1 - ANSWERED)):
            rows = (group == number) & (known == answered)
            weight[rows] *= share * len(known) / max(weight[rows].sum(), 1)
    return weight


def fitted(signs: Values, known: NDArray[np.bool_], weight: Values) -> LogisticRegression:
    """The regression over the signs as they are."""
    return LogisticRegression(C=1, max_iter=5000).fit(signs, known, sample_weight=weight)


def crossed(
    signs: Values, known: NDArray[np.bool_], group: NDArray[np.int64], weight: Values
) -> Values:
    """The chance of each question, fitted to the others."""
    chance = np.zeros(len(known))
    folds = StratifiedKFold(10, shuffle=True, random_state=SEED)
    for rest, part in folds.split(signs, 2 * group + known):
        model = fitted(signs[rest], known[rest], weight[rest])
        chance[part] = model.predict_proba(signs[part])[:, 1]
    return chance


def report(
    names: Sequence[str],
    chance: Values,
    known: NDArray[np.bool_],
    group: NDArray[np.int64],
    weight: Values,
    signs: Values,
) -> None:
    """What each sign tells alone, and all of them, by group."""
    for number, name in enumerate(names):
        rows = group == number
        answered, other = rows & known, rows & ~known
        if not other.any() or not answered.any():
            print(f"{name}: {(chance[answered] < 0.5).mean():.1%} of the answerable refused")
            continue
        alone = [
            f"{n} {roc_auc_score(known[rows], signs[rows, i]):.3f}" for i, n in enumerate(SIGNS)
        ]
        whole = roc_auc_score(known[rows], chance[rows])
        at = np.quantile(chance[answered], FALSE)
        refused = f"{(chance[other] < at).mean():.1%} refused at {FALSE:.0%} false"
        print(f"{name}: AUROC {whole:.3f}; {refused}; alone: {', '.join(alone)}")
        for limit in (0.3, 0.4, 0.5, 0.6, 0.7):
            shares = [(chance[each] < limit).mean() for each in (answered, other)]
            print(f"  below {limit}: {shares[0]:.1%} of the answerable, {shares[1]:.1%} not")
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

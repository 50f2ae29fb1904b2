"""Fit qa/answering/answerability.safetensors: python -m benchmarks.train.fit_answerability HOME.

Answerable is a sample of the questions written for the library's texts
(``corpus.written_questions``), not answerable are those of benchmarks/train/unanswerable.jsonl.
What the dev set says of it is printed: how well the two sorts are told apart (AUROC), and what is
refused at which threshold. HOME is a library built with the bundled model.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.doc2query import AskedVectors
from index.model.packaged import bundled_source
from qa import Engine, Settings
from qa.answering.answer import Answerer
from qa.answering.answerability import SIGNS, Judge
from qa.inputs.questions import read_questions

ROOT = Path(__file__).resolve().parents[2]
UNANSWERABLE = ROOT / "benchmarks" / "train" / "unanswerable.jsonl"
DEV = ROOT / "qa" / "sets" / "plan-dev.jsonl"
STRENGTH, SCALE, REFUSED = 3.0, 0.3, 0.02
SAMPLE, SEED, SAME = 3000, 7, 0.98


def main() -> None:
    """Fit, write, and print what the dev set says."""
    engine = Engine.open(Settings.load(sys.argv[1] if len(sys.argv) > 1 else None))
    held = [a.question for document in engine.index.documents.values() for a in document.asked]
    answered = random.Random(SEED).sample(held, SAMPLE)
    unanswered = [question.question for question in read_questions(UNANSWERABLE)]
    vectors, signs = features(engine, [*answered, *unanswered])
    labels = np.arange(len(vectors)) < len(answered)
    mean, spread = signs.mean(axis=0), signs.std(axis=0)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000)
    model.fit(np.hstack([vectors, (signs - mean) / spread * SCALE]), labels)
    weights = model.coef_[0].astype(np.float32)
    direction, of_signs = weights[: -len(SIGNS)], weights[-len(SIGNS) :] * SCALE / spread
    dev = read_questions(DEV)
    known = np.array([question.answerable for question in dev])
    vectors, signs = features(engine, [question.question for question in dev])
    scores = vectors @ direction + signs @ of_signs
    for number, name in enumerate(SIGNS):
        print(f"dev, {name} alone: AUROC {roc_auc_score(known, signs[:, number]):.3f}")
    # The confidence is 0.5 where one answerable question of the dev set in fifty is refused.
    bias = -float(np.quantile(scores[known], REFUSED))
    judge = Judge(direction, of_signs.astype(np.float32), bias, bundled_source())
    bias_array = np.array([judge.bias], np.float32)
    save_file(
        {"direction": judge.direction, "signs": judge.signs, "bias": bias_array},
        ROOT / "qa" / "answering" / "answerability.safetensors",
        {"model": judge.model},
    )
    print(f"{len(answered)} answered, {len(unanswered)} not")
    print(f"dev: AUROC {roc_auc_score(known, scores):.3f}")
    for share in (0.01, 0.02, 0.05, 0.1):
        limit = np.quantile(scores[known], share)
        refused = (scores[~known] < limit).mean()
        print(f"at {share:.0%} of the answerable refused: {refused:.1%} of the unanswerable")


def features(
    engine: Engine, questions: Sequence[str]
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """The vector and the signs of each question, as ``ask`` sees them.

    A question that the library is known to answer is looked for without itself.
    """
    asked = engine.index._asked
    answerer = Answerer(engine.index, 0.5)
    vectors, signs = [], []
    for question in questions:
        topic = engine.topic(question)
        vector = engine.index.encoded(topic).vectors[0]
        others = asked.vectors @ vector < SAME
        engine.index._asked = AskedVectors(asked.vectors[others], asked.rows[others])
        vectors.append(vector)
        signs.append(answerer.signs(topic, engine.index.search(topic, 3)))
    engine.index._asked = asked
    return np.stack(vectors), np.array(signs)


if __name__ == "__main__":
    main()

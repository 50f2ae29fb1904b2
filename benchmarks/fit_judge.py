"""Fit qa/judge.safetensors: python -m benchmarks.fit_judge HOME.

Answerable are the questions written for the library's texts (corpus/documents/questions.jsonl), not
answerable those of benchmarks/training/unanswerable.jsonl. What the dev set says of the outcome is
printed: how well the two sorts are told apart (AUROC), and what is refused at which threshold. HOME
is a library built with the bundled model.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.packaged import bundled_source
from qa import Engine, Settings
from qa.judge import Judge
from qa.questions import read_questions

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "corpus" / "documents" / "questions.jsonl"
UNANSWERABLE = ROOT / "benchmarks" / "training" / "unanswerable.jsonl"
DEV = ROOT / "qa" / "sets" / "plan-dev.jsonl"
STRENGTH, REFUSED = 10.0, 0.05


def main() -> None:
    """Fit, write, and print what the dev set says."""
    engine = Engine.open(Settings.load(sys.argv[1] if len(sys.argv) > 1 else None))
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    answered = [question for line in lines for question in json.loads(line)["questions"]]
    unanswered = [question.question for question in read_questions(UNANSWERABLE)]
    vectors = encoded(engine, [*answered, *unanswered])
    labels = np.arange(len(vectors)) < len(answered)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000)
    model.fit(vectors, labels)
    dev = read_questions(DEV)
    scores = model.decision_function(encoded(engine, [question.question for question in dev]))
    known = np.array([question.answerable for question in dev])
    # The confidence is 0.5 where one answerable question of the dev set in twenty is refused.
    bias = -float(np.quantile(scores[known], REFUSED))
    judge = Judge(model.coef_[0].astype(np.float32), bias, bundled_source())
    save_file(
        {"direction": judge.direction, "bias": np.array([judge.bias], np.float32)},
        ROOT / "qa" / "judge.safetensors",
        {"model": judge.model},
    )
    print(f"{len(answered)} answered, {len(unanswered)} not")
    print(f"dev: AUROC {roc_auc_score(known, scores):.3f}")
    for share in (0.01, 0.02, 0.05, 0.1):
        limit = np.quantile(scores[known], share)
        refused = (scores[~known] < limit).mean()
        print(f"at {share:.0%} of the answerable refused: {refused:.1%} of the unanswerable")


def encoded(engine: Engine, questions: Sequence[str]) -> NDArray[np.float32]:
    """The vectors of what the questions ask, as ``ask`` sees them."""
    topics = [engine.topic(question) for question in questions]
    return engine.index.embedder.encode(topics, "query").vectors


if __name__ == "__main__":
    main()

"""Fit the confidence of qa/answer.py on the dev set: python benchmarks/fit_confidence.py HOME.

Prints the coefficients, how well answerable and unanswerable questions are told apart in
cross-validation (AUROC), and the threshold at which one answerable question in twenty is refused.
"""

from __future__ import annotations

import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from qa import Engine, Settings
from qa.questions import read_questions

DEV = "qa/sets/plan-dev.jsonl"
REFUSED = 0.05


def main() -> None:
    """Fit and print."""
    engine = Engine.open(Settings.load(sys.argv[1] if len(sys.argv) > 1 else None))
    questions = read_questions(DEV)
    answerable = np.array([bool(question.relevant) for question in questions])
    features = np.array(
        [[max(hit.similarity for hit in engine.index.search(q.question))] for q in questions]
    )
    model = LogisticRegression(C=10)
    tested = cross_val_predict(model, features, answerable, cv=10, method="predict_proba")[:, 1]
    model.fit(features, answerable)
    threshold = float(np.quantile(tested[answerable], REFUSED))
    refused = float((tested[~answerable] < threshold).mean())
    print(f"_BIAS, _NEAR = {model.intercept_[0]:.2f}, {model.coef_[0][0]:.2f}")
    print(f"AUROC {roc_auc_score(answerable, tested):.3f} (10-fold)")
    print(f"threshold {threshold:.3f}: refuses {refused:.1%} of the unanswerable at {REFUSED:.0%}")


if __name__ == "__main__":
    main()

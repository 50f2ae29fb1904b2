"""Citizens' questions over all laws.

    python -m benchmarks.sets.citizens PAIRS.jsonl HOME [--part test]

PAIRS.jsonl holds lines with ``question``, ``law`` and ``article`` (LeCoQA's training split, MIT,
which is not part of this repository). Questions are split once by the sha256 of their text: train
70, dev 15, test 15 of a hundred. HOME is a library built with ``faju build --laws all``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from qa import Engine, Settings
from qa.evaluation.evaluate import evaluate
from qa.evaluation.text import format_table
from qa.inputs.questions import Question, Relevant

PARTS = {"train": range(70), "dev": range(70, 85), "test": range(85, 100)}


def main() -> None:
    """Print the table for one part."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path)
    parser.add_argument("home")
    parser.add_argument("--part", choices=PARTS, default="test")
    args = parser.parse_args()
    engine = Engine.open(Settings.load(args.home))
    questions = read_pairs(args.pairs, args.part)
    runs = {
        run: lambda query, run=run: engine.search(query, 100, run)["hits"]
        for run in ("lexical", "dense", "hybrid")
    }
    print(format_table(evaluate(questions, runs, None, engine.index.documents.values())))


def read_pairs(path: Path, part: str) -> list[Question]:
    """The questions of one part, each with all its articles."""
    articles: dict[str, set[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if int(hashlib.sha256(pair["question"].encode()).hexdigest(), 16) % 100 in PARTS[part]:
            articles.setdefault(pair["question"], set()).add((pair["law"], pair["article"]))
    return [
        Question(
            id=f"c{number}",
            question=question,
            kind="citizens",
            relevant=tuple(Relevant(law, article=article) for law, article in sorted(wanted)),
        )
        for number, (question, wanted) in enumerate(articles.items(), 1)
    ]


if __name__ == "__main__":
    main()

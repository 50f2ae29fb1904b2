"""``faju evaluate``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from qa.commands.output import DONE, open_engine, print_json
from qa.settings import Settings

__all__ = ["evaluate"]


def evaluate(args: argparse.Namespace, settings: Settings) -> int:
    """The figures of a question set."""
    from tqdm import tqdm

    from qa.evaluate import evaluate as evaluate_set
    from qa.evaluate import format_table, write_files
    from qa.questions import read_questions

    questions = read_questions(args.questions)
    engine = open_engine(settings)

    def searcher(run: Any) -> Callable[[str], list[dict[str, Any]]]:
        return lambda query: list(engine.search(query, 100, run)["hits"])

    runs = {run: searcher(run) for run in args.run or ["hybrid"]}
    bar = tqdm(questions, unit="题", file=sys.stderr, disable=None, leave=False)
    report = evaluate_set(bar, runs, engine.ask, engine.index.documents.values())
    if args.out:
        write_files(report, args.out)
    if args.json:
        print_json(report.figures())
    else:
        print(format_table(report))
    return DONE

"""``faju evaluate``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus import InputError
from index import RUNS
from qa.commands.output import DONE, NOTHING, open_engine, print_json
from qa.commands.spelling import apart
from qa.settings import Settings

__all__ = ["evaluate"]


def evaluate(args: argparse.Namespace, settings: Settings) -> int:
    """The figures of a question set; NOTHING when one of them is below its floor."""
    from tqdm import tqdm

    from qa.evaluation import evaluate as evaluate_set
    from qa.evaluation import format_table, read_floors, run_searches, shortfalls, write_files
    from qa.inputs import read_questions

    if args.questions is None:
        raise InputError("请写明题集文件，例如：faju evaluate 题集.xlsx")
    questions = read_questions(args.questions)
    floors = read_floors(args.floors) if args.floors else {}
    runs = apart(args.run or [settings.run], lambda run: run in RUNS or Path(run).is_file())
    engine = open_engine(settings)
    searches = run_searches(engine, runs, questions)
    bar = tqdm(questions, unit="题", file=sys.stderr, disable=None, leave=False)
    report = evaluate_set(bar, searches, engine.ask, engine.index.documents.values())
    if args.out:
        write_files(report, Path(args.questions).name, args.out)
    if args.json:
        print_json(report.figures())
    else:
        print(format_table(report))
    short = shortfalls(report.figures(), floors)
    for sentence in short:
        print(f"faju: {sentence}", file=sys.stderr)
    return NOTHING if short else DONE

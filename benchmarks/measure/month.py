"""A month of marks: python -m benchmarks.measure.month HOME SET [--questions 150].

A department asks its own documents, of which nobody wrote questions. HOME holds them (as
``benchmarks.measure.held_out`` builds it), SET asks them by the words that answer. Of the questions
on a few whole documents half are confirmed, as staff would with 有用 or 指定原文; the others are
asked before and after. HOME is copied, nothing is kept of it.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qa import Engine, Settings
from qa.inputs import Question, read_questions, words_only
from qa.library import FILE as KEPT
from qa.library import confirmed_of

SEED, QUESTIONS = 20261128, 150


def main() -> None:
    """Ask, confirm, ask again, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("set", type=Path)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    args = parser.parse_args()
    known = [q for q in read_questions(args.set) if any(r.evidence for r in q.relevant)]
    drawn = month_of(known, args.questions)
    confirmed, others = drawn[::2], drawn[1::2]
    with tempfile.TemporaryDirectory() as work:
        home = Path(work) / "home"
        shutil.copytree(args.home, home, ignore=shutil.ignore_patterns(KEPT))
        engine = Engine.open(Settings.load(home))
        print(f"{len(confirmed)} confirmed, {len(others)} others")
        show("others before", engine, others)
        show("confirmed before", engine, confirmed)
        engine.questions.take(confirmed_of(confirmed))
        show("others after", engine, others)
        show("confirmed after", engine, confirmed)


def month_of(known: Sequence[Question], count: int) -> list[Question]:
    """The questions on as many whole documents, drawn with a seed, as ask so many."""
    drawn = random.Random(SEED)
    names = sorted({question.relevant[0].document for question in known})
    drawn.shuffle(names)
    asked = [q for name in names for q in known if q.relevant[0].document == name][:count]
    drawn.shuffle(asked)
    return asked


def show(said: str, engine: Engine, questions: Sequence[Question]) -> None:
    """The share whose passage is first, and among five."""
    ranks = [rank_of(engine, question) for question in questions]
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    five = sum(0 < rank <= 5 for rank in ranks) / len(ranks)
    print(f"{said:17} R@1 {first:.3f}  R@5 {five:.3f}", flush=True)


def rank_of(engine: Engine, question: Question) -> int:
    """The rank of the first passage that holds the words that answer; 0 for none of ten."""
    wanted = [words_only(each.evidence) for each in question.relevant if each.evidence]
    for hit in engine.search(question.question)["hits"]:
        text = words_only(hit["text"])
        if any(words in text for words in wanted):
            return hit["rank"]
    return 0


if __name__ == "__main__":
    main()

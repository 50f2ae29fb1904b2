"""What went wrong with a question, and which run did better on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qa.records import QuestionRecord

__all__ = ["by_fault", "faults", "sides"]

_SIDED_BY: Final = "nDCG@10"


def by_fault(records: Sequence[QuestionRecord]) -> list[int]:
    """The places of the records, those with most faults first, else in their order."""
    return sorted(range(len(records)), key=lambda number: -len(faults(records[number])))


def faults(record: QuestionRecord) -> list[str]:
    """What went wrong with a question: which runs missed it, and what ``ask`` made of it."""
    missed = [
        f"{run} 前 5 段没有依据"
        for run, found in record["runs"].items()
        if record["answerable"] and not found["Success@5"]
    ]
    answer = record["answer"]
    if answer is None:
        return missed
    if not record["answerable"]:
        return [*missed, "应拒未拒"] if answer["answered"] else missed
    if not answer["answered"]:
        return [*missed, "误拒"]
    return missed if answer["evidence_in_answer"] else [*missed, "答句不含依据"]


def sides(record: QuestionRecord, run: str) -> int:
    """1 where ``run`` did better than the first run on this question, -1 where worse, else 0."""
    if not record["answerable"]:
        return 0
    runs = record["runs"]
    own, first = runs[run][_SIDED_BY], next(iter(runs.values()))[_SIDED_BY]
    return int(own > first) - int(own < first)

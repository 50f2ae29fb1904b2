"""What an evaluation found: figures over groups of questions, and a record for each question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean
from typing import cast

from qa.evaluation.curves import Curves
from qa.evaluation.measures import MEASURES, Outcome, refusal
from qa.evaluation.quotes import quote_figures
from qa.records import (
    AskedRecord,
    CurvesRecord,
    FiguresRecord,
    GroupFigures,
    QuestionRecord,
    QuotedRecord,
    QuoteFigures,
    RefusalFigures,
    RunDifference,
)

__all__ = ["Figures", "Report", "figures_by"]


@dataclass(frozen=True)
class Figures:
    """Figures over groups of questions: kinds, documents or chapters.

    ``n`` counts the answerable questions; ``runs`` goes from run to measure to group to value, over
    answerable questions; ``evidence_in_answer`` is the share whose answer holds the evidence;
    ``refusal`` holds ``qa.evaluation.measures.refusal`` of each group, unanswerable questions among
    them; ``quotes`` what the answers quote (``qa.evaluation.quotes``). The last three are empty
    where nothing was asked.
    """

    n: dict[str, int]
    runs: dict[str, dict[str, dict[str, float]]]
    evidence_in_answer: dict[str, float]
    refusal: dict[str, RefusalFigures]
    quotes: dict[str, QuoteFigures]

    def record(self) -> GroupFigures:
        """The contract's figures."""
        return cast(GroupFigures, asdict(self))


@dataclass(frozen=True)
class Report:
    """What an evaluation found.

    ``kinds`` has the figures of all questions under ``all``; ``documents`` and ``chapters`` are
    those of the relevant passages, a question with several counted under each. ``differences`` are
    those of every later run to the first one. ``notes`` says in Chinese what cannot be found.
    """

    kinds: Figures
    documents: Figures
    chapters: Figures
    differences: tuple[RunDifference, ...] = ()
    curves: Curves | None = None
    notes: tuple[str, ...] = ()
    records: tuple[QuestionRecord, ...] = ()
    qrels: dict[str, list[str]] = field(default_factory=dict)
    rankings: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    @property
    def runs(self) -> tuple[str, ...]:
        """The names of the runs; the first is what the others are compared with."""
        return tuple(self.rankings)

    @property
    def refusal(self) -> RefusalFigures:
        """The figures of refusing over all questions; empty where nothing was asked."""
        return self.kinds.refusal.get("all", {})

    def figures(self) -> FiguresRecord:
        """The figures without the per-question part, as written to ``metrics.json``."""
        return {
            "n": self.kinds.n,
            "runs": self.kinds.runs,
            "refusal": self.refusal,
            "evidence_in_answer": self.kinds.evidence_in_answer,
            "notes": list(self.notes),
            "refusal_by_kind": self.kinds.refusal,
            "quotes": self.kinds.quotes,
            "by_document": self.documents.record(),
            "by_chapter": self.chapters.record(),
            "differences": list(self.differences),
            "curves": None if self.curves is None else cast(CurvesRecord, asdict(self.curves)),
        }


def figures_by(
    members: Mapping[str, Sequence[str]],
    scores: Mapping[str, Mapping[str, Mapping[str, float]]],
    answers: Mapping[str, AskedRecord],
    outcomes: Mapping[str, Outcome],
) -> Figures:
    """Means over each group; ``members`` leads from a group to the ids of its questions.

    ``scores`` goes from run to question to measure to value, ``answers`` and ``outcomes`` from
    question to what ``ask`` made of it.
    """
    judged = {id_ for each in scores.values() for id_ in each}
    ranked = {name: [id_ for id_ in ids if id_ in judged] for name, ids in members.items()}
    asked = {name: [id_ for id_ in ids if id_ in answers] for name, ids in ranked.items()}
    return Figures(
        n={name: len(ids) for name, ids in ranked.items() if ids or name == "all"},
        runs={
            run: {
                measure: _means(ranked, {id_: each[id_][measure] for id_ in each})
                for measure in MEASURES
            }
            for run, each in scores.items()
        },
        evidence_in_answer=_means(
            asked, {id_: float(each["evidence_in_answer"]) for id_, each in answers.items()}
        ),
        refusal={
            name: refusal([outcomes[id_] for id_ in ids if id_ in outcomes])
            for name, ids in members.items()
            if any(id_ in outcomes for id_ in ids)
        },
        quotes={
            name: quote_figures(each) for name, each in _quotes(asked, answers).items() if each
        },
    )


def _quotes(
    asked: Mapping[str, Sequence[str]], answers: Mapping[str, AskedRecord]
) -> dict[str, list[QuotedRecord]]:
    return {
        name: [quoted for id_ in ids if (quoted := answers[id_]["quoted"]) is not None]
        for name, ids in asked.items()
    }


def _means(members: Mapping[str, Sequence[str]], values: Mapping[str, float]) -> dict[str, float]:
    return {name: fmean(values[id_] for id_ in ids) for name, ids in members.items() if ids}

"""The contract as types: the figures of an evaluation, and what is kept of each question."""

from __future__ import annotations

from typing_extensions import TypedDict

__all__ = [
    "AskedRecord",
    "BinRecord",
    "CurvesRecord",
    "ExpectedRecord",
    "FiguresRecord",
    "GroupFigures",
    "QuestionRecord",
    "QuoteFigures",
    "QuotedRecord",
    "RefusalFigures",
    "RunDifference",
    "RunFigures",
    "RunRecord",
    "Scores",
    "TopRecord",
]

RunFigures = dict[str, dict[str, dict[str, float]]]
"""From run to measure (R@5, RR@10 …) to group of questions to value, 0 to 1."""


class RefusalFigures(TypedDict, total=False):
    """How well refusals fall on the unanswerable questions; null where there are none to count.

    Empty where nothing was asked.
    """

    n_answerable: int
    n_unanswerable: int
    precision: float | None
    recall: float | None
    false_refusal_rate: float | None
    auroc: float | None


class QuoteFigures(TypedDict):
    """What answers quote, over the ``n`` questions whose set says which words answer.

    ``first``: the share whose first sentence answers. ``bearing``: the share of the ``n_said``
    sentences that bear on their question, where that was labelled; ``whole``: the share of the
    ``n_lists`` lists that are quoted whole; null where there are none.
    """

    n: int
    first: float | None
    n_said: int
    bearing: float | None
    n_lists: int
    whole: float | None


class GroupFigures(TypedDict):
    """Figures over groups of questions: documents or chapters."""

    n: dict[str, int]
    runs: RunFigures
    evidence_in_answer: dict[str, float]
    refusal: dict[str, RefusalFigures]
    quotes: dict[str, QuoteFigures]


class RunDifference(TypedDict):
    """A run's mean less the baseline's, over the same ``n`` questions.

    ``low`` and ``high`` bound it with 95 % (bootstrap, percentiles); ``p`` is of the paired
    randomisation test, ``p_corrected`` corrected over all the differences of the evaluation.
    ``won`` and ``lost`` count the questions on which the run was better and worse.
    """

    run: str
    baseline: str
    measure: str
    n: int
    difference: float
    low: float
    high: float
    p: float
    p_corrected: float
    won: int
    lost: int


class BinRecord(TypedDict):
    """The questions whose confidence lies in one tenth of 0 … 1."""

    n: int
    confidence: float
    right: float


class CurvesRecord(TypedDict):
    """Whether the confidence can be trusted: calibration, and risk against coverage."""

    calibration: list[BinRecord]
    error: float
    coverage: list[float]
    risk: list[float]
    answered: float


class FiguresRecord(TypedDict):
    """What ``evaluate --json`` prints and ``metrics.json`` holds; groups are kinds of questions."""

    n: dict[str, int]
    runs: RunFigures
    refusal: RefusalFigures
    evidence_in_answer: dict[str, float]
    notes: list[str]
    refusal_by_kind: dict[str, RefusalFigures]
    quotes: dict[str, QuoteFigures]
    by_document: GroupFigures
    by_chapter: GroupFigures
    differences: list[RunDifference]
    curves: CurvesRecord | None


class ExpectedRecord(TypedDict):
    """What answers a question, and the passage that holds it; "" where the library has none."""

    document: str
    evidence: str | None
    article: str | None
    citation: str
    text: str


class TopRecord(TypedDict):
    """One of the best passages of a run."""

    passage_id: str
    citation: str
    text: str
    relevant: bool


Scores = TypedDict(
    "Scores",
    {
        "R@1": float,
        "R@3": float,
        "R@5": float,
        "R@10": float,
        "R@100": float,
        "RR@10": float,
        "nDCG@10": float,
        "Success@1": float,
        "Success@5": float,
    },
    total=False,
)
"""A run's measures on one question; none for an unanswerable one."""


class RunRecord(Scores):
    """What a run made of a question: its ranking by passage, and the best passages."""

    ranking: list[str]
    top: list[TopRecord]


class QuotedRecord(TypedDict):
    """What an answer quotes: whether the first of the sentences ``said`` answers.

    ``bearing`` counts those that bear on the question, ``whole`` says whether the list that answers
    is there whole; null where the set says nothing of it.
    """

    first: bool
    said: int
    bearing: int | None
    whole: bool | None


class AskedRecord(TypedDict):
    """What ``ask`` made of a question; ``quoted`` is null where no words are known to answer."""

    answered: bool
    confidence: float
    sentences: list[str]
    evidence_in_answer: bool
    evidence_in_passages: bool
    quoted: QuotedRecord | None


class QuestionRecord(TypedDict):
    """One line of ``questions.jsonl``; ``answer`` is null where only runs were measured."""

    id: str
    question: str
    kind: str
    answerable: bool
    expected: list[ExpectedRecord]
    runs: dict[str, RunRecord]
    answer: AskedRecord | None

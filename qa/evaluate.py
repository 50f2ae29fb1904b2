"""Batch evaluation of a question set: figures by kind, per-question records, TREC files."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import Document, InputError
from qa.measures import ALL, MEASURES, Outcome, by_kind, evidence_found, rank_scores, refusal
from qa.questions import Question
from qa.relevance import doubts, item_key, names_of, ranking

__all__ = ["Ask", "Report", "Search", "evaluate", "format_table", "write_files"]

Search = Callable[[str], list[dict[str, Any]]]
"""From a query to its hits, best first."""

Ask = Callable[[str], dict[str, Any]]
"""From a question to the ``ask`` object: answered, confidence, sentences, hits."""

_NOTES_SHOWN = 10
_REFUSAL_NAMES = {
    "precision": "拒答准确率",
    "recall": "拒答召回率",
    "false_refusal_rate": "误拒率（有答案的题）",
    "auroc": "置信度区分力 AUROC",
}


@dataclass(frozen=True)
class Report:
    """What an evaluation found.

    ``n`` counts the answerable questions by kind and under ``all``; ``runs`` goes from run to
    measure to kind to value, over answerable questions; ``evidence_in_answer`` from kind to the
    share whose answer holds the evidence; ``refusal`` holds counts and shares over all questions
    (both empty where nothing was asked). ``notes`` says in Chinese what in the set cannot be found.
    """

    n: dict[str, int]
    runs: dict[str, dict[str, dict[str, float]]]
    refusal: dict[str, float | None] = field(default_factory=dict)
    evidence_in_answer: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    records: tuple[dict[str, Any], ...] = ()
    qrels: dict[str, list[str]] = field(default_factory=dict)
    rankings: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """The figures without the per-question part, as written to ``metrics.json``."""
        return {
            "n": self.n,
            "runs": self.runs,
            "refusal": self.refusal,
            "evidence_in_answer": self.evidence_in_answer,
            "notes": list(self.notes),
        }


def evaluate(
    questions: Iterable[Question],
    search: Search | Mapping[str, Search],
    ask: Ask | None,
    documents: Iterable[Document],
) -> Report:
    """Run every question through ``search`` (one, or several by their run's name) and ``ask``.

    Questions are taken one at a time, so that a progress bar may be put around them. Ranking
    measures are over the questions that have an answer; refusal figures over all.
    """
    searches = dict(search) if isinstance(search, Mapping) else {"hybrid": search}
    held = tuple(documents)
    names = names_of(held)
    asked: list[Question] = []
    rankings: dict[str, dict[str, list[str]]] = {run: {} for run in searches}
    answers: dict[str, dict[str, Any]] = {}
    for question in questions:
        asked.append(question)
        for run, function in searches.items():
            hits = function(question.question)
            rankings[run][question.id] = ranking(question, hits, names)
        if ask is not None:
            answer = ask(question.question)
            answers[question.id] = {
                "answered": bool(answer["answered"]),
                "confidence": float(answer["confidence"]),
                "sentences": [sentence["text"] for sentence in answer["sentences"]],
                "evidence_in_answer": evidence_found(question, answer, names),
            }
    return _report(asked, rankings, answers, tuple(doubts(asked, held)) if held else ())


def _report(
    questions: Sequence[Question],
    rankings: dict[str, dict[str, list[str]]],
    answers: dict[str, dict[str, Any]],
    notes: tuple[str, ...],
) -> Report:
    kinds = {question.id: question.kind for question in questions if question.answerable}
    qrels = {
        question.id: [item_key(number + 1) for number in range(len(question.relevant))]
        for question in questions
        if question.answerable
    }
    scores = {run: rank_scores(qrels, ranked) for run, ranked in rankings.items()}
    found = {id_: float(answers[id_]["evidence_in_answer"]) for id_ in kinds if id_ in answers}
    outcomes = [
        Outcome(question.answerable, answer["answered"], answer["confidence"])
        for question in questions
        if (answer := answers.get(question.id)) is not None
    ]
    return Report(
        n={ALL: len(kinds), **{k: list(kinds.values()).count(k) for k in kinds.values()}},
        runs={
            run: {
                measure: by_kind({id_: values[measure] for id_, values in each.items()}, kinds)
                for measure in MEASURES
            }
            for run, each in scores.items()
        },
        refusal=refusal(outcomes) if outcomes else {},
        evidence_in_answer=by_kind(found, kinds),
        notes=notes,
        records=tuple(_record(question, rankings, scores, answers) for question in questions),
        qrels=qrels,
        rankings=rankings,
    )


def _record(
    question: Question,
    rankings: Mapping[str, Mapping[str, list[str]]],
    scores: Mapping[str, Mapping[str, dict[str, float]]],
    answers: Mapping[str, dict[str, Any]],
) -> dict[str, Any]:
    return {
        "id": question.id,
        "question": question.question,
        "kind": question.kind,
        "answerable": question.answerable,
        "runs": {
            run: {"ranking": ranked[question.id], **scores[run].get(question.id, {})}
            for run, ranked in rankings.items()
        },
        "answer": answers.get(question.id),
    }


def format_table(report: Report) -> str:
    """The figures as a plain-text table in Chinese, aligned for a fixed-width screen."""
    rows = [["检索方式", "题型", "题数", *MEASURES]]
    for run, measures in report.runs.items():
        for kind, count in report.n.items():
            values = [_shown(measures[measure].get(kind)) for measure in MEASURES]
            rows.append([run, "全部" if kind == ALL else kind, str(count), *values])
    lines = _aligned(rows)
    if report.evidence_in_answer:
        lines += ["", "答句含依据原文的题目所占比例："]
        lines += _aligned(
            [
                ["全部" if kind == ALL else kind, _shown(value)]
                for kind, value in report.evidence_in_answer.items()
            ]
        )
    if report.refusal:
        counts = (report.refusal["n_answerable"], report.refusal["n_unanswerable"])
        lines += ["", "拒答（有答案 {} 题，无答案 {} 题）：".format(*counts)]
        lines += _aligned(
            [[name, _shown(report.refusal[key])] for key, name in _REFUSAL_NAMES.items()]
        )
    if report.notes:
        lines += ["", f"题集中有 {len(report.notes)} 处在库中找不到，按未检出计："]
        lines += report.notes[:_NOTES_SHOWN]
        lines += ["……"] * (len(report.notes) > _NOTES_SHOWN)
    return "\n".join(lines)


def write_files(report: Report, out_dir: str | Path) -> None:
    """Write metrics.json, questions.jsonl, qrels.trec and one run-NAME.trec for each run."""
    folder = Path(out_dir)
    files = {
        "metrics.json": json.dumps(report.figures(), ensure_ascii=False, indent=2) + "\n",
        "questions.jsonl": "".join(
            json.dumps(record, ensure_ascii=False) + "\n" for record in report.records
        ),
        "qrels.trec": "".join(
            f"{id_} 0 {item} 1\n" for id_, items in report.qrels.items() for item in items
        ),
    }
    for run, ranked in report.rankings.items():
        files[f"run-{run}.trec"] = "".join(
            f"{id_} Q0 {item} {place} {len(items) - place + 1} {run}\n"
            for id_, items in ranked.items()
            for place, item in enumerate(items, start=1)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as exc:
        raise InputError(
            f"写不了 {folder}（{exc.strerror}）；请换一个可写的文件夹（--out）"
        ) from exc


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Columns on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

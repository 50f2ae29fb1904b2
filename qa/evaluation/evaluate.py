"""Batch evaluation of a question set: figures by group, differences, per-question records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from corpus import Document, InputError
from index import RUNS, Run
from qa.evaluation.curves import READ, Judged, curves
from qa.evaluation.measures import ALL, Outcome, evidence_found, rank_scores
from qa.evaluation.places import Place, Places
from qa.evaluation.quotes import quoted
from qa.evaluation.relevance import (
    Names,
    doubts,
    is_relevant,
    item_key,
    names_of,
    passage_key,
    ranking,
)
from qa.evaluation.results import Report, figures_by
from qa.evaluation.saved import SavedRun, read_run
from qa.evaluation.significance import differences
from qa.evaluation.text import format_table
from qa.inputs import Question
from qa.records import (
    AskedRecord,
    AskReply,
    ExpectedRecord,
    PassageRecord,
    QuestionRecord,
    Scores,
    TopRecord,
)

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Ask", "Report", "Search", "evaluate", "format_table", "run_searches"]

Search = Callable[[str], Sequence[PassageRecord]]
"""From a query to its hits, best first."""

Ask = Callable[[str], AskReply]

_DEPTH = 100  # passages asked of each run
_TOP = 5  # of which so many are kept in a question's record


@dataclass
class _Collected:
    """What came out, question by question; each run and the answers by the question's id."""

    runs: dict[str, dict[str, list[str]]]
    top: dict[str, dict[str, list[TopRecord]]]
    asked: list[Question] = field(default_factory=list)
    answers: dict[str, AskedRecord] = field(default_factory=dict)


def evaluate(
    questions: Iterable[Question],
    search: Search | Mapping[str, Search | SavedRun],
    ask: Ask | None,
    documents: Iterable[Document],
) -> Report:
    """Run every question through ``search`` (one, or several by their run's name) and ``ask``.

    Questions are taken one at a time, so that a progress bar may be put around them. Ranking
    measures are over the questions that have an answer; refusal figures over all. Runs are compared
    with the first. InputError names the question that cannot be asked.
    """
    searches = dict(search) if isinstance(search, Mapping) else {"hybrid": search}
    held = tuple(documents)
    names = names_of(held)
    collected = _Collected({run: {} for run in searches}, {run: {} for run in searches})
    for question in questions:
        collected.asked.append(question)
        try:
            for run, function in searches.items():
                hits = _hits(function, question)
                collected.runs[run][question.id] = ranking(question, hits, names)
                collected.top[run][question.id] = [_shown(question, h, names) for h in hits[:_TOP]]
            if ask is not None:
                collected.answers[question.id] = _answer(question, ask(question.question), names)
        except InputError as problem:
            raise InputError(f"题目 {question.id}：{problem}") from problem
    notes = doubts(collected.asked, held) if held else []
    for function in searches.values():
        notes += function.notes if isinstance(function, SavedRun) else ()
    return _report(collected, Places(held), tuple(notes))


def run_searches(
    engine: Engine, runs: Iterable[str], questions: Sequence[Question]
) -> dict[str, Search | SavedRun]:
    """By name, the library's own runs and those saved in TREC files, in the order given.

    InputError for a run that is neither, and for two of one name.
    """
    searches: dict[str, Search | SavedRun] = {}
    for given in runs:
        own = next((run for run in RUNS if run == given), None)
        if own is None and not Path(given).is_file():
            raise InputError(
                f"没有“{given}”这种检索方式，也没有这个文件；请用 {'、'.join(RUNS)}，"
                "或写一个 TREC 结果文件。"
            )
        name = own or Path(given).stem
        if name in searches:
            raise InputError(f"有两份检索结果都叫 {name}，请去掉一份，或给文件改名。")
        searches[name] = (
            _searcher(engine, own)
            if own
            else read_run(given, questions, engine.index.documents.values())
        )
    return searches


def _searcher(engine: Engine, run: Run) -> Search:
    return lambda query: list(engine.search(query, _DEPTH, run)["hits"])


def _hits(search: Search | SavedRun, question: Question) -> Sequence[PassageRecord]:
    if isinstance(search, SavedRun):
        return search.hits.get(question.id, ())
    return search(question.question)


def _shown(question: Question, hit: PassageRecord, names: Names) -> TopRecord:
    return {
        "passage_id": passage_key(hit["passage_id"]),
        "citation": hit["citation"],
        "text": hit["text"],
        "relevant": _relevant(question, hit, names),
    }


def _relevant(question: Question, hit: PassageRecord, names: Names) -> bool:
    return any(is_relevant(hit, relevant, names) for relevant in question.relevant)


def _answer(question: Question, answer: AskReply, names: Names) -> AskedRecord:
    read = answer["hits"][:READ]
    return {
        "answered": answer["answered"],
        "confidence": answer["confidence"],
        "sentences": [sentence["text"] for sentence in answer["sentences"]],
        "evidence_in_answer": evidence_found(question, answer, names),
        "evidence_in_passages": any(_relevant(question, hit, names) for hit in read),
        "quoted": quoted(question, answer),
    }


def _report(collected: _Collected, places: Places, notes: tuple[str, ...]) -> Report:
    questions, answers = collected.asked, collected.answers
    answerable = [question for question in questions if question.answerable]
    qrels = {
        question.id: [item_key(number + 1) for number in range(len(question.relevant))]
        for question in answerable
    }
    scores = {run: rank_scores(qrels, ranked) for run, ranked in collected.runs.items()}
    stand = {q.id: [places.find(relevant) for relevant in q.relevant] for q in questions}
    outcomes = {
        q.id: Outcome(q.answerable, answers[q.id]["answered"], answers[q.id]["confidence"])
        for q in questions
        if q.id in answers
    }
    kinds = {ALL: [q.id for q in questions]}
    for question in questions:
        kinds.setdefault(question.kind, []).append(question.id)
    return Report(
        kinds=figures_by(kinds, scores, answers, outcomes),
        documents=figures_by(
            _members(stand, lambda place: place.document.name), scores, answers, outcomes
        ),
        chapters=figures_by(
            _members(stand, lambda place: place.chapter), scores, answers, outcomes
        ),
        differences=differences(scores),
        curves=curves(
            [
                Judged(answer["confidence"], answer["answered"], answer["evidence_in_passages"])
                for answer in answers.values()
            ]
        ),
        notes=notes,
        records=tuple(_record(q, collected, scores, stand[q.id]) for q in questions),
        qrels=qrels,
        rankings=collected.runs,
    )


def _members(
    stand: Mapping[str, Sequence[Place | None]], group: Callable[[Place], str]
) -> dict[str, list[str]]:
    """From each group, in the library's order, to the questions with a relevant item in it."""
    placed = [(place, id_) for id_, each in stand.items() for place in each if place]
    members: dict[str, dict[str, None]] = {}
    for place, id_ in sorted(placed, key=lambda entry: entry[0].order):
        members.setdefault(group(place), {})[id_] = None
    return {name: list(ids) for name, ids in members.items()}


def _record(
    question: Question,
    collected: _Collected,
    scores: Mapping[str, Mapping[str, dict[str, float]]],
    stand: Sequence[Place | None],
) -> QuestionRecord:
    expected: list[ExpectedRecord] = [
        {
            "document": relevant.document,
            "evidence": relevant.evidence,
            "article": relevant.article,
            "citation": place.citation if place else "",
            "text": place.text if place else "",
        }
        for relevant, place in zip(question.relevant, stand, strict=True)
    ]
    return {
        "id": question.id,
        "question": question.question,
        "kind": question.kind,
        "answerable": question.answerable,
        "expected": expected,
        "runs": {
            run: {
                "ranking": ranked[question.id],
                **cast(Scores, scores[run].get(question.id, {})),
                "top": collected.top[run][question.id],
            }
            for run, ranked in collected.runs.items()
        },
        "answer": collected.answers.get(question.id),
    }

"""The figures of an evaluation: ranking through ir_measures, refusal, evidence in the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.relevance import Names, is_relevant
from qa.inputs import Question, Relevant, words_only
from qa.records import AskReply, RefusalFigures

__all__ = ["ALL", "MAIN", "MEASURES", "Outcome", "evidence_found", "rank_scores", "refusal"]

MEASURES = (
    *("R@1", "R@3", "R@5", "R@10", "R@100"),
    *("RR@10", "nDCG@10", "Success@1", "Success@5"),
)
"""The ranking measures, as ir_measures names them."""

MAIN = ("R@1", "R@5", "R@10", "RR@10", "nDCG@10")
"""Those on which runs are compared."""

ALL = "all"
"""The name under which the questions of all kinds are averaged."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ``ask`` made of one question, against whether the library can answer it."""

    answerable: bool
    answered: bool
    confidence: float


def rank_scores(
    qrels: Mapping[str, Sequence[str]], run: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """From question to measure to value, for each question in ``qrels``; without a run it is 0."""
    import ir_measures

    if not qrels:
        return {}
    measures = {ir_measures.parse_measure(name): name for name in MEASURES}
    judged = [ir_measures.Qrel(id_, item, 1) for id_, items in qrels.items() for item in items]
    # Scores only say the order here: trec_eval sorts by score and breaks ties by name.
    scored = [
        ir_measures.ScoredDoc(id_, item, float(len(items) - place))
        for id_, items in run.items()
        for place, item in enumerate(items)
    ]
    scores: dict[str, dict[str, float]] = {id_: dict.fromkeys(MEASURES, 0.0) for id_ in qrels}
    for metric in ir_measures.iter_calc(list(measures), judged, scored):
        scores[metric.query_id][measures[metric.measure]] = float(metric.value)
    return scores


def refusal(outcomes: Iterable[Outcome]) -> RefusalFigures:
    """How well refusals fall on the unanswerable questions; None where there are none to count.

    ``auroc`` is the chance that an answerable question is given more confidence than an
    unanswerable one.
    """
    known = list(outcomes)
    refused = [outcome for outcome in known if not outcome.answered]
    rightly = sum(not outcome.answerable for outcome in refused)
    answerable = sum(outcome.answerable for outcome in known)
    return {
        "n_answerable": answerable,
        "n_unanswerable": len(known) - answerable,
        "precision": _share(rightly, len(refused)),
        "recall": _share(rightly, len(known) - answerable),
        "false_refusal_rate": _share(len(refused) - rightly, answerable),
        "auroc": _auroc(known),
    }


def evidence_found(question: Question, answer: AskReply, names: Names) -> bool:
    """Whether the answer's sentences hold the words of one of the question's relevant items.

    An item given only by its article is held by a sentence out of a hit of that article.
    """
    sentences = answer["sentences"]
    said = words_only("".join(sentence["text"] for sentence in sentences))
    hits = {hit["rank"]: hit for hit in answer["hits"]}
    used = [hits[sentence["hit"]] for sentence in sentences if sentence["hit"] in hits]

    def held(relevant: Relevant) -> bool:
        if relevant.evidence is not None:
            return words_only(relevant.evidence) in said
        return any(is_relevant(hit, relevant, names) for hit in used)

    return answer["answered"] and any(held(relevant) for relevant in question.relevant)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _auroc(outcomes: Sequence[Outcome]) -> float | None:
    labels = [outcome.answerable for outcome in outcomes]
    if len(set(labels)) < 2:
        return None
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(labels, [outcome.confidence for outcome in outcomes]))

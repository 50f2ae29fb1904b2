"""Evaluation on an example small enough to be worked out by hand."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from doubles.records import hit_of, reply_of

from corpus import Document, InputError, Passage
from qa.evaluation.evaluate import evaluate
from qa.evaluation.files import write_files
from qa.evaluation.measures import MEASURES
from qa.evaluation.relevance import doubts, is_relevant, names_of, ranking
from qa.evaluation.results import Report
from qa.evaluation.text import format_table
from qa.inputs.questions import Question, Relevant
from qa.records import AskReply, Hit, document_label

P1 = "到2025年,防范化解重大风 险的能力明显提高。"
P2 = "每年至少举办两次法治讲座。"
P3 = "行政机关负责人应当出庭应诉。"
A54 = ("自然人从事工商业经营,", "经依法登记,为个体工商户。")

PLAN = Document("plan", "某市法治规划", "规划", "征求意见稿", P1 + P2 + P3, aliases=("规划",))
CODE = Document(
    id="civil-code",
    title="中华人民共和国民法典",
    kind="法律",
    status="现行有效",
    text="".join(A54),
    aliases=("民法典",),
    passages=(Passage("code-54", "civil-code", 0, 23, article="第五十四条"),),
)
NAMES = names_of([PLAN, CODE])


def hit(rank: int, id_: str, text: str, document: Document = PLAN, **more: Any) -> Hit:
    label = document_label(document)
    return hit_of(rank=rank, passage_id=id_, document=label, text=text, **more)


def plan_says(*evidence: str) -> tuple[Relevant, ...]:
    return tuple(Relevant("规划", evidence=each) for each in evidence)


QUESTIONS = (
    Question("q1", "风险能力何时提高", "事实", plan_says("防范化解重大风险的能力")),
    Question("q2", "什么是个体户", "法条", (Relevant("民法典", article="第五十四条"),)),
    Question("q3", "讲座和出庭", "多段", plan_says("每年至少举办两次", "负责人应当出庭")),
    Question("q4", "讲座几次", "事实", plan_says("举办两次法治讲座")),
    Question("q5", "电话", "无答案", ()),
    Question("q6", "天气", "无答案", ()),
)
ARTICLE = [
    hit(1, "code-54-1", A54[0], CODE, article="第五十四条"),
    hit(2, "code-54-2", A54[1], CODE, article="第五十四条"),
]
HITS = {
    "风险能力何时提高": [hit(1, "p2", P2), hit(2, "p1", P1)],
    "什么是个体户": ARTICLE,
    "讲座和出庭": [hit(1, "p2", P2), hit(2, "p1", P1), hit(3, "p3", P3)],
    "讲座几次": [],
    "电话": [hit(1, "p1", P1)],
    "天气": [],
}
ANSWERS = {
    "风险能力何时提高": (True, 0.9, P1),
    "什么是个体户": (True, 0.8, A54[0]),
    "讲座和出庭": (False, 0.3, P2),
    "讲座几次": (True, 0.5, P3),
    "电话": (False, 0.2, ""),
    "天气": (True, 0.6, P1),
}


def ask(question: str) -> AskReply:
    answered, confidence, text = ANSWERS[question]
    sentences = [{"text": text, "start": 0, "end": len(text), "hit": 1}]
    hits = HITS[question]
    return reply_of(answered=answered, confidence=confidence, sentences=sentences, hits=hits)


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(
        QUESTIONS, {"hybrid": HITS.__getitem__, "none": lambda _: []}, ask, [PLAN, CODE]
    )


def test_ranking_figures_by_kind(report: Report) -> None:
    second = 1 / log2(3)
    of_three = (1 + 1 / log2(4)) / (1 + second)
    # q1 found second; q2 first; q3 first and third; q4 not found.
    expected = {
        "R@1": {"all": (0 + 1 + 0.5 + 0) / 4, "事实": 0, "法条": 1, "多段": 0.5},
        "R@5": {"all": 0.75, "事实": 0.5, "法条": 1, "多段": 1},
        "RR@10": {"all": (0.5 + 1 + 1 + 0) / 4, "事实": 0.25, "法条": 1, "多段": 1},
        "nDCG@10": {
            "all": (second + 1 + of_three + 0) / 4,
            "事实": second / 2,
            "法条": 1,
            "多段": of_three,
        },
        "Success@1": {"all": 0.5, "事实": 0, "法条": 1, "多段": 1},
        "Success@5": {"all": 0.75, "事实": 0.5, "法条": 1, "多段": 1},
    }
    for measure, values in expected.items():
        assert report.kinds.runs["hybrid"][measure] == pytest.approx(values), measure
    assert report.kinds.n == {"all": 4, "事实": 2, "法条": 1, "多段": 1}
    assert set(report.kinds.runs["none"]["R@10"].values()) == {0.0}


def test_refusal_figures(report: Report) -> None:
    # Refused: q3 wrongly, q5 rightly. Of the 4 x 2 pairs, 0.3 and 0.5 fall below 0.6.
    assert report.refusal == {
        "n_answerable": 4,
        "n_unanswerable": 2,
        "precision": 1 / 2,
        "recall": 1 / 2,
        "false_refusal_rate": 1 / 4,
        "auroc": 6 / 8,
    }


def test_evidence_in_answer_needs_the_words_and_an_answer(report: Report) -> None:
    # q1 holds the words, q2 quotes the article, q3 refuses, q4 quotes something else.
    assert report.kinds.evidence_in_answer == {"all": 0.5, "事实": 0.5, "法条": 1.0, "多段": 0.0}


def test_ir_measures_finds_the_same_in_the_files(report: Report, tmp_path: Path) -> None:
    write_files(report, "题集", tmp_path / "结果")
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "结果" / "qrels.trec")))
    run = list(ir_measures.read_trec_run(str(tmp_path / "结果" / "run-hybrid.trec")))
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    found = ir_measures.calc_aggregate(measures, qrels, run)
    ours = {measure: report.kinds.runs["hybrid"][str(measure)]["all"] for measure in measures}
    assert found == pytest.approx(ours)


def test_files_hold_every_question_and_the_figures(report: Report, tmp_path: Path) -> None:
    write_files(report, "题集", tmp_path)
    lines = (tmp_path / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["id"] for record in records] == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert records[0]["runs"]["hybrid"]["ranking"] == ["p2", "relevant-1"]
    assert records[0]["runs"]["hybrid"]["RR@10"] == 0.5
    assert records[2]["answer"]["answered"] is False
    figures = json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))
    assert figures["runs"]["hybrid"]["R@1"]["all"] == 0.375
    with pytest.raises(InputError, match="写不了"):
        write_files(report, "题集", tmp_path / "metrics.json")


def test_a_table_is_aligned_and_speaks_chinese(report: Report) -> None:
    table = format_table(report).splitlines()
    assert table[1:3] == [
        "hybrid    全部  4     0.375  0.750  0.750  0.750  0.750  0.625  0.638    0.500      0.750",
        "hybrid    事实  2     0.000  0.500  0.500  0.500  0.500  0.250  0.315    0.000      0.500",
    ]
    assert "拒答（有答案 4 题，无答案 2 题）：" in table
    assert "拒答召回率            0.500" in table


def test_the_table_says_what_cannot_be_found() -> None:
    questions = [Question(f"x{n}", "电话", "事实", plan_says("没有的话")) for n in range(12)]
    table = format_table(evaluate(questions, HITS.__getitem__, None, [PLAN])).splitlines()
    assert table[-12] == "有 12 处在库中找不到，按未检出计："
    assert table[-11] == "题目 x0：“规划”中没有“没有的话”"
    assert table[-1] == "……"


def test_only_unanswerable_questions_and_no_ask() -> None:
    report = evaluate(QUESTIONS[4:], HITS.__getitem__, None, [PLAN])
    assert report.kinds.n == {"all": 0}
    assert (report.refusal, report.kinds.evidence_in_answer) == ({}, {})
    assert "—" in format_table(report)
    asked = evaluate(QUESTIONS[4:], HITS.__getitem__, ask, [PLAN])
    assert asked.refusal["auroc"] is asked.refusal["false_refusal_rate"] is None


@pytest.mark.parametrize("name", ["plan", "某市法治规划", "规划", "《某市法治规划》(征求意见稿)"])
def test_a_document_is_known_by_id_title_alias_and_citation(name: str) -> None:
    assert is_relevant(hit(1, "p2", P2), Relevant(name, evidence="两次法治讲座"), NAMES)


def test_the_same_words_elsewhere_or_another_article_are_not_relevant() -> None:
    assert not is_relevant(ARTICLE[0], Relevant("规划", evidence="自然人"), NAMES)
    assert not is_relevant(ARTICLE[0], Relevant("中华人民共和国民法典", article="第五条"), NAMES)
    assert not is_relevant(hit(1, "p2", P2), Relevant("规划", article="第五十四条"), NAMES)


def test_evidence_across_passages_counts_where_half_of_it_stands() -> None:
    across = Relevant("规划", evidence="两次法治讲座。行政机关负责人应当")
    assert is_relevant(hit(1, "p3", P3), across, NAMES)
    assert not is_relevant(hit(1, "p2", P2), across, NAMES)
    # Two characters at an edge are chance, even where they are half of the evidence.
    assert not is_relevant(hit(1, "p2", P2), Relevant("规划", evidence="讲座教室"), NAMES)


def test_a_passage_that_holds_two_items_finds_both() -> None:
    both = Question("q", "问", "多段", plan_says("每年至少", "法治讲座"))
    assert ranking(both, [hit(1, "p1", P1), hit(2, "p 2", P2)], NAMES) == [
        "p1",
        "relevant-1",
        "relevant-2",
    ]


def test_what_the_library_cannot_hold_is_said() -> None:
    relevant = (
        Relevant("某省规划", evidence="法治"),
        Relevant("规划", evidence="三次讲座"),
        Relevant("中华人民共和国民法典", article="第五条"),
        Relevant("规划", evidence="重大风险"),
    )
    assert doubts([Question("q9", "问", "事实", relevant)], [PLAN, CODE]) == [
        "题目 q9：库中没有“某省规划”",
        "题目 q9：“规划”中没有“三次讲座”",
        "题目 q9：“中华人民共和国民法典”中没有第五条",
    ]

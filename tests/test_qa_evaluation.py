"""Saved runs, differences, curves, groups, floors and the report, on examples done by hand."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Any

import pytest
from doubles.records import reply_of
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, InputError, Passage, Section
from qa.evaluation.curves import Bin, Judged, curves
from qa.evaluation.evaluate import evaluate
from qa.evaluation.faults import by_fault, faults, sides
from qa.evaluation.files import write_files, zipped
from qa.evaluation.floors import read_floors, shortfalls
from qa.evaluation.measures import MAIN, MEASURES, rank_scores
from qa.evaluation.places import Places
from qa.evaluation.report import html_report
from qa.evaluation.results import Report
from qa.evaluation.saved import read_run
from qa.evaluation.significance import differences
from qa.inputs.questions import Question, Relevant
from qa.records import AskReply, Hit, make_hit

EVIL = "<script>alert(1)</script>\"'&"
LINES = ("第一章 总则", "甲方应当依法行政。", "第二章 任务", "乙方应当公开信息。", "丙方负责监督。")


def plan() -> Document:
    """Two chapters; the first with one passage, the second with two."""
    text, spans = "\n".join(LINES), []
    start = 0
    for line in LINES:
        spans.append((start, start + len(line)))
        start += len(line) + 1
    chapters = (
        Section(1, "第一章", "总则", 0, spans[2][0], None),
        Section(1, "第二章", "任务", spans[2][0], len(text), None),
    )
    passages = tuple(
        Passage(id_, "plan", *spans[line], section=section)
        for id_, line, section in (("d1", 1, 0), ("d2", 3, 1), ("d3", 4, 1))
    )
    return Document("plan", "某规划", "规划", "", text, sections=chapters, passages=passages)


PLAN = plan()
WORDS = {"d1": LINES[1], "d2": LINES[3], "d3": LINES[4]}


def about(*ids: str) -> tuple[Relevant, ...]:
    return tuple(Relevant("某规划", evidence=WORDS[id_]) for id_ in ids)


# The sample in the README of pytrec_eval (Van Gysel & de Rijke, SIGIR 2018): two questions, three
# documents, and what trec_eval says of them.
QUESTIONS = (
    Question("q1", "公开什么？", "事实", about("d2")),
    Question("q2", "谁？", "多处", about("d2", "d3")),
)
RUN = """q1 Q0 d1 1 1.0 sample
q1 Q0 d2 2 0.0 sample
q1 Q0 d3 3 1.5 sample
q2 Q0 d1 1 1.5 sample
q2 Q0 d2 2 0.2 sample
q2 Q0 d3 3 0.5 sample
"""
PUBLISHED_NDCG = {"q1": 0.5, "q2": 0.6934264036172708}


def saved(folder: Path, text: str, name: str = "别家.trec") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def hits_of(*ids: str) -> list[Hit]:
    by_id = {passage.id: passage for passage in PLAN.passages}
    return [make_hit(rank, 1 / rank, PLAN, by_id[id_]) for rank, id_ in enumerate(ids, 1)]


def ask(question: str) -> AskReply:
    """Refuses 谁？; answers everything else with d2."""
    sentence = {"text": WORDS["d2"], "start": 0, "end": 9, "hit": 1}
    said = question != "谁？"
    return reply_of(
        answered=said,
        confidence=0.9 if said else 0.2,
        sentences=[sentence] if said else [],
        hits=hits_of("d2", "d1"),
    )


def by_words(*ids: str) -> Any:
    return lambda query: hits_of(*ids)


@pytest.fixture(scope="module")
def report() -> Report:
    questions = (*QUESTIONS, Question("q3", f"电话？{EVIL}", "无答案", ()))
    searches = {"lexical": by_words("d1", "d2"), "hybrid": by_words("d2", "d1")}
    return evaluate(questions, searches, ask, [PLAN])


def test_a_saved_run_gives_the_figures_that_trec_eval_published(tmp_path: Path) -> None:
    run = read_run(saved(tmp_path, RUN), QUESTIONS, [PLAN])
    report = evaluate(QUESTIONS, {run.name: run}, None, [PLAN])
    for record in report.records:
        assert record["runs"]["别家"]["nDCG@10"] == pytest.approx(PUBLISHED_NDCG[record["id"]])
    found = report.kinds.runs["别家"]
    assert found["RR@10"] == pytest.approx({"all": 5 / 12, "事实": 1 / 3, "多处": 1 / 2})
    assert found["R@1"] == {"all": 0, "事实": 0, "多处": 0}
    assert found["R@3"]["all"] == 1
    assert report.records[0]["runs"]["别家"]["top"][0]["citation"] == "《某规划》第二章"


def test_what_is_written_is_read_again_with_the_same_figures(
    report: Report, tmp_path: Path
) -> None:
    write_files(report, "题集", tmp_path)
    run = read_run(tmp_path / "run-hybrid.trec", QUESTIONS, [PLAN])
    again = evaluate(QUESTIONS, {"again": run}, None, [PLAN])
    assert again.kinds.runs["again"] == report.kinds.runs["hybrid"]
    assert run.notes == ()


def test_unknown_passages_are_misses_that_keep_their_rank(tmp_path: Path) -> None:
    text = "q1 0 elsewhere 1 9 x\nq1 0 d2 2 8 x\nother 0 d1 1 9 x\n"
    run = read_run(saved(tmp_path, text), QUESTIONS, [PLAN])
    assert run.notes == ("别家.trec：2 个段落编号中有 1 个库中没有，如 elsewhere",)
    report = evaluate(QUESTIONS, {"x": run}, None, [PLAN])
    assert report.records[0]["runs"]["x"]["RR@10"] == 0.5
    assert report.records[1]["runs"]["x"]["ranking"] == []
    assert report.notes == run.notes


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("q1 0 d1 1 0.5 x\nq1 0 d2 2 x\n", "第 2 行不是 TREC 格式"),
        ("q1 0 d1 1 high x\n", "第 1 行不是 TREC 格式"),
        ("q9 0 d1 1 0.5 x\n", "没有这套题的任何一个题号"),
        ("q1 0 e1 1 0.5 x\n", "（如 e1）库中一个也没有"),
        (" \n", "空文件"),
    ],
)
def test_a_run_that_cannot_be_used_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        read_run(saved(tmp_path, text), QUESTIONS, [PLAN])


def test_figures_by_document_and_by_chapter(report: Report) -> None:
    assert report.documents.n == {"《某规划》": 2}
    assert report.chapters.n == {"《某规划》第二章 任务": 2}
    both = evaluate([Question("q", "问", "事实", about("d3", "d1"))], by_words("d1"), ask, [PLAN])
    assert list(both.chapters.n) == ["《某规划》第一章 总则", "《某规划》第二章 任务"]
    assert both.chapters.runs["hybrid"]["R@1"] == dict.fromkeys(both.chapters.n, 0.5)
    assert both.chapters.refusal["《某规划》第一章 总则"]["false_refusal_rate"] == 0
    assert report.kinds.refusal["多处"]["false_refusal_rate"] == 1
    assert report.kinds.refusal["无答案"]["recall"] == 0


def test_a_place_is_the_passage_that_holds_the_item() -> None:
    law = Document(
        *("law", "某法", "法律", "现行有效", "甲。乙。"),
        passages=(
            Passage("l1", "law", 0, 2, article="第一条"),
            Passage("l2", "law", 2, 4, article="第二条"),
        ),
    )
    places = Places([PLAN, law])
    place = places.find(Relevant("某法", article="第二条"))
    assert place is not None and place.passage.id == "l2" and place.chapter == "《某法》"
    assert places.find(Relevant("某法", article="第一条", evidence="乙")) is None
    assert places.find(Relevant("另一法", evidence="乙")) is None


def scored(**runs: list[float]) -> dict[str, dict[str, dict[str, float]]]:
    return {
        run: {f"q{n}": dict.fromkeys(MEASURES, value) for n, value in enumerate(values)}
        for run, values in runs.items()
    }


def test_a_difference_is_tested_exactly_where_there_are_few_questions() -> None:
    # Of the 2^5 ways to swap five pairs, two are as far from nothing as five gains of one half.
    found = differences(scored(base=[0.5] * 5, better=[1.0] * 5, same=[0.5] * 5))
    assert [each["run"] for each in found] == ["better"] * len(MAIN) + ["same"] * len(MAIN)
    better, same = found[0], found[-1]
    assert (better["difference"], better["low"], better["high"]) == (0.5, 0.5, 0.5)
    assert better["p"] == pytest.approx(2 / 32)
    # Benjamini-Hochberg: the five smallest of ten p-values are equal, so each is taken times 10/5.
    assert better["p_corrected"] == pytest.approx(2 / 32 * 2)
    assert (better["won"], better["lost"], better["n"]) == (5, 0, 5)
    assert (same["difference"], same["p"], same["p_corrected"]) == (0, 1, 1)


def test_the_interval_of_a_difference_holds_nine_tenths_and_a_half() -> None:
    # 100 gains of 0 or 1, half each: the mean's deviation is 0.05, 1.96 of them 0.098.
    found = differences(scored(base=[0.0] * 100, better=[0.0, 1.0] * 50))[0]
    assert found["low"] == pytest.approx(0.5 - 0.098, abs=0.015)
    assert found["high"] == pytest.approx(0.5 + 0.098, abs=0.015)
    assert found["p"] < 0.001
    assert found == differences(scored(base=[0.0] * 100, better=[0.0, 1.0] * 50))[0]


def test_nothing_is_compared_without_a_second_run_or_question() -> None:
    assert differences(scored(base=[0.5] * 5)) == ()
    assert differences(scored(base=[0.5], better=[1.0])) == ()
    assert differences({}) == ()


def test_curves_by_hand() -> None:
    judged = [
        Judged(0.95, answered=True, right=True),
        Judged(0.91, answered=True, right=False),
        Judged(0.55, answered=True, right=True),
        Judged(0.55, answered=True, right=False),
        Judged(1.0, answered=False, right=True),
    ]
    found = curves(judged)
    assert found is not None
    low, high = found.calibration
    assert low == Bin(2, 0.55, 0.5)
    assert (high.n, high.right) == (3, 2 / 3)
    assert high.confidence == pytest.approx((0.95 + 0.91 + 1) / 3)
    assert found.error == pytest.approx((2 * 0.05 + 3 * (0.953333 - 2 / 3)) / 5, abs=1e-6)
    # Surest first: right, right, wrong; the two equally sure ones come together.
    assert found.coverage == pytest.approx((0.2, 0.4, 0.6, 1))
    assert found.risk == pytest.approx((0, 0, 1 / 3, 2 / 5))
    assert found.answered == 0.8
    assert curves([]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_curves_count_every_question_once(pairs: list[tuple[float, bool]]) -> None:
    found = curves([Judged(confidence, True, right) for confidence, right in pairs])
    assert found is not None
    assert sum(each.n for each in found.calibration) == len(pairs)
    assert found.coverage[-1] == 1
    assert all(a < b for a, b in pairwise(found.coverage))
    assert found.risk[-1] == pytest.approx(sum(not right for _, right in pairs) / len(pairs))


def test_faults_come_first_and_sides_are_taken(report: Report) -> None:
    assert [faults(record) for record in report.records] == [[], ["误拒"], ["应拒未拒"]]
    assert by_fault(report.records) == [1, 2, 0]
    assert [sides(record, "hybrid") for record in report.records] == [1, 1, 0]
    missed = evaluate(QUESTIONS, {"dense": lambda _: []}, None, [PLAN])
    assert faults(missed.records[0]) == ["dense 前 5 段没有依据"]


class Reader(HTMLParser):
    """Collects the tags, and what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.targets: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"src", "srcset", "action"} or name.startswith("on"):
                self.fetched.append(f"{tag} {name}")
            if name == "href":
                self.links.add(value or "")
            if name == "id":
                self.targets.add(f"#{value}")


def test_the_report_fetches_nothing_runs_nothing_and_escapes(report: Report) -> None:
    html = html_report(report, EVIL)
    reader = Reader()
    reader.feed(html)
    assert not {"script", "link", "img", "iframe", "object"} & set(reader.tags)
    assert reader.fetched == []
    assert reader.links <= reader.targets and reader.links
    addresses = re.findall(r"url\(([^)]{0,12})|@import|https?://\S{0,20}", html)
    assert all(address.startswith('"data:image') for address in addresses if address)
    assert "@import" not in html
    assert "&lt;script&gt;" in html
    assert html.count("<svg") == 3
    for words in ("校正 p", "置信度校准", "风险与作答比例", "hybrid 胜的题", "应拒未拒", LINES[3]):
        assert words in html


def test_one_run_without_answers_makes_a_report_too() -> None:
    html = html_report(evaluate(QUESTIONS, {"x": by_words("d1")}, None, [PLAN]), "题集")
    assert "检索方式之间的差别" not in html and "问答与拒答" not in html


def test_the_zip_holds_what_the_folder_holds_each_time_the_same(
    report: Report, tmp_path: Path
) -> None:
    write_files(report, "题集", tmp_path)
    content = zipped(report, "题集")
    with zipfile.ZipFile(BytesIO(content)) as package:
        held = {name: package.read(name) for name in package.namelist()}
    assert held == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert "run-lexical.trec" in held and "report.html" in held
    assert zipped(report, "题集") == content


def test_what_is_below_its_floor_is_named(report: Report, tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        """
        [floors.runs.hybrid."R@1"]
        all = 0.75
        "事实" = 1.0
        [floors.runs.lexical."R@1"]
        all = 0.01
        "没有" = 0.5
        [ceilings.refusal]
        false_refusal_rate = 0.4
        """,
        "floors.toml",
    )
    assert shortfalls(report.figures(), read_floors(path)) == [
        "runs / lexical / R@1 / all 是 0.0000，低于下限 0.01",
        "runs / lexical / R@1 / 没有 没有数字，无法与 0.5 比较",
        "refusal / false_refusal_rate 是 0.5000，高于上限 0.4",
    ]
    assert shortfalls(report.figures(), {}) == []


@pytest.mark.parametrize("text", ["[floor]\na = 1", "floors = 3", "[floors]\na = '1'", "[floors"])
def test_a_file_that_is_no_floors_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="下限文件"):
        read_floors(saved(tmp_path, text, "floors.toml"))


def test_the_committed_floors_name_figures_that_exist() -> None:
    root = Path(__file__).parents[1]
    floors = read_floors(root / "benchmarks" / "floors.toml")
    lines = (root / "qa" / "sets" / "plan-dev.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = {json.loads(line)["kind"] for line in lines} | {"all"}
    runs: Any = floors["floors"]["runs"]
    for measures in runs.values():
        assert measures.keys() <= set(MEASURES)
        assert all(by_kind.keys() <= kinds for by_kind in measures.values())


def test_an_item_that_nobody_finds_lowers_recall_and_the_ideal() -> None:
    scores = rank_scores({"q": ["relevant-1", "relevant-2"]}, {"q": ["x", "relevant-2"]})
    assert scores["q"]["R@3"] == 0.5
    assert scores["q"]["nDCG@10"] == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))

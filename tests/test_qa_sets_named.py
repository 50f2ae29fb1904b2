"""The questions that name a law hold what qa/sets/README.md says of them."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus import known_documents, load_catalog
from corpus.citations import Resolver
from corpus.records import Document
from corpus.statutes import load_statutes

SETS = Path(__file__).parents[1] / "qa" / "sets"


@cache
def laws() -> tuple[list[Document], Resolver]:
    documents = load_statutes("all", date(2026, 11, 22), load_catalog())
    return documents, Resolver(known_documents(documents))


def read(half: str) -> list[dict[str, Any]]:
    lines = (SETS / f"named-{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_halves_have_no_question_in_common() -> None:
    dev, test = read("dev"), read("test")
    assert (len(dev), len(test)) == (92, 50)
    questions = [record["question"] for record in dev + test]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize("half", ["dev", "test"])
def test_every_question_names_its_law_and_the_articles_are_there(half: str) -> None:
    documents, resolver = laws()
    articles = {
        (document.title, passage.article)
        for document in documents
        for passage in document.passages
        if document.current
    }
    for record in read(half):
        named = {each.title for each in resolver.find(record["question"], asked=True)}
        for relevant in record["relevant"]:
            assert relevant["document"] in named, record
            assert (relevant["document"], relevant["article"]) in articles, record

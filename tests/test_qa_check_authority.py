"""What a document that says neither who issued it nor what it is can vouch for: nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import Document, Passage, Resolver, known_documents
from qa.check import Checker
from qa.check.finding import Item, item_record
from qa.wording import Wording

WORDS = "各社区每季度组织一次居民议事会，议题由居民代表提出。"
OWN = Document(
    id="doc-1", title="社区议事规则", kind="", status="", text=WORDS,
    passages=(Passage("doc-1/0", "doc-1", 0, len(WORDS)),), origin="own",
)  # fmt: skip


def items(document: Document, text: str) -> list[Item]:
    held = [document]
    return Checker(held, Resolver(known_documents(held)), Wording(held), False).check(text)


@pytest.mark.parametrize("lead", ["《社区议事规则》规定：", "会上宣读了这样一段："])
def test_a_draft_in_the_library_certifies_nothing(lead: str) -> None:
    [item] = [each for each in items(OWN, f"{lead}“{WORDS}”") if each.kind == "quotation"]
    assert item.verdict == "not_held"
    assert "草稿或未注明来源" in item.finding.suggestion
    source = item_record(item)["source"]
    assert source is not None and source["document"]["status"] == "草稿或未注明来源"


@pytest.mark.parametrize(
    "facts", [{"issuer": "滨海市民政局"}, {"number": "滨民〔2024〕3号"}, {"status": "试行"}]
)
def test_one_that_says_where_it_is_from_is_a_source_like_another(facts: dict[str, str]) -> None:
    [item] = [
        each
        for each in items(replace(OWN, **facts), f"《社区议事规则》规定：“{WORDS}”")  # type: ignore[arg-type]
        if each.kind == "quotation"
    ]
    assert item.verdict == "verbatim"

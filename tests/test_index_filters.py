"""Which passages a question is asked of."""

import pytest

from corpus import Document, InputError
from corpus.structure import structure
from index import Filters


def made(identity: str, title: str, kind: str, status: str, successor: str = "") -> Document:
    text = f"{title}\n第一章 总则\n第一节 目的\n第一条 为了规范工作。\n第二章 附则\n第二条 施行。\n"
    return structure(Document(identity, title, kind, status, text, successor=successor))


NEW = made("law-2", "某某法", "法律", "现行有效")
OLD = made("law-1", "某某法", "法律", "已被修改", successor="law-2")
GONE = made("law-0", "旧法", "法律", "已废止")
PLAN = made("plan", "某市规划", "规划", "征求意见稿")
AMENDED = made("law-3", "刑法", "法律", "已被修改")
ALL = [NEW, OLD, GONE, PLAN, AMENDED]


def admitted(filters: Filters) -> list[str]:
    return [d.id for d in ALL if filters.admits(d)]


def test_replaced_and_repealed_versions_stay_out_unless_asked_for() -> None:
    assert admitted(Filters()) == ["law-2", "plan", "law-3"]
    assert admitted(Filters(all_versions=True)) == [d.id for d in ALL]
    assert admitted(Filters(statuses=("已废止",))) == ["law-0"]
    assert admitted(Filters(documents=("law-1",))) == ["law-1"]


def test_a_title_means_its_current_version() -> None:
    assert admitted(Filters(documents=("某某法",))) == ["law-2"]
    assert admitted(Filters(documents=("某某法",), all_versions=True)) == ["law-2", "law-1"]


def test_kinds_limit_documents() -> None:
    assert admitted(Filters(kinds=("规划",))) == ["plan"]


@pytest.mark.parametrize(
    ("section", "articles"),
    [
        ("第一章", ["第一条"]),
        ("第一章第一节", ["第一条"]),
        ("附则", ["第二条"]),
        ("第二条", ["第二条"]),
    ],
)
def test_a_section_is_named_by_any_part_of_its_path(section: str, articles: list[str]) -> None:
    filters = Filters(section=section)
    found = [p.article for p in NEW.passages if p.article and filters.admits_passage(NEW, p)]
    assert found == articles


def test_an_unknown_document_is_an_error_that_names_it() -> None:
    with pytest.raises(InputError, match="没有“不存在法”"):
        Filters(documents=("不存在法",)).check({d.id: d for d in ALL})

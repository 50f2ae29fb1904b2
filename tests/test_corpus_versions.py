"""Which version of a law a text means."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from corpus.catalog import load_catalog
from corpus.citations import Resolver
from corpus.records import Document
from corpus.statutes import list_laws, read_laws
from corpus.versions import in_their_versions

OLD_SEA, NEW_SEA = "law-11db6ccdbf52", "law-3e6e0afe4a9e"
HELD = ("海商法", "公司法", "刑法", "环境保护法", "民法典")


@cache
def library() -> tuple[Resolver, dict[str, list[Document]]]:
    titles = {f"中华人民共和国{name}" for name in HELD}
    laws = [v for v in list_laws(date(2026, 11, 22)) if v.title in titles]
    documents = read_laws(laws)
    shelf = {title: [d for d in documents if d.title == title] for title in titles}
    return Resolver.for_library(documents, load_catalog()), shelf


def led(text: str) -> list[tuple[str | None, str]]:
    """Document and version of each citation of an article."""
    resolver, shelf = library()
    found = in_their_versions(text, resolver.find(text), lambda title: shelf.get(title, []))
    return [(each.document_id, each.version) for each in found if each.article]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1992年《海商法》第四十二条", (OLD_SEA, "1992年")),
        ("《海商法》（1992年11月7日通过）第四十二条", (OLD_SEA, "1992年11月7日通过")),
        ("原《海商法》第四十二条", (OLD_SEA, "原")),
        ("《海商法》旧第四十二条", (OLD_SEA, "旧")),
        ("修订前的《海商法》第四十二条", (OLD_SEA, "修订前")),
        ("《海商法（修订草案）》第四十二条", (None, "草案")),
        ("《海商法》（2015年修正）第四十二条", (None, "2015年修正")),
        ("2025年修订的《海商法》第四十二条", (NEW_SEA, "")),
        ("新《海商法》第四十二条", (NEW_SEA, "")),
        ("修订后的《海商法》第四十二条", (NEW_SEA, "")),
        ("92年《海商法》第四十二条", (OLD_SEA, "92年")),
        ("当时有效的《海商法》第四十二条", (OLD_SEA, "当时有效")),
        ("《海商法》施行前的《民法典》第四十二条", (None, "施行前")),
        ("被告于2026年依《海商法》第四十二条", (NEW_SEA, "")),
        ("《刑法》（2020年修正）第三百九十条", ("law-d2da5d066414", "2020年修正")),
        ("《刑法》（2023年修正）第三百九十条", ("law-d2da5d066414-20240301", "")),
        # Only the text of 2023 is held.
        ("原《公司法》第四十六条", (None, "原")),
        ("《公司法》（1993年通过 2018年修正）第四十六条", (None, "2018年修正")),
        # A year after the last version is that of an event; one of taking effect is a version's.
        ("2024年《民法典》第五条", ("law-7772c5d4af34", "")),
        ("2021年施行的《民法典》第五条", ("law-7772c5d4af34", "")),
        ("原告依《民法典》第五条", ("law-7772c5d4af34", "")),
        # Repealed as a whole: there is no version in force that could be meant instead.
        ("原《环境保护法》第五条", ("law-56a258765870", "")),
    ],
)
def test_the_words_beside_a_name_tell_the_version(text: str, meant: tuple[str | None, str]) -> None:
    assert led(text) == [meant]


def test_further_places_and_a_name_given_to_a_version_mean_the_same_one() -> None:
    assert led("原《海商法》第四十二条、第五十一条") == [(OLD_SEA, "原")] * 2
    text = "依《海商法》（1992年公布，以下简称海商法）裁判。\n海商法第四十二条已作规定。"
    assert [identity for identity, _ in led(text)] == [OLD_SEA]
    assert led("《海商法》原第四十二条，现第四十三条") == [(OLD_SEA, "原"), (NEW_SEA, "")]
    assert led("原《海商法》第四十二条，现行《海商法》第四十三条") == [
        (OLD_SEA, "原"),
        (NEW_SEA, ""),
    ]

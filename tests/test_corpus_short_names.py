"""Short names of laws: derived from the titles, or refused."""

import random
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lexicon import split_words
from corpus.short_names import ShortNames
from corpus.statutes import list_laws

COUNTRY = "中华人民共和国"


@cache
def titles() -> list[str]:
    return sorted({law.title for law in list_laws(date(2026, 11, 22))})


@cache
def short_names() -> ShortNames:
    return ShortNames(titles())


def meant(name: str) -> list[str]:
    return [title.removeprefix(COUNTRY) for title in short_names().meant(name)]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("政务处分法", "公职人员政务处分法"),
        ("税收征管法", "税收征收管理法"),
        ("招投标法", "招标投标法"),
        ("反家暴法", "反家庭暴力法"),
        ("村委会组织法", "村民委员会组织法"),
        ("保密法", "保守国家秘密法"),
        ("出入境管理法", "出境入境管理法"),
        ("非遗法", "非物质文化遗产法"),
        ("电商法", "电子商务法"),
        ("反恐法", "反恐怖主义法"),
    ],
)
def test_a_short_name_means_the_law(name: str, title: str) -> None:
    assert meant(name) == [title]


@pytest.mark.parametrize("name", ["交通安全法", "调解仲裁法", "民促法", "诉讼法", "基本法"])
def test_a_name_short_for_several_laws_means_none_of_them(name: str) -> None:
    assert len(meant(name)) > 1


@pytest.mark.parametrize(
    "name",
    ["经济法", "国际法", "行政法", "家暴法", "竞争法", "方法", "民法", f"{COUNTRY}招投标法"],
)
def test_what_is_no_short_name(name: str) -> None:
    assert meant(name) == []


def test_the_law_that_is_abridged_in_full_comes_before_one_that_loses_a_word() -> None:
    # 海洋环境保护法 and 环境保护税法 would have to lose a word.
    assert meant("环保法") == ["环境保护法"]


@given(st.sampled_from(titles()), st.randoms(use_true_random=False))
def test_an_abridged_title_is_that_law_or_is_refused(title: str, rng: random.Random) -> None:
    """Any abridgement: each word whole or by its first character, perhaps one of them left out."""
    kind = next((kind for kind in ("法典", "法", "条例") if title.endswith(kind)), "")
    words = list(split_words(title.removesuffix(kind).removeprefix(COUNTRY)))
    if not kind or len(words) < 2:
        return
    if len(words) > 3 and rng.random() < 0.5:
        del words[rng.randrange(1, len(words))]
    name = "".join(word if rng.random() < 0.5 else word[0] for word in words) + kind
    found = short_names().meant(name)
    if len(found) == 1 and found[0] != title:
        # The name of another law, or all the words of another.
        other = split_words(found[0].removesuffix(kind).removeprefix(COUNTRY))
        assert len(other) <= len(words)

"""Tokens and BM25 on real clauses."""

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus import DamagedError
from index.lexical import Lexical, shared_tokens, tokens
from index.text import normal, simplified

CLAUSES = [
    "规范涉企行政检查,着力解决涉企现场检查事项多、频次高、随意检查等问题。",
    "自然人从事工商业经营,经依法登记,为个体工商户。个体工商户可以起字号。",
    "全面落实宪法宣誓制度,推动“12·4”国家宪法日活动制度化常态化。",
]


def test_words_and_bigrams_are_tokens_and_stop_words_are_not() -> None:
    found = tokens("企业的行政检查怎么管")
    assert {"企业", "行政", "检查", "行政检查", "查怎_"} <= set(found)
    assert not {"的", "怎么"} & set(found)


@pytest.mark.parametrize("asked", ["行政检查 12·4 频次", "宪法日经营者", "人工"])
def test_shared_tokens_are_those_of_both_texts(asked: str) -> None:
    for clause in CLAUSES:
        assert shared_tokens(set(tokens(asked)), clause) == set(tokens(asked)) & set(tokens(clause))


def test_stray_spaces_and_width_make_no_difference() -> None:
    assert tokens("抵御重大风 险") == tokens("抵御重大风险")
    assert tokens("１２·４国家宪法日") == tokens("12·4国家宪法日")


def test_the_clause_with_the_words_scores_highest_and_strangers_nothing() -> None:
    index = Lexical.build(CLAUSES)
    assert index.leg("涉企检查太多").best(1).tolist() == [0]
    assert index.leg("个体户起字号").best(1).tolist() == [1]
    assert not len(index.leg("zzz").rows)
    assert not len(index.leg("").rows)


def test_saved_and_loaded_scores_are_the_same(tmp_path: Path) -> None:
    index = Lexical.build(CLAUSES)
    index.save(tmp_path)
    loaded = Lexical.load(tmp_path)
    np.testing.assert_array_equal(index.leg("宪法宣誓"), loaded.leg("宪法宣誓"))


def test_scores_are_those_of_bm25s() -> None:
    judge = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
    judge.index([tokens(clause) for clause in CLAUSES], show_progress=False)
    rows, scores = Lexical.build(CLAUSES).leg("个体工商户登记")
    expected = judge.get_scores(tokens("个体工商户登记"))
    assert rows.tolist() == np.flatnonzero(expected).tolist() == [1]
    np.testing.assert_allclose(scores, expected[rows], rtol=1e-5)


def test_a_damaged_word_index_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="faju build"):
        Lexical.load(tmp_path)


def test_traditional_characters_become_simplified() -> None:
    assert simplified("企業檢查") == "企业检查"
    assert simplified("abc") == "abc"
    assert simplified("答覆瞭解，沈默的藉口，乾隆年間") == "答复了解，沉默的借口，乾隆年间"
    assert simplified("破坏土地，坐标，处于，背离") == "破坏土地，坐标，处于，背离"


@given(st.text(st.sampled_from("漢覆瞭乾坏土地\0\ud800\n,。aA𠮷"), max_size=30))
def test_no_character_is_lost_or_won_by_simplifying(text: str) -> None:
    converted = simplified(text)
    assert len(converted) == len(text)
    assert simplified(converted) == converted
    kept = "\0\ud800\n,。aA坏土地𠮷"
    assert [c for c in text if c in kept] == [c for c in converted if c in kept]


def test_the_whole_plan_is_simplified_already() -> None:
    plan = (Path(corpus.__file__).parent / "documents" / "plan.txt").read_text(encoding="utf-8")
    assert simplified(plan) == plan


def test_normal_form_keeps_words_and_drops_control_characters() -> None:
    assert normal("  重大 风\t险\x07 ＡＢＣ def ") == "重大风险 abc def"

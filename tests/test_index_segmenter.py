"""Words as jieba cuts them, from a dictionary that is read as it is needed."""

from functools import cache
from importlib import resources
from typing import Any

import jieba
import pytest

from index.segmenter import Segmenter, term_frequencies

TEXTS = [
    "规范涉企行政检查，着力解决涉企现场检查事项多、频次高、随意检查等问题。",
    "民事主体从事民事活动，应当遵循自愿原则，按照自己的意思设立、变更、终止民事法律关系。",
    "法治政府建设与“一带一路”B超12345热线",
]


@cache
def whole() -> Any:
    """Jieba with its dictionary read whole and the project's terms put in."""
    tokenizer = jieba.Tokenizer()
    terms = resources.files("index").joinpath("terms.txt").read_text(encoding="utf-8")
    for term in terms.split():
        tokenizer.add_word(term)
    return tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_are_those_of_the_whole_dictionary(text: str) -> None:
    segmenter = Segmenter()
    assert segmenter.words(text) == list(whole().cut(text, HMM=False))
    assert segmenter.words_for_search(text) == list(whole().cut_for_search(text))


def test_the_frequencies_written_down_are_those_that_jieba_gives_the_terms() -> None:
    total, terms = term_frequencies()
    assert total == whole().total
    assert terms == {term: whole().FREQ[term] for term in terms}

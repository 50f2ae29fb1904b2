"""Numbers after the name of a document that are an article's though 条 is missing.

民法典1258 and 民法典 1258 处理 name an article; 民法典2021年版, 民法典365天 and 民法典1000问 name
none, and in 《民法典》12 the number may be a footnote's.
"""

from __future__ import annotations

import re

from corpus.lexicon import word_at

__all__ = ["is_article"]

_LEAST, _MOST = 10, 9999
_YEARS = range(1900, 2100)
_MANY = 100
"""From here on a number is no footnote's, and words may follow it that count nothing."""
_SAID_BY = re.compile("[之的]?规定")
_FURTHER = re.compile(r"第[一二三四五六七八九十0-9]{1,3}[款项]")
_VERB = "v"
_NO_MEASURES = frozenset({"c", "d", "f", "p", "u", "uj"})
_NO_MEASURE_WORDS = frozenset("和与的")


def is_article(text: str, start: int, end: int, number: int) -> bool:
    """Whether the number ``text[start:end]`` in running text stands for an article.

    ``number`` is its value, the first's of a list; a mark or a Chinese word follows.
    """
    after = text[end:].lstrip(" \u3000")
    ordinal = text[:start].rstrip().endswith("第")
    said = _SAID_BY.match(after) is not None
    if ordinal and said:
        return True
    if number in _YEARS or not _LEAST <= number <= _MOST:
        return False
    if number < _MANY and text[start - 1] == "》":
        return False
    chinese = "\u4e00" <= after[:1] <= "\u9fff"
    return not chinese or said or (number >= _MANY and _counts_nothing(after))


def _counts_nothing(after: str) -> bool:
    """Whether the words say something of a place (已经修改, 处理, 与…) and name no measure."""
    word = word_at(after, 0)
    verb = word.tag == _VERB and len(word.text) > 1
    listed = word.tag in _NO_MEASURES or word.text in _NO_MEASURE_WORDS
    return verb or listed or _FURTHER.match(after) is not None

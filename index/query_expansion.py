"""From the words people use to the words documents use: 打官司 to 诉讼, 吃拿卡要 to 廉洁.

``query_expansion.txt`` beside this module has one meaning a line: everyday expressions, a tab, and
the terms of plans, policies and laws for it. It was written from general knowledge, by a language
model that saw no question set.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from index.text import normal

__all__ = ["official_terms"]


def official_terms(query: str) -> list[str]:
    """The documents' terms for the everyday expressions in a query, each once, in their order."""
    pattern, terms = _lexicon()
    found = (terms[match.group()] for match in pattern.finditer(normal(query)))
    return list(dict.fromkeys(term for each in found for term in each))


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """A pattern that finds the longest expression at each place, and the terms of each."""
    text = resources.files("index").joinpath("query_expansion.txt").read_text(encoding="utf-8")
    terms: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            everyday, official = line.split("\t")
            terms |= {normal(expression): official.split() for expression in everyday.split()}
    longest = sorted(map(re.escape, terms), key=len, reverse=True)
    # 12345 is the hotline, but not within a longer number.
    whole = [rf"(?<![a-z0-9]){each}(?![a-z0-9])" if each.isascii() else each for each in longest]
    return re.compile("|".join(whole)), terms

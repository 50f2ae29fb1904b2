"""Numbers as people list them: 三、四, 第十至十五, （一）、（三）至（五）, 1047-1050, 33/34."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numerals import parse_number

__all__ = ["AND", "NUMBERS", "STEP", "TO", "WITHIN", "N", "S", "bare", "listed", "strictly_between"]

N = "[〇○零一二三四五六七八九十百千万两0-9０-９]{1,12}"
"""One number."""
# Never a line break: 《…》 at the end of a line is not followed by the 第一条 of the next.
S = "[ \\t\xa0\u2000-\u200b\u3000]{0,2}"
"""The white space that may stand between."""
TO = "起?至|到|[-—－–~～]+"
AND = "、|/|／|以及|和|与|及|或者|或"
WITHIN = rf"{S}(?:{AND}|{TO}){S}第?{S}"
"""What stands between two numbers of a list."""
STEP = re.compile(rf"{S}(?P<mark>{AND}|{TO}){S}第?{S}")
_BRACKETED = rf"[(（]{S}{N}{S}[)）]"
_NUMBER = rf"(?:{N}|{_BRACKETED})"
NUMBERS = rf"{_NUMBER}(?:{WITHIN}{_NUMBER}|{_BRACKETED}){{0,20}}"
"""A list of numbers, of one at least."""
_LONGEST_RANGE = 300


def listed(words: str, previous: int | None = None) -> Iterator[int]:
    """The numbers of a list like （一）、（三）至（五）; with ``previous`` those after it too."""
    numbers = [parse_number(bare(each)) for each in re.findall(_NUMBER, words)]
    marks = ["至" if previous is not None else "", *(m["mark"] for m in STEP.finditer(words))]
    marks += [""] * (len(numbers) - len(marks))
    for number, mark in zip(numbers, marks, strict=True):
        if number is None:
            return
        if previous is not None and re.fullmatch(TO, mark):
            yield from strictly_between(previous, number)
        yield number
        previous = number


def bare(number: str) -> str:
    """A number without the brackets around it."""
    return number.strip("()（） \u3000")


def strictly_between(first: int, last: int) -> range:
    """The numbers between two; none where they run backwards or over more than 300."""
    return range(first + 1, last) if last - first <= _LONGEST_RANGE else range(0)

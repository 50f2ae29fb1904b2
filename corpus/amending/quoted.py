"""The wording that an amendment quotes, taken out of the sentence around it.

A quotation may run over several lines, each of which begins with an opening mark; 修正案 of the
constitution put the 款 of one wording between marks of their own, side by side. The texts have
straight marks more often than curved ones, and now and then none at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["QUOTED", "Lifted", "bare", "lift", "spans_of"]

QUOTED = "\ue001"
"""Stands in ``Lifted.text`` for each quotation."""

_OPENING, _CLOSING = '"“「', '"”」'
_LAST_WORDS = re.compile(r"\n(?=本(?:决定|修正案)自)|\n(?=《[^》]+》根据本决定)")
_FOLD = str.maketrans("（）［］，：；．！？　０１２３４５６７８９", "()[],:;.!? 0123456789")
_UNSEEN = re.compile(r"[\s\"'“”‘’「」『』]+")


@dataclass(frozen=True, slots=True)
class Lifted:
    """``text`` with QUOTED for each quotation; ``quotations`` are their lines, in order."""

    text: str
    quotations: tuple[tuple[str, ...], ...]


def lift(text: str) -> Lifted:
    """Take the quotations out of an instruction."""
    outside: list[str] = []
    quotations: list[tuple[str, ...]] = []
    at = 0
    while at < len(text):
        if text[at] not in _OPENING:
            outside.append(text[at])
            at += 1
            continue
        lines: list[str] = []
        while at < len(text) and text[at] in _OPENING:
            end = _end(text, at + 1)
            lines += text[at + 1 : end].split("\n")
            at = end + (text[end : end + 1] in set(_CLOSING))
        quotations.append(tuple(line for each in lines if (line := each.lstrip(_OPENING).strip())))
        outside.append(QUOTED)
    return Lifted("".join(outside), tuple(quotations))


def _end(text: str, start: int) -> int:
    """Where the quotation ends whose first character is at ``start``."""
    depth = 0
    for at in range(start, len(text)):
        begins_line = text[at - 1] == "\n"
        if text[at] in "“「" and not begins_line:
            depth += 1
        elif text[at] in "”」" and depth:
            depth -= 1
        elif text[at] in _CLOSING and not begins_line:
            return at
    unclosed = _LAST_WORDS.search(text, start)
    return unclosed.start() if unclosed else len(text)


def bare(words: str) -> str:
    """The words as they are compared: width, marks of quotation and white space aside."""
    return _UNSEEN.sub("", words.translate(_FOLD))


def spans_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, compared as ``bare`` does."""
    wanted = bare(words)
    letters = [(at, letter) for at, one in enumerate(text) if (letter := bare(one))]
    folded = "".join(letter for _, letter in letters)
    found: list[tuple[int, int]] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        found.append((letters[at][0], letters[end - 1][0] + 1))
        at = folded.find(wanted, end)
    return found

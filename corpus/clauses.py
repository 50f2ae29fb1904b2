"""款 and 项 inside an article: where they stand."""

from __future__ import annotations

import re

from corpus.headings import ARTICLE, parse_heading
from corpus.numerals import parse_number

__all__ = ["clause_lines", "clause_span", "item_number", "list_number"]

_ITEM = re.compile(r"[(（]\s?([一二三四五六七八九十百]+|\d+)\s?[)）]")
_LISTED = re.compile(r"[(（]\s?(?:[一二三四五六七八九十百]+|\d+)\s?[)）]|\d{1,2}[.．]")
_FULL_STOP = re.compile(r"[。！？…][”’」』\"'）)]*$")

Span = tuple[int, int]


def clause_lines(text: str, start: int = 0, end: int | None = None) -> list[list[Span]]:
    """The lines of each 款 of an article, ``text[start:end]``, without white space at their ends.

    A 款 begins at a line that is no 项 and follows one that ended with a full stop: 总理，副总理，
    a line each, are one 款 with what introduces them.
    """
    clauses: list[list[Span]] = []
    whole = True
    for match in re.finditer(r"[^\n]+", text[start:end]):
        words = match.group().strip()
        if not words:
            continue
        first = start + match.start() + match.group().index(words)
        span = (first, first + len(words))
        if clauses and (not whole or _LISTED.match(words)):
            clauses[-1].append(span)
        else:
            clauses.append([span])
        whole = _FULL_STOP.search(words) is not None
    return clauses


def item_number(line: str) -> int | None:
    """The number of the 项 that a line begins; None when it is none."""
    number = _ITEM.match(line.strip())
    return parse_number(number[1]) if number else None


def list_number(line: str) -> tuple[int, int] | None:
    """Rank and number of a line that may be an item of any list; None for one without a number."""
    heading = parse_heading(line)
    return (heading.rank, heading.number) if heading and heading.rank > ARTICLE else None


def clause_span(
    text: str, start: int, end: int, clause: int | None, item: int | None
) -> Span | None:
    """The span of a 款, or of a 项 in it or (``clause`` None) in the first 款 that has it.

    ``text[start:end]`` is the whole article with its label. None when it has no such place.
    """
    clauses = clause_lines(text, start, end)
    if clause is not None:
        clauses = clauses[clause - 1 : clause] if clause > 0 else []
    if not clauses:
        return None
    if item is None:
        return (clauses[0][0][0], clauses[-1][-1][1]) if clause is not None else None
    for lines in clauses:
        for first, last in lines[1:]:
            if item_number(text[first:last]) == item:
                return first, last
    return None

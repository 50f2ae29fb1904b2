"""款 and 项 inside an article: where they stand."""

from __future__ import annotations

import re

from corpus.numerals import parse_number

__all__ = ["clause_span"]

_ITEM = re.compile(r"[(（]\s?([一二三四五六七八九十百]+|\d+)\s?[)）]")


def clause_span(
    text: str, start: int, end: int, clause: int | None, item: int | None
) -> tuple[int, int] | None:
    """The span of a 款, or of a 项 in it or (``clause`` None) in the first 款 that has it.

    ``text[start:end]`` is the whole article with its label. A 款 begins at a line that is no 项;
    its items belong to it. None when the article has no such place.
    """
    clauses: list[list[tuple[int, int]]] = []
    for match in re.finditer(r"[^\n]+", text[start:end]):
        line = (start + match.start(), start + match.end())
        if clauses and _ITEM.match(match.group().strip()):
            clauses[-1].append(line)
        elif match.group().strip():
            clauses.append([line])
    if clause is not None:
        clauses = clauses[clause - 1 : clause] if clause > 0 else []
    if not clauses:
        return None
    if item is None:
        return (clauses[0][0][0], clauses[-1][-1][1]) if clause is not None else None
    for lines in clauses:
        for first, last in lines[1:]:
            number = _ITEM.match(text[first:last].strip())
            if number and parse_number(number.group(1)) == item:
                return first, last
    return None

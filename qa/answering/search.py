"""The search for a question's passages: first in the documents that it names."""

from __future__ import annotations

from dataclasses import replace

from index import READ, Filters, Found, Index, Run, reranked
from index.model import Reader
from qa.answering.provision import fits
from qa.answering.scope import Scope

__all__ = ["read_again", "search"]

_REORDERED = 10


def search(index: Index, scope: Scope, count: int, run: Run, filters: Filters) -> list[Found]:
    """The best passages; those of the documents that the question names before all others.

    Among these the kind of provision that is asked for counts as well.
    """
    inside: list[Found] = []
    if scope.first and not filters.limited:
        first = replace(filters, documents=tuple(sorted(scope.first)))
        near = index.search(scope.topic, max(count, _REORDERED), run, first)
        inside = _reordered(scope.topic, near)[:count]
    if len(inside) == count:
        return inside
    found = index.search(scope.topic, count, run, filters, scope.named)
    rows = {hit.row for hit in inside}
    least = inside[-1].score if inside else 1.0
    others = [hit for hit in found if hit.row not in rows]
    return (inside + [replace(hit, score=min(hit.score, least)) for hit in others])[:count]


def read_again(
    reader: Reader | None, index: Index, scope: Scope, count: int, run: Run, filters: Filters
) -> list[Found]:
    """What ``search`` finds; of a hybrid run in the reader's order, where there is one."""
    if reader is None or run != "hybrid":
        return search(index, scope, count, run, filters)
    found = search(index, scope, max(count, READ), run, filters)
    return reranked(scope.topic, found, reader)[:count]


def _reordered(question: str, found: list[Found]) -> list[Found]:
    head = [
        replace(hit, score=hit.score + fits(question, hit.document.passage_text(hit.passage)))
        for hit in found[:_REORDERED]
    ]
    return sorted(head, key=lambda hit: -hit.score) + found[_REORDERED:]

"""Where a new article stands among the others, and under which 章 and 节."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.amending.steps import Step
from corpus.amending.table import Article
from corpus.numerals import parse_article, parse_number, to_chinese

__all__ = ["by_number", "placed", "with_parts"]

_PART = re.compile(r"第([一二三四五六七八九十百零]+)([编章节])\s*(.*)")


def placed(kept: Sequence[Article], new: Sequence[Article], parts: Sequence[Step]) -> list[Article]:
    """All articles by number, the new ones under the 章 and 节 of the one before them.

    After the last article of a 章 that is itself new, under those of the one that follows.
    """
    covered = {label for part in parts if part.kind == "part" for label in part.to}
    found = list(kept)
    for article in sorted(new, key=by_number):
        number = by_number(article)
        at = next((n for n, each in enumerate(found) if by_number(each) > number), len(found))
        before, after = found[at - 1] if at else None, found[at] if at < len(found) else None
        closed = before is not None and before.label in covered and article.label not in covered
        neighbour = after or before if closed else before or after
        tail: tuple[str, ...] = ()
        if before and before.tail and not closed:
            # A heading glued to the row before comes after the new article.
            tail = before.tail
            found[at - 1] = replace(before, tail=())
        found.insert(at, _beside(article, neighbour, tail))
    return found


def _beside(article: Article, neighbour: Article | None, tail: tuple[str, ...]) -> Article:
    if neighbour is None:
        return article
    return replace(article, chapter=neighbour.chapter, section=neighbour.section, tail=tail)


def with_parts(articles: Sequence[Article], parts: Sequence[Step]) -> list[Article]:
    """The articles with 章 and 节 put in and renamed, those that follow numbered on."""
    found = list(articles)
    for step in parts:
        found = _retitled(found, step) if step.kind == "retitle" else _put_in(found, step)
    return found


def _retitled(articles: Sequence[Article], step: Step) -> list[Article]:
    label, heading = step.to[0], f"{step.to[0]} {' '.join(step.lines)}"
    rank = label[-1]
    return [
        _headed(each, rank, heading) if _heading(each, rank).split(" ")[0] == label else each
        for each in articles
    ]


def _put_in(articles: Sequence[Article], step: Step) -> list[Article]:
    match = _PART.match(step.lines[0])
    number = parse_number(match[1]) if match else None
    if match is None or number is None or not step.to:
        return list(articles)
    rank = match[2]
    chapters = {each.chapter for each in articles if each.label in step.to}

    def headed(article: Article) -> Article:
        if article.label in step.to:
            return _headed(article, rank, step.lines[0])
        if rank == "节" and article.chapter not in chapters:
            return article
        return _headed(article, rank, _numbered_on(_heading(article, rank), rank, number))

    return [headed(article) for article in articles]


def _heading(article: Article, rank: str) -> str:
    return article.section if rank == "节" else article.chapter


def _headed(article: Article, rank: str, heading: str) -> Article:
    return replace(article, section=heading) if rank == "节" else replace(article, chapter=heading)


def _numbered_on(heading: str, rank: str, first: int) -> str:
    """第六章 附则 becomes 第七章 附则 when a 第六章 is put in before it."""
    match = _PART.match(heading)
    number = parse_number(match[1]) if match else None
    if match is None or number is None or match[2] != rank or number < first:
        return heading
    return f"第{to_chinese(number + 1)}{rank} {match[3]}".rstrip()


def by_number(article: Article) -> tuple[int, int]:
    """The key to sort articles by."""
    return parse_article(article.label) or (0, 0)

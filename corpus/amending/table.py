"""The articles of a law as they stand in its rows, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.lawrows import Row, split_tail

__all__ = ["REMOVED", "Article", "articles_of", "rows_of"]

REMOVED = ("（删去）",)
"""What stands under the number of an article that was deleted while the others kept theirs."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: ``lines`` are its wording, ``tail`` the headings and annexes glued to its row.

    ``known`` is False for an article of which only the number is known.
    """

    label: str
    chapter: str = ""
    section: str = ""
    lines: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    known: bool = True

    @property
    def removed(self) -> bool:
        """Whether it is the empty place of a deleted article."""
        return self.lines == REMOVED


def articles_of(rows: Sequence[Row]) -> list[Article]:
    """The articles in the rows of a law."""
    found = []
    for row in rows:
        words, tail = split_tail(row, row is rows[-1])
        lines = tuple(line for line in words.split("\n") if line.strip())
        found.append(Article(row.label, row.chapter, row.section, lines, tail))
    return found


def rows_of(articles: Iterable[Article]) -> list[Row]:
    """The rows of a law of these articles."""
    return [
        Row(each.chapter, each.section, each.label, "\n".join([*each.lines, *each.tail]))
        for each in articles
    ]

"""Where the articles of an older version of a law stand in a newer one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from corpus.clauses import clause_lines, item_number
from corpus.numerals import to_chinese
from corpus.pairing import Piece, pair_documents, pair_pieces
from corpus.records import Citation, Document

__all__ = ["Renumbering", "amended_number", "written_place"]


def written_place(article: str, clause: int | None = None, item: int | None = None) -> str:
    """第五条第二款第（三）项, as far as given."""
    words = article if clause is None else f"{article}第{to_chinese(clause)}款"
    return words if item is None else f"{words}第（{to_chinese(item)}）项"


class Renumbering:
    """From the places of one version of a law to those of another, by wording and number."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old, self._new = old, new

    @cached_property
    def _partners(self) -> dict[str, tuple[Piece, Piece]]:
        pairs = pair_documents(self._old, self._new)
        return {pair.old.label: (pair.old, pair.new) for pair in pairs if pair.old and pair.new}

    def place(self, citation: Citation) -> str | None:
        """Where what the citation points to in the old version stands now; None when nowhere.

        款 and 项 are kept: those of the new article that read most like the old ones, none where
        no part of it does.
        """
        if citation.article not in self._partners:
            return None
        old, new = self._partners[citation.article]
        if citation.clause is None and citation.item is None:
            return written_place(new.label)
        clauses, now = _clauses(old.words), _clauses(new.words)
        found = dict(
            _partners(["\n".join(each) for each in clauses], ["\n".join(each) for each in now])
        )
        number = citation.clause or _listing(clauses)
        clause = found.get(number) if number else None
        if clause is None or number is None:
            return written_place(new.label)
        if citation.item is None:
            return written_place(new.label, clause)
        items = dict(_partners(_items(clauses[number - 1]), _items(now[clause - 1])))
        said = clause if citation.clause is not None else None
        return written_place(new.label, said, items.get(citation.item))


def amended_number(document: Document, article: str) -> str | None:
    """The number now of an article that had this one before the law was last numbered anew.

    None when no held amendment tells, or when it kept its number.
    """
    moved = [each for each in document.amended if each.former == article and each.article]
    newest = max(moved, key=lambda each: each.since, default=None)
    return newest.article if newest is not None and newest.article != article else None


def _clauses(words: str) -> list[list[str]]:
    return [[words[start:end] for start, end in lines] for lines in clause_lines(words)]


def _listing(clauses: list[list[str]]) -> int | None:
    """The number of the first 款 that has items."""
    numbers = [n for n, lines in enumerate(clauses, 1) if len(_items(lines))]
    return numbers[0] if numbers else None


def _items(lines: list[str]) -> list[str]:
    return [line for line in lines[1:] if item_number(line)]


def _partners(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """The numbers, from 1, of the parts that say the same."""
    pieces = [
        [Piece(str(n), "", part, n, n) for n, part in enumerate(parts, 1)] for parts in (old, new)
    ]
    for pair in pair_pieces(*pieces):
        if pair.old and pair.new:
            yield pair.old.start, pair.new.start

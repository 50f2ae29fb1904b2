"""A place in a document, and how it is cited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import Citation, Document, Passage, passage_at, to_chinese
from qa.wording import clause_at

__all__ = ["Place", "authoritative"]

_ITEM = re.compile(r"[(（]([一二三四五六七八九十百]+)[)）]")


def authoritative(document: Document) -> bool:
    """Whether it can vouch for words: an added one without issuer, number and status cannot.

    Else a draft, put into the library, would certify itself.
    """
    return document.origin != "own" or bool(document.issuer or document.number or document.status)


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a document: a stretch of it, and how like the words it is."""

    document: Document
    start: int
    end: int
    similarity: float = 1.0

    @property
    def words(self) -> str:
        """The source's own words."""
        return self.document.text[self.start : self.end]

    @property
    def passage(self) -> Passage:
        """The passage in which they begin."""
        return passage_at(self.document, self.start)

    @property
    def clause(self) -> int | None:
        """The 款 that holds the words, in an article of several."""
        return clause_at(self.document, self.passage, self.start, self.end)

    @property
    def citation(self) -> str:
        """How the place is cited, with its 款 in an article of several."""
        clause = self.clause
        part = "" if clause is None else f"第{to_chinese(clause)}款"
        return self.document.citation(self.passage, part)

    def label(self, like: Citation) -> str:
        """Article, 款 and 项, as far as a citation that it puts right says them."""
        words = self.passage.article or ""
        clause = self.clause
        if like.clause is not None and clause is not None:
            words += f"第{to_chinese(clause)}款"
        item = like.item and _ITEM.match(self.document.text, self._line, self.end)
        return words + (f"第（{item[1]}）项" if item else "")

    @property
    def _line(self) -> int:
        return self.document.text.rfind("\n", 0, self.start) + 1

"""Where in the library a question's relevant items stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Document, Passage
from qa.evaluation.relevance import holds, names_of
from qa.inputs import Relevant, words_only

__all__ = ["Place", "Places"]


@dataclass(frozen=True, slots=True)
class Place:
    """The passage that holds a relevant item; ``order`` sorts places as they stand."""

    document: Document
    passage: Passage
    order: tuple[int, int]

    @property
    def chapter(self) -> str:
        """The document's name with the outermost heading above the passage."""
        path = self.document.path(self.passage.section)
        return self.document.name + (path[0].heading if path else "")

    @property
    def citation(self) -> str:
        """The passage's citation."""
        return self.document.citation(self.passage)

    @property
    def text(self) -> str:
        """The passage's words."""
        return self.document.passage_text(self.passage)


class Places:
    """Finds relevant items in documents; what was folded once for comparing is kept."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._held = {document.id: document for document in documents}
        self._numbers = {id_: number for number, id_ in enumerate(self._held)}
        self._names = names_of(self._held.values())
        self._texts: dict[str, list[tuple[Passage, str]]] = {}

    def find(self, relevant: Relevant) -> Place | None:
        """The first passage of the named document (one in force first) that holds the item."""
        ids = self._names.get(words_only(relevant.document), frozenset())
        for document in sorted((self._held[id_] for id_ in ids), key=lambda d: not d.current):
            for passage, text in self._passages(document):
                if _is_there(passage, text, relevant):
                    return Place(document, passage, (self._numbers[document.id], passage.start))
        return None

    def _passages(self, document: Document) -> list[tuple[Passage, str]]:
        if document.id not in self._texts:
            self._texts[document.id] = [
                (passage, words_only(document.passage_text(passage)))
                for passage in document.passages
                if passage.kind == "text"
            ]
        return self._texts[document.id]


def _is_there(passage: Passage, text: str, relevant: Relevant) -> bool:
    if relevant.article is not None and (
        passage.article is None or words_only(passage.article) != words_only(relevant.article)
    ):
        return False
    return relevant.evidence is None or holds(text, words_only(relevant.evidence))

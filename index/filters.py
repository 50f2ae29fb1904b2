"""Which passages a question is asked of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Document, InputError, Passage
from index.backends import Columns, Where
from index.text import normal

__all__ = ["EVERYTHING", "Filters", "columns_of"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits to documents (by id or title), a section, kinds and statuses; empty means all.

    ``section`` is any part of a section path: 第三章, 第三章第三节, 营商环境. Replaced and repealed
    versions stay out unless ``all_versions``, or unless their id or their status is asked for.
    """

    documents: tuple[str, ...] = ()
    section: str = ""
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    all_versions: bool = False

    @property
    def limited(self) -> bool:
        """Whether anything but the usual choice of versions is asked for."""
        return bool(self.documents or self.section or self.kinds or self.statuses)

    def admits(self, document: Document) -> bool:
        """Whether passages of this document may be shown."""
        if document.id in self.documents:
            return True
        if self.documents and document.title not in self.documents:
            return False
        if self.kinds and document.kind not in self.kinds:
            return False
        if self.statuses:
            return document.status in self.statuses
        return document.current or self.all_versions

    def admits_passage(self, document: Document, passage: Passage) -> bool:
        """Whether this passage stands in the wanted section."""
        if not self.section:
            return True
        wanted = _bare(self.section)
        path = document.path(passage.section)
        full = _bare("".join(s.heading for s in path)) + _bare(passage.article or "")
        labels = _bare("".join(s.label for s in path) + (passage.article or ""))
        return wanted in full or wanted in labels

    def where(self) -> Where | None:
        """The same said by columns (``columns_of``); None where a section is wanted, too."""
        if self.section:
            return None
        wanted: dict[str, Sequence[str | bool]] = {}
        if self.documents:
            wanted["title"] = self.documents
        if self.kinds:
            wanted["kind"] = self.kinds
        if self.statuses:
            wanted["status"] = self.statuses
        elif not self.all_versions:
            wanted["current"] = (True,)
        return [{"document": self.documents}, wanted] if self.documents else [wanted]

    def check(self, documents: dict[str, Document]) -> None:
        """InputError when a wanted document is not in the library."""
        known = set(documents) | {document.title for document in documents.values()}
        for name in self.documents:
            if name not in known:
                raise InputError(
                    f"文档库里没有“{name[:80]}”，请先看文档库里有哪些文档（faju documents list）。"
                )


EVERYTHING = Filters()


def columns_of(documents: Iterable[Document]) -> Columns:
    """What filters ask of the documents of rows, for backends that filter themselves."""
    rows = list(documents)
    return {
        "document": [document.id for document in rows],
        "title": [document.title for document in rows],
        "kind": [document.kind for document in rows],
        "status": [document.status for document in rows],
        "current": [document.current for document in rows],
    }


def _bare(text: str) -> str:
    return normal(text).replace(" ", "")

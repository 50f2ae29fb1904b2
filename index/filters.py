"""Which passages a question is asked of."""

from __future__ import annotations

from dataclasses import dataclass

from corpus import Document, InputError, Passage
from index.text import normal

__all__ = ["EVERYTHING", "Filters"]


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

    def check(self, documents: dict[str, Document]) -> None:
        """InputError when a wanted document is not in the library."""
        known = set(documents) | {document.title for document in documents.values()}
        for name in self.documents:
            if name not in known:
                raise InputError(
                    f"文档库里没有“{name[:80]}”，请先看文档库里有哪些文档（faju documents list）。"
                )


EVERYTHING = Filters()


def _bare(text: str) -> str:
    return normal(text).replace(" ", "")

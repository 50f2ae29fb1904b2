"""A document of the library by its name, and the version of it that is said beside the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from corpus import Document, InputError, Passage, Resolver, in_their_versions, versions_named
from index import Filters

__all__ = ["NamedDocuments"]

_LONGEST_LEAD = 12  # characters before a name: 2013年12月28日修正的 (by eye)


class NamedDocuments:
    """Finds held documents as people name them."""

    def __init__(self, documents: Mapping[str, Document], resolver: Resolver) -> None:
        self._documents = documents
        self._resolver = resolver

    def document(self, name: str) -> Document:
        """A document by id, title, alias or short name; of several versions the one in force."""
        if name in self._documents:
            return self._documents[name]
        for known in self._resolver.versions(name):
            if known.id is not None:
                return self._documents[known.id]
        either = [title for title in self._resolver.meant(name) if self.versions(title)]
        if len(either) > 1:
            titles = "或".join(f"《{title}》" for title in either)
            raise InputError(f"“{name[:80]}”可能指{titles}，请写全称。")
        raise InputError(
            f"文档库里没有“{name[:80]}”，请先看文档库里有哪些文档（faju documents list）。"
        )

    def version(self, name: str) -> Document:
        """The same, of the version that is said: 渔业法（2013年）, 2013年渔业法, 原渔业法."""
        for text in () if name in self._documents else self._bracketed(name):
            for citation in in_their_versions(text, self._resolver.find(text), self.versions)[:1]:
                if citation.document_id:
                    return self._documents[citation.document_id]
                if citation.version:
                    held = versions_named(self.versions(citation.title))
                    raise InputError(
                        f"库中没有《{citation.title}》“{citation.version}”的文本，现有：{held}。"
                    )
        return self.document(name)

    def versions(self, title: str) -> list[Document]:
        """The held versions of a title, the one in force first, then the newest."""
        known = self._resolver.versions(title)
        return [self._documents[each.id] for each in known if each.id]

    def before(self, document: Document) -> Document:
        """The version before a document; InputError when none is held."""
        earlier = [d for d in self.versions(document.title) if d.published < document.published]
        if not earlier:
            raise InputError(f"库中没有{document.name}更早的文本，请写明与哪一份比较。")
        return max(earlier, key=lambda held: held.published)

    def within(self, filters: Filters) -> Filters:
        """The filters with documents by id; a name means the version in force, or all versions."""
        named = [self.document(name) for name in filters.documents]
        if filters.all_versions:
            pairs = zip(filters.documents, named, strict=True)
            wanted = [name if name == found.id else found.title for name, found in pairs]
            return replace(filters, documents=tuple(wanted))
        return replace(filters, documents=tuple(found.id for found in named))

    @staticmethod
    def passage(document: Document, start: int) -> Passage:
        """The passage around an offset; InputError where none is."""
        for passage in document.passages:
            if passage.start <= start < passage.end:
                return passage
        raise InputError(f"{document.name}的第 {start} 个字不在正文里。")

    def _bracketed(self, name: str) -> Iterator[str]:
        """The name in 《》, what may be said before it outside, as a place of it is cited."""
        if "《" in name:
            yield f"{name}第一条"
            return
        for at in range(min(len(name), _LONGEST_LEAD)):
            if self._resolver.versions(name[at:]):
                yield f"{name[:at]}《{name[at:]}》第一条"
                return

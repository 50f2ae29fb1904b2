"""What stands at the places that a question names, or why nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus import (
    Citation,
    Document,
    Passage,
    Repeal,
    Resolver,
    clause_span,
    in_their_versions,
    name_key,
    passages_in,
    stands_in,
    version_name,
    versions_named,
)
from corpus import repeals as found_repeals
from index import Filters, Found, Index, normal
from qa.records import Reason

__all__ = ["Places", "standing"]

_OWN_LABEL = re.compile("第.+[^编章节条]$")


class Places:
    """Finds the passages at places; one is built for an index."""

    def __init__(self, index: Index, resolver: Resolver) -> None:
        self._index = index
        self._resolver = resolver
        self._repeals = {
            name_key(title): repeal
            for title, repeal in found_repeals(index.documents.values()).items()
        }

    @property
    def own(self) -> Document | None:
        """The plan that 本规划 and a section without a name mean: the library's first document."""
        lead = self._index.lead
        return None if lead.origin == "law" else lead

    def cited(self, query: str) -> list[Citation]:
        """What the query names, of the version that it says: 2018年《公司法》, 原海商法."""
        found = self._resolver.find(query, asked=True)
        placed = [self._with_label(query, each) for each in found]
        return in_their_versions(query, placed, self._versions)

    def _with_label(self, query: str, citation: Citation) -> Citation:
        """The citation with the section that the query names as its document does: 第二阶段."""
        document = self._index.documents.get(citation.document_id or "")
        if document is None or document.origin == "law" or citation.article or citation.sections:
            return citation
        labels = {s.label for s in document.sections if _OWN_LABEL.match(s.label)}
        named = next((each for each in labels if query.startswith(each, citation.end)), None)
        if named is None:
            return citation
        return replace(citation, end=citation.end + len(named), sections=(named,))

    def documents(self, citation: Citation) -> list[Document]:
        """The held documents that it may mean: several where its name is short for several."""
        held = self._index.documents
        if citation.version and citation.document_id is None:
            return []
        if not citation.title:
            return [self.own] if self.own and not self._needs_a_name(citation) else []
        if citation.document_id in held:
            return [held[citation.document_id]]
        named = [self._resolver.versions(title) for title in self._resolver.meant(citation.title)]
        return [held[versions[0].id] for versions in named if versions[0].id in held]

    def at(self, citation: Citation, filters: Filters) -> list[Found]:
        """The passages at a place; [] when it is not there, or the filters leave it out."""
        found: list[Found] = []
        for document in self.documents(citation):
            if filters.limited and not filters.admits(document):
                continue
            if citation.article and any(p.article for p in document.passages):
                found += self._article(document, citation)
            elif citation.article or citation.sections:
                found += self._section(document, citation)
        return found

    def headed(self, document: Document, words: str) -> list[Found]:
        """The passages of the section that has these words for its title."""
        wanted = normal(words)
        titled = [s for s in document.sections if wanted and normal(s.title) == wanted]
        return [
            self.found(document, passage)
            for passage in document.passages
            if passage.kind == "text"
            and any(section in titled for section in document.path(passage.section))
        ]

    def found(
        self, document: Document, passage: Passage, span: tuple[int, int] | None = None
    ) -> Found:
        """A passage that was asked for."""
        evidence = () if span is None else ((*span, 1.0),)
        row = self._index.passages.row(passage)
        return Found(row, document, passage, 1.0, evidence, asked_for=True)

    def missing(self, citation: Citation) -> tuple[str, Reason]:
        """Why nothing stands at a place: a sentence, and the contract's reason."""
        documents = self.documents(citation)
        place = "".join(citation.sections) + (citation.article or "")
        if not citation.title and not documents:
            return f"没有写明是哪部法律的{place}，请写成“民法典{place}”这样。", "no_document"
        if not documents:
            return self.unheld(citation.title, citation.version)
        name = documents[0].name
        held = any(p.article == citation.article for p in documents[0].passages)
        if citation.article and held and (citation.clause or citation.item):
            return f"{name}{citation.article}没有所说的款、项。", "no_such_place"
        return f"{name}没有{place}。", "no_such_place"

    def unheld(self, title: str, version: str = "") -> tuple[str, Reason]:
        """That a document, or a version of it, is not held, and what repealed it."""
        if version:
            held = versions_named(self._versions(title))
            return f"文库未收《{title}》“{version}”所指的文本（现有{held}）。", "not_held"
        repeal = self.repealed(title)
        if repeal is not None:
            return f"《{title}》已由{repeal.citation}废止，文库未收其条文。", "repealed"
        return f"文库未收《{title}》。", "not_held"

    def repealed(self, title: str) -> Repeal | None:
        """What ended the document of this title, as far as the library says."""
        return self._repeals.get(name_key(title))

    def _versions(self, title: str) -> list[Document]:
        """The held versions of a title, the one in force first."""
        known = self._resolver.versions(title)
        return [self._index.documents[each.id] for each in known if each.id]

    def _needs_a_name(self, citation: Citation) -> bool:
        """第五条 by itself is of no law in particular; 第三章 is one of the plan's."""
        own = self.own
        return own is None or not self._section(own, citation)

    def _article(self, document: Document, citation: Citation) -> Iterator[Found]:
        annex = [label for label in citation.sections if label.startswith("附")]
        passages = [
            p
            for p in document.passages
            if p.article == citation.article and stands_in(document.path(p.section), annex)
        ]
        wanted = None
        if passages and (citation.clause or citation.item):
            first, last = passages[0].start, passages[-1].end
            wanted = clause_span(document.text, first, last, citation.clause, citation.item)
            passages = [] if wanted is None else passages
        for passage in passages:
            span = wanted or (passage.start, passage.end)
            start, end = max(span[0], passage.start), min(span[1], passage.end)
            if start < end:
                yield self.found(document, passage, (start, end))

    def _section(self, document: Document, citation: Citation) -> list[Found]:
        labels = citation.sections
        if citation.article:
            if not labels:
                return []
            labels = (*labels, citation.article)
        return [self.found(document, passage) for passage in passages_in(document, labels)]


def standing(document: Document, repeal: Repeal | None) -> str:
    """What to know of a document that no longer applies or not yet, "" for one in force."""
    if document.status == "已废止":
        by = f"，见{repeal.citation}" if repeal else ""
        return f"{document.name}已废止{by}。"
    if document.status == "已失效":
        return f"{document.name}已失效，以下是它的原文。"
    if document.status == "尚未施行":
        since = f"，自{document.effective}起施行" if document.effective else ""
        return f"{document.name}尚未施行{since}。"
    if document.status == "已被修改" and not document.current:
        return f"{document.name}的{version_name(document)}已被修改，以下是旧文本。"
    return ""

"""The engine: one object behind the page, the command line and programs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import (
    Catalog,
    InputError,
    Link,
    Links,
    Resolver,
    checksum,
    cited_documents,
    known_documents,
    list_laws,
    load_catalog,
    resolve_links,
    sound,
)
from index import Filters, Index, Manifest, Run, open_index
from index.model import Reader, find_model, load_embedder, load_reader
from qa.answering import (
    Answerer,
    Catalogue,
    Route,
    Router,
    ask_reply,
    clean_query,
    follow_up,
    read_again,
    related_questions,
    search_reply,
    small_talk,
    told_reply,
)
from qa.comparison import compare_documents
from qa.exports import write_graph
from qa.library import (
    NamedDocuments,
    Place,
    Questions,
    example_questions,
    excerpt_records,
    version_of,
)
from qa.records import (
    AboutRecord,
    AskReply,
    BlockRecord,
    CitedRecord,
    ComparisonReply,
    DocumentRecord,
    ExcerptRecord,
    FindReply,
    LinksReply,
    SearchReply,
    SectionRecord,
    blocks_of,
    cited_record,
    document_record,
    links_reply,
    section_record,
)
from qa.settings import Settings
from qa.wording import Wording, match_record, near_enough

if TYPE_CHECKING:
    from qa.drafts import CheckedDraft, Draft, DraftChecker

__all__ = ["Engine"]

Progress = Callable[[int, int], None]
_SIMILAR = 5
"""Passages that ``find`` shows where no wording is near enough."""


class Engine:
    """A built library, ready to be asked. Every public method gives plain, JSON-ready dicts.

    Raises FajuError, whose text is one Chinese sentence, for whatever the user can mend.
    """

    def __init__(
        self, index: Index, manifest: Manifest, catalog: Catalog, settings: Settings
    ) -> None:
        self.index = index
        self.settings = settings
        self._manifest, self._catalog = manifest, catalog
        self._opened = date.today()
        self._laws = list_laws(self._opened)
        titles = {law.title for law in self._laws}
        self._resolver = Resolver(known_documents(index.documents.values(), catalog, titles))
        self._named = NamedDocuments(index.documents, self._resolver)
        self._wording = Wording(index.documents.values())
        self._router = Router(index, self._resolver, self._wording)
        self._answerer = Answerer(index, settings)
        self.questions = Questions(settings.home, index, self._wording, self._named)

    @classmethod
    def open(cls, settings: Settings) -> Engine:
        """Open what ``faju build`` left under ``settings.home``."""
        home = settings.home
        index, manifest = open_index(
            home, lambda manifest: load_embedder(find_model(home, manifest.fingerprint))
        )
        return cls(index, manifest, load_catalog(), settings)

    def search(
        self,
        query: str,
        k: int | None = None,
        run: Run | None = None,
        filters: Filters | None = None,
    ) -> SearchReply:
        """Ranked passages."""
        query = sound(query)
        cleaned, notice = clean_query(query)
        route = self._route(cleaned, k, run, filters)
        return search_reply(query, route, self._answerer.evidence(cleaned, route.found), notice)

    def ask(self, question: str, k: int | None = None, filters: Filters | None = None) -> AskReply:
        """Verbatim answer sentences with their hits, or ``answered: false``.

        A question about the documents themselves is answered by ``notice``, from the catalogue.
        """
        question = sound(question)
        cleaned, notice = clean_query(question)
        only = self._named.within(filters or Filters()).documents
        talk = small_talk(cleaned)
        if said := talk or self._about_documents.answer(cleaned, only):
            return told_reply(question, said, bool(talk))
        route = self._route(cleaned, k, None, filters)
        return ask_reply(question, route, self._answerer.answer(cleaned, route), notice)

    @cached_property
    def _about_documents(self) -> Catalogue:
        held, lead = self.index.documents, self.index.lead
        return Catalogue(held, lead, self._resolver, self._router.places, self._opened)

    def follow(self, question: str, before: str) -> str:
        """The whole question that a short one (女的呢？) stands for after another; "" for none."""
        return follow_up(question, before, self.ask, self.index)

    def related(self, reply: AskReply) -> list[str]:
        """Questions near the one of a reply."""
        return related_questions(reply, self.index.documents)

    def topic(self, question: str) -> str:
        """What a question asks, without the words that name the library's documents."""
        return self._router.scope(clean_query(question)[0]).topic

    def find(
        self,
        text: str,
        k: int = 10,
        all_versions: bool = False,
        documents: Collection[str] = (),
    ) -> FindReply:
        """Where these words stand, exactly or nearly; else what means the same, or the place."""
        text = sound(text)
        wanted = self._named.within(Filters(documents=tuple(documents), all_versions=all_versions))
        matches = self._wording.find(text, k, all_versions, wanted.documents)
        placed = self._router.is_place(text)
        matches = [match for match in matches if match.kind == "exact" or not placed]
        reply: FindReply = {"text": text, "matches": [match_record(match) for match in matches]}
        if placed or not near_enough(matches):
            reply["similar"] = self.search(text, min(k, _SIMILAR), filters=wanted)["hits"]
        return reply

    def check(self, draft: Draft | str, progress: Progress | None = None) -> CheckedDraft:
        """A draft's citations and quotations, each with a verdict.

        ``progress`` hears how many of how many are done.
        """
        return self._checker.check(draft, progress)

    @cached_property
    def _checker(self) -> DraftChecker:
        from qa.drafts import DraftChecker

        held = self.index.documents
        complete = all(law.id in held for law in self._laws)
        return DraftChecker(held.values(), self._resolver, self._wording, complete)

    def documents(self) -> list[DocumentRecord]:
        """Every document of the library, in its order."""
        return [document_record(document) for document in self.index.documents.values()]

    def document(self, document_id: str) -> DocumentRecord:
        """One document with its table of contents."""
        return document_record(self._named.document(document_id), contents=True)

    def section(self, document_id: str, start: int) -> SectionRecord:
        """The whole section around an offset, for reading a passage in its place."""
        return section_record(self._named.document(document_id), start)

    def blocks(self, document_id: str) -> list[BlockRecord]:
        """All headings and passages of a document."""
        document = self._named.document(document_id)
        return blocks_of(document, 0, len(document.text))

    def cited(self, document_id: str | None = None) -> list[CitedRecord]:
        """The documents that a plan cites, held or not; the library's first plan by default."""
        chosen = self._named.document(document_id) if document_id else self.index.lead
        rows = cited_documents(chosen, self._resolver, self._catalog)
        held = self.index.documents
        return [
            cited_record(row, self._catalog.cited_as(row.title), held.get(row.document_id or ""))
            for row in rows
        ]

    def compare(self, old: str, new: str = "") -> ComparisonReply:
        """Two documents, or two versions of one, side by side (新旧条文对照表).

        Each by id, title or alias, a version with its year (渔业法（2013年）, 原渔业法). With one
        name alone that document beside the version before it.
        """
        later = self._named.version(new or old)
        earlier = self._named.version(old) if new else self._named.before(later)
        if earlier.id == later.id:
            raise InputError(f"两边是同一份文本：{later.name}，请写明要比较的两份。")
        return compare_documents(earlier, later)

    def links(self, document_id: str, start: int | None = None) -> LinksReply:
        """What a passage (the one at ``start``) or a whole document cites, and who cites it.

        For an article ``cited_by`` are the passages that name this article, its own law's included;
        for a document those of other documents.
        """
        document = self._named.document(document_id)
        passage = None if start is None else self._named.passage(document, start)
        cites = self._links.cites(document.id, passage.id if passage else None)
        cited_by: list[Link] = []
        if passage is None or passage.article:
            cited_by = self._links.cited_by(document.id, passage.article if passage else None)
        others = (link for link in cited_by if passage or not link.internal)
        return links_reply(cites, others, self.index.documents)

    def excerpts(self, places: Sequence[Place]) -> list[ExcerptRecord]:
        """What stands at places of the library, in its order (``qa.library.excerpts``)."""
        return excerpt_records(self.index.documents, places)

    def write_graph(self, path: Path, document_id: str | None = None) -> None:
        """Export the references of one document, or of the whole library, by the path's suffix."""
        links: Iterable[Link] = self._links
        if document_id is not None:
            chosen = self._named.document(document_id).id
            links = [*self._links.cites(chosen), *self._links.cited_by(chosen)]
        write_graph(links, self.index.documents, path)

    @cached_property
    def _links(self) -> Links:
        return resolve_links(self.index.documents.values(), self._resolver)

    @property
    def version(self) -> str:
        """A checksum that changes whenever the library, its model or its index does."""
        return version_of(self._manifest)

    def about(self) -> AboutRecord:
        """What the library holds and as of when."""
        return {
            "documents": len(self.index.documents),
            "passages": len(self.index.passages),
            "as_of": self._opened.isoformat(),
            "plan": self.index.lead.name,
            "model": self._manifest.model,
            "library": checksum(str(self.settings.home).encode())[:12],
            "examples": example_questions(self.index.lead),
        }

    def _route(self, query: str, k: int | None, run: Run | None, filters: Filters | None) -> Route:
        """The passages for a query: its own way first, filled up by search unless that is all."""
        count = self.settings.k if k is None else k
        if count < 1:
            raise InputError(f"k 至少是 1，现在是 {count}。")
        chosen = self._named.within(filters or Filters())
        self.questions.refresh()
        route = self._router.route(query, chosen) if run is None else None
        scope = self._router.scope(query)
        if route is None:
            wanted = run or self.settings.run
            found = read_again(self._reader, self.index, scope, count, wanted, chosen)
            return Route("hybrid", found, scope.notice, topic=scope.topic, reason=scope.reason)
        found = route.found
        if not route.only:
            more = read_again(self._reader, self.index, scope, count, self.settings.run, chosen)
            found = route.filled_up(more)
        notice = route.notice if route.reason else route.notice + scope.notice
        return replace(route, found=found[:count], notice=notice, topic=scope.topic)

    @cached_property
    def _reader(self) -> Reader | None:
        return load_reader(self.settings.reranker)

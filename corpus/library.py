"""The documents of the library: the bundled plan, the home's own documents, the laws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.catalog import Catalog, HeldDocument, read_held_text
from corpus.names import name_key, own_aliases
from corpus.records import Document
from corpus.register import own_documents
from corpus.repeals import repeals
from corpus.statutes import LawSelection, load_statutes
from corpus.structure import structure
from corpus.versions import DRAFTS, with_successors
from corpus.written_questions import with_questions

__all__ = ["load_library"]

_SHORT = {"规划": ("规划",), "纲要": ("纲要", "规划")}


def load_library(
    catalog: Catalog,
    laws: LawSelection | None,
    today: date,
    home: Path | None = None,
    bundled: bool = True,
) -> list[Document]:
    """The catalog's documents (if ``bundled``), those of ``home``, then the laws (if any).

    Each has its structure and status. The first plan, where none is bundled, is the one that
    “规划” by itself means.
    """
    held = [_held(catalog, entry) for entry in catalog.documents] if bundled else []
    own = own_documents(home, today) if home else []
    if own and not held:
        own[0] = replace(own[0], aliases=(*own[0].aliases, *_SHORT.get(own[0].kind, ())))
    found = held + own + (load_statutes(laws, today, catalog) if laws else [])
    held_now = with_successors(found, (document.id for document in own), today)
    return [with_questions(document) for document in _with_repeals(held_now)]


def _with_repeals(documents: Sequence[Document]) -> list[Document]:
    """The home's own documents that a later one held repeals (《…》同时废止) are 已废止."""
    if not any(document.origin == "own" for document in documents):
        return list(documents)
    ended = {name_key(title): repeal.by for title, repeal in repeals(documents).items()}
    return [
        replace(document, status="已废止")
        if document.origin == "own"
        and any(_ends(ended.get(name_key(name)), document) for name in _names(document))
        else document
        for document in documents
    ]


def _names(document: Document) -> Iterator[str]:
    """Its title, and what else a repeal calls it: 《…办法》 for 《…办法（2015年修订）》."""
    yield document.title
    yield from own_aliases(document.title)


def _ends(by: Document | None, document: Document) -> bool:
    in_force = by is not None and by.status not in DRAFTS and document.status not in DRAFTS
    return in_force and by is not None and by.published > document.published


def _held(catalog: Catalog, entry: HeldDocument) -> Document:
    frame = Document(
        id=entry.id,
        title=entry.title,
        kind=entry.kind,
        status=entry.status,
        text=read_held_text(catalog, entry),
        issuer=entry.issuer,
        published=entry.published,
        aliases=entry.aliases,
        source=entry.provenance,
        origin="bundled",
    )
    return structure(frame, entry.overlay)

"""The documents of the library, out of the catalog and the installed laws."""

from __future__ import annotations

from datetime import date

from corpus.catalog import Catalog, HeldDocument, read_held_text
from corpus.records import Document
from corpus.statutes import LawSelection, load_statutes
from corpus.structure import structure

__all__ = ["load_library"]


def load_library(catalog: Catalog, laws: LawSelection, today: date) -> list[Document]:
    """The catalog's own documents first, then the laws, each with its structure and status."""
    own = [_held(catalog, entry) for entry in catalog.documents]
    return own + load_statutes(laws, today, catalog)


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
    )
    return structure(frame, entry.overlay)

"""A document, its table of contents and its sections, as plain records for reading."""

from __future__ import annotations

from corpus import CitedEntry, CitedRow, Document, Passage, Section
from qa.records.hits import article_history
from qa.records.library_types import BlockRecord, CitedRecord, DocumentRecord, SectionRecord

__all__ = ["blocks_of", "cited_record", "document_record", "section_record"]

# A section that is shown whole stays readable: a 节 of a plan, a 章 of a law.
_LONGEST_VIEW = 8000


def document_record(document: Document, contents: bool = False) -> DocumentRecord:
    """What the library shows of a document; with ``contents`` its table of contents (``toc``)."""
    record: DocumentRecord = {
        "id": document.id,
        "title": document.title,
        "name": document.name,
        "kind": document.kind,
        "status": document.status,
        "origin": document.origin,
        "issuer": document.issuer,
        "published": document.published,
        "effective": document.effective,
        "source": document.source,
        "characters": document.character_count,
        "passages": document.text_count,
    }
    if contents:
        record["toc"] = [
            {
                "index": index,
                "level": section.level,
                "heading": section.heading,
                "start": section.start,
                "end": section.end,
                "origin": section.origin,
            }
            for index, section in enumerate(document.sections)
        ]
    return record


def section_record(document: Document, start: int) -> SectionRecord:
    """The largest section around an offset that is readable at one go, with its blocks."""
    path, first, last = _view(document, start)
    return {
        "document": document_record(document),
        "path": [section.heading for section in path],
        "start": first,
        "end": last,
        "blocks": blocks_of(document, first, last),
    }


def blocks_of(document: Document, first: int, last: int) -> list[BlockRecord]:
    """The headings and passages between two offsets."""
    shown = [passage for passage in document.passages if first <= passage.start < last]
    return [
        _block(document, passage, before is None or before.article != passage.article)
        for before, passage in zip([None, *shown], shown, strict=False)
    ]


def _block(document: Document, passage: Passage, begins: bool) -> BlockRecord:
    """A heading or passage; where an article ``begins`` its history is told."""
    return {
        "kind": passage.kind,
        "text": document.passage_text(passage),
        "start": passage.start,
        "end": passage.end,
        "passage_id": passage.id,
        "citation": document.citation(passage),
        **article_history(document, passage.article if begins else None),
    }


def cited_record(row: CitedRow, entry: CitedEntry | None, held: Document | None) -> CitedRecord:
    """A document that a plan cites, with what the catalog says of it."""
    url = entry.address if entry else ""
    # What was fetched from the address has been checked.
    checked = held is not None and entry is not None and held.source == url
    return {
        "issuer": entry.issuer if entry else "",
        "date": entry.date if entry else "",
        "url": url,
        "title": row.title,
        "lines": list(row.lines),
        "held": row.held,
        "document_id": row.document_id,
        "address": url if checked else row.address,
        "how": row.how,
    }


def _view(document: Document, start: int) -> tuple[list[Section], int, int]:
    around = [s for s in document.sections if s.start <= start < s.end]
    around.sort(key=lambda section: section.level)
    for depth, section in enumerate(around):
        if section.end - section.start <= _LONGEST_VIEW or depth == len(around) - 1:
            return around[: depth + 1], section.start, section.end
    return [], *_between(document, start)


def _between(document: Document, start: int) -> tuple[int, int]:
    """The stretch outside all sections around an offset: a preamble, or a law without chapters."""
    first = max((s.end for s in document.sections if s.end <= start), default=0)
    last = min((s.start for s in document.sections if s.start > start), default=len(document.text))
    if last - first > _LONGEST_VIEW:
        first = max(first, start - _LONGEST_VIEW // 2)
        last = min(last, start + _LONGEST_VIEW // 2)
    return first, last

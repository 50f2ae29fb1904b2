"""References between documents as plain records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus import Document, Link, Passage, passage_at
from qa.records.library_types import LinkRecord, LinksReply, SpanRecord

__all__ = ["link_note", "link_record", "links_reply"]

Documents = Mapping[str, Document]


def link_record(link: Link, documents: Documents) -> LinkRecord:
    """One reference: the mention, the place it cites, and (``from``) the passage it stands in."""
    source = documents[link.document_id]
    passage = passage_at(source, link.start)
    target = _target_passage(link, documents)
    return {
        "surface": link.surface,
        "start": link.start,
        "end": link.end,
        "title": link.title,
        "document_id": link.target_id,
        "article": link.article,
        "clause": link.clause,
        "item": link.item,
        "held": link.held,
        "exists": link.exists,
        "citation": _name(link, documents) + link.place,
        "passage_id": None if target is None else target.id,
        "target": _target_span(link),
        "note": link_note(link, documents),
        "from": {
            "document_id": source.id,
            "title": source.title,
            "status": source.status,
            "passage_id": passage.id,
            "citation": source.citation(passage),
            "start": passage.start,
            "end": passage.end,
            "text": source.passage_text(passage),
        },
    }


def links_reply(
    cites: Iterable[Link], cited_by: Iterable[Link], documents: Documents
) -> LinksReply:
    """What is cited, and who cites."""
    return {
        "cites": [link_record(link, documents) for link in cites],
        "cited_by": [link_record(link, documents) for link in cited_by],
    }


def _name(link: Link, documents: Documents) -> str:
    return documents[link.target_id].name if link.target_id is not None else f"《{link.title}》"


def _target_passage(link: Link, documents: Documents) -> Passage | None:
    if link.target_id is None or link.target_start is None:
        return None
    return passage_at(documents[link.target_id], link.target_start)


def _target_span(link: Link) -> SpanRecord | None:
    if link.target_start is None or link.target_end is None:
        return None
    return {"start": link.target_start, "end": link.target_end}


def link_note(link: Link, documents: Documents) -> str:
    """What to watch for in a reference, "" for nothing."""
    if link.target_id is None:
        return f"库中没有《{link.title}》；取得全文后可以入库。"
    target, source = documents[link.target_id], documents[link.document_id]
    if not link.exists:
        return f"{target.name}现有文本中没有{link.place}，可能已修改或删去，请核对。"
    newer = source.published and target.published > source.published
    if link.article is not None and newer and not link.internal:
        return (
            f"{target.name}的现有文本公布于 {target.published}，晚于引用它的文件，"
            "条号可能已变动，请核对。"
        )
    return ""

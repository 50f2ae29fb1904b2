"""Passages collected on the page (摘编): known by their places, taken from the library itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from corpus import Document, InputError
from qa.inputs import LIMITS
from qa.records import ExcerptRecord, PlaceRecord
from qa.wording import match_record, new_match

__all__ = ["Place", "excerpt_records", "place_of", "places_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """``[start, end)`` of a document's text; ``check`` tells whether the words are still there."""

    document: str
    start: int
    end: int
    check: str


def place_of(document_id: str, start: int, text: str) -> PlaceRecord:
    """The place of ``text``, which stands at ``start``, as the page keeps it (JSON)."""
    words = text.strip()
    start += len(text) - len(text.lstrip())
    return [document_id, start, start + len(words), _check(words)]


def places_of(given: Any) -> list[Place]:
    """The places a page sends; InputError when they are no such thing, or too many."""
    try:
        places = [Place(str(d), int(s), int(e), str(check)) for d, s, e, check in given]
    except (TypeError, ValueError) as exc:
        raise InputError("摘编的内容读不出来，请清空摘编后重新加入。") from exc
    if len(places) > LIMITS.excerpts:
        raise InputError(f"摘编最多 {LIMITS.excerpts} 段，现在有 {len(places)} 段，请移除一些。")
    return places


def excerpt_records(
    documents: Mapping[str, Document], places: Sequence[Place]
) -> list[ExcerptRecord]:
    """What stands at the places, in the library's order; what is no longer there comes last."""
    order = {name: number for number, name in enumerate(documents)}
    known = sorted(set(places), key=lambda p: (order.get(p.document, len(order)), p.start, p.end))
    records = [_record(documents.get(place.document), place) for place in known]
    return sorted(records, key=lambda record: bool(record["missing"]))


def _record(document: Document | None, place: Place) -> ExcerptRecord:
    kept: PlaceRecord = [place.document, place.start, place.end, place.check]
    if document is None:
        return {"place": kept, "missing": "文库里已没有这份文件"}
    words = document.text[max(place.start, 0) : place.end]
    if not words or _check(words) != place.check:
        why = f"{document.name}的文字已经更新，请重新查找后加入"
        return {"place": kept, "missing": why}
    found = match_record(new_match("exact", 1.0, document, [(place.start, place.end)], ()))
    return {
        "place": kept,
        "missing": "",
        "document": found["document"],
        "section": found["section"],
        "article": found["article"],
        "citation": found["citation"],
        "text": words,
    }


def _check(words: str) -> str:
    return f"{crc32(words.encode()):08x}"

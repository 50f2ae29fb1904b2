"""Records of the contract, whole, of which a test changes what it is about."""

from __future__ import annotations

from typing import Any, cast

from qa.records import (
    AskReply,
    CheckItem,
    CitingPassage,
    DocumentRecord,
    Hit,
    LinkRecord,
    MatchRecord,
)

_HIT: Hit = {
    "rank": 1,
    "score": 0.9,
    "passage_id": "plan:0",
    "document": {"id": "plan", "title": "某规划", "status": ""},
    "section": [],
    "article": None,
    "citation": "《某规划》第三章",
    "text": "",
    "start": 0,
    "end": 0,
    "highlights": [],
}
_REPLY: AskReply = {
    "question": "",
    "route": "hybrid",
    "answered": True,
    "confidence": 1.0,
    "sentences": [],
    "related": [],
    "hits": [],
    "notice": "",
    "reason": "",
}
_DOCUMENT: DocumentRecord = {
    "id": "jia",
    "title": "甲法",
    "name": "《甲法》",
    "kind": "法律",
    "status": "现行有效",
    "origin": "law",
    "issuer": "",
    "published": "",
    "effective": "",
    "source": "",
    "characters": 0,
    "passages": 0,
}
_FROM: CitingPassage = {
    "document_id": "yi",
    "title": "乙法",
    "status": "现行有效",
    "passage_id": "yi/2",
    "citation": "《乙法》第二条",
    "start": 0,
    "end": 0,
    "text": "",
}
_LINK: LinkRecord = {
    "from": _FROM,
    "surface": "甲法第五条第二款",
    "start": 0,
    "end": 8,
    "title": "甲法",
    "document_id": "jia",
    "article": "第五条",
    "clause": 2,
    "item": None,
    "held": True,
    "exists": True,
    "citation": "《甲法》第五条第二款",
    "passage_id": "jia/5",
    "target": {"start": 40, "end": 60},
    "note": "",
}
_MATCH: MatchRecord = {
    "passage_id": "plan:0",
    "document": {"id": "plan", "title": "某规划", "status": ""},
    "section": [],
    "article": None,
    "citation": "《某规划》第三章",
    "text": "",
    "start": 0,
    "end": 0,
    "highlights": [],
    "kind": "exact",
    "similarity": 1.0,
    "quoted": "",
    "differences": [],
    "clause": None,
    "context": "",
    "context_start": 0,
}
_ITEM: CheckItem = {
    "start": 0,
    "end": 0,
    "surface": "",
    "kind": "quotation",
    "verdict": "verbatim",
    "document": None,
    "article": None,
    "source": None,
    "differences": [],
    "suggestion": "",
    "correction": None,
}


def hit_of(**changes: Any) -> Hit:
    """A hit with these fields."""
    assert changes.keys() <= _HIT.keys()
    return cast(Hit, _HIT | changes)


def reply_of(**changes: Any) -> AskReply:
    """An answer with these fields."""
    assert changes.keys() <= {*_REPLY, "id", "written"}
    return cast(AskReply, _REPLY | changes)


def document_of(**changes: Any) -> DocumentRecord:
    """A document with these fields."""
    assert changes.keys() <= {*_DOCUMENT, "toc"}
    return cast(DocumentRecord, _DOCUMENT | changes)


def link_of(**changes: Any) -> LinkRecord:
    """A reference with these fields, to 甲法第五条第二款."""
    assert changes.keys() <= _LINK.keys()
    return cast(LinkRecord, _LINK | changes)


def match_of(**changes: Any) -> MatchRecord:
    """A place where words stand, with these fields."""
    assert changes.keys() <= _MATCH.keys()
    return cast(MatchRecord, _MATCH | changes)


def item_of(**changes: Any) -> CheckItem:
    """An item of a checked draft, with these fields."""
    assert changes.keys() <= CheckItem.__annotations__.keys()
    return cast(CheckItem, _ITEM | changes)

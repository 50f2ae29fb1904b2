"""Records of the contract, whole, of which a test changes what it is about."""

from __future__ import annotations

from typing import Any, cast

from qa.records import AskReply, Hit

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
    "hits": [],
    "notice": "",
}


def hit_of(**changes: Any) -> Hit:
    """A hit with these fields."""
    assert changes.keys() <= _HIT.keys()
    return cast(Hit, _HIT | changes)


def reply_of(**changes: Any) -> AskReply:
    """An answer with these fields."""
    assert changes.keys() <= {*_REPLY, "id", "written"}
    return cast(AskReply, _REPLY | changes)

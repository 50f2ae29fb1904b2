"""Many inputs in one go, answered in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar, cast

from corpus import InputError
from qa.inputs.columns import Asked
from qa.records import FAULTS, FailedLine, Reply

__all__ = ["Field", "found_nothing", "replies"]

OneReply = TypeVar("OneReply", bound=Reply)

Field = Literal["query", "question", "text", "draft"]
"""What a reply calls that which was asked for."""

_LISTS: dict[Field, str] = {
    "query": "hits",
    "question": "hits",
    "text": "matches",
    "draft": "items",
}
"""The list of a reply that says whether anything was found."""


def replies(
    asked: Iterable[Asked], call: Callable[[str], OneReply], field: Field
) -> Iterator[OneReply | FailedLine]:
    """What ``call`` gives for each line, with its ``id``; an ``error`` where it cannot be asked."""
    for each in asked:
        try:
            if not each.text:
                raise InputError("这一行没有写问题，已跳过。")
            reply = cast(OneReply, {"id": each.id, **call(each.text)})
        except InputError as exc:
            failed = {"id": each.id, field: each.text, _LISTS[field]: [], "error": str(exc)}
            yield cast(FailedLine, failed)
        else:
            yield reply


def found_nothing(reply: Reply | FailedLine) -> bool:
    """Whether a reply is none, an empty one, a refusal, or a draft with faults."""
    if "error" in reply:
        return True
    if "items" in reply:
        return any(item["verdict"] in FAULTS for item in reply["items"])
    if "answered" in reply:
        return not reply["answered"]
    return not (reply["matches"] if "matches" in reply else reply["hits"])

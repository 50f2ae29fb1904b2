"""Citations by an old number, told by the words that the draft quotes from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.check.finding import Item

__all__ = ["told_by_words"]


def told_by_words(items: Sequence[Item]) -> list[Item]:
    """The items in order, a citation whose quotation stands under another number saying which.

    That a number exists in the text in force says nothing for it when the words that are quoted
    from it stand elsewhere in the same law.
    """
    found = list(items)
    for at, item in enumerate(found):
        moved = item.finding.moved_to
        if item.kind == "citation" or item.verdict != "wrong_article" or moved is None:
            continue
        cited = next((n for n in range(at - 1, -1, -1) if _is_source(found[n], item)), None)
        if cited is not None:
            finding = found[cited].finding
            note = f"{finding.suggestion}按所引文字，现行条号是{moved}。"
            found[cited] = replace(
                found[cited], finding=replace(finding, suggestion=note, moved_to=moved)
            )
    return found


def _is_source(citation: Item, quotation: Item) -> bool:
    """Whether a quotation is said to be from this citation."""
    one, other = citation.finding, quotation.finding
    return (
        citation.kind == "citation"
        and one.document is not None
        and other.document is not None
        and one.document.id == other.document.id
        and one.article == other.article
        and one.moved_to is None
    )

"""Several versions of one title: the newest in force supersedes those before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from corpus.names import name_key
from corpus.records import Document

__all__ = ["newest", "with_successors"]

_KEPT = {"已废止", "征求意见稿", "送审稿", "讨论稿", "草案"}


def newest(versions: Sequence[Document]) -> Document:
    """The latest published; where one has no date, the last of them: the last that was added."""
    if all(version.published for version in versions):
        return max(enumerate(versions), key=lambda found: (found[1].published, found[0]))[1]
    return versions[-1]


def with_successors(
    documents: Sequence[Document], own: Iterable[str], today: date
) -> list[Document]:
    """The documents, with those that a later version of the same title replaces naming it.

    Titles of which no version is in ``own`` (ids) are left as they are. A draft stays a draft.
    """
    added = set(own)
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault(name_key(document.title), []).append(document)
    replaced: dict[str, Document] = {}
    for versions in groups.values():
        in_force = [each for each in versions if each.effective <= today.isoformat()]
        if len(versions) > 1 and in_force and added.intersection(each.id for each in versions):
            last = newest(in_force)
            replaced |= {each.id: _replaced(each, last) for each in in_force if each is not last}
    return [replaced.get(document.id, document) for document in documents]


def _replaced(document: Document, by: Document) -> Document:
    status = document.status if document.status in _KEPT else "已被修改"
    return replace(document, status=status, successor=document.successor or by.id)

"""Several versions of one title: the newest in force supersedes those before it.

A text that means another one than that in force is led to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from corpus.names import name_key
from corpus.records import Citation, Document
from corpus.version_words import Said, said_version

__all__ = [
    "DRAFTS",
    "in_their_versions",
    "newest",
    "version_name",
    "version_years",
    "versions_named",
    "with_successors",
]

DRAFTS = frozenset({"征求意见稿", "送审稿", "讨论稿", "草案"})
_KEPT = DRAFTS | {"已废止"}


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


def in_their_versions(
    text: str, citations: Iterable[Citation], versions: Callable[[str], Sequence[Document]]
) -> list[Citation]:
    """The citations of a text, those of another version than the one in force led to it.

    ``versions`` gives the held documents of a title, the one in force first. A version that is not
    held leaves the citation without a document; ``version`` then says which one is meant. A place
    without a name, and a name that was given to a version (以下简称), mean the version said before.
    """
    found: list[Citation] = []
    lasting: dict[str, Said] = {}
    last: tuple[str, Said | None] = ("", None)
    for citation in citations:
        said = said_version(text, citation)
        named = text[citation.start : citation.start + 1] != "第"
        if said is None:
            said = lasting.get(citation.title)
            said = last[1] if not named and last[0] == citation.title else said
        elif said.lasting:
            lasting[citation.title] = said
        if said is not None and not _counts(said, citation):
            said = None
        last = (citation.title, said)
        found.append(citation if said is None else _led(citation, said, versions(citation.title)))
    return found


def _counts(said: Said, citation: Citation) -> bool:
    """Whether the words bear on it: a mere year before a name without a place tells of an event."""
    return said.kind != "now" and (said.firm or citation.article is not None)


def _led(citation: Citation, said: Said, held: Sequence[Document]) -> Citation:
    if not held or held[0].status == "已废止":
        # What no version in force is held of is judged as that: repealed, or not held at all.
        return citation
    now = held[0]
    if said.kind == "draft":
        meant = next((each for each in held if each.status in DRAFTS), None)
    elif said.kind == "former":
        meant = next((each for each in held[1:] if each.published < now.published), None)
    else:
        meant = next((each for each in held if said.year in version_years(each)), None)
        event = not said.firm and str(said.year) > now.published[:4]
        meant = now if meant is None and event else meant
    if meant is now:
        return citation
    return replace(citation, document_id=meant.id if meant else None, version=said.words)


def version_years(document: Document) -> set[int]:
    """The years that a version is called by: of its publication, and since when it applies.

    An amended law keeps the day of its first version as that of taking effect, which is not its.
    """
    days = [document.published, max((each.since for each in document.amended), default="")]
    if document.effective >= document.published:
        days.append(document.effective)
    return {int(day[:4]) for day in days if day[:4].isdigit()}


def version_name(document: Document) -> str:
    """How a version is told from others of its title: 2013年文本, 征求意见稿; "" without a date."""
    if document.status in DRAFTS:
        return document.status
    return f"{document.published[:4]}年文本" if document.published else ""


def versions_named(documents: Iterable[Document]) -> str:
    """Several versions of a title in a few words: 2025年文本、2013年文本."""
    return "、".join(version_name(each) or "未注明日期的文本" for each in documents)

"""Places and words of another version of a law than the one in force.

They are judged against that version where it is held, and where it is not nothing is said against
them; what is told is where they stand now, by wording and number. Nothing is ever “corrected” to
the text in force: the draft says that it means another.
"""

from __future__ import annotations

from dataclasses import replace

from corpus import Citation, Document, amended_number, version_name, versions_named, written_place
from qa.check.finding import Finding
from qa.check.place import Place
from qa.check.replaced import nearest_in, unlike
from qa.check.shelf import Shelf

__all__ = ["new_number", "of_older_number", "unheld_version", "unheld_words"]

_JUDGE = "是否相当请自行判断。"


def unheld_version(shelf: Shelf, citation: Citation) -> Finding:
    """The finding on a place of a version that is not held, of a law of which another one is."""
    now = shelf.titled(citation.title)[0]
    held = versions_named(shelf.titled(citation.title))
    note = f"库中没有《{now.title}》“{citation.version}”所指的文本（现有{held}），无法核对。"
    moved = amended_number(now, citation.article) if citation.article else None
    note += f"按现行文本，该条现为{moved}。" if moved else ""
    return Finding("not_held", now.title, None, citation.article, suggestion=note, moved_to=moved)


def unheld_words(shelf: Shelf, words: str, citation: Citation, cited: Finding) -> Finding:
    """The finding on words said to be of such a version: where the text in force has them."""
    new = nearest_in(shelf, words, shelf.titled(citation.title)[0])
    if new is None:
        return cited
    alike = "措辞最接近" if unlike(shelf, words, new) else "文字相同"
    note = f"{cited.suggestion}现行文本中{alike}的是{new.citation}，{_JUDGE}"
    # No differences: the text in force is not what the words are to be measured by.
    return replace(cited, source=new, suggestion=note, moved_to=new.label(citation))


def new_number(shelf: Shelf, words: str, place: Place, target: Citation) -> str | None:
    """The place of words that stand in the law said but under another number, as cited; else None.

    That may be the new number of the article that the draft means; not so of words that several
    articles have (处三年以下有期徒刑).
    """
    if place.document.id != target.document_id or target.article is None:
        return None
    standing = shelf.standing(words, documents=[place.document.id])
    if len({each.passage.article for each in standing}) > 1:
        return None
    return place.label(target)


def of_older_number(shelf: Shelf, citation: Citation, document: Document) -> Finding | None:
    """The finding on a place that the text in force has not and one before it has; else None."""
    if not document.current or citation.article is None:
        return None
    for version in shelf.versions(document):
        spans = shelf.spans(version, citation) if version.published < document.published else []
        if spans:
            moved = shelf.moved(version, citation)
            now = f"，现为{moved}" if moved else "，现行文本中没有与它相当的条文"
            place_said = written_place(citation.article, citation.clause, citation.item)
            note = f"{place_said}是{version_name(version)}的条号{now}。"
            place = Place(version, *spans[0])
            return Finding(
                "superseded",
                version.title,
                version,
                citation.article,
                place,
                (),
                note,
                moved_to=moved,
            )
    return None

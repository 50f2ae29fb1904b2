"""Words and places of laws that are replaced or repealed, and what applies instead."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import fuzz

from corpus import Citation, Document, sentence_spans
from qa.check.compare import key
from qa.check.finding import Finding, shown
from qa.check.laying import lay
from qa.check.shelf import Place, Shelf
from qa.wording import Difference

__all__ = ["nearest_in", "of_repealed", "superseded", "unlike"]

_ALIKE = 0.5
_AS_EYE_SEES = "是否相当请自行判断。"


def nearest_in(shelf: Shelf, words: str, document: Document) -> Place | None:
    """The place in what replaces a document that is most like the words; None below one half.

    Where the very words stand comes first; else the places are weighed as wholes, each against all
    the words, so that a phrase in common does not decide.
    """
    standing = shelf.standing(words, documents=[document.id])
    if standing:
        return standing[0]
    near = [p for p in shelf.nearby(words, documents=[document.id]) if p.similarity >= _ALIKE]
    wanted = key(words)
    return max(near, key=lambda p: (_whole(shelf, wanted, p), p.similarity), default=None)


def _whole(shelf: Shelf, wanted: str, place: Place) -> float:
    """How like the words the article's sentences around the place are, taken together."""
    start, end = shelf.around(place)[0]
    text = place.document.text
    touched = [
        (first, last)
        for first, last in sentence_spans(text, start, end)
        if first < place.end and place.start < last
    ]
    around = text[touched[0][0] : touched[-1][1]] if touched else place.words
    return fuzz.ratio(wanted, key(around)) / 100 + place.similarity


def superseded(shelf: Shelf, words: str, place: Place, target: Citation | None = None) -> Finding:
    """Words of a replaced text: shown beside the text in force where it has any like them.

    ``target`` is the place that they are said to be from.
    """
    old = place.document
    by = shelf.replacement(old)
    new = nearest_in(shelf, words, by) if by is not None else None
    status = "已废止" if old.status == "已废止" else "已被修改"
    what = f"{old.name}{f'（{old.published[:4]}年文本）' if old.published else ''}"
    article = place.passage.article
    differs = "与{}的文字有出入" if unlike(shelf, words, place) else "是{}的文字"
    elsewhere = target is not None and target.article not in {None, article}
    said_of = f"不在{target.article}，而" if target is not None and elsewhere else ""
    note = f"这段话{said_of}{differs.format(what + (article or ''))}，该文本{status}。"
    like = target or Citation(0, 0, "", old.title, old.id)
    moved = shelf.moved(old, replace(like, article=place.passage.article))
    was = place.label(like)
    note += f"{was}现为{moved}。" if moved not in {None, was} else ""
    parts: tuple[Difference, ...] = ()
    if new is not None:
        parts = unlike(shelf, words, new)
        alike = "文字相同" if not parts else "措辞最接近"
        note += f"现行规定中{alike}的是{new.citation}，{_AS_EYE_SEES}"
    said = target.article if target and target.article else article
    return Finding("superseded", old.title, old, said, new or place, parts, note, moved_to=moved)


def of_repealed(shelf: Shelf, words: str, target: Citation, cited: Finding) -> Finding:
    """Words said to be of a repealed law that is not held, as the finding on its citation says."""
    by = shelf.repealed_by(target.title)
    new = nearest_in(shelf, words, by) if by is not None else None
    if new is None:
        part = _of_one_sentence(shelf, words, by) if by is not None else ""
        return replace(cited, suggestion=cited.suggestion + part)
    parts = unlike(shelf, words, new)
    alike = "文字相同" if not parts else "措辞最接近"
    note = f"{cited.suggestion}其中{alike}的是{new.citation}，{_AS_EYE_SEES}"
    return replace(cited, source=new, differences=parts, suggestion=note)


def _of_one_sentence(shelf: Shelf, words: str, by: Document) -> str:
    """Where the longest sentence stands nearly, when the words as a whole do not."""
    spans = sorted(sentence_spans(words), key=lambda span: span[0] - span[1])
    for first, last in spans[:3]:
        place = nearest_in(shelf, words[first:last], by)
        if len(spans) > 1 and place is not None:
            said = shown(words[first:last])
            return f"其中“{said}”一句，措辞最接近的是{place.citation}，{_AS_EYE_SEES}"
    return ""


def unlike(shelf: Shelf, words: str, place: Place) -> tuple[Difference, ...]:
    """What differs between words and the place that they are nearest to."""
    laid = lay(words, shelf.source(place.document), place.start, place.end, marked=False)
    return laid.differences if laid else ()

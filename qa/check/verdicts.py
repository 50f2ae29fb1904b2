"""The verdict on a quotation, by the place it is said to be from and by all other places.

In this order: every character stands at the place (verbatim; superseded when the document is);
elsewhere in the same document (wrong_article); in an earlier version of it (superseded); nearly at
the place (altered); elsewhere (wrong_article); nowhere (not_found). ``verbatim`` comes from
``qa.check.compare.stands`` and from nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus import Citation, Document, sentence_spans
from qa.check.attribution import Attribution
from qa.check.cited import judge_citation, replaced_by, said_place
from qa.check.compare import corrected, nearest_apart, stands, unlike
from qa.check.finding import Correction, Finding, describe, shown, standing_note
from qa.check.shelf import Place, Shelf
from qa.wording import Difference

__all__ = ["QuotationJudge"]

_ALTERED = 0.6
"""Likeness from which words at the place they are said to be from count as a wrong quotation."""
_SURE = 0.85
"""Likeness at the place from which the same words in another document do not count."""
_ELSEWHERE = 0.8
"""Likeness elsewhere that is needed to say that the place is wrong as well as the words."""
_UNSAID = 0.75
"""Likeness for a quotation that is not said to be from anywhere."""


class QuotationJudge:
    """Finds the verdict on quotations."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def attributed(self, words: str, start: int, said: Attribution) -> Finding:
        """The finding on words, at ``start`` in the draft, that are said to be from a place."""
        held = [
            (document, target)
            for target in said.targets
            if (document := self._shelf.documents.get(target.document_id or "")) is not None
        ]
        if not held:
            return self._unheld(words, start, said)
        exact = self._at(words, held)
        if exact is not None:
            return self._verbatim(words, start, *exact)
        document, target = held[0]
        found = self._same_law(words, start, document, said)
        if found is not None:
            return found
        best = self._nearest(words, held)
        others = [p for p in self._shelf.standing(words) if p.document.id != document.id]
        if best is not None and best[1].similarity >= (_SURE if others else _ALTERED):
            return self._altered(words, start, best[0], best[1])
        if others:
            return self._misplaced(words, others[0], document.title, document, said)
        return self._far(words, start, best, held[0], said)

    def unattributed(self, words: str, start: int) -> Finding | None:
        """The finding on words not said to be from anywhere; None when nothing is like them."""
        found = self._shelf.standing(words)
        if found:
            place = found[0]
            others = list(dict.fromkeys(p.citation for p in found if p.citation != place.citation))
            note = f"又见{'、'.join(others[:3])}。" if others else ""
            note = standing_note(place.document) + note
            return _verbatim_at(place, note)
        old = [p for p in self._shelf.standing(words, versions=True) if not p.document.current]
        if old:
            return self._superseded(words, start, old[0])
        near = self._shelf.nearby(words)
        if near and near[0].similarity >= _UNSAID:
            place = near[0]
            return self._altered(words, start, _cited(place), place)
        return None

    def standing(self, words: str) -> bool:
        """Whether the words stand, every character, in a document in force."""
        return bool(self._shelf.standing(words))

    def _at(
        self, words: str, held: Sequence[tuple[Document, Citation]]
    ) -> tuple[Place, Citation] | None:
        for document, target in held:
            if target.article is None:
                found = self._shelf.standing(words, documents=[document.id])
                if found:
                    return found[0], target
                continue
            source = self._shelf.source(document)
            for span in self._shelf.spans(document, target):
                stretch = stands(words, source, *span)
                if stretch is not None:
                    return Place(document, stretch.start, stretch.end), target
        return None

    def _verbatim(self, words: str, start: int, place: Place, target: Citation) -> Finding:
        if not place.document.current:
            return self._superseded(words, start, place, target.article)
        found = _verbatim_at(place, standing_note(place.document))
        return replace(found, article=target.article or place.passage.article)

    def _same_law(
        self, words: str, start: int, document: Document, said: Attribution
    ) -> Finding | None:
        """Elsewhere in the same document, or in another version of it."""
        target = said.targets[0]
        here = self._shelf.standing(words, documents=[document.id])
        if here and document.current:
            return self._misplaced(words, here[0], document.title, document, said)
        versions = [version.id for version in self._shelf.versions(document)]
        there = self._shelf.standing(words, documents=versions) if versions else []
        there = [place for place in there if not place.document.current]
        if here or there:
            return self._superseded(words, start, (here or there)[0], target.article)
        return None

    def _nearest(
        self, words: str, held: Sequence[tuple[Document, Citation]]
    ) -> tuple[Citation, Place] | None:
        best: tuple[Citation, Place] | None = None
        for document, target in held:
            if target.article is None:
                near = self._shelf.nearby(words, documents=[document.id])
                place = near[0] if near else None
            else:
                place = self._shelf.nearest(words, document, self._shelf.spans(document, target))
            if place and (best is None or place.similarity > best[1].similarity):
                best = target, place
        return best

    def _far(
        self,
        words: str,
        start: int,
        best: tuple[Citation, Place] | None,
        held: tuple[Document, Citation],
        said: Attribution,
    ) -> Finding:
        """Words that do not stand anywhere, and are not much like what stands at the place."""
        document, target = held
        near = self._shelf.nearby(words, documents=[document.id]) + self._shelf.nearby(words)
        near = sorted(near, key=lambda place: -place.similarity)
        if near and near[0].similarity >= _ELSEWHERE:
            return self._misplaced(words, near[0], document.title, document, said)
        if target.article is None and near and near[0].similarity >= _ALTERED:
            if near[0].document.id == document.id:
                return self._altered(words, start, target, near[0])
        place = best[1] if best else None
        note = f"{document.name}{said_place(target)}没有这段话，库中其他地方也没有。"
        return Finding("not_found", document.title, document, target.article, place, (), note)

    def _altered(self, words: str, start: int, target: Citation, place: Place) -> Finding:
        if not place.document.current:
            return self._superseded(words, start, place, target.article)
        parts, fix = self._laid_along(words, place)
        note = f"应为：“{shown(fix)}”（{describe(parts)}）。" + standing_note(place.document)
        article = target.article or place.passage.article
        return Finding(
            "altered",
            place.document.title,
            place.document,
            article,
            place,
            parts,
            note,
            Correction(start, start + len(words), fix) if fix != words else None,
        )

    def _laid_along(self, words: str, place: Place) -> tuple[tuple[Difference, ...], str]:
        """The differences from a place, part by part when elided, and the true wording."""
        source = self._shelf.source(place.document)
        found: list[Difference] = []
        fixed: list[str] = []
        at = 0
        for (first, last), stretch in nearest_apart(words, source, place.start, place.end):
            theirs = source.text[stretch.start : stretch.end]
            found += unlike(words[first:last], theirs)
            fixed += [words[at:first], corrected(words[first:last], theirs)]
            at = last
        return tuple(found), "".join(fixed) + words[at:]

    def _misplaced(
        self, words: str, place: Place, title: str, document: Document | None, said: Attribution
    ) -> Finding:
        target = said.targets[0]
        parts: tuple[Difference, ...] = ()
        if place.similarity < 1:
            parts, _ = self._laid_along(words, place)
        cited = f"《{title}》{said_place(target)}"
        rest = f"（{describe(parts)}）" if parts else ""
        where = place.citation
        fix = _new_citation(said, place)
        if (
            document is not None
            and title == place.document.title
            and place.document.id != document.id
        ):
            where, fix = f"{place.document.published[:4]}年公布的文本中的{where}", None
        note = f"这段话不在{cited}，见于{where}{rest}。" + standing_note(place.document)
        return Finding("wrong_article", title, document, target.article, place, parts, note, fix)

    def _superseded(
        self, words: str, start: int, place: Place, article: str | None = None
    ) -> Finding:
        """Words of a replaced text: shown beside the text in force where it has any like them."""
        old = place.document
        by = self._shelf.replacement(old)
        new = replaced_by(self._shelf, words, by) if by is not None else None
        status = "已废止" if old.status == "已废止" else "已被修改"
        what = f"{old.name}{f'（{old.published[:4]}年文本）' if old.published else ''}"
        note = f"这段话是{what}{place.passage.article or ''}的文字，该文本{status}。"
        parts: tuple[Difference, ...] = ()
        if new is not None:
            parts, _ = self._laid_along(words, new)
            alike = "文字相同" if not parts else "措辞最接近"
            note += f"现行规定中{alike}的是{new.citation}，是否相当请自行判断。"
        said = article or place.passage.article
        return Finding("superseded", old.title, old, said, new or place, parts, note)

    def _unheld(self, words: str, start: int, said: Attribution) -> Finding:
        target = said.targets[0]
        cited = judge_citation(self._shelf, target)
        if cited.verdict == "superseded":
            return self._of_repealed(words, target, cited)
        found = self._shelf.standing(words)
        if cited.verdict == "not_held":
            note = cited.suggestion + (f"同样的文字见于{found[0].citation}。" if found else "")
            return replace(cited, source=found[0] if found else None, suggestion=note)
        if found:
            return self._misplaced(words, found[0], target.title, None, said)
        near = self._shelf.nearby(words)
        if near and near[0].similarity >= _ELSEWHERE:
            return self._misplaced(words, near[0], target.title, None, said)
        note = f"{cited.suggestion}库中查不到这段话。"
        return replace(cited, verdict="not_found", suggestion=note)

    def _of_repealed(self, words: str, target: Citation, cited: Finding) -> Finding:
        by = self._shelf.repealed_by(target.title)
        new = replaced_by(self._shelf, words, by) if by is not None else None
        if new is None:
            part = self._of_one_sentence(words, by) if by is not None else ""
            return replace(cited, suggestion=cited.suggestion + part)
        parts, _ = self._laid_along(words, new)
        alike = "文字相同" if not parts else "措辞最接近"
        note = f"{cited.suggestion}其中{alike}的是{new.citation}，是否相当请自行判断。"
        return replace(cited, source=new, differences=parts, suggestion=note)

    def _of_one_sentence(self, words: str, by: Document) -> str:
        """Where the longest sentence stands nearly, when the words as a whole do not."""
        spans = sorted(sentence_spans(words), key=lambda span: span[0] - span[1])
        for first, last in spans[:3]:
            place = replaced_by(self._shelf, words[first:last], by)
            if len(spans) > 1 and place is not None:
                said = shown(words[first:last])
                return f"其中“{said}”一句，措辞最接近的是{place.citation}，是否相当请自行判断。"
        return ""


def _verbatim_at(place: Place, note: str) -> Finding:
    document = place.document
    article = place.passage.article
    return Finding("verbatim", document.title, document, article, place, (), note)


def _cited(place: Place) -> Citation:
    document = place.document
    return Citation(0, 0, "", document.title, document.id, place.passage.article)


def _new_citation(said: Attribution, place: Place) -> Correction | None:
    """The citation put right, where the draft has one place that was written out."""
    if len(said.targets) != 1 or not said.direct or place.passage.article is None:
        return None
    target = said.targets[0]
    if target.article is None:
        return None
    name = place.document.name
    if target.document_id == place.document.id:
        at = target.surface.rfind("第", 0, _article_end(target.surface))
        name = target.surface[:at]
    return Correction(target.start, target.end, name + place.passage.article)


def _article_end(surface: str) -> int:
    at = surface.find("条")
    return at if at >= 0 else len(surface)

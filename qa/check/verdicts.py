"""The verdict on a quotation, by the place it is said to be from and by all other places.

In this order: every character stands at the place (verbatim, or altered when a full stop cuts it
short; superseded when the document is); elsewhere in the same document (wrong_article); in an
earlier version of it (superseded); nearly at the place (altered); elsewhere (wrong_article);
nowhere (not_found). ``verbatim`` comes from ``qa.check.compare.stands`` and from nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus import Citation, Document
from qa.check.attribution import Attribution
from qa.check.cited import judge_citation, said_place
from qa.check.compare import stands
from qa.check.endings import misleads
from qa.check.finding import Correction, Finding, describe, standing_note
from qa.check.laying import Laid, lay
from qa.check.notes import going_on, told
from qa.check.place import authoritative
from qa.check.quoted import Quoted, correction
from qa.check.replaced import of_repealed, superseded, unlike
from qa.check.scattered import scattered
from qa.check.shelf import Place, Shelf
from qa.check.versions import new_number, unheld_words
from qa.wording import Difference

__all__ = ["QuotationJudge"]

Target = tuple[Document, Citation]

_ALTERED = 0.6
"""Likeness from which words at the place they are said to be from count as a wrong quotation."""
_SURE = 0.85
"""Likeness at the place from which the same words in another document do not count."""
_ELSEWHERE = 0.8
"""Likeness elsewhere that is needed to say that the place is wrong as well as the words."""
_BETTER = 0.15
"""By how much more like another place of the document must be than the one that is said."""
_UNSAID = 0.8
"""Likeness for a quotation that is not said to be from anywhere."""


class QuotationJudge:
    """Finds the verdict on quotations."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def attributed(self, quoted: Quoted, said: Attribution) -> Finding:
        """The finding on words that are said to be from a place."""
        held = [
            (document, target)
            for target in said.targets
            if (document := self._shelf.documents.get(target.document_id or "")) is not None
        ]
        if not held:
            return self._unheld(quoted, said)
        exact = self._at(quoted, held)
        if exact is not None:
            return self._standing(quoted, *exact)
        found = self._same_law(quoted, held[0][0], said)
        return found if found is not None else self._unlike(quoted, held, said)

    def _unlike(self, quoted: Quoted, held: Sequence[Target], said: Attribution) -> Finding:
        """Words that do not stand in the document they are said to be from."""
        words, document = quoted.words, held[0][0]
        best = self._nearest(words, held)
        if best is not None and best[1].similarity >= _SURE:
            return self._altered(quoted, *best)
        others = [
            place
            for place in self._shelf.standing(words)
            if place.document.id != document.id and not self._misleads(quoted, place)
        ]
        if others:
            return self._misplaced(words, others[0], document.title, document, said)
        apart = scattered(self._shelf, words, document, said)
        if apart is not None:
            return apart
        if best is not None and best[1].similarity >= _ALTERED:
            nearer = self._nearer(words, document, best[1].similarity)
            if nearer is not None:
                return self._misplaced(words, nearer, document.title, document, said)
            return self._altered(quoted, *best)
        return self._far(quoted, best, held[0], said)

    def _nearer(self, words: str, document: Document, likeness: float) -> Place | None:
        """Another place of the document whose words are meant rather than those at the place."""
        near = self._shelf.nearby(words, documents=[document.id])
        least = max(_ELSEWHERE, likeness + _BETTER)
        return near[0] if near and near[0].similarity >= least else None

    def standing(self, quoted: Quoted) -> Finding | None:
        """The finding on words not said to be from anywhere, where they stand; else None."""
        found = self._shelf.standing(quoted.words)
        if found:
            place = next((p for p in found if not self._misleads(quoted, p)), found[0])
            others = list(dict.fromkeys(p.citation for p in found if p.citation != place.citation))
            note = f"又见{'、'.join(others[:3])}。" if others else ""
            finding = self._standing(quoted, place, _cited(place))
            return replace(finding, suggestion=finding.suggestion + note)
        old = self._shelf.standing(quoted.words, versions=True)
        if old:
            return superseded(self._shelf, quoted.words, old[0])
        drafts = self._shelf.unsourced
        found = self._shelf.standing(quoted.words, documents=drafts) if drafts else []
        return self._unvouched(found[0], _cited(found[0])) if found else None

    def nearly(self, quoted: Quoted) -> Finding | None:
        """The finding on such words where others very like them stand; else None."""
        near = self._shelf.nearby(quoted.words)
        if near and near[0].similarity >= _UNSAID:
            return self._altered(quoted, _cited(near[0]), near[0])
        return None

    def _at(self, quoted: Quoted, held: Sequence[Target]) -> tuple[Place, Citation] | None:
        """Where the words stand in one of the places said, best where they are not cut short."""
        found: list[tuple[Place, Citation]] = []
        for document, target in held:
            spans = self._shelf.spans(document, target)
            if target.article is None and spans == [(0, len(document.text))]:
                standing = self._shelf.standing(quoted.words, documents=[document.id])
                found += [(place, target) for place in standing]
                continue
            for span in spans:
                stretch = stands(quoted.words, self._shelf.source(document), *span)
                if stretch is not None:
                    found.append((Place(document, stretch.start, stretch.end), target))
        whole = (each for each in found if not self._misleads(quoted, each[0]))
        return next(whole, found[0] if found else None)

    def _misleads(self, quoted: Quoted, place: Place) -> bool:
        return misleads(self._shelf.rest(place), quoted.closed, quoted.marked)

    def _standing(self, quoted: Quoted, place: Place, target: Citation) -> Finding:
        """Words that stand at a place, every character."""
        document = place.document
        if not document.current:
            return superseded(self._shelf, quoted.words, place, target)
        if self._misleads(quoted, place):
            return self._altered(quoted, target, place)
        if not authoritative(document):
            return self._unvouched(place, target)
        rest = self._shelf.rest(place)
        note = going_on(rest) + standing_note(document)
        article = target.article or place.passage.article
        return Finding(
            "verbatim", document.title, document, article, place, (), note, goes_on=rest is not None
        )

    def _unvouched(self, place: Place, target: Citation) -> Finding:
        """Words that only a document has which can vouch for nothing."""
        document = place.document
        note = f"文字与库中的{document.name}相同。{standing_note(document)}"
        article = target.article or place.passage.article
        return Finding("not_held", document.title, document, article, place, (), note)

    def _same_law(self, quoted: Quoted, document: Document, said: Attribution) -> Finding | None:
        """Elsewhere in the same document, or in another version of it."""
        words = quoted.words
        here = self._shelf.standing(words, documents=[document.id])
        here.sort(key=lambda place: self._misleads(quoted, place))
        if here and document.current:
            found = self._misplaced(words, here[0], document.title, document, said)
            return replace(found, correction=None) if self._misleads(quoted, here[0]) else found
        versions = [version.id for version in self._shelf.versions(document)]
        there = self._shelf.standing(words, True, versions) if versions else []
        there.sort(key=lambda place: place.document.current)
        if here or (there and not there[0].document.current):
            return superseded(self._shelf, words, (here or there)[0], said.targets[0])
        # A version that is not in force yet.
        return self._misplaced(words, there[0], document.title, document, said) if there else None

    def _nearest(self, words: str, held: Sequence[Target]) -> tuple[Citation, Place] | None:
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
        self, quoted: Quoted, best: tuple[Citation, Place] | None, held: Target, said: Attribution
    ) -> Finding:
        """Words that do not stand anywhere, and are not much like what stands at the place."""
        document, target = held
        words = quoted.words
        near = self._shelf.nearby(words, documents=[document.id]) + self._shelf.nearby(words)
        near = sorted(near, key=lambda place: -place.similarity)
        if near and near[0].similarity >= _ELSEWHERE:
            return self._misplaced(words, near[0], document.title, document, said)
        if target.article is None and near and near[0].similarity >= _ALTERED:
            if near[0].document.id == document.id:
                return self._altered(quoted, target, near[0])
        place = best[1] if best else None
        note = f"{document.name}{said_place(target)}没有这段话，库中其他地方也没有。"
        return Finding("not_found", document.title, document, target.article, place, (), note)

    def _altered(self, quoted: Quoted, target: Citation, place: Place) -> Finding:
        document = place.document
        if not document.current:
            return superseded(self._shelf, quoted.words, place, target)
        laid = self._laid(quoted, target, place)
        where = place
        parts: tuple[Difference, ...] = ()
        if laid is not None:
            where, parts = Place(document, laid.start, laid.end, place.similarity), laid.differences
        note = told(laid, where) + standing_note(document)
        article = target.article or place.passage.article
        fix = correction(quoted, laid) if laid else None
        return Finding("altered", document.title, document, article, where, parts, note, fix)

    def _laid(self, quoted: Quoted, target: Citation, place: Place) -> Laid | None:
        """The words laid along the place said, or the article around where they are nearly."""
        document = place.document
        spans = self._shelf.spans(document, target) if target.article else []
        spans = [span for span in spans if span[0] <= place.start < span[1]]
        span = (spans or self._shelf.around(place))[0]
        return lay(quoted.words, self._shelf.source(document), *span, quoted.marked)

    def _misplaced(
        self, words: str, place: Place, title: str, document: Document | None, said: Attribution
    ) -> Finding:
        target = said.targets[0]
        parts = unlike(self._shelf, words, place) if place.similarity < 1 else ()
        cited = f"《{title}》{said_place(target)}"
        rest = f"（{describe(parts)}）" if parts else ""
        where = place.citation
        # Where the words differ too, a new number alone would not make them true.
        fix = None if parts else _new_citation(said, place)
        if (
            document is not None
            and title == place.document.title
            and place.document.id != document.id
        ):
            where, fix = f"{place.document.published[:4]}年公布的文本中的{where}", None
        moved = new_number(self._shelf, words, place, target)
        old = f"如引的是修订前的条号，现为{moved}。" if moved else ""
        note = f"这段话不在{cited}，见于{where}{rest}。{old}" + standing_note(place.document)
        return Finding(
            "wrong_article", title, document, target.article, place, parts, note, fix, False, moved
        )

    def _unheld(self, quoted: Quoted, said: Attribution) -> Finding:
        target, words = said.targets[0], quoted.words
        cited = judge_citation(self._shelf, target)
        if cited.verdict == "superseded":
            return of_repealed(self._shelf, words, target, cited)
        if target.version:
            return unheld_words(self._shelf, words, target, cited)
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
    return Correction(target.start, target.end, name + place.label(target))


def _article_end(surface: str) -> int:
    at = surface.find("条")
    return at if at >= 0 else len(surface)

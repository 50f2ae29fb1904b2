"""The library as a check sees it: places, versions, what repealed what, and where words stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz, process

from corpus import (
    Citation,
    Document,
    Passage,
    Renumbering,
    clause_span,
    key_variants,
    name_key,
    parse_article,
    passages_in,
    repeals,
)
from qa.check.compare import EDGE, Source, pieces, stands
from qa.check.endings import Rest, rest_after
from qa.check.nearest import nearest_apart
from qa.check.place import Place, authoritative
from qa.wording import Wording

__all__ = ["Place", "Shelf", "last_article"]

_COUNTRY = "中华人民共和国"
_MOST_STANDING = 50
_NEAR_NAME = 60.0
_LONGEST_LOOKUP = 1500

Span = tuple[int, int]


class Shelf:
    """Documents by id and title, their places, and the look-up of words.

    ``meant`` says which titles a name may be short for.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        wording: Wording,
        complete_laws: bool,
        meant: Callable[[str], tuple[str, ...]] = lambda name: (),
    ) -> None:
        self.documents = {held.id: held for held in documents}
        self.complete_laws = complete_laws
        self.meant = meant
        self._wording = wording
        self._sources: dict[str, Source] = {}
        self._articles: dict[str, dict[str, list[Span]]] = {}
        self._renumbered: dict[str, Renumbering] = {}

    def source(self, document: Document) -> Source:
        """The document's text, ready for comparison."""
        if document.id not in self._sources:
            self._sources[document.id] = Source(document.text)
        return self._sources[document.id]

    def articles(self, document: Document) -> dict[str, list[Span]]:
        """The spans of each article; one article has several where its label stands twice."""
        if document.id not in self._articles:
            spans: dict[str, list[Span]] = {}
            last: Passage | None = None
            for passage in document.passages:
                if passage.article:
                    known = spans.setdefault(passage.article, [])
                    if last and last.article == passage.article:
                        known[-1] = (known[-1][0], passage.end)
                    else:
                        known.append((passage.start, passage.end))
                last = passage
            self._articles[document.id] = spans
        return self._articles[document.id]

    def spans(self, document: Document, citation: Citation) -> list[Span]:
        """Where the cited article, 款 or 项 stands; the whole text without one; [] if missing.

        In a paper that is no law the section that is cited (第二部分, 附件2).
        """
        if citation.article is None:
            if not citation.sections or document.origin == "law":
                return [(0, len(document.text))]
            inside = passages_in(document, citation.sections)
            return [(inside[0].start, inside[-1].end)] if inside else []
        found = self.articles(document).get(citation.article, [])
        if citation.clause is None and citation.item is None:
            return found
        within = [
            clause_span(document.text, *span, citation.clause, citation.item) for span in found
        ]
        return [span for span in within if span is not None]

    def around(self, place: Place) -> list[Span]:
        """The article or passage that a place is in."""
        passage = place.passage
        if passage.article is None:
            return [(passage.start, max(passage.end, place.end))]
        spans = self.articles(place.document)[passage.article]
        return [(start, max(end, place.end)) for start, end in spans if start <= place.start < end]

    def rest(self, place: Place) -> Rest | None:
        """How the article goes on after words that stand in it (``qa.check.endings``)."""
        end = self.around(place)[0][1]
        return rest_after(place.document.text, place.start, place.end, end)

    def versions(self, document: Document) -> list[Document]:
        """The other documents of the same title, newest first."""
        same = [d for d in self._by_title.get(document.title, []) if d.id != document.id]
        return sorted(same, key=lambda held: held.published, reverse=True)

    def titled(self, title: str) -> list[Document]:
        """The documents of a title: the one in force first, then the newest."""
        newest = sorted(self._by_title.get(title, []), key=lambda held: held.published)[::-1]
        return sorted(newest, key=lambda held: held.status == "尚未施行" or not held.current)

    def moved(self, document: Document, citation: Citation) -> str | None:
        """Where a place of a replaced version stands in the one in force; None when nowhere."""
        by = self.replacement(document)
        if by is None or by.title != document.title:
            return None
        if document.id not in self._renumbered:
            self._renumbered[document.id] = Renumbering(document, by)
        return self._renumbered[document.id].place(citation)

    def repealed_by(self, name: str) -> Document | None:
        """The document in force whose closing article repeals the one of this name."""
        for key in key_variants(name):
            by = self._repealed.get(key)
            seen: set[str] = set()
            while by is not None and not by.current and by.id not in seen:
                seen.add(by.id)
                by = self._repealed.get(name_key(by.title))
            if by is not None:
                return by
        return None

    def replacement(self, document: Document) -> Document | None:
        """What applies instead of a document that is replaced or repealed; None if not held."""
        if document.current:
            return None
        successor = self.documents.get(document.successor)
        if successor is not None and successor.current:
            return successor
        by = self.repealed_by(document.title)
        return by if by is not None and by.id != document.id else None

    def standing(
        self, words: str, versions: bool = False, documents: Collection[str] = ()
    ) -> list[Place]:
        """Where the words stand, every character; documents in force first.

        Documents that can vouch for nothing count only when they are named.
        """
        found: list[Place] = []
        longest = max(pieces(words), key=lambda span: span[1] - span[0], default=(0, 0))
        asked = words[slice(*longest)].strip().strip(EDGE).strip()
        matches = self._wording.exact(asked, versions, documents) if asked else iter(())
        for match in islice(matches, _MOST_STANDING):
            place = Place(match.document, match.start, match.end)
            if not documents and match.document.id in self.unsourced:
                continue
            for span in self.around(place):
                stretch = stands(words, self.source(place.document), *span)
                stretch = stretch or stands(
                    words, self.source(place.document), place.start, place.end
                )
                if stretch:
                    one = Place(place.document, stretch.start, stretch.end)
                    found += [one] if one not in found else []
        return found

    def nearby(
        self, words: str, versions: bool = False, documents: Collection[str] = ()
    ) -> list[Place]:
        """Where words like these stand, most alike first."""
        found: list[Place] = []
        asked = words.strip().strip(EDGE).strip()[:_LONGEST_LOOKUP]
        for match in self._wording.like(asked, versions, documents):
            place = Place(match.document, match.start, match.end, match.similarity)
            if not documents and match.document.id in self.unsourced:
                continue
            for span in self.around(place):
                one = self.nearest(words, place.document, [span])
                found += [one] if one is not None else []
        return sorted(found, key=lambda place: -place.similarity)

    def nearest(self, words: str, document: Document, spans: Collection[Span]) -> Place | None:
        """The stretch of the spans that is most like the words."""
        best: Place | None = None
        for start, end in spans:
            parts = nearest_apart(words, self.source(document), start, end)
            if not parts:
                continue
            stretches = [stretch for _, stretch in parts]
            lengths = [last - first for (first, last), _ in parts]
            share = sum(
                stretch.similarity * length
                for stretch, length in zip(stretches, lengths, strict=True)
            ) / sum(lengths)
            place = Place(document, stretches[0].start, stretches[-1].end, share)
            best = place if best is None or share > best.similarity else best
        return best

    @cached_property
    def unsourced(self) -> frozenset[str]:
        """The ids of the documents that can vouch for nothing."""
        return frozenset(held.id for held in self.documents.values() if not authoritative(held))

    def near_names(self, name: str, limit: int = 3) -> list[str]:
        """Titles like this one, most alike first."""
        wanted = name_key(name).removeprefix(_COUNTRY)
        found = process.extract(
            wanted, self._short_names, scorer=fuzz.ratio, score_cutoff=_NEAR_NAME, limit=limit * 3
        )
        return list(dict.fromkeys(title for _, _, title in found))[:limit]

    @cached_property
    def _by_title(self) -> dict[str, list[Document]]:
        titles: dict[str, list[Document]] = {}
        for held in self.documents.values():
            titles.setdefault(held.title, []).append(held)
        return titles

    @cached_property
    def _short_names(self) -> dict[str, str]:
        """Title → the name to compare with."""
        return {
            held.title: name_key(held.title).removeprefix(_COUNTRY)
            for held in self.documents.values()
            if held.current
        }

    @cached_property
    def _repealed(self) -> dict[str, Document]:
        ended = repeals(self.documents.values())
        return {name_key(title): repeal.by for title, repeal in ended.items()}


def last_article(articles: Collection[str]) -> str:
    """The article with the highest number, "" when there is none."""
    numbered = [(parsed, label) for label in articles if (parsed := parse_article(label))]
    return max(numbered)[1] if numbered else ""

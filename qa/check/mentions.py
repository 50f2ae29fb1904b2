"""The citations of a draft: those the library's resolver finds, and those only a check needs.

Added are laws that held laws repeal (合同法第五十二条), names of laws that the library does not
know, written without 《》 and with an article (电子商务税法第三条), and names the draft gives
itself (《行政处罚法》(以下简称《处罚法》)). Left out are names without 《》 and without a place,
such as 宪法 in running text, unless that name is of a repealed law.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus import (
    ARTICLE_START,
    Citation,
    KnownDocument,
    Resolver,
    bracketed_names,
    in_their_versions,
    known_documents,
    name_key,
)
from index import simplified
from qa.check.shelf import Shelf

__all__ = ["Mentions"]

_NEIGHBOURS = 4
_COUNTRY = "中华人民共和国"
_LAW_NAME = re.compile(
    rf"(?<![\u4e00-\u9fff])?([\u4e00-\u9fff]{{2,30}}?(?<!办)(?:法典|法))(?=\s?的?\s?{ARTICLE_START})"
)
_LEAD = re.compile(
    r"^.*(?:根据|依据|依照|按照|遵照|参照|违反|适用|触犯|符合|援引|引用|参见|对照|以及|或者|不同于|属于|还有|具体"
    r"|结合|执行|落实|遵守|贯彻|规定在|见于|载于|[和与及或按照据依见的将把在由对从])"
)
_POINTING = re.compile(
    r"^(?:[本该同此旧新原现前后上述两其这那各]+|司法|立法|执法|守法|违法|合法|依法|方法|办法|做法|看法|说法|用法|书法|语法)?法?典?$"
)
_ALSO_CALLED = re.compile(
    r"\s?[(（]\s?(?:以下|下文|后文)?(?:统称|简称|称)为?\s?[:：]?\s?[“《「\"]?([^“”《》「」\"()（）]{2,20})[”》」\"]?\s?[)）]"
)


@dataclass(frozen=True, slots=True)
class _Alias:
    """A name the draft gives: ``[start, end)`` is where it does so."""

    title: str
    name: str
    start: int
    end: int


class Mentions:
    """Finds the citations of a draft."""

    def __init__(self, shelf: Shelf, resolver: Resolver) -> None:
        self._shelf = shelf
        self._resolver = resolver

    def find(self, text: str) -> list[Citation]:
        """In the order of the text; a list or range gives one for each place."""
        aliases = list(self._aliases(text))
        usual = self._resolver.find(text)
        own, further = self._further(text, aliases, usual)
        chosen = [self._simplified(c) for c in _merged(usual, further.find(text), own)]
        kept = [
            each
            for each in chosen
            if (each.article or text[each.start] == "《" or self._repealed(each))
            and not any(a.start <= each.start and each.end <= a.end for a in aliases)
        ]
        return in_their_versions(text, kept, self._shelf.titled)

    def _further(
        self, text: str, aliases: Sequence[_Alias], usual: Sequence[Citation]
    ) -> tuple[set[str], Resolver]:
        """A resolver that knows more names, and the titles that only it knows."""
        own = {t for t in self._shelf.repealed_titles if not self._resolver.versions(t)}
        own |= set(self._unknown_names(text, sorted((c.start, c.end) for c in usual)))
        known = known_documents(self._shelf.documents.values(), None, own)
        for alias in aliases:
            versions = self._resolver.versions(alias.title)
            if versions and versions[0].id:
                named = versions[0]
            else:
                named = KnownDocument(versions[0].title if versions else alias.title)
                own.add(named.title)
            known = [each for each in known if not (_same(each, named) and each.id is None)]
            known = [each for each in known if alias.name not in each.aliases]
            known.append(KnownDocument(named.title, named.id, (alias.name,), named.status))
        return own, Resolver(known)

    def _aliases(self, text: str) -> Iterator[_Alias]:
        for start, end in bracketed_names(text):
            match = _ALSO_CALLED.match(text, end)
            if match and not re.match(r"[本该]", match[1]):
                yield _Alias(text[start + 1 : end - 1], match[1], match.start(), match.end())

    def _unknown_names(self, text: str, known: Sequence[tuple[int, int]]) -> Iterator[str]:
        for match in _LAW_NAME.finditer(text):
            if _overlaps(match.end() - 1, match.end(), known):
                continue
            written = match[1]
            at = written.rfind(_COUNTRY)
            name = written[at:] if at >= 0 else _LEAD.sub("", written)
            if len(name) > 2 and not _POINTING.match(name) and not self._resolver.versions(name):
                yield name

    def _simplified(self, citation: Citation) -> Citation:
        """The citation of a held document whose name is written in traditional characters."""
        if citation.document_id is not None:
            return citation
        versions = self._resolver.versions(simplified(citation.title))
        if not versions or versions[0].id is None:
            return citation
        return replace(citation, title=versions[0].title, document_id=versions[0].id)

    def _repealed(self, citation: Citation) -> bool:
        held = self._shelf.documents.get(citation.document_id or "")
        if held is not None:
            return not held.current
        return self._shelf.repealed_by(citation.title) is not None


def _same(one: KnownDocument, other: KnownDocument) -> bool:
    return name_key(one.title) == name_key(other.title)


def _merged(
    usual: Sequence[Citation], further: Sequence[Citation], own: set[str]
) -> list[Citation]:
    """The usual citations, and the further ones where only those know a title or a document."""
    better = [each for each in further if each.title in own or each.document_id]
    spans = {(each.start, each.end): each for each in usual}
    chosen: list[Citation] = []
    for each in better:
        rival = spans.get((each.start, each.end))
        if each.title in own or rival is None or rival.document_id is None:
            chosen.append(each)
    taken = sorted((each.start, each.end) for each in chosen)
    kept = [each for each in usual if not _overlaps(each.start, each.end, taken)]
    return sorted(kept + chosen, key=lambda each: (each.start, each.end))


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the sorted spans, which overlap little, has a character of this one."""
    at = bisect_left(spans, (end, 0))
    return any(last > start for _, last in spans[max(0, at - _NEIGHBOURS) : at])

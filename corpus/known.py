"""What a name can stand for: documents held, or known by their title only, and how they are found.

A written name is looked up as it stands, without its version and its country, without the issuer
before 关于 and with numbers of one form (刑法修正案11 for 刑法修正案（十一）), as an interpretation
of a law (民诉法解释), and at last as a short name (``corpus.short_names``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.catalog import Catalog
from corpus.names import key_variants, name_key
from corpus.numerals import parse_number, to_chinese
from corpus.records import Document
from corpus.repeals import repeals
from corpus.short_names import ShortNames

__all__ = ["KnownDocument", "Names", "known_documents"]

_COUNTRY = "中华人民共和国"
_ISSUER = re.compile(r"^[^关于《》()]{2,40}(?=关于)")
_NUMBERED = re.compile(r"(修正案|解释|规定)\(?([一二三四五六七八九十]{1,3}|\d{1,2})\)?$")
_OF_YEAR = re.compile(r"^(\d{4})年(.+修正案)$")
_INTERPRETING = re.compile(
    r"^(?:关于(?:适用|贯彻执行|执行)?)?(?P<law>.+?法典?)(?P<part>.*?)(?:若干问题)?的?"
    r"(?:(?:司法|适用)?解释|(?<=问题的)规定)(?P<number>[一二三四五六七八九十]*)$"
)
_PART = re.compile("有关|部分|编|的|制度|适用")


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What a name can stand for: a held document (``id``), or one known by name only (None).

    One that is not held and has been repealed has the ``status`` 已废止.
    """

    title: str
    id: str | None = None
    aliases: tuple[str, ...] = ()
    status: str = ""
    published: str = ""


def known_documents(
    documents: Iterable[Document], catalog: Catalog | None = None, titles: Iterable[str] = ()
) -> list[KnownDocument]:
    """List what names can stand for.

    The held documents, what the catalog cites, further titles known by name, and what the held
    documents repeal.
    """
    held = list(documents)
    found = [
        KnownDocument(
            title=document.title,
            id=document.id,
            aliases=catalog.names_of(document) if catalog else document.aliases,
            status=document.status,
            published=document.published,
        )
        for document in held
    ]
    known = {each.title for each in found}
    keys = {name_key(title) for title in known}
    for entry in () if catalog is None else catalog.cited:
        if name_key(entry.title) not in keys:
            found.append(KnownDocument(entry.title, aliases=entry.aliases, published=entry.date))
            known.add(entry.title)
    ended = repeals(held)
    for title in sorted({*titles, *ended} - known):
        short = title.removeprefix(_COUNTRY)
        status = "已废止" if title in ended else ""
        found.append(KnownDocument(title, None, (short,) if short != title else (), status))
    return found


class Names:
    """Looks names up among the known documents."""

    def __init__(self, known: Iterable[KnownDocument]) -> None:
        self._by_key: dict[str, list[KnownDocument]] = {}
        self._titles: set[str] = set()
        self.written: set[str] = set()
        for document in sorted(known, key=_preference):
            self._titles.add(document.title)
            names = {document.title, *document.aliases}
            self.written |= names
            for key in {key for name in names for key in (name_key(name), _loose(name))}:
                self._by_key.setdefault(key, []).append(document)
        self._short = ShortNames(self._titles)
        for title in sorted(self._titles):
            if key := self._interpretation(title):
                self._by_key.setdefault(key, []).extend(self._by_key[name_key(title)])

    def proper(self, name: str) -> bool:
        """Whether it is a title, or one without the country."""
        return not {name, _COUNTRY + name}.isdisjoint(self._titles)

    def versions(self, name: str) -> tuple[KnownDocument, ...]:
        """Every document of this name, the one in force first; () if unknown or not clear."""
        found = self._literal(name)
        if not found and len(meant := self._short.meant(name_key(name))) == 1:
            found = self._literal(meant[0])
        return found

    def meant(self, name: str) -> tuple[str, ...]:
        """The titles that a name may be short for; several when it is not clear which."""
        return () if self._literal(name) else self._short.meant(name_key(name))

    def _literal(self, name: str) -> tuple[KnownDocument, ...]:
        for key in (*key_variants(name), _loose(name), self._interpretation(name)):
            found = self._by_key.get(key, [])
            if found and len({name_key(each.title) for each in found}) == 1:
                return tuple(found)
            own = [each for each in found if name_key(each.title) == key]
            if own:
                return tuple(own)
        return ()

    def _interpretation(self, name: str) -> str:
        """The key of an interpretation, whatever it is called; "" for other documents."""
        match = _INTERPRETING.match(_loose(name)) if name.endswith(_NUMBERS_OR_KIND) else None
        if match is None:
            return ""
        law = match["law"]
        titles = {each.title for each in self._by_key.get(law, [])} or set(self._short.meant(law))
        if len(titles) != 1:
            return ""
        return f"解释 {titles.pop()} {_PART.sub('', match['part'])} {match['number']}"


_NUMBERS_OR_KIND = (*"解释规定)）", *"一二三四五六七八九十", *"0123456789")


def _loose(name: str) -> str:
    """A key without country, issuer and inner brackets, the number at its end in one form."""
    key = _ISSUER.sub("", re.sub("[《》<>]", "", name_key(name)))
    key = _OF_YEAR.sub(r"\2(\1年)", key.replace(_COUNTRY, ""))
    return _NUMBERED.sub(_one_form, key)


def _one_form(match: re.Match[str]) -> str:
    return match[1] + to_chinese(parse_number(match[2]) or 0)


def _preference(known: KnownDocument) -> tuple[int, int, str]:
    """Sort key: held, in force, newest."""
    held = 0 if known.id is not None else 1
    ranks = {"尚未施行": 1, "已被修改": 2, "已废止": 3}
    newest = "".join(chr(0x10FFFF - ord(character)) for character in known.published)
    return held, ranks.get(known.status, 0), newest

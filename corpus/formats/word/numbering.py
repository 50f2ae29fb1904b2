"""The numbers that Word writes in front of paragraphs: 第一章, 一、, （一）, ① and so on.

They stand nowhere in the document's text. ``numbering.xml`` has lists (``w:num``), each an
instance of a definition (``w:abstractNum``) of nine levels; instances of one definition count on
from each other unless one says where it starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.formats.number_formats import written
from corpus.formats.word.styles import Styles, child, value
from corpus.formats.word.word_file import Element, W

__all__ = ["Numbering"]

_PLACE = re.compile(r"%([1-9])")
_CLOSED = tuple("、，。：；．）〕】》")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    suffix: str
    restart: int | None
    arabic: bool

    @classmethod
    def of(cls, element: Element, index: int) -> _Level:
        # A form that only newer programs know stands in an mc:AlternateContent.
        form = next((each.get(f"{W}val") for each in element.iter(f"{W}numFmt")), None)
        legal = child(element, "isLgl")
        return cls(
            _number(value(element, "start"), 0),
            form or "decimal",
            value(element, "lvlText") or "",
            value(element, "suff") or "tab",
            _number(value(element, "lvlRestart"), -1) if index else None,
            legal is not None and legal.get(f"{W}val") not in {"0", "false"},
        )


@dataclass(slots=True)
class _Definition:
    """The levels of a ``w:abstractNum`` and how far each has counted."""

    levels: dict[int, Element]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    definition: _Definition
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts through a document: ask for each paragraph's label once, in the document's order."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._styles = styles
        root = _root(document)
        definitions = [] if root is None else root.findall(f"{W}abstractNum")
        lists = [] if root is None else root.findall(f"{W}num")
        self._abstract = {each.get(f"{W}abstractNumId"): each for each in definitions}
        self._nums = {each.get(f"{W}numId"): each for each in lists}
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, _List | None] = {}

    def label(self, paragraph: Element) -> str:
        """What Word writes in front of the paragraph, with the space after it; "" for nothing."""
        number, level = self._place(paragraph)
        found = self._list(number) if number else None
        if found is None or level not in found.levels:
            return ""
        counts = found.definition.counts
        self._count(found, level)
        own = found.levels[level]
        if own.form == "bullet":
            return ""

        def count(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            other = found.levels.get(index)
            if other is None or other.form in {"none", "bullet"}:
                return ""
            form = "decimal" if own.arabic else other.form
            return written(counts.get(index, other.start), form)

        text = _PLACE.sub(count, own.text)
        # 第九条以 would read as a reference: an article's number is always set off.
        close = own.suffix == "nothing" and not text.endswith("条")
        glued = close or not text or text.rstrip().endswith(_CLOSED)
        return text if glued else f"{text.rstrip()} "

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """The list's id and the level, of the paragraph itself or of its styles."""
        own = child(paragraph, "pPr", "numPr")
        number, level = value(own, "numId"), value(own, "ilvl")
        for style, element in self._styles.chain(self._styles.id_of(paragraph)):
            if number is not None and level is not None:
                break
            properties = child(element, "pPr", "numPr")
            if properties is None:
                continue
            if number is None:
                number = value(properties, "numId")
                linked = self._linked_level(number, style)
                level = linked if level is None and linked is not None else level
            level = value(properties, "ilvl") if level is None else level
        return (number if number != "0" else None), _number(level, 0)

    def _linked_level(self, number: str | None, style: str) -> str | None:
        """The level that names the style as its own; a style need not say its level then."""
        found = self._list(number) if number else None
        for index, element in found.definition.levels.items() if found else ():
            if value(element, "pStyle") == style:
                return str(index)
        return None

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._make(number)
        return self._lists[number]

    def _make(self, number: str) -> _List | None:
        element = self._nums.get(number)
        definition = self._definition(value(element, "abstractNumId"))
        if element is None or definition is None:
            return None
        elements, starts = dict(definition.levels), {}
        for override in element.findall(f"{W}lvlOverride"):
            index = _number(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                elements[index] = own
            start = value(override, "startOverride")
            if start is not None:
                starts[index] = _number(start, 0)
        levels = {index: _Level.of(each, index) for index, each in elements.items()}
        for index in starts.keys() & levels.keys():
            levels[index] = replace(levels[index], start=starts[index])
        return _List(definition, levels, starts)

    def _definition(self, number: str | None) -> _Definition | None:
        """The definition of this id, or the one that it takes over by a list style's name."""
        seen: set[str] = set()
        while number is not None and number in self._abstract and number not in seen:
            seen.add(number)
            style = value(self._abstract[number], "numStyleLink")
            other = next(
                (
                    name
                    for name, each in self._abstract.items()
                    if style is not None and value(each, "styleLink") == style
                ),
                None,
            )
            if other is None:
                break
            number = other
        if number is None or number not in self._abstract:
            return None
        if number not in self._definitions:
            levels = {
                _number(each.get(f"{W}ilvl"), 0): each
                for each in self._abstract[number].findall(f"{W}lvl")
            }
            self._definitions[number] = _Definition(levels)
        return self._definitions[number]

    @staticmethod
    def _count(found: _List, level: int) -> None:
        counts = found.definition.counts
        for index in range(level + 1):
            if index in found.starts:
                counts[index] = found.starts.pop(index) - (index == level)
            elif index not in counts and index in found.levels:
                counts[index] = found.levels[index].start - (index == level)
        counts[level] += 1
        for index in range(level + 1, _LEVELS):
            deeper = found.levels.get(index)
            restart = None if deeper is None else deeper.restart
            # Without a word of its own a level starts again after any level above it.
            if restart is None or restart < 0 or level < restart:
                counts.pop(index, None)


def _root(document: Any) -> Element | None:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/numbering"):
            return relation.target_part.element
    return None


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default

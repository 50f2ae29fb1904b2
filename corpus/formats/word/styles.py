"""What a Word paragraph takes from its style and from the styles that this one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.formats.word.word_file import Element, W

__all__ = ["Styles", "child", "value"]

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.I)


def child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of the path of w: names; None when a step is missing."""
    for name in path:
        element = None if element is None else element.find(W + name)
    return element


def value(element: Element | None, *path: str, attribute: str = "val") -> str | None:
    """The w: attribute of the element at the end of the path."""
    found = child(element, *path)
    return None if found is None else found.get(W + attribute)


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document by their ids."""

    by_id: dict[str, Element]
    default: str | None
    _levels: dict[str | None, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Styles:
        """The styles of an open document."""
        found: dict[str, Element] = {}
        default = None
        for style in document.styles.element.iter(f"{W}style"):
            name = style.get(f"{W}styleId")
            if name and style.get(f"{W}type", "paragraph") == "paragraph":
                found[name] = style
                if style.get(f"{W}default") in {"1", "true", "on"}:
                    default = name
        return cls(found, default)

    def id_of(self, paragraph: Element) -> str | None:
        """The id of the paragraph's style."""
        return value(paragraph, "pPr", "pStyle") or self.default

    def chain(self, style: str | None) -> Iterator[tuple[str, Element]]:
        """The style, the one it is based on, and so on; a circle ends it."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield style, self.by_id[style]
            style = value(self.by_id[style], "basedOn")

    def name(self, style: str | None) -> str:
        """The style's name as Word lists it."""
        return value(self.by_id.get(style or ""), "name") or ""

    def level(self, paragraph: Element) -> int | None:
        """1 to 9 for a heading: by the paragraph's own outline level, or by its style."""
        own = value(paragraph, "pPr", "outlineLvl")
        if own is not None:
            return _outline(own)
        style = self.id_of(paragraph)
        if style not in self._levels:
            self._levels[style] = self._level_of(style)
        return self._levels[style]

    def _level_of(self, style: str | None) -> int | None:
        for _, element in self.chain(style):
            outline = value(element, "pPr", "outlineLvl")
            if outline is not None:
                return _outline(outline)
            named = _HEADING.fullmatch((value(element, "name") or "").strip())
            if named:
                return int(named.group(1))
        return None

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is a line of a table of contents that Word made."""
        return _CONTENTS.fullmatch(self.name(self.id_of(paragraph)).strip()) is not None


def _outline(level: str) -> int | None:
    """Outline levels count from 0; 9 is body text."""
    return int(level) + 1 if level.isdigit() and int(level) < 9 else None

"""The citations of a draft: what the library's resolver finds and a check has a word to say of.

Left out are names without 《》 and without a place, such as 宪法 in running text, unless that name
is of a repealed law. A draft in traditional characters is read as one in simplified ones.
"""

from __future__ import annotations

from dataclasses import replace

from corpus import Citation, Resolver, in_their_versions
from index import simplified
from qa.check.shelf import Shelf

__all__ = ["Mentions"]


class Mentions:
    """Finds the citations of a draft."""

    def __init__(self, shelf: Shelf, resolver: Resolver) -> None:
        self._shelf = shelf
        self._resolver = resolver

    def find(self, text: str) -> list[Citation]:
        """In the order of the text; a list or range gives one for each place."""
        plain = simplified(text)
        # Nearly always a character stands for a character; where not, offsets would be wrong.
        read = plain if len(plain) == len(text) else text
        kept = [each for each in self._resolver.find(read) if self._counts(each)]
        found = in_their_versions(read, kept, self._shelf.titled)
        return [replace(each, surface=text[each.start : each.end]) for each in found]

    def _counts(self, citation: Citation) -> bool:
        placed = citation.article is not None or bool(citation.sections)
        return placed or "《" in citation.surface or self._repealed(citation)

    def _repealed(self, citation: Citation) -> bool:
        held = self._shelf.documents.get(citation.document_id or "")
        if held is not None:
            return not held.current
        return self._shelf.repealed_by(citation.title) is not None

"""A file read, what it says of itself, and how it compares with what is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from corpus import InputError, preview, sound
from corpus.formats import Extracted, extract
from corpus.metadata import Proposal, propose

__all__ = ["Reading", "Relation", "read_file"]

Progress = Callable[[int, int], None]
Relation = Literal["new", "same", "newer", "older"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read and not yet held.

    ``relation`` compares it with what is held: ``new``; the ``same`` file or text; ``newer`` or
    ``older`` than a version of the same title. ``held`` is that one's title and date, for people.
    """

    name: str
    content: bytes
    extracted: Extracted
    proposal: Proposal
    address: str = ""
    relation: Relation = "new"
    held: str = ""
    fetched: dict[str, str] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at before it is taken in."""
        return (*self.extracted.warnings, *self.proposal.doubts, *self._left_out())

    @property
    def characters(self) -> tuple[int, int]:
        """How many are kept as the document's text, and how many are left out of it."""
        return _letters(self.extracted.text), _letters("".join(self.extracted.left_out))

    def _left_out(self) -> Iterator[str]:
        """How much of the file is no text of the document, with the first of it."""
        around = self.extracted.left_out
        if around:
            kept, gone = self.characters
            shown = "、".join(f"“{line[:20]}”" for line in list(dict.fromkeys(around))[:3])
            yield f"正文 {kept:,} 字，略去页眉、页脚、菜单等 {gone:,} 字：{shown}等，请核对。"

    def contents(self) -> list[tuple[int, str]]:
        """The level and the words of each heading, as the library will have them."""
        sections = preview(self.proposal.title, self.extracted).sections
        return [(section.level, section.heading) for section in sections]


def read_file(
    content: bytes, name: str, *, ocr: bool = True, progress: Progress | None = None
) -> Reading:
    """Read a file and what it says of itself; compared with nothing yet.

    Raises InputError, in one Chinese sentence, for a file that cannot be read or holds no text.
    """
    name = sound(name)
    extracted = extract(content, name, ocr=ocr, progress=progress)
    extracted = replace(extracted, text=sound(extracted.text))
    if not extracted.text.strip():
        raise InputError(f"{name} 里没有文字，请换一个有正文的文件。")
    return Reading(name, content, extracted, propose(extracted, name, date.today()))


def _letters(text: str) -> int:
    return len("".join(text.split()))

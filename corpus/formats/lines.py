"""Lines put together to a document's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.formats.extracted import HeadingMark

__all__ = ["LONGEST_REPEATED", "Line", "assemble", "own_title", "tidy"]

LONGEST_REPEATED = 20
"""Characters of a merged cell that is said again in what it covers (by eye)."""
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe]")
_BREAKS = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_UNTITLED = re.compile(r"(?:文档|文稿|演示文稿|无标题|未命名)\s*\d*|[\x00-\x7f]*")
_SAVED_BY = re.compile(r"^Microsoft Word - |\.(?:docx?|wps|pdf|html?)$", re.I)
_SPACES = re.compile(r"[ \t\xa0]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a part of one between forced breaks; ``level`` where it is a heading."""

    text: str
    level: int | None = None


def tidy(text: str) -> list[str]:
    """The lines of the text that hold something, without margins and unseen characters."""
    found = (
        _SPACES.sub(" ", _UNSEEN.sub("", line)).strip(" \t\u3000") for line in _BREAKS.split(text)
    )
    return [line for line in found if line]


def assemble(lines: Iterable[Line]) -> tuple[str, tuple[HeadingMark, ...]]:
    """The text of tidied lines and where its headings stand; a heading is one line at all times."""
    texts: list[str] = []
    marks: list[HeadingMark] = []
    size = 0
    for line in lines:
        parts = tidy(line.text)
        if line.level is not None and parts:
            parts = [" ".join(parts)]
            marks.append(HeadingMark(size, min(max(line.level, 1), 9)))
        texts += parts
        size += sum(len(part) + 1 for part in parts)
    return "\n".join(texts), tuple(marks)


def own_title(said: str) -> str:
    """The title in a file's properties; "" for what programs put there by themselves."""
    title = _SAVED_BY.sub("", _SAVED_BY.sub("", " ".join(said.split())))
    return "" if _UNTITLED.fullmatch(title) else title

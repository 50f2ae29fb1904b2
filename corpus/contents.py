"""Tables of contents: the lines between 目录 and the first heading that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.sections import Block

__all__ = ["without_contents"]

_CONTENTS = re.compile(r"目\s*[录錄次]")
_PAGE = re.compile(
    r"(?:[.．·…‥\s]*(?:[(（]\s?\d{1,4}\s?[)）]|\d{1,4}|[ivxIVX]{1,5})|[.．·…‥\s]+)+$"
)
# By eye.
_LONGEST = 400  # lines
_LONGEST_ENTRY = 60  # characters
_FIRST_ENTRIES = 5  # 前言 and the like are not always lines of their own again


def without_contents(text: str, lines: Sequence[Block]) -> Iterator[Block]:
    """The lines but for tables of contents; a 通知 may have one before the 规划 it hands out.

    What stands among the entries and is none (a footnote) is kept, and is no heading.
    """
    keys = [_key(text[line.start : line.end]) for line in lines]
    at = 0
    while at < len(lines):
        heads = _CONTENTS.fullmatch(text, lines[at].start, lines[at].end)
        entries = _entries(keys[at + 1 :]) if heads else 0
        if entries:
            yield from _others(text, lines[at + 1 : at + 1 + entries])
        else:
            yield lines[at]
        at += 1 + entries


def _entries(keys: Sequence[str]) -> int:
    """How many lines a table of contents has: up to its last entry, before the first again."""
    for entry, key in enumerate(keys[:_FIRST_ENTRIES]):
        again = next((at for at in range(entry + 1, len(keys)) if keys[at] == key), None)
        if key and again is not None and again <= _LONGEST:
            body = set(keys[again:])
            return max(at for at in range(again) if keys[at] in body) + 1
    return 0


def _others(text: str, lines: Sequence[Block]) -> Iterator[Block]:
    """The sentences among the entries."""
    for line in lines:
        if line.end - line.start > _LONGEST_ENTRY or text[line.end - 1] in "。；;":
            yield replace(line, heading=None)


def _key(line: str) -> str:
    """The entry's words, without the dots and the page's number after them."""
    return re.sub(r"\s", "", _PAGE.sub("", line))

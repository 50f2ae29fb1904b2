"""Tables of contents: the lines between 目录 and the first heading that they name.

What a table names without a number (前言) is a heading too where it stands again. A table without
its name is known by coming again whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.headings import Heading
from corpus.sections import Block

__all__ = ["without_contents"]

_CONTENTS = re.compile(r"目\s*[录錄次]")
_PAGE = re.compile(
    r"(?:[.．·…‥\s]*(?:[(（]\s?\d{1,4}\s?[)）]|\d{1,4}|[ivxIVX]{1,5})|[.．·…‥\s]+)+$"
)
# By eye.
_LONGEST = 400  # lines
_LONGEST_ENTRY = 60  # characters
_LEAST_ENTRIES = 3
_OUTER = 60  # the rank of 一、
_FIRST_ENTRIES = 5  # 前言 and the like are not always lines of their own again


def without_contents(text: str, lines: Sequence[Block]) -> Iterator[Block]:
    """The lines but for tables of contents; a 通知 may have one before the 规划 it hands out.

    What stands among the entries and is none (a footnote) is kept, and is no heading.
    """
    keys = [_key(text[line.start : line.end]) for line in lines]
    last = {key: at for at, key in enumerate(keys)}
    unnumbered: dict[str, int] = {}
    at = 0
    while at < len(lines):
        heads = _CONTENTS.fullmatch(text, lines[at].start, lines[at].end) is not None
        entries = _entries(keys[at + 1 :]) if heads else _bare_entries(lines, keys, last, at)
        if entries:
            table = range(at + heads, at + heads + entries)
            yield from _others(text, lines[table.start : table.stop])
            unnumbered |= _unnumbered(text, lines, keys, table)
            at = table.stop
            continue
        rank = unnumbered.pop(keys[at], None) if lines[at].heading is None else None
        words = text[lines[at].start : lines[at].end]
        yield replace(lines[at], heading=Heading(rank, 0, "", words)) if rank else lines[at]
        at += 1


def _bare_entries(
    lines: Sequence[Block], keys: Sequence[str], last: Mapping[str, int], at: int
) -> int:
    """How many lines a table of contents without its name has, that begins at the line.

    All of it comes again: headings with nothing under them, up to the first of them again.
    """
    heading = lines[at].heading
    if heading is None or heading.rank > _OUTER or last[keys[at]] <= at + 1:
        return 0
    end = at + 1
    while end < len(lines) and keys[end] != keys[at] and last[keys[end]] > end:
        end += 1
    again = end < len(lines) and keys[end] == keys[at] and end - at >= _LEAST_ENTRIES
    return end - at if again and all(last[key] >= end for key in keys[at:end]) else 0


def _unnumbered(
    text: str, lines: Sequence[Block], keys: Sequence[str], table: range
) -> dict[str, int]:
    """The rank of what the table names before its first number, or as its last (前言, 结语)."""
    numbered = [at for at in table if lines[at].heading]
    ranks = [heading.rank for at in numbered if (heading := lines[at].heading)]
    if not ranks:
        return {}
    outer = [*range(table.start, numbered[0]), *range(max(numbered) + 1, table.stop)[-1:]]
    alone = [at for at in outer if table.stop - max(numbered) <= 2 or at < numbered[0]]
    return {
        keys[at]: ranks[0]
        for at in alone
        if lines[at].heading is None and not text.startswith("附", lines[at].start)
    }


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

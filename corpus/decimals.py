"""Headings numbered by decimals, as emergency plans and standards have them: 1, 1.1, 1.1.1.

A line that begins with a figure is one only in its place: 1.2 after 1.1, 2.1.1 under 2.1. So 3.5个
百分点 is none, nor is a bare 2 that no 1 stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.headings import DECIMAL, POINT, titled
from corpus.sections import Block

__all__ = ["with_decimals"]

_NUMBER = re.compile(
    r"(\d{1,2}(?:[.．]\d{1,2}){0,3})(?:[ \t\u3000]+|(?=[\u4e00-\u9fff（《“]))(?=\S)"
)
_UNIT = re.compile(r"[元倍个万亿千百米吨亩度分时天年月日级人户项％%‰℃]")
_CHINESE_POINT = 60
_LONGEST_TOP = 40  # characters of a heading with a bare figure (by eye)
_MOST_SKIPPED = 3  # chapters without decimals of their own in a row


@dataclass(frozen=True, slots=True)
class _Figure:
    """The number that a line begins with, and where the words after it begin."""

    number: tuple[int, ...]
    end: int


def with_decimals(text: str, lines: Sequence[Block]) -> list[Block]:
    """The lines, those of decimals in their place with the heading that they are."""
    figures = {at: figure for at, line in enumerate(lines) if (figure := _read(text, line))}
    placed = dict(_in_place(figures))
    found = list(lines)
    if len(placed) < 2:
        return found
    base = _base(lines, placed)
    if base == DECIMAL:
        placed |= dict(_tops(text, lines, figures, placed))
    for at, figure in placed.items():
        rest = text[figure.end : lines[at].end].strip()
        label = ".".join(map(str, figure.number))
        rank = base + len(figure.number) - 1
        found[at] = replace(lines[at], heading=titled(rank, figure.number[-1], label, rest))
    return found


def _read(text: str, line: Block) -> _Figure | None:
    match = _NUMBER.match(text, line.start, line.end)
    if match is None or _UNIT.match(text, match.end(1)):
        return None
    if " | " in text[line.start : line.end]:
        return None
    return _Figure(tuple(map(int, re.split(r"[.．]", match[1]))), match.end())


def _in_place(figures: Mapping[int, _Figure]) -> Iterator[tuple[int, _Figure]]:
    """The decimals that follow one before them, or are the first under theirs."""
    seen: set[tuple[int, ...]] = set()
    top = 0
    for at, figure in figures.items():
        *above, last = figure.number
        first = last == 1 and (
            tuple(above) in seen or (len(above) == 1 and top < above[0] <= top + _MOST_SKIPPED)
        )
        if above and (first or (*above, last - 1) in seen):
            seen.add(figure.number)
            top = max(top, above[0])
            yield at, figure


def _base(lines: Sequence[Block], placed: Mapping[int, _Figure]) -> int:
    """The rank of what stands over the decimals: 1. or 一、 where that has their number."""
    at, figure = next(iter(placed.items()))
    for line in reversed(lines[:at]):
        heading = line.heading
        if heading and heading.rank in {_CHINESE_POINT, POINT}:
            return heading.rank if heading.number == figure.number[0] else DECIMAL
    return DECIMAL


def _tops(
    text: str,
    lines: Sequence[Block],
    figures: Mapping[int, _Figure],
    placed: Mapping[int, _Figure],
) -> Iterator[tuple[int, _Figure]]:
    """The headings with a bare figure over the decimals, counted from 1."""
    firsts = {figure.number[0]: at for at, figure in reversed(list(placed.items()))}
    due = 1
    for at, figure in figures.items():
        number = figure.number[0]
        if at in placed:
            due = max(due, number + 1)
            continue
        words = text[lines[at].start : lines[at].end]
        title = len(words) <= _LONGEST_TOP and words[-1] not in "。；;，,：:、"
        alike = [one for one, each in figures.items() if each.number == figure.number]
        near = max((one for one in alike if one < firsts.get(number, at + 1)), default=at)
        if len(figure.number) == 1 and number == due and title and near == at:
            due += 1
            yield at, figure

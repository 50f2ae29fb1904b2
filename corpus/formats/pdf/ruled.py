"""Tables whose cells are ruled on the page: the cells, from the lines that are drawn.

A cell's words may stand on several lines, and those of its neighbours at other heights: what
belongs together shows in the rules alone. Measures are in points from the page's upper left corner.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

__all__ = ["Box", "Cell", "Place", "Ruled", "holds", "rules", "ruled"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Place = Callable[[float, float, float, float], Box]

# By eye, in points.
_NEAR = 2.5  # how far from another a line may be drawn and meet it
_SHORTEST = 4.0  # a line
_MOST_LINES = 800  # of a page; a map or a chart has more
_LAYOUT = 0.6  # of the page's height: a cell so tall lays the page out, and holds no one thing


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's box, that of its table, and where its first row begins."""

    box: Box
    table: Box
    row: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """The cells of a page's tables, and frames around paragraphs (one below another, or alone)."""

    cells: tuple[Cell, ...] = ()
    frames: tuple[Box, ...] = ()


def holds(box: Box, x: float, y: float) -> bool:
    """Whether the place is inside."""
    left, top, right, bottom = box
    return left <= x <= right and top <= y <= bottom


@dataclass(frozen=True, slots=True)
class _Line:
    """Where it stands across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


def rules(page: Any, place: Place) -> list[Box]:
    """The straight level and upright lines drawn on a page of pypdfium2, edges of fields too."""
    import pypdfium2.raw as pdfium

    found: list[Box] = []
    for shown in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        found += _edges(shown.raw, place)
        if len(found) > 20 * _MOST_LINES:
            return []
    return found


def _edges(path: Any, place: Place) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), 20 * _MOST_LINES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _seen(last, point, place)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield _seen(point, first, place)


def _seen(one: tuple[float, float], other: tuple[float, float], place: Place) -> Box:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return place(x0, y1, x1, y0)


def ruled(drawn: Iterable[Box], height: float) -> Ruled:
    """What the lines rule: tables have two columns at least, frames one.

    ``height`` is the page's: what lays it out whole, or in columns of prose, is neither.
    """
    level: list[_Line] = []
    upright: list[_Line] = []
    for left, top, right, bottom in drawn:
        if bottom - top <= 1 and right - left >= _SHORTEST:
            level.append(_Line((top + bottom) / 2, left, right))
        elif right - left <= 1 and bottom - top >= _SHORTEST:
            upright.append(_Line((left + right) / 2, top, bottom))
    level, upright = _whole(level), _whole(upright)
    if len(level) + len(upright) > _MOST_LINES:
        return Ruled()
    cells: list[Cell] = []
    frames: list[Box] = []
    for lines in _meeting(level, upright):
        table = list(_table(*lines))
        if any(cell.box[3] - cell.box[1] >= _LAYOUT * height for cell in table):
            continue
        if len({cell.box[0] for cell in table}) > 1:
            cells += table
        else:
            frames += [cell.box for cell in table]
    return Ruled(tuple(cells), tuple(frames))


def _whole(lines: Sequence[_Line]) -> list[_Line]:
    """Lines drawn piece by piece, or with two edges, as one each."""
    rows: list[list[_Line]] = []
    for line in sorted(lines, key=lambda each: each.at):
        if rows and line.at - rows[-1][-1].at <= _NEAR:
            rows[-1].append(line)
        else:
            rows.append([line])
    found: list[_Line] = []
    for row in rows:
        at = sum(each.at for each in row) / len(row)
        start = end = None
        for line in sorted(row, key=lambda each: each.start):
            if start is None or end is None or line.start > end + _NEAR:
                if start is not None and end is not None:
                    found.append(_Line(at, start, end))
                start, end = line.start, line.end
            end = max(end, line.end)
        if start is not None and end is not None:
            found.append(_Line(at, start, end))
    return found


def _meeting(
    level: Sequence[_Line], upright: Sequence[_Line]
) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """The lines that touch each other, directly or by others."""
    joined = _Joined(len(level) + len(upright))
    for number, line in enumerate(level):
        for other, post in enumerate(upright, len(level)):
            if _runs_at(line, post.at, _NEAR) and _runs_at(post, line.at, _NEAR):
                joined.join(number, other)
    groups: defaultdict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate([*level, *upright]):
        groups[joined.root(number)][number >= len(level)].append(line)
    return (lines for lines in groups.values() if min(map(len, lines)) > 1)


def _runs_at(line: _Line, place: float, slack: float = 0.0) -> bool:
    return line.start - slack <= place <= line.end + slack


def _table(level: Sequence[_Line], upright: Sequence[_Line]) -> Iterator[Cell]:
    """The cells between the lines: fields without a line between them are one."""
    ys, xs = (sorted({line.at for line in lines}) for lines in (level, upright))
    rows, columns = list(pairwise(ys)), list(pairwise(xs))
    outside = len(rows) * len(columns)
    joined = _Joined(outside + 1)

    def field(row: int, column: int) -> int:
        inside = 0 <= row < len(rows) and 0 <= column < len(columns)
        return row * len(columns) + column if inside else outside

    for row, between in enumerate(rows):
        for column in _open(xs, upright, between):
            joined.join(field(row, column - 1), field(row, column))
    for column, between in enumerate(columns):
        for row in _open(ys, level, between):
            joined.join(field(row - 1, column), field(row, column))
    fields: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for number in range(outside):
        fields[joined.root(number)].append(divmod(number, len(columns)))
    fields.pop(joined.root(outside), None)
    whole = (xs[0], ys[0], xs[-1], ys[-1])
    for parts in fields.values():
        top, bottom = min(r for r, _ in parts), max(r for r, _ in parts)
        left, right = min(c for _, c in parts), max(c for _, c in parts)
        yield Cell((xs[left], ys[top], xs[right + 1], ys[bottom + 1]), whole, ys[top])


def _open(
    places: Sequence[float], lines: Sequence[_Line], between: tuple[float, float]
) -> Iterator[int]:
    """Which of the places have no line that runs there between the two others."""
    middle = sum(between) / 2
    drawn = {line.at for line in lines if _runs_at(line, middle)}
    return (number for number, place in enumerate(places) if place not in drawn)


class _Joined:
    """Which of so many things belong together."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, number: int) -> int:
        """The one that stands for all that belong together with this."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        self._above[self.root(one)] = self.root(other)

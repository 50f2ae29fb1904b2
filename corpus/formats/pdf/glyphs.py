"""The characters of a PDF page, put together to stretches that stand side by side on a line.

Measures are in points from the page's upper left corner, as a reader sees the page.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.formats.pdf.ruled import Cell, Place, Ruled, holds, ruled, rules
from corpus.formats.pdf.spacing import Glyph, closed_up

__all__ = ["Fragment", "Glyphs", "glyphs", "stretches"]

# Of the line's height, between two characters of one stretch. Set by eye; half and double of it
# change nothing on made PDFs (benchmarks.measure.documents --type pdf).
_GAP = 0.9
# A justified line set so wide that each of its characters seems a word.
_SPREAD = re.compile(r"(?:[\u3001-\u9fff\uff00-\uffef] ){3,}[\u3001-\u9fff\uff00-\uffef]")
_FAR = 1e5  # points; damaged files put characters kilometres away
_HYPHEN = {2: ord("-")}
"""PDFium's own sign for a hyphen at the end of a line."""
_TILT = math.radians(5)  # a scan laid askew; stamps and watermarks stand at 30 and more (by eye)
_STROKES = "一—―－"
_RADICALS = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for first, last in ((0x2E80, 0x2FD5), (0xF900, 0xFAD9), (0xFB00, 0xFB06))
    for code in range(first, last + 1)
}
# Radicals that Unicode gives no equal for; fonts are made whose 民 says it is one of these.
_SIMPLIFIED = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_FOLD = str.maketrans(_RADICALS | _SIMPLIFIED)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words without a wide gap; ``height`` is that of their characters.

    ``cell`` is the ruled cell that they stand in.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    cell: Cell | None = None

    @property
    def height(self) -> float:
        """The height of the line of words."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A page's fragments in the file's order, how many characters say no Unicode, its rules.

    ``slanted`` are the words set at a slant, which are in no fragment.
    """

    fragments: tuple[Fragment, ...]
    unmapped: int
    ruled: Ruled = field(default_factory=Ruled)
    slanted: str = ""


def glyphs(page: Any) -> Glyphs:
    """What stands on a page of pypdfium2; words set at a slant (watermarks) are left out."""
    place = _placement(page)
    slanted: list[str] = []
    read = list(_characters(page, place, slanted))
    lines = ruled(rules(page, place) if read else (), page.get_height())
    found = stretches([glyph for glyph, _ in read], lines.cells)
    return Glyphs(tuple(found), sum(bad for _, bad in read), lines, "".join(slanted))


def stretches(glyphs: Sequence[Glyph], cells: Sequence[Cell] = ()) -> list[Fragment]:
    """The characters, in the file's order, as stretches of words; none reaches out of its cell."""
    found: list[Fragment] = []
    current: list[Glyph] = []
    cell: Cell | None = None
    for glyph in closed_up(glyphs):
        if glyph.character.isspace() and current:
            # Its box may be empty, or stand where the line's next word does.
            current.append(replace(current[-1], character=" "))
            continue
        within = _within(cells, glyph, cell)
        if current and (within != cell or not _follows(current[-1], glyph)):
            found += _fragment(current, cell)
            current = []
        current.append(glyph)
        cell = within
    found += _fragment(current, cell)
    return found


def _within(cells: Sequence[Cell], glyph: Glyph, last: Cell | None) -> Cell | None:
    """The cell that a character stands in, most often the last one's."""
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    if last and holds(last.box, x, y):
        return last
    return next((cell for cell in cells if holds(cell.box, x, y)), None)


def _characters(page: Any, place: Place, slanted: list[str]) -> Iterator[tuple[Glyph, bool]]:
    """The characters in place and whether each is unmapped; those set at a slant are collected."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    half = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in {10, 13}:
            continue
        if 0xD800 <= code < 0xDC00:
            # A character beyond the first 65,536 comes as two halves with one box.
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if half else 0xFFFD
        half = 0
        code = _HYPHEN.get(code, code)
        angle = pdfium.FPDFText_GetCharAngle(text, index) % (math.pi / 2)
        if _TILT < angle < math.pi / 2 - _TILT:
            slanted.append(chr(code))
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        edges = (box.left, box.top, box.right, box.bottom)
        if not all(abs(edge) < _FAR for edge in edges):
            continue
        left, top, right, bottom = place(*edges)
        if bottom - top < 1 or (chr(code) in _STROKES and right - left > 2 * (bottom - top)):
            # The font says no height, or that of the stroke of a 一 alone.
            size = (
                right - left if chr(code) in _STROKES else pdfium.FPDFText_GetFontSize(text, index)
            )
            middle, half_size = (top + bottom) / 2, max(1, size) / 2
            top, bottom = middle - half_size, middle + half_size
        bad = bool(pdfium.FPDFText_HasUnicodeMapError(text, index)) or code == 0
        yield Glyph(chr(code), left, top, right, bottom), bad
    text.close()


def _placement(page: Any) -> Place:
    """From the file's box (left, top, right, bottom, upwards) to the one a reader sees."""
    rotation = page.get_rotation()
    left, bottom, right, top = page.get_cropbox()
    wide, high = right - left, top - bottom

    def place(x0: float, y1: float, x1: float, y0: float) -> tuple[float, float, float, float]:
        x0, x1, y0, y1 = x0 - left, x1 - left, y0 - bottom, y1 - bottom
        if rotation == 90:
            return y0, x0, y1, x1
        if rotation == 180:
            return wide - x1, y0, wide - x0, y1
        if rotation == 270:
            return high - y1, wide - x1, high - y0, wide - x0
        return x0, high - y1, x1, high - y0

    return place


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Whether the glyph goes on the same line, without a wide gap."""
    shared = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    height = min(last.bottom - last.top, glyph.bottom - glyph.top)
    if shared < height / 2:
        return False
    tall = max(last.bottom - last.top, glyph.bottom - glyph.top)
    return -tall < glyph.left - last.right < _GAP * tall


def _fragment(run: list[Glyph], cell: Cell | None) -> list[Fragment]:
    text = " ".join("".join(glyph.character for glyph in run).translate(_FOLD).split())
    text = _SPREAD.sub(lambda match: match.group().replace(" ", ""), text)
    if not text:
        return []
    solid = [glyph for glyph in run if not glyph.character.isspace()]
    heights = sorted(glyph.bottom - glyph.top for glyph in solid)
    height = heights[len(heights) // 2]
    bottom = sorted(glyph.bottom for glyph in solid)[len(solid) // 2]
    left, right = min(glyph.left for glyph in solid), max(glyph.right for glyph in solid)
    return [Fragment(text, left, bottom - height, right, bottom, cell)]

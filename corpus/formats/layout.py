"""The lines of PDF pages put together to paragraphs, in the order in which they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus.formats.pdf_glyphs import Fragment

__all__ = ["PageLines", "Row", "joined", "paragraphs", "text_of"]

_MARGIN = 0.15
_EARLY = 2.0
_INDENT = 1.2
_WIDE = 2.0
_NEXT_LINES = 1.3
_FAR = 2.2
_OTHER_SIZE = 1.45
_LONG = 8
_LONGEST_LINE = 300
_NARROW = 0.9
_FULL = 0.85
_FULL_SHARE = 0.3
_ENDS = tuple("。；：！？…”』」）)》〕;:!?.")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]+[编章节条]|[一二三四五六七八九十]+[、．.]"
    r"|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[.．、](?!\d)|[①-⑳]|附件|附表"
)
_LEADERS = re.compile(r"(.*?\S)\s*(?:[.．·‥…]\s*){4,}[(（]?[\dIVXivx]{1,5}[)）]?")
_PAGE_NUMBER = re.compile(
    r"[-—–－―~·•一\s]*(?:\d{1,4}|[ivxlc]{1,6})[-—–－―~·•一\s]*|\d{1,4}\s*/\s*\d{1,4}"
    r"|第?\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页)?|Page\s*\d+(?:\s*of\s*\d+)?",
    re.I,
)
_WIDE_LETTER = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]"
_NO_SPACE = re.compile(rf"{_WIDE_LETTER}$"), re.compile(rf"^{_WIDE_LETTER}")


@dataclass(frozen=True, slots=True)
class PageLines:
    """What stands on a page of this size; the fragments in any order."""

    number: int
    width: float
    height: float
    fragments: Sequence[Fragment]


@dataclass(frozen=True, slots=True)
class Row:
    """Fragments beside each other."""

    page: int
    parts: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The words, those of two fragments with a space between."""
        return " ".join(part.text for part in self.parts)

    @property
    def left(self) -> float:
        """Where the row begins."""
        return self.parts[0].left

    @property
    def right(self) -> float:
        """Where the row ends."""
        return max(part.right for part in self.parts)

    @property
    def top(self) -> float:
        """The upper edge of its tallest fragment."""
        return min(part.top for part in self.parts)

    @property
    def height(self) -> float:
        """The height of its tallest fragment."""
        return max(part.height for part in self.parts)

    @property
    def tabular(self) -> bool:
        """Whether cells stand beside each other; a number before its heading is no cell."""
        return any(
            after.left - part.right > _WIDE * self.height and not _NUMBERED.fullmatch(part.text)
            for part, after in zip(self.parts, self.parts[1:], strict=False)
        )


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows under each other: a page, or a column of one between two lines that cross it."""

    rows: list[Row]
    column: bool
    left: float
    right: float


def paragraphs(pages: Sequence[PageLines]) -> Iterator[list[Row]]:
    """The paragraphs of the pages, each the rows that it stands on; they may run over pages."""
    furniture = set(_furniture(pages))
    blocks = [
        block
        for page in pages
        for block in _blocks(page, [row for row in rows_of(page) if row not in furniture])
    ]
    return _joined(list(_with_margins([block for block in blocks if block.rows])))


def text_of(rows: Sequence[Row]) -> str:
    """The words of a paragraph, the ends of lines taken out."""
    text = ""
    for row in rows:
        text = joined(text, _without_leaders(row.text))
    return text


def joined(before: str, after: str) -> str:
    """Two stretches of one sentence: with a space between letters, none beside Chinese ones."""
    if not before or not after:
        return before + after
    if before.endswith("-") and before[-2:-1].isalpha() and after[0].islower():
        return before[:-1] + after
    chinese = _NO_SPACE[0].search(before) or _NO_SPACE[1].search(after)
    digits = before[-1].isdigit() and after[0].isdigit()
    return before + after if chinese or digits else f"{before} {after}"


def rows_of(page: PageLines) -> list[Row]:
    """The rows of a page from top to bottom."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(page.fragments, key=lambda each: (each.top + each.bottom) / 2):
        middle = (fragment.top + fragment.bottom) / 2
        if rows and any(part.top < middle < part.bottom for part in rows[-1]):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [
        Row(page.number, tuple(sorted(parts, key=lambda each: (each.left, each.top))))
        for parts in rows
    ]


def _without_leaders(text: str) -> str:
    """A line of a table of contents without its dots and page number."""
    match = _leaders(text)
    return match.group(1) if match else text


def _leaders(text: str) -> re.Match[str] | None:
    return _LEADERS.fullmatch(text) if len(text) < _LONGEST_LINE else None


def _furniture(pages: Sequence[PageLines]) -> Iterator[Row]:
    """Page numbers, and what stands at the same place at the edge of three pages or more."""
    edges = [
        (row, re.sub(r"\d+|\s", "#", row.text), low)
        for page in pages
        for rows in [rows_of(page)]
        for row in dict.fromkeys([*rows[:2], *rows[-2:]])
        for low in [row.top > page.height * (1 - _MARGIN)]
        if low or row.top < page.height * _MARGIN
    ]
    counts = Counter((key, low, round(row.top / row.height)) for row, key, low in edges)
    for row, key, low in edges:
        place = round(row.top / row.height)
        same = sum(counts[key, low, place + shift] for shift in (-1, 0, 1))
        if same >= max(3, len(pages) / 20) or (low and _PAGE_NUMBER.fullmatch(row.text)):
            yield row


def _blocks(page: PageLines, rows: list[Row]) -> Iterator[_Block]:
    gutter = _gutter(rows)
    if gutter is None:
        yield _block(rows, False)
        return
    band: list[Fragment] = []
    for row in [*rows, None]:
        if row is not None and not any(part.left < gutter < part.right for part in row.parts):
            band += row.parts
            continue
        for side in ([p for p in band if p.right <= gutter], [p for p in band if p.left >= gutter]):
            column = rows_of(PageLines(page.number, page.width, page.height, side))
            yield _block(column, True)
        band = []
        if row is not None:
            yield _block([row], False)


def _gutter(rows: list[Row]) -> float | None:
    """Where two columns of running text part; None for one column, or a table's columns."""
    parts = [part for row in rows for part in row.parts]
    if len(parts) < 12:
        return None
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    for place in sorted({part.left - 1 for part in parts}):
        if not left + 0.3 * (right - left) < place < left + 0.7 * (right - left):
            continue
        before = [part for part in parts if part.right <= place]
        after = [part for part in parts if part.left >= place]
        crossing = len(parts) - len(before) - len(after)
        if min(len(before), len(after)) < 5 or crossing > len(parts) / 4:
            continue
        near = max(part.right for part in before)
        if _filled(before, near - left) and _filled(after, right - place):
            return (near + place) / 2
    return None


def _filled(parts: Sequence[Fragment], width: float) -> bool:
    """Whether enough lines run from margin to margin for running text: a table's cells do not."""
    full = sum(part.right - part.left > _FULL * width for part in parts)
    return full >= _FULL_SHARE * len(parts)


def _block(rows: list[Row], column: bool) -> _Block:
    if not rows:
        return _Block([], column, 0, 0)
    height = median(row.height for row in rows)
    enough = 1 + len(rows) // 10
    lefts = [row.left for row in rows]
    rights = [row.right for row in rows]
    left = next(
        x for x in sorted(lefts) if _near(x, lefts, height / 2) >= enough or x == max(lefts)
    )
    right = next(
        x
        for x in sorted(rights, reverse=True)
        if _near(x, rights, height) >= enough or x == min(rights)
    )
    return _Block(rows, column, left, right)


def _near(place: float, places: list[float], distance: float) -> int:
    return sum(abs(each - place) <= distance for each in places)


def _with_margins(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """A block without full lines, which cannot show its margins, takes those of the others."""
    long = {
        column: [each for each in blocks if each.column == column and len(each.rows) >= _LONG]
        for column in (False, True)
    }
    widths = {
        column: median(each.right - each.left for each in found)
        for column, found in long.items()
        if found
    }
    for block in blocks:
        width = widths.get(block.column, 0.0)
        if block.right - block.left < _NARROW * width:
            usual = [] if block.column else [each.left for each in long[False]]
            left = min([block.left, median(usual)]) if usual else block.left
            yield replace(block, left=left, right=max(block.right, left + width))
        else:
            yield block


def _joined(blocks: Sequence[_Block]) -> Iterator[list[Row]]:
    steps = [
        after.top - row.top
        for block in blocks
        for row, after in zip(block.rows, block.rows[1:], strict=False)
    ]
    step = median(steps) if len(steps) > _LONG else 0.0
    paragraph: list[Row] = []
    last: _Block | None = None
    for block in blocks:
        for row in block.rows:
            if paragraph and last and _begins(paragraph[-1], last, row, block, step):
                yield paragraph
                paragraph = []
            paragraph.append(row)
            last = block
    if paragraph:
        yield paragraph


def _begins(row: Row, block: _Block, after: Row, other: _Block, step: float) -> bool:
    """Whether a paragraph begins at ``after``, the row that is read after ``row``."""
    height = min(row.height, after.height)
    if (
        block.column != other.column
        or any(each.tabular or _leaders(each.text) for each in (row, after))
        or max(row.height, after.height) > _OTHER_SIZE * height
        or (block is other and after.top - row.top > max(_NEXT_LINES * step, _FAR * height))
        or row.right < block.right - _EARLY * height
    ):
        return True
    ended = row.text.endswith(_ENDS)
    if after.left > other.left + _INDENT * height:
        # A whole paragraph may be indented: then its lines begin below each other.
        below = abs((after.left - other.left) - (row.left - block.left)) < height / 2
        return ended or not below
    return ended and _NUMBERED.match(after.text) is not None

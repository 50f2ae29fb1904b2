"""One law composed as it is printed, out of its rows: title, headings, articles.

The rows hold chapter and section names and each article's words. Three things in them are put right
here, because a passage must never be cited under a place where it does not stand:

- headings of 编 and 分编, 附则 and annexes stand glued to the end of the article before them; they
  become headings again (where 第二编 shows that 第一编 was lost, a section says so);
- decisions quote articles of other laws, which the rows number as their own; these are kept as text
  of the decision without an article number;
- two articles lost their number and first words and hang on the article before (``_LOST``).

What no row holds (the preamble of the constitution, footnotes) is not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.lawrows import RANKS, Row, glued_heading, lost_first_part, owned_rows, printed
from corpus.numerals import parse_article
from corpus.records import Document, Furniture, HeadingOrigin, Passage, Section
from corpus.sentences import split_span
from corpus.structure import LONGEST_PASSAGE

__all__ = ["compose"]

_RULE = re.compile(r'[-+| ]*|!\d+\{width="[^"]*"|height="[^"]*"\}')
_LOST = {
    ("e37bfe4bff63", "第一千一百一十九条", "境主管部门责令改正"): "第一千一百二十条",
    ("e37bfe4bff63", "第一千二百条", "境主管部门责令停止违法行为"): "第一千二百零一条",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one row that belong together: a heading, or text under one article."""

    start: int
    end: int
    article: str | None = None
    heading: tuple[int, str, str] | None = None


def compose(frame: Document, rows: Sequence[Row]) -> Document:
    """Return ``frame`` with its text, sections, passages and furniture made from ``rows``."""
    writer = _Writer(frame.id)
    writer.heading(frame.title, None)
    if lost_first_part(rows):
        writer.lost("第一编")
    own = list(owned_rows(frame.title, rows))
    chapter, section = "", ""
    for row, owned in zip(rows, own, strict=True):
        if row.chapter != chapter:
            chapter, section = row.chapter, ""
            writer.heading(chapter, _heading(chapter, "章") if owned else None)
        if row.section != section:
            section = row.section
            writer.heading(section, _heading(section, "节") if owned else None)
        writer.row(frame.id.removeprefix("law-"), row, owned, row is rows[-1])
    return writer.document(frame)


def _heading(words: str, part: str) -> tuple[int, str, str] | None:
    if not words:
        return None
    label, _, title = words.partition(" ")
    return RANKS[part], label, title


class _Writer:
    """Collects the text and the spans into it, from the first character to the last."""

    def __init__(self, document_id: str) -> None:
        self._id = document_id
        self._text: list[str] = []
        self._length = 0
        self._open: list[tuple[int, int]] = []
        self._sections: list[Section] = []
        self._passages: list[Passage] = []
        self._counts: dict[str, int] = {}
        self._used: set[str] = set()

    def document(self, frame: Document) -> Document:
        self._close(0)
        text = "".join(self._text)
        furniture: list[Furniture] = []
        last = 0
        for passage in self._passages:
            if last < passage.start:
                furniture.append(Furniture(last, passage.start, "layout"))
            last = passage.end
        if last < len(text):
            furniture.append(Furniture(last, len(text), "layout"))
        return replace(
            frame,
            text=text,
            sections=tuple(self._sections),
            passages=tuple(self._passages),
            furniture=tuple(furniture),
        )

    def heading(self, line: str, section: tuple[int, str, str] | None) -> None:
        """Write a line of its own; ``section`` is (rank, label, title), None when it opens none."""
        if line:
            start = self._line(line)
            self._add_heading(start, start + len(line), section)

    def row(self, law_id: str, row: Row, owned: bool, last: bool) -> None:
        """Write an article with its lines, and the headings and annexes that hang on it."""
        article, prefix = printed(row)
        start = self._line(prefix + row.text)
        text = prefix + row.text
        for block in _blocks(law_id, row, text, article if owned else None, last):
            if block.heading is not None:
                self._add_heading(start + block.start, start + block.end, block.heading)
            else:
                self._add_text(text, start, block)

    def lost(self, label: str) -> None:
        """Begin the part whose heading the numbering proves lost, at the next line."""
        self._open_at(self._length + 1, (RANKS["编"], label, ""), "numbering")

    def _line(self, line: str) -> int:
        if self._length:
            self._text.append("\n")
            self._length += 1
        start = self._length
        self._text.append(line)
        self._length += len(line)
        return start

    def _open_at(
        self, start: int, section: tuple[int, str, str], origin: HeadingOrigin = "source"
    ) -> None:
        rank, label, title = section
        self._close(rank, start)
        parent = self._open[-1][1] if self._open else None
        self._open.append((rank, len(self._sections)))
        # The end is not known yet; _close puts it in.
        level = len(self._open)
        self._sections.append(Section(level, label, title, start, start, parent, origin))

    def _close(self, rank: int, end: int | None = None) -> None:
        while self._open and self._open[-1][0] >= rank:
            index = self._open.pop()[1]
            stop = self._length if end is None else end
            self._sections[index] = replace(self._sections[index], end=stop)

    def _add_heading(self, start: int, end: int, section: tuple[int, str, str] | None) -> None:
        if section is not None:
            self._open_at(start, section)
        inside = self._open[-1][1] if section is not None else None
        name = self._count("h")
        self._passages.append(
            Passage(f"{self._id}/{name}", self._id, start, end, inside, None, "heading")
        )

    def _add_text(self, text: str, offset: int, block: _Block) -> None:
        spans = [
            trimmed
            for span in split_span(text, block.start, block.end, LONGEST_PASSAGE)
            if (trimmed := _trimmed(text, *span)) is not None
        ]
        inside = self._open[-1][1] if self._open else None
        name = self._name(block.article)
        for part, (start, end) in enumerate(spans, 1):
            tail = f".{part}" if len(spans) > 1 else ""
            at = (offset + start, offset + end)
            self._passages.append(
                Passage(f"{self._id}/{name}{tail}", self._id, *at, inside, block.article)
            )

    def _name(self, article: str | None) -> str:
        number = parse_article(article) if article else None
        if number is None:
            return self._count("p")
        name = f"{number[0]}-{number[1]}" if number[1] else str(number[0])
        if name in self._used:
            raise ValueError(f"{self._id} holds article {name} twice")
        self._used.add(name)
        return name

    def _count(self, letter: str) -> str:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return f"{letter}{self._counts[letter]}"


def _blocks(law_id: str, row: Row, text: str, article: str | None, last: bool) -> Iterator[_Block]:
    """Yield the lines of a row in order, grouped under the article or annex they belong to."""
    begin = at = 0
    for line in text.split("\n"):
        heading = glued_heading(line, last) if at else None
        lost = _lost_article(law_id, row.label, line)
        if (heading or lost) and begin < at:
            yield _Block(begin, at, article)
            begin = at
        if heading:
            yield _Block(at, at + len(line), None, heading)
            begin = at + len(line) + 1
            article = None
        if lost:
            article = lost
        at += len(line) + 1
    if begin < len(text):
        yield _Block(begin, len(text), article)


def _lost_article(law_id: str, label: str, line: str) -> str | None:
    for (law, before, words), article in _LOST.items():
        if law == law_id and before == label and line.startswith(words):
            return article
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Strip line breaks, table rules and image codes from the ends; None if nothing stays."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if not _RULE.fullmatch(text, start, stop):
            break
        start = min(stop + 1, end)
    while end > start:
        begin = max(text.rfind("\n", start, end) + 1, start)
        if not _RULE.fullmatch(text, begin, end):
            break
        end = max(begin - 1, start)
    return (start, end) if start < end else None

"""From the text of an official document to its section tree and its passages.

A line is a heading, an article, an item of a list, or a paragraph (``corpus.body``); sections come
from the numbering (``corpus.sections``); passages are paragraphs, articles and lists, and never
cross a heading. What a heading's own line says besides its title is a passage too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.body import body_blocks, read_lines
from corpus.formats import HeadingMark
from corpus.headings import ARTICLE, QUESTION, Heading, is_phrase, parse_label
from corpus.headings_by_style import styled_headings
from corpus.numerals import normal_article
from corpus.records import Document, Furniture, Passage
from corpus.sections import Block, SectionTree
from corpus.sentences import split_span

__all__ = ["LONGEST_PASSAGE", "Overlay", "structure"]

# Characters: in laws some 475 tokens, of the 512 that the bundled model sees.
LONGEST_PASSAGE = 800
_LONGEST_TABLE = (
    300  # characters of rows in one passage: a row found is read with its head (by eye)
)
_LONGEST_BARE = 30  # characters of a line in an unmarked list (by eye)
_SAID = re.compile(r"[。；;：:，,！？!?]$")
_VALUE = re.compile(r"[^：:（(]{2,20}[：:]\s?\S")
Overlay = Sequence[tuple[str, tuple[str, ...]]]


def structure(
    document: Document, overlay: Overlay = (), marks: Sequence[HeadingMark] = ()
) -> Document:
    """The same document with its ``sections``, ``passages`` and ``furniture`` filled in.

    ``overlay`` lists headings lost in the source that no number proves: the first words of the
    paragraph before which they stood, and their labels from the outermost in. ``marks`` are the
    lines that are headings by their style: they count where the line has no number of its own.
    """
    text = document.text
    lines = read_lines(text, styled_headings(document, marks) if marks else {})
    blocks, first, last = body_blocks(document, lines)
    tree = SectionTree(text, list(_with_overlay(text, blocks, overlay)))
    passages = _numbered(document.id, tree, _passages(text, tree))
    return replace(
        document,
        sections=tuple(tree.sections),
        passages=tuple(passages),
        furniture=tuple(_furniture(text, lines, first, last, passages)),
    )


def _with_overlay(text: str, lines: Iterable[Block], overlay: Overlay) -> Iterator[Block]:
    for line in lines:
        for before, labels in overlay:
            if line.heading is None and text.startswith(before, line.start):
                for label in labels:
                    parsed = parse_label(label)
                    if parsed:
                        lost = Heading(*parsed, label, "")
                        yield Block(line.start, line.start, lost, "overlay")
        yield line


@dataclass(slots=True)
class _Piece:
    """A passage being made: ``opens`` a section with a few words, ``listed`` holds items.

    ``bare``: it holds short lines under a colon.
    """

    start: int
    end: int
    section: int | None
    heading: bool = False
    article: Heading | None = None
    opens: bool = False
    listed: bool = False
    bare: bool = False


def _passages(text: str, tree: SectionTree) -> Iterator[_Piece]:
    """Headings, paragraphs and articles in order; an article takes in the lines up to the next."""
    current: _Piece | None = None
    for index, block in enumerate(tree.blocks):
        if block.start == block.end:
            continue
        section = tree.home[index]
        heading = block.heading
        if current and heading is None and _continues(text, current, block, section):
            current.end = block.end
            current.listed |= block.item
            current.opens = False
            continue
        yield from [current] if current else []
        current = _Piece(block.start, block.end, section, listed=block.item)
        if heading and not heading.inline:
            current.heading = True
        elif heading and heading.rank == ARTICLE:
            current.article = heading
        elif heading:
            asks = heading.rank == QUESTION
            current.opens = asks or is_phrase(text[block.start : block.end])
    yield from [current] if current else []


def _continues(text: str, piece: _Piece, block: Block, section: int | None) -> bool:
    """Whether the line belongs to the passage before it.

    An article's does; an item to what opens its list, and to the items before it; the first
    paragraph under a question, or under a title closed by a full stop or a colon, to that.
    """
    if piece.section != section or piece.heading or piece.article:
        return piece.section == section and piece.article is not None and not block.outside
    if block.end - piece.start > LONGEST_PASSAGE:
        return False
    words, last = text[block.start : block.end], text[piece.end - 1]
    if block.item:
        return last in "：:" or piece.listed or piece.opens
    if " | " in words:
        row = " | " in text[piece.start : piece.end].rpartition("\n")[2]
        return row and block.end - piece.start <= _LONGEST_TABLE
    listed = words[-1] in "；;" and (last in "：:" or piece.listed)
    bare = _is_bare(words) and not block.outside and (last in "：:" or piece.bare)
    piece.listed, piece.bare = piece.listed or listed, piece.bare or bare
    return listed or bare or piece.opens or (piece.listed and last in "；;")


def _is_bare(words: str) -> bool:
    """Whether a line is a few words, no sentence and no name with a value (窗口：三楼)."""
    return len(words) <= _LONGEST_BARE and not _SAID.search(words) and not _VALUE.match(words)


def _numbered(document_id: str, tree: SectionTree, pieces: Iterator[_Piece]) -> list[Passage]:
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    for piece in pieces:
        place = _place(tree, piece)
        spans = [(piece.start, piece.end)]
        if not piece.heading:
            spans = split_span(tree.text, piece.start, piece.end, LONGEST_PASSAGE)
        for part, (start, end) in enumerate(spans, 1):
            suffix = f".{part}" if piece.article and len(spans) > 1 else ""
            if not piece.article and not piece.heading:
                seen[place] = seen.get(place, 0) + 1
                suffix = f"/{seen[place]}"
            passages.append(
                Passage(
                    id=f"{document_id}/{place}{suffix}" + ("/h" if piece.heading else ""),
                    document_id=document_id,
                    start=start,
                    end=start + len(tree.text[start:end].rstrip()),
                    section=piece.section,
                    article=normal_article(piece.article.label) if piece.article else None,
                    kind="heading" if piece.heading else "text",
                )
            )
    return _unique(passages)


def _place(tree: SectionTree, piece: _Piece) -> str:
    if piece.article:
        branch = piece.article.label.partition("条之")[2]
        return str(piece.article.number) + (f"-{branch}" if branch else "")
    numbers: list[str] = []
    section = piece.section
    while section is not None:
        numbers.append(str(tree.numbers[section]))
        section = tree.sections[section].parent
    return ".".join(reversed(numbers)) or "0"


def _unique(passages: list[Passage]) -> list[Passage]:
    seen: dict[str, int] = {}
    unique: list[Passage] = []
    for passage in passages:
        seen[passage.id] = seen.get(passage.id, 0) + 1
        times = seen[passage.id]
        unique.append(passage if times == 1 else replace(passage, id=f"{passage.id}~{times}"))
    return unique


def _furniture(
    text: str, lines: list[Block], first: int, last: int, passages: list[Passage]
) -> Iterator[Furniture]:
    """What lies between the passages: the page's head and foot, and the layout's white space."""
    covered = [(p.start, p.end) for p in passages] + [(len(text), len(text))]
    head = lines[first].start if first < last else len(text)
    at = 0
    for start, end in covered:
        if at < start:
            page = bool(text[at:start].strip("# \t\r\n\u3000\xa0\ufeff*")) or (
                at == 0 and head > 0 and first > 0
            )
            yield Furniture(at, start, "page" if page else "layout")
        at = end

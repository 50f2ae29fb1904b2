"""From the text of an official document to its section tree and its passages.

A line is a heading, an article, or a paragraph (``corpus.headings``); sections come from the
numbering (``corpus.sections``); passages are paragraphs and articles, and never cross a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.formats import HeadingMark
from corpus.headings import ANNEX, ARTICLE, Heading, item_number, parse_heading, parse_label
from corpus.headings_by_style import styled_headings
from corpus.names import name_key
from corpus.numerals import parse_number
from corpus.records import Document, Furniture, Passage
from corpus.sections import Block, SectionTree
from corpus.sentences import split_span

__all__ = ["LONGEST_PASSAGE", "Overlay", "structure"]

# Characters: in laws some 475 tokens, of the 512 that the bundled model sees.
LONGEST_PASSAGE = 800
_LONGEST_ENTRY = 60  # characters of a table of contents' line, or of the head's (by eye)
_LONGEST_CONTENTS = 400  # lines of a table of contents (by eye)
Overlay = Sequence[tuple[str, tuple[str, ...]]]

_TAIL = re.compile(
    r"附件下载|相关链接|相关阅读|扫一扫|打印本页|关闭窗口|分享到|责任编辑|上一篇|下一篇|来源[：:]|返回顶部"
)
_ITEM = re.compile(
    r"[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、]|[①-⑳]|[一二三四五六七八九十]+[、．]"
)
_ANNEX = re.compile(r"(附\s?[件录表]\s?([一二三四五六七八九十\d]{0,3}))\s?[:：]?")
_CONTENTS = re.compile(r"目\s*[录錄次]")


def structure(
    document: Document, overlay: Overlay = (), marks: Sequence[HeadingMark] = ()
) -> Document:
    """The same document with its ``sections``, ``passages`` and ``furniture`` filled in.

    ``overlay`` lists headings lost in the source that no number proves: the first words of the
    paragraph before which they stood, and their labels from the outermost in. ``marks`` are the
    lines that are headings by their style: they count where the line has no number of its own.
    """
    styled = styled_headings(document, marks) if marks else {}
    text = document.text
    lines = list(_lists_whole(text, _articles_whole(_lines(text, styled))))
    lines = list(_without_contents(text, lines))
    first, last = _body(text, lines)
    body = _with_annexes(document, lines[first:last])
    blocks = list(_with_overlay(text, body, overlay))
    tree = SectionTree(text, blocks)
    passages = _numbered(document.id, tree, _passages(text, tree))
    return replace(
        document,
        sections=tuple(tree.sections),
        passages=tuple(passages),
        furniture=tuple(_furniture(text, lines, first, last, passages)),
    )


def _lines(text: str, styled: Mapping[int, Heading]) -> Iterator[Block]:
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group()
        body = line.lstrip("# \t\u3000\xa0\ufeff*").rstrip()
        if body:
            start = match.start() + line.index(body)
            heading = parse_heading(body) or styled.get(match.start())
            yield Block(start, start + len(body), heading)


def _articles_whole(lines: Iterator[Block]) -> Iterator[Block]:
    """Numbered lines inside an article are its items (项), not headings."""
    inside = False
    for line in lines:
        rank = line.heading.rank if line.heading else None
        if rank is not None and rank <= ARTICLE:
            inside = rank == ARTICLE
        yield replace(line, heading=None) if inside and rank and rank > ARTICLE else line


def _lists_whole(text: str, lines: Iterator[Block]) -> Iterator[Block]:
    """What goes on counting after a semicolon is an item too, though it ends with a full stop."""
    due: tuple[int, int] | None = None
    for line in lines:
        words = text[line.start : line.end]
        item = item_number(words)
        listed = item is not None and item == due
        due = (item[0], item[1] + 1) if item and words[-1] in "；;" else None
        yield replace(line, heading=None) if listed else line


def _body(text: str, lines: list[Block]) -> tuple[int, int]:
    """The range of lines between the page's head and its foot."""
    first, last = 0, len(lines)
    while last and _TAIL.search(
        text, lines[last - 1].start, min(lines[last - 1].end, lines[last - 1].start + 12)
    ):
        last -= 1
    for number, line in enumerate(lines[:last]):
        if line.heading or line.end - line.start > _LONGEST_ENTRY or text[line.end - 1] in "。；;":
            first = number
            break
    else:
        first = 0
    return first, last


def _without_contents(text: str, lines: list[Block]) -> Iterator[Block]:
    """The lines but for tables of contents; a 通知 may have one before the 规划 it hands out."""
    until = 0
    for number, line in enumerate(lines):
        if _CONTENTS.fullmatch(text, line.start, line.end):
            until = max(until, _after_contents(text, lines, number + 1))
        if number >= until:
            yield line


def _after_contents(text: str, lines: list[Block], first: int) -> int:
    """Where a table of contents has ended: at its ``first`` entry again, or at prose before it."""
    words = [text[line.start : line.end] for line in lines[first : first + _LONGEST_CONTENTS]]
    prose = 0
    for number, line in enumerate(words[1:], 1):
        if _same_words(line, words[0]):
            return first + (prose or number)
        if not prose and (len(line) > _LONGEST_ENTRY or line[-1] in "。；;"):
            prose = number
    return 0


def _same_words(one: str, other: str) -> bool:
    bare = [re.sub(r"[\s\d….·]+", "", line) for line in (one, other)]
    return bare[0] == bare[1]


def _with_annexes(document: Document, lines: list[Block]) -> Iterator[Block]:
    """Annexes stand beside the body; not the one that is the document itself (关于印发…的通知)."""
    text, own = document.text, name_key(document.title)
    for number, line in enumerate(lines):
        match = _ANNEX.fullmatch(text, line.start, line.end)
        after = lines[number + 1 : number + 5]
        title = text[after[0].start : after[-1].end] if after else ""
        if number and match and own not in name_key(title):
            label = re.sub(r"\s", "", match[1])
            annex = Heading(ANNEX, parse_number(match[2] or "") or 1, label, "")
            yield replace(line, heading=annex)
        else:
            yield line


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
    start: int
    end: int
    section: int | None
    heading: bool = False
    article: Heading | None = None


def _passages(text: str, tree: SectionTree) -> Iterator[_Piece]:
    """Headings, paragraphs and articles in order; an article takes in the lines up to the next."""
    current: _Piece | None = None
    for index, block in enumerate(tree.blocks):
        if block.start == block.end:
            continue
        section = tree.home[index]
        heading = block.heading
        if heading and not heading.inline:
            yield from [current] if current else []
            yield _Piece(block.start, block.end, section, heading=True)
            current = None
        elif heading and heading.rank == ARTICLE:
            yield from [current] if current else []
            current = _Piece(block.start, block.end, section, article=heading)
        elif current and _continues(text, current, block, section):
            current.end = block.end
        else:
            yield from [current] if current else []
            current = _Piece(block.start, block.end, section)
    yield from [current] if current else []


def _continues(text: str, piece: _Piece, block: Block, section: int | None) -> bool:
    if piece.section != section:
        return False
    if piece.article:
        return True
    if block.end - piece.start > LONGEST_PASSAGE or not _ITEM.match(text, block.start):
        return False
    return text[piece.end - 1] in "：:" or bool(
        text[piece.end - 1] in "；;" and "\n" in text[piece.start : piece.end]
    )


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
                    article=piece.article.label if piece.article else None,
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

"""The lines of a document as blocks: what each is, before sections are made of them.

Read in this order: numbers and styles, tables of contents, decimals, questions with their answers,
what the page has around the document, signatures and annexes, articles, numbers that ran on, lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.contents import without_contents
from corpus.decimals import with_decimals
from corpus.formats import FACT_LABEL
from corpus.glued import unglued, with_points
from corpus.headings import ANNEX, ANSWER, ARTICLE, ASKED, QUESTION, Heading, parse_heading
from corpus.headings_by_mark import with_marks
from corpus.lists import settled
from corpus.metadata import framed, stands_around
from corpus.names import name_key
from corpus.records import Document
from corpus.run_on import parted
from corpus.sections import Block

__all__ = ["body_blocks", "read_lines"]

# Characters, by eye.
_LONGEST_ENTRY = 60  # of a line in a page's head
_LONGEST_QUESTION = 100
_TAIL = re.compile(
    r"附件下载|相关链接|相关阅读|扫一扫|打印本页|关闭窗口|分享到|责任编辑|上一篇|下一篇|来源[：:]|返回顶部"
)
_LABEL_ALONE = re.compile(
    r"第\s?[零一二三四五六七八九十百\d\s]+(?:编|篇|章|节|条|部分)|[一二三四五六七八九十]{1,3}、"
    r"|[(（][一二三四五六七八九十]{1,3}[)）]"
)
_LONGEST_TITLE = 40
_VALUE = re.compile(r"[^：:]{2,20}[：:]\s?\S|.* \| ")
_ASKS = re.compile(rf"(?!问|Q\s?\d|答|A\s?\d)[^。；;！!？?]{{4,{_LONGEST_QUESTION}}}[？?]")
_SENTENCE = re.compile(r"(?:为|根据|按照|依据|经|由于|因|现).*[：:]|.*(?:如下|下列|以下).*[：:]")


def read_lines(text: str, styled: Mapping[int, Heading]) -> list[Block]:
    """The lines that hold something with their numbers, tables of contents left out."""
    lines = without_contents(text, list(_labels_joined(text, _lines(text, styled))))
    numbered = with_points(text, with_decimals(text, list(lines)))
    return _questions(text, _asked(text, with_marks(text, numbered)))


def body_blocks(document: Document, lines: Sequence[Block]) -> tuple[list[Block], int, int]:
    """The blocks of the body, and the range of the lines that they are made of."""
    text = document.text
    first, last = _body(document, lines)
    blocks = list(_articles_whole(_framed(document, lines[first:last])))
    blocks = settled(text, parted(text, unglued(text, blocks)))
    return blocks, first, last


def _lines(text: str, styled: Mapping[int, Heading]) -> Iterator[Block]:
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group()
        body = line.lstrip("# \t\u3000\xa0\ufeff*").rstrip()
        if body:
            start = match.start() + line.index(body)
            by_style = styled.get(match.start())
            numbered = parse_heading(body) if " | " not in body else None
            yield Block(start, start + len(body), numbered or by_style, styled=by_style is not None)


def _labels_joined(text: str, lines: Iterable[Block]) -> Iterator[Block]:
    """A number on a line of its own, with the title on the next."""
    alone: Block | None = None
    for line in lines:
        words = text[line.start : line.end]
        if alone is not None:
            label = text[alone.start : alone.end]
            joined = parse_heading(f"{label} {words}") if line.heading is None else None
            if joined and (joined.rank >= ARTICLE or len(words) <= _LONGEST_TITLE):
                yield replace(line, start=alone.start, heading=joined)
                alone = None
                continue
            yield alone
        alone = line if _LABEL_ALONE.fullmatch(words) else None
        if alone is None:
            yield line
    if alone is not None:
        yield alone


def _body(document: Document, lines: Sequence[Block]) -> tuple[int, int]:
    """The range of lines between the page's head and its foot."""
    text = document.text
    last = len(lines)
    while last and _TAIL.search(
        text, lines[last - 1].start, min(lines[last - 1].end, lines[last - 1].start + 12)
    ):
        last -= 1
    said = (at for at, line in enumerate(lines[:last]) if _says(text, line))
    first = next(said, last)
    title = _title_end(document, lines[:first])
    first = _after_title(document, lines, first, title) if title or first < last else last
    return (first if first < last else 0), last


def _says(text: str, line: Block) -> bool:
    """Whether a line is the body's beyond doubt: numbered, long, or a sentence."""
    return bool(
        line.heading
        or line.end - line.start > _LONGEST_ENTRY
        or text[line.end - 1] in "。；;？?！!"
    )


def _title_end(document: Document, lines: Sequence[Block]) -> int:
    """The number of the line after the title's last; 0 where it is not among the lines."""
    words = [document.text[line.start : line.end] for line in lines]
    title = name_key(document.title).strip("《》")
    ends = (
        end
        for at in range(len(words))
        for end in range(at + 1, min(at + 5, len(words)) + 1)
        if title and name_key("".join(words[at:end])).strip("《》") == title
    )
    return max(ends, default=0)


def _after_title(document: Document, lines: Sequence[Block], first: int, title: int) -> int:
    """Under the title the body begins with the first line that is none of a paper's head.

    Where the title is not among the lines, labels with values (办理部门：市水务局) and sentences
    tell it.
    """
    named = name_key(document.title)
    for at in range(title, first):
        words = document.text[lines[at].start : lines[at].end]
        if FACT_LABEL.match(words) or stands_around(words):
            continue
        if _VALUE.match(words) or _SENTENCE.fullmatch(words):
            return at
        around = not title or name_key(words) in named
        opens = words[-1] not in "：:" or _is_introduced(document.text, lines[at + 1 : at + 2])
        if not around and opens:
            return at
    return first


def _is_introduced(text: str, lines: Sequence[Block]) -> bool:
    """Whether the line after 申请材料： is what it introduces, or the next of its kind.

    After an addressee comes a sentence.
    """
    words = [(line.heading, text[line.start : line.end]) for line in lines]
    return any(
        heading
        or _is_bare(said)
        or said[-1] in "；;"
        or (said[-1] in "：:" and not _SENTENCE.fullmatch(said))
        for heading, said in words
    )


def _is_bare(words: str) -> bool:
    """Whether a line is short and no sentence: 申请表."""
    return len(words) <= _LONGEST_TITLE and words[-1] not in "。；;：:，,"


def _framed(document: Document, lines: Sequence[Block]) -> Iterator[Block]:
    """The lines, each annex's label and title one heading, signatures and lists in no section."""
    words = [document.text[line.start : line.end] for line in lines]
    frame = framed(words, document.title)
    annexes = {annex.first: annex for annex in frame.annexes}
    listed = {at for each in frame.listed for at in each}
    skip = 0
    for at, line in enumerate(lines):
        annex = annexes.get(at)
        if annex:
            heading = Heading(ANNEX, annex.number, annex.label, annex.title)
            yield Block(line.start, lines[annex.last].end, heading)
            skip = annex.last + 1
        elif at >= skip:
            outside = at in frame.outside
            heading_here = None if outside else line.heading
            yield replace(line, heading=heading_here, outside=outside, item=at in listed)


def _questions(text: str, lines: Sequence[Block]) -> list[Block]:
    """A line that an answer follows (答：…) is a heading, numbered or not."""
    found = list(lines)
    for at, line in enumerate(lines):
        words = text[line.start : line.end]
        after = text[lines[at + 1].start : lines[at + 1].end] if at + 1 < len(lines) else ""
        marked = ASKED.match(words)
        whole, _, answer = words.partition("？")
        here = marked is not None and ANSWER.match(answer.strip()) is not None
        numbered = line.heading is not None and line.heading.number > 0
        if numbered or ANSWER.match(words) or not (ANSWER.match(after) or here):
            continue
        asked = f"{whole}？" if here else words
        title = asked[marked.end() if marked else 0 :][:_LONGEST_QUESTION]
        rank = line.heading.rank if line.heading else QUESTION
        found[at] = replace(line, heading=Heading(rank, 0, "", title, inline=True))
    return found


def _asked(text: str, lines: Sequence[Block]) -> list[Block]:
    """Lines that are nothing but a question, over an answer, are headings where there are two."""
    asks = [
        line.heading is None and _ASKS.fullmatch(text, line.start, line.end) is not None
        for line in lines
    ]
    asked = [at for at in range(len(lines) - 1) if asks[at] and not asks[at + 1]]
    found = list(lines)
    for at in asked if len(asked) > 1 else ():
        words = text[lines[at].start : lines[at].end]
        found[at] = replace(lines[at], heading=Heading(QUESTION, 0, "", words, inline=True))
    return found


def _articles_whole(lines: Iterable[Block]) -> Iterator[Block]:
    """Numbered lines inside an article are its items (项), not headings."""
    inside = False
    for line in lines:
        rank = line.heading.rank if line.heading else None
        if line.outside:
            inside = False
        elif rank is not None and rank <= ARTICLE:
            inside = rank == ARTICLE
        yield replace(line, heading=None) if inside and rank and rank > ARTICLE else line

"""What is cited by its number: 款 and 项 inside an article, and the sections of a paper.

第三部分 is the third of what stands outermost, 第五项 the fifth of the outermost numbers that go so
far, whatever their make; 附 and 附件 are 附件1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.headings import ARTICLE, parse_heading
from corpus.numerals import parse_number
from corpus.records import Document, Passage, Section

__all__ = [
    "clause_lines",
    "clause_span",
    "item_number",
    "list_number",
    "passages_in",
    "stands_in",
]

_ITEM = re.compile(r"[(（]\s?([一二三四五六七八九十百]+|\d+)\s?[)）]")
_LISTED = re.compile(r"[(（]\s?(?:[一二三四五六七八九十百]+|\d+)\s?[)）]|\d{1,2}[.．]")
_PART = re.compile("第(.+)部分$")
_ANNEX = re.compile("附([件录表图]?)(.*)")
_POINT_MADE = re.compile(r"[一二三四五六七八九十百]+、|\([一二三四五六七八九十百]+\)")
_POINT = re.compile("第(.+)条$")
_FULL_STOP = re.compile(r"[。！？…][”’」』\"'）)]*$")

Span = tuple[int, int]


def clause_lines(text: str, start: int = 0, end: int | None = None) -> list[list[Span]]:
    """The lines of each 款 of an article, ``text[start:end]``, without white space at their ends.

    A 款 begins at a line that is no 项 and follows one that ended with a full stop: 总理，副总理，
    a line each, are one 款 with what introduces them.
    """
    clauses: list[list[Span]] = []
    whole = True
    for match in re.finditer(r"[^\n]+", text[start:end]):
        words = match.group().strip()
        if not words:
            continue
        first = start + match.start() + match.group().index(words)
        span = (first, first + len(words))
        if clauses and (not whole or _LISTED.match(words)):
            clauses[-1].append(span)
        else:
            clauses.append([span])
        whole = _FULL_STOP.search(words) is not None
    return clauses


def item_number(line: str) -> int | None:
    """The number of the 项 that a line begins; None when it is none."""
    number = _ITEM.match(line.strip())
    return parse_number(number[1]) if number else None


def list_number(line: str) -> tuple[int, int] | None:
    """Rank and number of a line that may be an item of any list; None for one without a number."""
    heading = parse_heading(line)
    return (heading.rank, heading.number) if heading and heading.rank > ARTICLE else None


def clause_span(
    text: str, start: int, end: int, clause: int | None, item: int | None
) -> Span | None:
    """The span of a 款, or of a 项 in it or (``clause`` None) in the first 款 that has it.

    ``text[start:end]`` is the whole article with its label. None when it has no such place.
    """
    clauses = clause_lines(text, start, end)
    if clause is not None:
        clauses = clauses[clause - 1 : clause] if clause > 0 else []
    if not clauses:
        return None
    if item is None:
        return (clauses[0][0][0], clauses[-1][-1][1]) if clause is not None else None
    for lines in clauses:
        for first, last in lines[1:]:
            if item_number(text[first:last]) == item:
                return first, last
    return None


def passages_in(document: Document, labels: Sequence[str]) -> list[Passage]:
    """The passages of text under the sections of these labels, from the outermost in."""
    texts = [passage for passage in document.passages if passage.kind == "text"]
    paths = {passage.id: document.path(passage.section) for passage in texts}
    exact = [passage for passage in texts if stands_in(paths[passage.id], labels)]
    if exact or not labels or not _POINT_MADE.fullmatch(_plain(labels[-1])):
        return exact
    depths = {each.id: _counted(paths[each.id], labels) for each in texts}
    least = min(filter(None, depths.values()), default=0)
    return [each for each in texts if least and depths[each.id] == least]


def stands_in(path: Sequence[Section], labels: Sequence[str]) -> bool:
    """Whether the labels stand on the path in their order; levels between may be left out."""
    at = 0
    for section in path:
        if at < len(labels) and _called(section, labels[at]):
            at += 1
    return at == len(labels)


def _counted(path: Sequence[Section], labels: Sequence[str]) -> int:
    """How deep on the path a section has the number of the last label, below the others; 0: none.

    第五项 of a paper is the fifth of its outermost numbers that go so far, whatever their make.
    """
    *above, point = labels
    for depth, section in enumerate(path, 1):
        numbered = not section.label.startswith(("第", "附")) and section.origin == "source"
        same = numbered and _number(section.label) == _number(point)
        if same and stands_in(path[: depth - 1], above):
            return depth
    return 0


def _number(label: str) -> int | None:
    digits = re.findall(r"\d+|[一二三四五六七八九十百]+", label)
    return parse_number(digits[0]) if len(digits) == 1 else None


def _called(section: Section, label: str) -> bool:
    """第三章 by its number, 侵权责任编 and 总则 by title, 第三部分 also of what is no part."""
    own, wanted = _plain(section.label), _plain(label)
    if own == wanted:
        return True
    if part := _PART.match(wanted):
        alone = section.parent is None and not own.startswith("附")
        return alone and _number(own) == parse_number(part[1])
    if annex := _ANNEX.fullmatch(wanted):
        mine = _ANNEX.fullmatch(own)
        return mine is not None and _annex(mine) == _annex(annex)
    if point := _POINT.match(wanted):
        return own == _plain(f"{point[1]}、")
    if wanted.startswith("第"):
        return False
    title = re.sub("分?编$", "", wanted)
    # The Civil Code's first part has lost its title in the file.
    return _plain(section.title) == title or (title, own, section.title) == ("总则", "第一编", "")


def _annex(match: re.Match[str]) -> tuple[str, str]:
    """The kind and the number of an annex: 附 and 附件 are 附件1."""
    number = parse_number(match[2]) if match[2] else 1
    return match[1] or "件", match[2] if number is None else str(number)


def _plain(text: str) -> str:
    """The text in one width, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())

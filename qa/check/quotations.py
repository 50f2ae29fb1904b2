"""Quotations in a draft: between quotation marks, or after 规定： and its like up to a full stop.

Marks are paired by kind, nested ones too, within a paragraph or across a few line breaks. A mark
that is opened and never closed runs to the next of its kind or the end of its paragraph. Two
marks that point the same way (”…”, “…“) are a pair, as people type them. What stands inside 《》 is
a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import bracketed_names

__all__ = ["Quotation", "find_quotations"]

_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’", "〝": "〞", "｢": "｣", "﹁": "﹂", "﹃": "﹄"}
_CLOSERS = {close: opening for opening, close in _PAIRS.items()}
_STRAIGHT = '"＂'
_MARK = re.compile("[" + "".join(_PAIRS) + "".join(_CLOSERS) + _STRAIGHT + "]")
_LONGEST = 3000
_MOST_LINES = 30
_SAYING = re.compile(
    r"(?:规定|指出|明确|强调|提出|要求|载明|写明|重申)(?:如下|了)?\s{0,2}[:：]\s{0,4}(?=[^\s“「『‘\"＂〝｢﹁﹃])"
)
_SENTENCE_END = re.compile(r"[。！？!?]|(?<![：:；;，,、\s])\s*\n|\Z")
_PARAGRAPH_END = re.compile(r"\n|\Z")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words ``[start, end)``; ``outer_start``/``outer_end`` take in the marks.

    ``marked`` is false for a stretch without marks, ``closed`` for one whose mark never closes.
    ``depth`` counts the quotations around it.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    marked: bool = True
    closed: bool = True
    depth: int = 0

    def holds(self, start: int, end: int) -> bool:
        """Whether the span lies inside."""
        return self.start <= start and end <= self.end


def find_quotations(text: str) -> list[Quotation]:
    """The quotations in the order of the text, outer ones before those inside them."""
    names = bracketed_names(text)
    marked = [span for span in _paired(text, names) if span.start < span.end]
    found = marked + [span for span in _said(text) if not _crosses(span, marked)]
    ordered = sorted(found, key=lambda q: (q.start, -q.end))
    open_ends: list[int] = []
    nested: list[Quotation] = []
    for each in ordered:
        while open_ends and open_ends[-1] < each.end:
            open_ends.pop()
        nested.append(_at_depth(each, len(open_ends)))
        open_ends.append(each.end)
    return nested


def _at_depth(each: Quotation, depth: int) -> Quotation:
    return Quotation(
        each.start, each.end, each.outer_start, each.outer_end, each.marked, each.closed, depth
    )


def _paired(text: str, names: Sequence[tuple[int, int]]) -> Iterator[Quotation]:
    """Pair the marks; ``names`` are the spans whose marks do not count."""
    opened: list[tuple[int, str]] = []
    inside = iter([*names, (len(text) + 1, len(text) + 1)])
    name = next(inside)
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        while name[1] <= at:
            name = next(inside)
        if name[0] < at:
            continue
        while opened and _too_far(text, opened[-1][0], at, mark):
            yield _unclosed(text, *opened.pop())
        pair = _opening(opened, text, at, mark)
        if pair is None:
            if mark in _PAIRS or mark in _STRAIGHT or mark == "”":
                opened.append((at, mark))
            continue
        while opened[-1] != pair:
            yield _unclosed(text, *opened.pop(), at)
        opened.pop()
        yield Quotation(pair[0] + 1, at, pair[0], at + 1)
    for each in opened:
        yield _unclosed(text, *each)


def _opening(
    opened: Sequence[tuple[int, str]], text: str, at: int, mark: str
) -> tuple[int, str] | None:
    """The open mark that this one closes, or None when it opens."""
    if mark in _STRAIGHT:
        wanted = _STRAIGHT
    elif mark in _CLOSERS:
        # ”…” : a closing mark typed where an opening one belongs.
        wanted = _CLOSERS[mark] + ("”" if mark == "”" else "")
    elif mark == "“" and opened and opened[-1][1] == "“" and _looks_closing(text, at):
        wanted = "“"
    else:
        return None
    return next((each for each in reversed(opened) if each[1] in wanted), None)


def _looks_closing(text: str, at: int) -> bool:
    """Whether “ stands where a closing mark does: after a full stop, or before one or the end."""
    return text[at - 1] in "。！？；" or text[at + 1 : at + 2] in {"", "。", "，", "；", "、", "\n"}


def _too_far(text: str, start: int, end: int, mark: str) -> bool:
    """Whether an open mark cannot reach here: too long, or each paragraph opens its own."""
    if end - start > _LONGEST or text.count("\n", start, end) > _MOST_LINES:
        return True
    begins = text[text.rfind("\n", 0, end) + 1 : end].strip() == ""
    return begins and mark == text[start] and mark in _PAIRS and "\n" in text[start:end]


def _unclosed(text: str, start: int, mark: str, limit: int | None = None) -> Quotation:
    stop = _PARAGRAPH_END.search(text, start)
    end = min(stop.start() if stop else len(text), start + _LONGEST)
    following = text.find(mark, start + 1, end)
    end = min(end if following < 0 else following, end if limit is None else limit)
    if mark not in _PAIRS:
        end = start + 1
    return Quotation(start + 1, end, start, end, closed=False)


def _said(text: str) -> Iterator[Quotation]:
    """Stretches without marks after 规定： and its like."""
    reach = 0
    for match in _SAYING.finditer(text):
        if match.start() < reach:
            continue
        stop = _SENTENCE_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        end = min(end, match.end() + _LONGEST)
        reach = end
        if match.end() < end:
            yield Quotation(match.end(), end, match.end(), end, marked=False)


def _crosses(span: Quotation, marked: Sequence[Quotation]) -> bool:
    """Whether a stretch without marks lies in a quotation that ends inside it."""
    return any(
        each.start <= span.start < each.end < span.end or each.start == span.start
        for each in marked
    )

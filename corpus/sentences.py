"""Where sentences begin and end, and long stretches cut between them."""

from __future__ import annotations

import re

from corpus.headings import ANSWER, ARTICLE, is_phrase, parse_heading

__all__ = ["sentence_spans", "split_span"]

_END = re.compile(r"[。！？!?…]+[”’」』）)\]]*|\n+")
_OPEN, _CLOSE = "“「『", "”」』"
_MAX_QUOTED = 120  # characters; an opening mark further back was never closed (by eye)
_HARDLY_SAID = 12  # characters after 答：, for 可以。 and the like (by eye)

Span = tuple[int, int]


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in ``text[start:end]``, in order, without white space around them.

    A sentence ends with 。！？ (and the closing marks after it) or at a line break. A full stop
    inside quotation marks ends nothing while the quotation is short, so that “……。” stays whole.
    A title that a full stop or a colon closes (（一）护理型。) and a question are one sentence with
    what follows them: alone they say nothing.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if _inside_quotation(text, begin, match):
            continue
        _append(spans, text, begin, match.end())
        begin = match.end()
    _append(spans, text, begin, stop)
    while len(spans) > 1 and _says_nothing(text, spans):
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans


def _says_nothing(text: str, spans: list[Span]) -> bool:
    """Whether the first sentence is a title or a question, or that with 答：可以。 and no more."""
    (start, end), (after, stop) = spans[:2]
    first, second = text[start:end], text[after:stop]
    if ANSWER.match(second):
        return True
    answer = ANSWER.search(first)
    if answer:
        return len(first) - answer.end() < _HARDLY_SAID
    heading = parse_heading(first)
    if "\n" in first or heading is None or heading.rank <= ARTICLE or parse_heading(second):
        return False
    return heading.inline and is_phrase(first)


def split_span(text: str, start: int, end: int, limit: int) -> list[Span]:
    """Cut ``text[start:end]`` into stretches of at most ``limit`` characters at sentence ends.

    The stretches tile the span. Line breaks and full stops come first, then semicolons, then
    commas; only a run without any of them (a table row, a hostile text) is cut by length.
    """
    if end - start <= limit:
        return [(start, end)]
    pieces = [end]
    for pattern in (r"\n+|[。！？!?][”’」』）)]*", r"[；;]", r"[，,、：:\s]"):
        pieces = _cut_longer(text, start, pieces, limit, re.compile(pattern))
    return _joined(start, pieces, limit)


def _cut_longer(
    text: str, start: int, ends: list[int], limit: int, pattern: re.Pattern[str]
) -> list[int]:
    cut: list[int] = []
    begin = start
    for end in ends:
        if end - begin > limit:
            cut += [m.end() for m in pattern.finditer(text, begin, end) if m.end() < end]
        cut.append(end)
        begin = end
    return cut


def _joined(start: int, ends: list[int], limit: int) -> list[Span]:
    spans: list[Span] = []
    begin = last = start
    for end in ends:
        if end - begin > limit and last > begin:
            spans.append((begin, last))
            begin = last
        while end - begin > limit:
            spans.append((begin, begin + limit))
            begin += limit
        last = end
    spans.append((begin, last))
    return spans


def _inside_quotation(text: str, begin: int, match: re.Match[str]) -> bool:
    if "\n" in match.group():
        return False
    head = text[max(begin, match.end() - _MAX_QUOTED) : match.end()]
    return sum(head.count(mark) for mark in _OPEN) > sum(head.count(mark) for mark in _CLOSE)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))

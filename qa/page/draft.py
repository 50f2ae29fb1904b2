"""A checked draft in paragraphs, every item in it marked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.markup import Html, render
from qa.records import FAULTS, CheckItem, CheckReply, verdict_words

__all__ = ["marked_draft"]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some of the draft's words, those of one item or of none; ``last`` says that it ends here."""

    words: str
    number: int | None
    last: bool


def marked_draft(reply: CheckReply) -> Html:
    """The draft, paragraph by paragraph, each item underlined and named by its verdict."""
    text, items = reply["text"], reply["items"]
    segments = deque(_segments(len(text), items))
    paragraphs, at = [], 0
    for line in text.split("\n"):
        end = at + len(line)
        stretches = []
        while segments and segments[0][0] < end:
            start, stop, number = segments[0]
            words = text[max(start, at) : min(stop, end)]
            stretches.append(_Stretch(words, number, stop <= end))
            if stop > end:
                break
            segments.popleft()
        if line.strip():
            paragraphs.append(stretches)
        at = end + 1
    return render(
        "page/draft.html",
        paragraphs=paragraphs,
        found=items,
        words_of=verdict_words,
        faults=FAULTS,
    )


def _segments(length: int, items: Sequence[CheckItem]) -> Iterator[tuple[int, int, int | None]]:
    """The text in stretches, each of the innermost item around it; of equal ones the worst."""
    begun = deque(sorted(range(len(items)), key=lambda n: (items[n]["start"], -items[n]["end"])))
    ends = {point for item in items for point in (item["start"], item["end"])}
    live: list[int] = []
    for start, end in pairwise(sorted({0, length, *ends})):
        live = [n for n in live if items[n]["end"] > start]
        while begun and items[begun[0]]["start"] <= start:
            live.append(begun.popleft())
        live = [n for n in live if items[n]["end"] > start]
        inner = max(live, key=lambda n: _depth(n, items), default=None)
        yield start, end, inner


def _depth(number: int, items: Sequence[CheckItem]) -> tuple[int, int, bool, int]:
    item = items[number]
    return item["start"], -item["end"], item["verdict"] in FAULTS, -number

"""Two wordings cut into what they share and what differs."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from qa.records import ComparedPart
from qa.wording import Folded, strict

__all__ = ["parted"]

_SHORTEST_SHARED = 2
"""Fewer characters between two differences are read as part of them."""


@dataclass(slots=True)
class _Span:
    """A part in the folded texts: ``[a, a_end)`` of the old one, ``[b, b_end)`` of the new one."""

    same: bool
    a: int
    a_end: int
    b: int
    b_end: int


def parted(old: str, new: str) -> list[ComparedPart]:
    """The parts of two wordings in order; those of each side joined are its whole text.

    What is no wording (width, white space, the shape of quotation marks) makes no difference.
    """
    ours, theirs = strict(old), strict(new)
    first, second = _places(ours, len(old)), _places(theirs, len(new))
    return [
        _part(
            span.same,
            old[first[span.a] : first[span.a_end]],
            new[second[span.b] : second[span.b_end]],
        )
        for span in _spans(ours.text, theirs.text)
    ]


def _spans(old: str, new: str) -> list[_Span]:
    spans: list[_Span] = []
    codes = Levenshtein.opcodes(old, new)
    for number, code in enumerate(codes):
        long = code.src_end - code.src_start >= _SHORTEST_SHARED
        same = code.tag == "equal" and (long or number in {0, len(codes) - 1})
        if spans and not same and not spans[-1].same:
            spans[-1].a_end, spans[-1].b_end = code.src_end, code.dest_end
        else:
            spans.append(_Span(same, code.src_start, code.src_end, code.dest_start, code.dest_end))
    return spans


def _places(folded: Folded, length: int) -> list[int]:
    """Where in the source each folded character begins, what stands before it included; the end."""
    places = [int(at) for at in folded.positions]
    return [0, *places[1:], length] if places else [0]


def _part(same: bool, old: str, new: str) -> ComparedPart:
    if same:
        return {"op": "equal", "old": old, "new": new}
    if not old:
        return {"op": "insert", "old": old, "new": new}
    return {"op": "replace" if new else "delete", "old": old, "new": new}

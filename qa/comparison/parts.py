"""Two wordings cut into what they share and what differs."""

from __future__ import annotations

from qa.records import ComparedPart
from qa.wording import difference_spans

__all__ = ["parted"]

_SHORTEST_SHARED = 2
"""Fewer characters between two differences are read as part of them."""

_STOPS = frozenset("。；！？")

Pair = tuple[int, int]


def parted(old: str, new: str) -> list[ComparedPart]:
    """The parts of two wordings in order; those of each side joined are its whole text.

    What is no wording (width, white space, the shape of quotation marks) makes no difference.
    """
    found: list[ComparedPart] = []
    done = (0, 0)
    for one, other in [*_joined(old, new), ((len(old), len(old)), (len(new), len(new)))]:
        between = old[done[0] : one[0]], new[done[1] : other[0]]
        if any(between):
            found.append({"op": "equal", "old": between[0], "new": between[1]})
        found += _differing(old[slice(*one)], new[slice(*other)])
        done = one[1], other[1]
    return found


def _differing(old: str, new: str) -> list[ComparedPart]:
    if not old:
        return [{"op": "insert", "old": old, "new": new}] if new else []
    return [{"op": "replace" if new else "delete", "old": old, "new": new}]


def _joined(old: str, new: str) -> list[tuple[Pair, Pair]]:
    """Where both differ, differences with hardly anything between them as one."""
    spans: list[tuple[Pair, Pair]] = []
    for one, other in (_whole(old, new, *pair) for pair in difference_spans(old, new)):
        if spans and one[0] - spans[-1][0][1] < _SHORTEST_SHARED:
            first, second = spans.pop()
            spans.append(((first[0], one[1]), (second[0], other[1])))
        else:
            spans.append((one, other))
    return spans


def _whole(old: str, new: str, one: Pair, other: Pair) -> tuple[Pair, Pair]:
    """What is put in or taken out as a sentence with its own full stop, not that of the one before.

    处罚[。单位犯前款罪的，依照处罚]。 is the same as 处罚。[单位犯前款罪的，依照处罚。]
    """
    text, span = (new, other) if one[0] == one[1] else (old, one)
    alike = old[one[0] : one[0] + 1] == new[other[0] : other[0] + 1]
    stop = text[span[0] : span[0] + 1] in _STOPS and text[span[1] : span[1] + 1] == text[span[0]]
    if one[0] < one[1] and other[0] < other[1] or not (stop and alike):
        return one, other
    return (one[0] + 1, one[1] + 1), (other[0] + 1, other[1] + 1)

"""What differs between a draft and the source: two lines, each letter marked by a sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.records import DifferenceRecord
from qa.wording import difference_spans

__all__ = ["Diff", "compared"]

_LONGEST = 6000  # characters; beyond it the differences are listed and not drawn

Drawn = tuple[str, bool]
"""Letters, and whether they differ; none that differ: here letters lack."""


@dataclass(frozen=True, slots=True)
class Diff:
    """Both lines drawn, or, where they are not comparable as wholes, the differences to list."""

    draft: Sequence[Drawn] = ()
    source: Sequence[Drawn] = ()
    listed: Sequence[DifferenceRecord] = ()


def compared(draft: str, source: str, unlike: Sequence[DifferenceRecord]) -> Diff | None:
    """The draft and the source, what differs marked in both; None when nothing does.

    ``unlike`` are the contract's differences. Where they are not those of the two texts as wholes
    (fragments were compared piece by piece), they are listed instead.
    """
    if not unlike:
        return None
    if len(draft) + len(source) <= _LONGEST:
        found = difference_spans(draft, source)
        drawn = [(draft[a:b], source[c:d]) for (a, b), (c, d) in found]
        if drawn == [(each["draft"], each["source"]) for each in unlike]:
            ours = list(_drawn(draft, [a for a, _ in found]))
            return Diff(ours, list(_drawn(source, [b for _, b in found])))
    return Diff(listed=unlike)


def _drawn(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Drawn]:
    done = 0
    for start, end in spans:
        yield text[done:start], False
        yield text[start:end], True
        done = end
    yield text[done:], False

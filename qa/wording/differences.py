"""What differs between a draft's words and the source's, character by character.

Not wording, and so no difference: width (Unicode's full-width and half-width pairs only), the shape
of quotation marks (“ 「 ' " alike, since a quotation inside a quotation changes them), white space,
line breaks and invisible characters. Everything else is: ① and 1, 二 and 2, 。 and ., 〇 and 零,
a traditional and a simplified character, a quotation mark that is there or is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from qa.records import DifferenceRecord
from qa.wording.folding import Folded, strict

__all__ = ["Difference", "difference_spans", "differences", "same_wording"]

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """One step that turns the draft into the source.

    ``insert``: the source has ``source`` where the draft has nothing; ``delete``: the draft has
    ``draft`` where the source has nothing; ``replace``: both differ. Both are written as they
    stand in the draft and in the source.
    """

    op: Literal["insert", "delete", "replace"]
    draft: str
    source: str

    def record(self) -> DifferenceRecord:
        """The contract's difference."""
        return {"op": self.op, "draft": self.draft, "source": self.source}


def same_wording(draft: str, source: str) -> bool:
    """Whether the two are the same but for width, shape of quotation marks and white space."""
    return strict(draft).text == strict(source).text


def differences(draft: str, source: str) -> tuple[Difference, ...]:
    """The differences in order, neighbouring ones as one; () exactly when ``same_wording``."""
    return tuple(
        _difference(draft[a:b], source[c:d]) for (a, b), (c, d) in difference_spans(draft, source)
    )


def difference_spans(draft: str, source: str) -> list[tuple[Pair, Pair]]:
    """Where the ``differences`` stand in both texts; an empty span is where letters lack."""
    ours, theirs = strict(draft), strict(source)
    found: list[tuple[Pair, Pair]] = []
    for code in Levenshtein.opcodes(ours.text, theirs.text) if ours.text != theirs.text else ():
        if code.tag == "equal":
            continue
        a, b = (code.src_start, code.src_end), (code.dest_start, code.dest_end)
        if found and found[-1][0][1] == a[0] and found[-1][1][1] == b[0]:
            last = found.pop()
            a, b = (last[0][0], a[1]), (last[1][0], b[1])
        found.append((a, b))
    return [(_place(draft, ours, a), _place(source, theirs, b)) for a, b in found]


def _place(text: str, folded: Folded, span: Pair) -> Pair:
    """Where in ``text`` a span of its folded form stands."""
    if span[0] < span[1]:
        return folded.span(*span)
    at = int(folded.positions[span[0]]) if span[0] < len(folded.text) else len(text.rstrip())
    return at, at


def _difference(draft: str, source: str) -> Difference:
    if not draft:
        return Difference("insert", draft, source)
    return Difference("replace" if source else "delete", draft, source)

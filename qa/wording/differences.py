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

__all__ = ["Difference", "differences", "same_wording"]


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
    ours, theirs = strict(draft), strict(source)
    if ours.text == theirs.text:
        return ()
    spans: list[tuple[int, int, int, int]] = []
    for code in Levenshtein.opcodes(ours.text, theirs.text):
        if code.tag == "equal":
            continue
        span = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        if spans and spans[-1][1] == span[0] and spans[-1][3] == span[2]:
            span = (spans[-1][0], span[1], spans.pop()[2], span[3])
        spans.append(span)
    return tuple(
        _difference(_words(draft, ours, span[:2]), _words(source, theirs, span[2:]))
        for span in spans
    )


def _words(text: str, folded: Folded, span: tuple[int, int]) -> str:
    start, end = folded.span(*span)
    return text[start:end]


def _difference(draft: str, source: str) -> Difference:
    if not draft:
        return Difference("insert", draft, source)
    return Difference("replace" if source else "delete", draft, source)

"""Where words stand, exactly or nearly, and what differs."""

from qa.wording.alignment import align
from qa.wording.differences import Difference, difference_spans, differences, same_wording
from qa.wording.folding import Folded, strict
from qa.wording.matches import as_quoted, clause_at, match_record, near_enough, new_match
from qa.wording.search import Wording

__all__ = [
    "Difference",
    "Folded",
    "Wording",
    "align",
    "as_quoted",
    "clause_at",
    "difference_spans",
    "differences",
    "match_record",
    "near_enough",
    "new_match",
    "same_wording",
    "strict",
]

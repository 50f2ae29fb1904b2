"""Where words stand, exactly or nearly, and what differs."""

from qa.wording.differences import Difference, differences, same_wording
from qa.wording.matches import Match, match_record
from qa.wording.search import LONGEST_NEAR, Wording

__all__ = [
    "LONGEST_NEAR",
    "Difference",
    "Match",
    "Wording",
    "differences",
    "match_record",
    "same_wording",
]

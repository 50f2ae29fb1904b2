"""Words of a draft with what a verdict and a correction must know of the draft around them."""

from __future__ import annotations

from dataclasses import dataclass

from qa.check.compare import PAUSES
from qa.check.endings import is_closed
from qa.check.finding import Correction
from qa.check.laying import Laid

__all__ = ["Quoted", "correction"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that begin at ``start``; ``after`` is their closing mark and the character after it.

    ``marked`` is false for words without quotation marks; ``after`` is then "".
    """

    words: str
    start: int
    marked: bool = True
    after: str = ""

    @property
    def end(self) -> int:
        """Where the words end in the draft."""
        return self.start + len(self.words)

    @property
    def closed(self) -> bool:
        """Whether they end with a full stop of their own."""
        return is_closed(self.words)


def correction(quoted: Quoted, laid: Laid) -> Correction | None:
    """What to put in the place of words that were laid along a source, None for nothing sure.

    A full stop that the source does not have there goes behind the closing mark.
    """
    if laid.wording is None or laid.wording == quoted.words:
        return None
    if not laid.opened:
        return Correction(quoted.start, quoted.end, laid.wording)
    if not quoted.after:
        return None
    stop = "" if quoted.after[1:] in PAUSES and quoted.after[1:] else "。"
    return Correction(quoted.start, quoted.end + 1, laid.wording + quoted.after[0] + stop)

"""What an answer quotes: whether the first sentence answers, what bears, whether lists are whole.

Judged by the words of a question set: ``evidence`` stands in a sentence that answers, ``bearing``
in further ones that bear on the question, ``list`` are the lines of a list that answers only whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.inputs import Question, words_only
from qa.records import AskReply, QuotedRecord, QuoteFigures

__all__ = ["quote_figures", "quoted"]

_LEAST = 8
"""Characters; a shorter sentence stands in the evidence by chance (by eye)."""


def quoted(question: Question, answer: AskReply) -> QuotedRecord | None:
    """What was quoted of one question; None where the set does not say which words answer."""
    answering = [words_only(each.evidence) for each in question.relevant if each.evidence]
    if not answering:
        return None
    said = [words_only(sentence["text"]) for sentence in answer["sentences"]]
    lists = [[words_only(line) for line in each.lines] for each in question.relevant if each.lines]
    bearing = None
    if question.bearing is not None:
        known = [
            *answering,
            *map(words_only, question.bearing),
            *(w for each in lists for w in each),
        ]
        bearing = sum(_holds(words, known) for words in said)
    whole = any(all(line in "".join(said) for line in each) for each in lists)
    return {
        "first": bool(said) and _holds(said[0], answering),
        "said": len(said),
        "bearing": bearing,
        "whole": whole if lists else None,
    }


def quote_figures(quotes: Iterable[QuotedRecord]) -> QuoteFigures:
    """Shares over questions; a question that is refused has no first sentence, nor a list."""
    known = list(quotes)
    labelled = [each for each in known if each["bearing"] is not None]
    said = sum(each["said"] for each in labelled)
    wholes = [each["whole"] for each in known if each["whole"] is not None]
    return {
        "n": len(known),
        "first": _share(sum(each["first"] for each in known), len(known)),
        "n_said": said,
        "bearing": _share(sum(each["bearing"] or 0 for each in labelled), said),
        "n_lists": len(wholes),
        "whole": _share(sum(wholes), len(wholes)),
    }


def _holds(said: str, known: Sequence[str]) -> bool:
    return any(words in said or (len(said) >= _LEAST and said in words) for words in known)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

"""A draft put right: the file it came from with the true wording, nothing else touched.

A .docx gets tracked changes, which a person accepts or rejects in Word, and comments where there is
no wording to put in; or comments alone. A text or Markdown file gets the new words in their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz.distance import Levenshtein

from qa.check import Correction, Item
from qa.drafts.draft import Draft
from qa.drafts.word import read_word
from qa.drafts.word_changes import Reviser
from qa.records import FAULTS, VERDICTS

__all__ = ["corrected_text", "corrected_word", "corrections"]


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing to do to the file: put ``text`` in a place, or (None) write a comment there."""

    start: int
    end: int
    text: str | None
    comment: str = ""


def corrections(items: Iterable[Item]) -> list[Correction]:
    """The corrections in order; of those that overlap and differ none, since neither is sure."""
    wanted = sorted(
        {item.finding.correction for item in items if item.finding.correction is not None},
        key=lambda each: (each.start, each.end, each.text),
    )
    reach = 0
    chosen: list[Correction] = []
    for each in wanted:
        if each.start < reach:
            if chosen and chosen[-1].end > each.start:
                chosen.pop()
        else:
            chosen.append(each)
        reach = max(reach, each.end)
    return chosen


def corrected_text(draft: Draft, items: Iterable[Item]) -> str:
    """The whole text of a .txt or .md with the true wording put in; marks and line ends stay."""
    text = draft.original
    for step in reversed(_steps(draft.text, corrections(items))):
        start, end = draft.original_span(step.start, step.end)
        text = text[:start] + (step.text or "") + text[end:]
    return text


def corrected_word(
    draft: Draft,
    items: Sequence[Item],
    when: datetime,
    author: str = "法据",
    comments_only: bool = False,
) -> bytes:
    """The .docx with tracked changes and comments dated ``when``; its formatting is kept.

    Word allows no comment in a footnote: a fault there that cannot be changed stays unmarked.
    """
    word = read_word(draft.content, draft.name)
    chosen = [] if comments_only else corrections(items)
    done = set(chosen)
    steps = _steps(draft.text, chosen)
    for item in items:
        if item.verdict in FAULTS and item.finding.correction not in done:
            words = f"{VERDICTS[item.verdict]}：{item.finding.suggestion}"
            steps.append(_Step(item.start, item.end, None, words))
    reviser = Reviser(word, author, when)
    # From the end, so that the places before stay where they are; changes inside a comment first.
    for step in sorted(steps, key=lambda each: (-each.start, each.text is None, -each.end)):
        if step.text is None:
            reviser.comment(step.start, step.end, step.comment)
        else:
            reviser.change(step.start, step.end, step.text)
    return word.saved()


def _steps(text: str, chosen: Iterable[Correction]) -> list[_Step]:
    """The corrections as the fewest changed characters, in order."""
    steps: list[_Step] = []
    for each in chosen:
        words = text[each.start : each.end]
        for code in Levenshtein.opcodes(words, each.text):
            if code.tag == "equal":
                continue
            start, end = each.start + code.src_start, each.start + code.src_end
            new = each.text[code.dest_start : code.dest_end]
            if steps and steps[-1].end == start and steps[-1].start >= each.start:
                last = steps.pop()
                start, new = last.start, (last.text or "") + new
            steps.append(_Step(start, end, new))
    return steps

"""Which quoted words claim to be a source's own, and what is found of those that do.

Emphasis, terms and names (“放管服”, “故意泄露国家秘密罪”), what somebody says and what a contract
or a book says are no quotations of law. They are told apart by length in letters and numbers, by
marks inside, and by what the draft says of them:

- fewer than 4 characters, or names of crimes alone: never judged;
- said to be from a place with a colon, or in brackets after them: judged from 4 on;
- said to be from a place otherwise: from 8 on, or from 4 on when there is a mark inside; below 16
  and without a mark inside they may be a heading or a term of the writer's, so that they are judged
  only when they stand there or very nearly;
- in a sentence that merely cites a place: judged as from nowhere unless they stand there or nearly;
  where the document cited is not held nothing can be said of them;
- said to be from nowhere: from 12 on, from 8 on only when they stand in the library; reported as
  altered from 16 on with a mark inside; as found nowhere only where the draft says that a law,
  unnamed, has them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.check.attribution import Attribution
from qa.check.compare import key
from qa.check.finding import Finding
from qa.check.quotations import Quotation
from qa.check.quoted import Quoted
from qa.check.verdicts import QuotationJudge

__all__ = ["Claims"]

_SHORTEST = 4
_SHORTEST_SAID = 8
_SHORTEST_STANDING = 8
_SHORTEST_UNSAID = 12
_SHORTEST_MISSED = 16
_VERY_LIKE = 0.8
"""Likeness from which a term, or words that are only near a citation, count as altered."""
_MARK_INSIDE = re.compile(r"[，。；：！？,;:!?]|…|\.\.\.")
_SPEECH = re.compile(
    r"(?:说|道|表示|问|答|认为|坦言|介绍|称|告诉(?:记者|我们)|感慨|反映|喊|写|讲|笑言|直言|回忆|解释|呼吁|建议|主张|辩称|诉称)"
    r"(?:了|过)?\s*[:：，,]?\s*$"
)
_CRIMES = re.compile("[^，。；：]*[^犯]罪")
_LAW_SAYS = re.compile(
    r"(?:法律|法规|法条|条文|规章|[本该此同]法|[本该此同上]条|条款)[^。！？\n“”]{0,12}(?:规定|明确|要求|禁止)"
    r"[^。！？\n“”]{0,8}[:：，,]?\s*$"
)
_BEFORE = 30
"""Characters before a quotation in which it says who has the words."""


class Claims:
    """Finds what is to be said of a quotation, if anything is."""

    def __init__(self, judge: QuotationJudge) -> None:
        self._judge = judge

    def finding(self, text: str, quotation: Quotation, said: Attribution) -> Finding | None:
        """The finding on a quotation; None for what is none of law."""
        if not quotation.marked:
            return self._unmarked(text, quotation, said)
        found = self._marked(text, quotation, said)
        if found is None or quotation.closed:
            return found
        return replace(found, suggestion=f"{found.suggestion}引号没有闭合，请补上后引号。")

    def _marked(self, text: str, quotation: Quotation, said: Attribution) -> Finding | None:
        quoted = _quoted(text, quotation)
        length = _length(quoted.words)
        marked = _MARK_INSIDE.search(quoted.words.strip("。，；：！？,;:!? ")) is not None
        before = text[max(0, quotation.outer_start - _BEFORE) : quotation.outer_start]
        if length < _SHORTEST:
            return None
        placed = said.colon or said.after
        if said.said and (placed or marked or length >= _SHORTEST_SAID):
            found = self._judge.attributed(quoted, said)
            claimed = placed or marked or length >= _SHORTEST_MISSED
            claimed = claimed and not _CRIMES.fullmatch(key(quoted.words))
            return found if claimed or _sure(found) or found.verdict == "not_held" else None
        if not said.said and said.targets and length >= _SHORTEST_SAID:
            found = self._judge.attributed(quoted, said)
            if _sure(found):
                return found
            if found.verdict == "not_held" and not _SPEECH.search(before):
                return found if marked or length >= _SHORTEST_MISSED else None
        return None if said.said else self._unattributed(quoted, length, marked, before)

    def _unmarked(self, text: str, quotation: Quotation, said: Attribution) -> Finding | None:
        """Words without marks count only where a place is said, and may sum up a whole document."""
        quoted = _quoted(text, quotation)
        if not (said.targets and said.said and said.direct) or _length(quoted.words) < _SHORTEST:
            return None
        found = self._judge.attributed(quoted, said)
        summary = found.verdict == "not_found" and said.targets[0].article is None
        # 处三年以下有期徒刑 after a place: the draft's own decision, in words of many articles.
        moved = found.verdict == "wrong_article" and _same_document(found)
        common = moved and found.moved_to is None
        return None if summary or common else found

    def _unattributed(
        self, quoted: Quoted, length: int, marked: bool, before: str
    ) -> Finding | None:
        if length < _SHORTEST_STANDING:
            return None
        found = self._judge.standing(quoted)
        if found is not None:
            return found if length >= _SHORTEST_UNSAID or found.verdict != "superseded" else None
        if length < _SHORTEST_MISSED or not marked:
            return None
        found = self._judge.nearly(quoted)
        if found is not None or not _LAW_SAYS.search(before):
            return found
        return Finding("not_found", suggestion="库中查不到这段话，请核对出处。")


def _quoted(text: str, quotation: Quotation) -> Quoted:
    after = text[quotation.end : quotation.end + 2] if quotation.closed else ""
    words = text[quotation.start : quotation.end]
    return Quoted(words, quotation.start, quotation.marked, after if quotation.marked else "")


def _length(words: str) -> int:
    return sum(character.isalnum() for character in key(words))


def _sure(found: Finding) -> bool:
    """Whether the words stand where they are said to, or so nearly that they are meant."""
    likeness = found.source.similarity if found.source else 0.0
    if found.verdict == "altered":
        return likeness >= _VERY_LIKE
    if found.verdict == "wrong_article":
        return likeness == 1 and _same_document(found)
    return found.verdict not in {"not_found", "not_held"}


def _same_document(found: Finding) -> bool:
    """Whether the words stand in the document that was said."""
    return (
        found.source is not None
        and found.document is not None
        and found.source.document.id == found.document.id
    )

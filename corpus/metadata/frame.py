"""What frames a paper's body: the signatures, the list of its annexes, and each annex's beginning.

None of it belongs to the section that stands before it. A signature is a date on a line of its own
and the names above it; the list of annexes stands over a signature or at the end (附件：1.…); an
annex begins with its label (附件2), its label and title, or the title that the list gave it. What
goes on counting where the body stopped proves that it is none of these: a table's caption (附表1),
a date in a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.headings import Heading, parse_heading
from corpus.metadata.annex_names import (
    BARE,
    ENTRY_END,
    LISTED,
    TITLED,
    annex_number,
    entry,
    labelled,
)
from corpus.metadata.dates import find_dates
from corpus.metadata.titles import clean_title, is_complete
from corpus.names import name_key
from corpus.numerals import parse_number

__all__ = ["ORGAN", "Annex", "Frame", "framed"]

_NOTE = re.compile(r"[(（].*[)）]|(?:抄\s?[送报]|主题词|印送|分送)\s?[:：]?.*|.*印发")
ORGAN = re.compile(
    r".{0,30}(?:[委部局厅署院府会社行处科所队组]|办公室|中心|公司|法院|人大|政协|集团|大学|学校)"
)
_VALUE = re.compile(r"(?P<label>[\u4e00-\u9fff\s]{2,8})[:：]\s?[^。；;]{1,60}")
_REACHED = re.compile(r"\d{3,4}[-—－ ]?\d{7,8}|\d{7,11}|@")
_CLOSING = re.compile(
    r"[特专]此.{2,6}[。.！]?|此[复令致][。！]?|敬礼[！!]?|感谢.*[！!。]"
    r"|(?:妥否|当否|可否|以上.{2,12})[，,]?请.{1,8}。?"
)
_MONTH = re.compile(
    r"(?:\d{4}|[二一〇○零九][〇○零一二三四五六七八九]{3})\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月"
)
_SEAL = re.compile(r"[(（](?:盖?公?章|代章|签章|印)[)）]")
# Characters of a line, by eye: what is longer is a sentence.
_LONGEST_ENTRY = 80
_LONGEST_NAME = 40
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex by the lines that its label and title stand in, ``first`` to ``last``."""

    first: int
    last: int
    label: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines by number: the signatures, the lists of annexes, and all that are in no section."""

    outside: frozenset[int] = frozenset()
    signed: tuple[range, ...] = ()
    listed: tuple[range, ...] = ()
    annexes: tuple[Annex, ...] = ()


def framed(words: Sequence[str], title: str) -> Frame:
    """The frame of a document of this title, given its lines without white space at their ends.

    What is labelled an annex and is the document itself (关于印发《…》的通知) is none.
    """
    reader = _Reader(words, name_key(title))
    annexes = tuple(reader.annexes())
    lines = (*reader.signed, *reader.listed, *reader.contacts())
    outside = {at for each in lines for at in each}
    return Frame(
        frozenset(outside | reader.own), tuple(reader.signed), tuple(reader.listed), annexes
    )


class _Reader:
    """Goes through the lines of one document."""

    def __init__(self, words: Sequence[str], own: str) -> None:
        self._words = words
        self._own = own
        self._titles: dict[str, int] = {}
        self.own: set[int] = set()
        self.signed = list(self._signatures())
        self.listed = list(self._lists())

    @cached_property
    def _numbered(self) -> list[tuple[int, Heading]]:
        found = ((at, parse_heading(line)) for at, line in enumerate(self._words) if not _row(line))
        return [(at, heading) for at, heading in found if heading]

    def _counts_on(self, at: int) -> bool:
        """Whether the first number after line ``at`` follows the last of its kind before it."""
        after = next((heading for line, heading in self._numbered if line > at), None)
        if after is None or after.number == 1:
            return False
        before = [each for line, each in self._numbered if line < at and each.rank == after.rank]
        return bool(before) and before[-1].number == after.number - 1

    def _signatures(self) -> Iterator[range]:
        """The lines of each signature, its date the last."""
        words = self._words
        for at, line in enumerate(words):
            dated = _date_alone(line)
            if not dated or self._counts_on(at):
                continue
            first = at
            if dated == "date" and at and self._is_name(at - 1):
                first = at - 1
            while first and (self._is_organ(first - 1) or _CLOSING.fullmatch(words[first - 1])):
                first -= 1
            if first < at or dated == "both" or self._closes(at + 1):
                yield range(first, at + 1)
        yield from self._undated()

    def _undated(self) -> Iterator[range]:
        """An issuer alone under the last sentence."""
        for at in range(1, len(self._words)):
            closed = self._words[at - 1][-1] in "。）)"
            if closed and self._is_organ(at) and self._closes(at + 1):
                yield range(at, at + 1)

    def _is_name(self, at: int) -> bool:
        line = _SEAL.sub("", self._words[at])
        plain = re.search(r"[，。；：:;,！？!?|《》]", line) is None and not _date_alone(line)
        return plain and len(line) <= _LONGEST_NAME and parse_heading(line) is None

    def _is_organ(self, at: int) -> bool:
        return self._is_name(at) and ORGAN.fullmatch(self._words[at]) is not None

    def _closes(self, at: int) -> bool:
        """Whether the paper is at its end before line ``at``: an annex, a note or nothing."""
        if at >= len(self._words):
            return True
        line = self._words[at]
        return bool(BARE.fullmatch(line) or TITLED.fullmatch(line) or _NOTE.fullmatch(line))

    def _lists(self) -> Iterator[range]:
        """The lines of each list of annexes; what they name is kept."""
        signed = {at for each in self.signed for at in each}
        at = 0
        while at < len(self._words):
            entries, after = self._entries(at)
            if entries and (after in signed or self._closes(after)):
                self._titles |= {name_key(clean_title(title)): n for n, title in entries}
                yield range(at, after)
            at = max(after, at + 1)

    def _entries(self, at: int) -> tuple[list[tuple[int, str]], int]:
        """The number and title of each entry of a list that begins at the line, and its end."""
        found: list[tuple[int, str]] = []
        opened = LISTED.fullmatch(self._words[at])
        titled = TITLED.fullmatch(self._words[at])
        if opened and opened["entry"]:
            found = [entry(opened["entry"]) or (0, opened["entry"].strip(ENTRY_END))]
        elif titled and not opened and titled["number"]:
            found = [(parse_number(titled["number"]) or 1, titled["title"])]
        elif opened is None:
            return [], at
        after = at + 1
        while after < len(self._words) and len(self._words[after]) <= _LONGEST_ENTRY:
            each = entry(self._words[after]) or labelled(self._words[after])
            if each is None or each[0] != (found[-1][0] + 1 if found else 1):
                break
            found.append(each)
            after += 1
        if not found and after < len(self._words) and self._is_title(after):
            # 附件：, its name on the next line, and the signature.
            found, after = [(0, self._words[after])], after + 1
        return found, after

    def contacts(self) -> Iterator[range]:
        """Whom to call (联系人：…, 咨询电话：…), and 特此通知, over a signature or a list.

        Right under a heading whom to call is what the heading is about.
        """
        for frame in (*self.signed, *self.listed):
            first = frame.start
            while first and _VALUE.fullmatch(self._words[first - 1]):
                first -= 1
            above = parse_heading(self._words[first - 1]) if first else None
            reached = any(map(_REACHED.search, self._words[first : frame.start]))
            if not (reached and first and (above is None or above.inline)):
                first = frame.start
            while first and _CLOSING.fullmatch(self._words[first - 1]):
                first -= 1
            yield range(first, frame.start)

    def annexes(self) -> Iterator[Annex]:
        """The annexes in order."""
        listed, until = {at for each in self.listed for at in each}, 0
        for at in range(1, len(self._words)):
            if at in listed or at < until:
                continue
            annex = self._labelled(at) or self._named(at)
            if annex and not self._counts_on(annex.last):
                until = annex.last + 1
                yield annex

    def _labelled(self, at: int) -> Annex | None:
        line = self._words[at]
        bare, titled = BARE.fullmatch(line), TITLED.fullmatch(line)
        if bare:
            label = re.sub(r"[\s:：]", "", line)
            last, title = self._title(at + 1)
            if title and name_key(title) == self._own:
                self.own |= set(range(at, last + 1))
                return None
            return Annex(at, last, label, annex_number(bare["number"]), title)
        if titled and entry(titled["title"]) is None and at + 1 < len(self._words):
            label = re.sub(r"\s", "", titled["label"])
            return Annex(
                at, at, label, annex_number(titled["number"]), clean_title(titled["title"])
            )
        opened = LISTED.fullmatch(line)
        if opened and opened["entry"] and self._begins(at + 1):
            return Annex(at, at, "附", 1, clean_title(opened["entry"]))
        return None

    def _begins(self, at: int) -> bool:
        """Whether numbers begin at the line: what is above it is a title."""
        heading = parse_heading(self._words[at]) if at < len(self._words) else None
        return heading is not None and heading.number == 1 and entry(self._words[at]) is None

    def _named(self, at: int) -> Annex | None:
        """An annex without a label, under the title that the list gave it."""
        for last in range(at, min(at + 3, len(self._words))):
            title = clean_title("".join(self._words[at : last + 1]))
            key = name_key(title)
            if key in self._titles and key != self._own and last + 1 < len(self._words):
                number = self._titles[key]
                return Annex(at, last, f"附件{number}" if number else "附件", number or 1, title)
        return None

    def _title(self, at: int) -> tuple[int, str]:
        """The last line of an annex's title that begins at the line, and the title; "" for none."""
        for last in range(at, min(at + 4, len(self._words))):
            if name_key(clean_title("".join(self._words[at : last + 1]))) == self._own:
                return last, clean_title("".join(self._words[at : last + 1]))
        if at >= len(self._words) or not self._is_title(at):
            return at - 1, ""
        last, title = at, self._words[at]
        after = self._words[at + 1] if at + 1 < len(self._words) else ""
        if after and self._is_title(at + 1) and not is_complete(title) and is_complete(after):
            last, title = at + 1, title + after
        elif re.fullmatch(r"[(（].{2,12}[)）]", after):
            last, title = at + 1, title + after
        return last, clean_title(title)

    def _is_title(self, at: int) -> bool:
        line = self._words[at]
        return (
            1 < len(line) <= _LONGEST_TITLE
            and line[-1] not in "。；;：:，,、！？!?"
            and not _row(line)
            and parse_heading(line) is None
            and not _date_alone(line)
            and all(at not in signed for signed in self.signed)
        )


def _row(line: str) -> bool:
    return " | " in line


def _date_alone(line: str) -> str:
    """``date`` for a line that is a date, ``both`` for one with a name before it; "" for others.

    ``figures`` for 2025.3.5 and 2025年3月, which may be anything where no name is above.
    """
    if _MONTH.fullmatch(line):
        return "figures"
    for found in find_dates(line):
        before, after = line[: found.start].strip(), line[found.end :].strip()
        if after or found.purpose:
            return ""
        if not line.rstrip().endswith("日"):
            return "" if before else "figures"
        name = re.fullmatch(r"[\u4e00-\u9fff、\s]{2,40}", before)
        return "date" if not before else "both" if name and ORGAN.fullmatch(before) else ""
    return ""

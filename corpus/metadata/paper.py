"""A document as its facts are looked for: its title, its head, its own lines, its signature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.formats import FACT_LABEL, Extracted
from corpus.headings import parse_heading
from corpus.metadata.frame import framed
from corpus.metadata.head import (
    annexed,
    first_line,
    head_lines,
    title_among,
    title_lines,
)
from corpus.metadata.titles import clean_title, is_balanced
from corpus.names import name_key

__all__ = ["TAIL", "Paper", "read_paper"]

# By eye, as in ``corpus.metadata.head``.
TAIL = 30  # lines at the end, where issuer and date are signed
_SHORT = 60  # characters of a line that may be a title
_NEWS = re.compile(r"[^《》]{2,60}印发了?《(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)*)》")
_TITLE_LABEL = re.compile(r"(?:标\s?题|名\s?称)\s?[:：]\s?(\S.*)")


@dataclass(frozen=True, slots=True)
class Paper:
    """What of a document may say its facts.

    ``notice`` is the title of the paper that hands out the document of this ``title``, or the same.
    ``own`` are the lines of the paper itself, without its annexes, and ``signature`` those of them
    that say who signed it and when. ``facts`` are what the file says.
    """

    title: str
    notice: str
    head: Sequence[str]
    own: Sequence[str]
    signature: Sequence[str]
    facts: Mapping[str, str]

    @property
    def tail(self) -> Sequence[str]:
        """The last of its own lines."""
        return self.own[-TAIL:]


def read_paper(extracted: Extracted, stem: str) -> Paper:
    """The paper in a text; ``stem`` is what its title is when nothing in it says so."""
    lines = [line.strip() for line in extracted.text.splitlines() if line.strip()]
    head = head_lines(lines)
    marked = [_line_at(extracted.text, mark.start) for mark in extracted.headings[:3]]
    notice = _title(head, lines, marked, extracted.facts.get("title", ""))
    title = _reported(notice, lines) or annexed(notice, lines[1 : 20 * TAIL]) or notice or stem
    frame = framed(lines, title)
    own = lines[: frame.annexes[0].first] if frame.annexes else lines
    signed = [each for each in frame.signed if each[-1] < len(own)]
    chosen = signed[0 if title != notice else -1] if signed else ()
    signature = [lines[at] for at in chosen]
    return Paper(title, notice, head, own, signature, extracted.facts)


def _reported(notice: str, lines: Sequence[str]) -> str:
    """The document that news brings in full: 中共中央办公厅印发《…》, and 全文如下 above it."""
    news = _NEWS.fullmatch(notice)
    whole = news and any("全文如下" in line for line in lines[:TAIL])
    return clean_title(news["title"]) if news and whole else ""


def _line_at(text: str, start: int) -> str:
    return text[start:].partition("\n")[0].strip("#* \t\u3000\xa0\ufeff")


def _title(head: Sequence[str], lines: Sequence[str], marked: Sequence[str], told: str) -> str:
    """The title that the file tells where the text has it so, else the one that is read."""
    labelled = next((match[1] for line in head if (match := _TITLE_LABEL.match(line))), "")
    said = clean_title(told or labelled)
    read = title_lines(head, marked)
    if said and is_balanced(said) and name_key(said) not in name_key(read):
        facts = [line for line in head if not FACT_LABEL.match(line)]
        if not read or title_among(facts, said):
            return said
    if read or said:
        return read or said
    before = takewhile(lambda line: parse_heading(line) is None, lines[:TAIL])
    short = [line for line in before if len(line) < _SHORT]
    return title_lines(short, marked) or first_line(head)

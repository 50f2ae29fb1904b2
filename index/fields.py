"""What of a passage each leg of the search reads.

The dense legs read the passage's own words: with the headings above them, paragraphs of one section
come to look alike, and the right one was found less often on the dev set. Only words too few to say
what they are of (每份二十元 under 收费标准) are read with the title and the heading. The lexical
leg reads the headings too: their words are what people search by.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus import Document, Passage

__all__ = [
    "above_span",
    "context_field",
    "dense_field",
    "field_span",
    "lexical_field",
    "own_words",
    "subject",
]

_SHORT = 60
"""Characters up to which lines are read with what stands above them. On the development sets 40, 60
and 100 were tried (docs/accuracy.md)."""
_ABOVE = -1
_LOOKED_AT = 8
"""Lines above a passage among which the one over it is looked for, by eye."""
_LABEL_LINE = re.compile(r"[\u4e00-\u9fff]{2,12}")

_LABEL = re.compile(r"第[^条\s]{1,12}条(?:之[一二三四五六七八九十]+)?[ \u3000]")


def dense_field(document: Document, passage: Passage) -> tuple[str, Sequence[int]]:
    """The words to embed, and where each character stands in the document's text.

    Those of the ``subject`` stand at less than 0.
    """
    words, places = own_words(document, passage)
    above = subject(document, passage, document.passage_text(passage).split("\n"))
    return above + words, [_ABOVE] * len(above) + places


def own_words(document: Document, passage: Passage) -> tuple[str, list[int]]:
    """A passage without article label and white space, and where each character stands."""
    start = passage.start
    label = _LABEL.match(document.text, start, passage.end) if passage.article else None
    if label and label.end() < passage.end:
        start = label.end()
    places = [at for at in range(start, passage.end) if not document.text[at].isspace()]
    return "".join(document.text[at] for at in places), places


def subject(document: Document, passage: Passage, lines: Sequence[str]) -> str:
    """Title and heading over lines of a passage that are too short to say what they are of."""
    if passage.article or max(map(len, lines), default=0) > _SHORT:
        return ""
    headings = _headings(document, passage) or _label_above(document, passage)
    said = "".join(lines)
    above = [title for title in (document.title, *headings[-1:]) if title not in said]
    return "".join(f"{title} " for title in above)


def _label_above(document: Document, passage: Passage) -> list[str]:
    """The bare line over a passage that no heading is over (费用): short, and without any mark."""
    end = passage.start
    for _ in range(_LOOKED_AT):
        start = document.text.rfind("\n", 0, end) + 1
        line = document.text[start:end].strip()
        if _LABEL_LINE.fullmatch(line):
            return [line]
        if not start:
            break
        end = start - 1
    return []


def field_span(places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The characters of a dense field that stand in ``[start, end)`` of the document."""
    return bisect_left(places, start), bisect_left(places, end)


def above_span(places: Sequence[int]) -> tuple[int, int]:
    """The characters of a dense field that are its subject."""
    return 0, bisect_left(places, 0)


def lexical_field(document: Document, passage: Passage) -> str:
    """Title, headings and words."""
    title = document.title.removeprefix("中华人民共和国")
    headings = _headings(document, passage)
    return "\n".join([title, *headings, document.passage_text(passage)])


def context_field(document: Document, passage: Passage) -> str:
    """What stands above a passage: the title and the nearest two headings."""
    headings = _headings(document, passage)
    return " ".join([document.title.removeprefix("中华人民共和国"), *headings[-2:]])


def _headings(document: Document, passage: Passage) -> list[str]:
    """The titles of the sections that a passage stands in, the outermost first."""
    return [section.title for section in document.path(passage.section) if section.title]

"""Words laid along a source: what differs, and the true wording to put in their place.

A true wording is given only when it holds: checked again it is ``verbatim``. It neither begins nor
ends inside a word, takes no label of an article along, and keeps every sentence of the draft that
the source has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from corpus import sentence_spans
from qa.check.compare import EDGE, PAUSES, Source, Stretch, key, pieces, stands
from qa.check.endings import Rest, is_closed, misleads, rest_after
from qa.check.nearest import nearest_apart
from qa.wording import Difference, differences, strict

__all__ = ["Laid", "corrected", "lay"]

Span = tuple[int, int]
Parts = list[tuple[Span, Stretch]]
Step = tuple[str, int, int, int, int]

_LABEL = re.compile(r"\s*第[^条\s]{1,12}条(?:之[一二三四五六七八九十]+)?\s+")
_REACH = 12
"""Characters to the end of a clause within which differing words are taken to mean all of it."""
_LONGEST_REST = 200
"""Characters of a sentence's rest that a correction puts in."""
_LONGEST_GAP = 60
"""Characters between two sentences that a correction puts in; for more there are dots."""
_PARTS = re.compile("[。；;！？]")
_SENTENCE = 6
"""Characters from which a part of the draft counts as a sentence or item of the source."""
_COMPLETED = frozenset({"proviso", "penalty", "outcome", "list"})
_LIKE = 0.6
"""Likeness that each sentence must have for all of them to be laid along one by one."""
_PLAIN = 0.7
"""Likeness below which it is not plain what a correction should be."""
_SURE = 0.95
_INNER_MARKS = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Laid:
    """Words laid along ``text[start:end]``; ``similarity`` is 1 for the very words.

    ``wording`` is what should stand there, None when nothing is sure. ``rest`` is what the words
    leave out although a full stop closes them; with ``opened`` the wording leaves it out too, and
    the stop with it.
    """

    start: int
    end: int
    similarity: float
    differences: tuple[Difference, ...]
    wording: str | None
    rest: Rest | None = None
    opened: bool = False


def lay(words: str, source: Source, start: int, end: int, marked: bool = True) -> Laid | None:
    """The words laid along ``source.text[start:end]``, an article or a part of one.

    ``marked``: they stand between quotation marks, so that a full stop at their end counts.
    """
    area = _after_label(words, source.text, start, end), end
    best: Laid | None = None
    for spans in _ways(words):
        parts = nearest_apart(words, source, *area, spans)
        if not parts or (best and min(stretch.similarity for _, stretch in parts) < _LIKE):
            continue
        laid = _laid(words, source, area, parts, marked)
        if best is None or (laid.wording is not None, laid.similarity) > (
            best.wording is not None,
            best.similarity,
        ):
            best = laid
        if best.wording is not None and best.similarity >= _SURE:
            break
    return best


def _ways(words: str) -> Iterator[list[Span]]:
    """As a whole (between dots), then sentence by sentence."""
    whole = pieces(words)
    yield whole
    apart = [span for first, last in whole for span in sentence_spans(words, first, last)]
    apart = [span for span in apart if key(words[slice(*span)])]
    if len(apart) > len(whole):
        yield apart


def _after_label(words: str, text: str, start: int, end: int) -> int:
    """Where the article's own words begin, unless the draft quotes its number too."""
    label = _LABEL.match(text, start, end)
    if label is None or strict(words).text.startswith(strict(label.group()).text):
        return start
    return label.end()


def _laid(words: str, source: Source, area: Span, parts: Parts, marked: bool) -> Laid:
    snapped = [(span, _snapped(words[slice(*span)], source, s, area)) for span, s in parts]
    parts = [(span, stretch) for span, (stretch, _) in snapped]
    first, last = parts[0][1], parts[-1][1]
    weight = sum(b - a for (a, b), _ in parts)
    likeness = sum(s.similarity * (b - a) for (a, b), s in parts) / weight
    rest = rest_after(source.text, first.start, last.end, area[1])
    cut = rest if misleads(rest, is_closed(words), marked) else None
    opened = cut is not None and not _completes(cut)
    wording, unlike = _written(words, source, parts)
    if cut is not None:
        wording = wording.rstrip().rstrip("。！？!?")
        wording = wording if opened else wording.rstrip(EDGE) + _one_line(cut.words)
        unlike.append(Difference("insert", "", _one_line(cut.words).rstrip("。！？!?")))
    sure = (
        likeness >= _PLAIN
        and all(near for _, (_, near) in snapped)
        and _holds(wording, source, area, marked)
        and not _drops(words, wording, source, area)
    )
    return Laid(
        first.start,
        last.end if cut is None else cut.end,
        likeness,
        tuple(unlike),
        wording if sure else None,
        cut,
        opened,
    )


def _completes(rest: Rest) -> bool:
    """Whether a correction puts the rest in, as it must when even the clause is broken off."""
    needed = rest.kind in _COMPLETED or rest.words[:1] not in PAUSES
    return needed and len(rest.words) <= _LONGEST_REST


def _holds(wording: str, source: Source, area: Span, marked: bool) -> bool:
    """Whether a wording is verbatim when it is checked again."""
    stretch = stands(wording, source, *area)
    if stretch is None:
        return False
    rest = rest_after(source.text, stretch.start, stretch.end, area[1])
    return not misleads(rest, is_closed(wording), marked)


def _drops(words: str, wording: str, source: Source, area: Span) -> bool:
    """Whether the wording lacks a sentence or item of the draft that the source has."""
    there, kept = source.key[slice(*source.inside(*area))], strict(wording).text
    parts = _PARTS.split(strict(words).text)
    return any(len(part) >= _SENTENCE and part in there and part not in kept for part in parts)


def _snapped(part: str, source: Source, stretch: Stretch, area: Span) -> tuple[Stretch, bool]:
    """The stretch, widened to a clause where other words stand at the ends of the part.

    And whether it could be: what a correction would put in there must not be half a clause.
    """
    start, end = stretch.start, stretch.end
    steps = _steps(part, source.text[start:end])
    if _replaces(steps):
        start = max(area[0], source.clause(start)[0])
    if _replaces(reversed(steps)):
        end = min(area[1], source.clause(end)[1])
    near = stretch.start - start <= _REACH and end - stretch.end <= _REACH
    return (replace(stretch, start=start, end=end) if near else stretch), near


def _replaces(steps: Iterable[Step]) -> bool:
    """Whether the first of these steps put words in the place of others."""
    begun = list(takewhile(lambda step: step[0] != "equal", steps))
    return any(a < b for _, a, b, _, _ in begun) and any(c < d for _, _, _, c, d in begun)


def _written(words: str, source: Source, parts: Parts) -> tuple[str, list[Difference]]:
    """The draft with the source's words in each part and between them; and what differs."""
    out: list[str] = []
    unlike: list[Difference] = []
    at, end = 0, 0
    for (first, last), stretch in parts:
        between = words[at:first]
        missing = "" if at == 0 or between.strip() else _missing(source, end, stretch.start)
        if missing:
            unlike.append(Difference("insert", "", missing))
        theirs = source.text[stretch.start : stretch.end]
        unlike += _unlike(words[first:last], theirs)
        out += [between, missing, corrected(words[first:last], theirs)]
        at, end = last, stretch.end
    return "".join(out) + words[at:], unlike


def _missing(source: Source, start: int, end: int) -> str:
    """What the draft leaves out between two sentences without saying so."""
    gap = _one_line(source.text[start:end].lstrip(EDGE + " \u3000\n"))
    return gap if len(gap) <= _LONGEST_GAP else "……"


def _unlike(part: str, theirs: str) -> tuple[Difference, ...]:
    """The differences, punctuation at the very ends aside where both go on no further."""
    found = differences(_bare(part), _bare(theirs))
    # Only a mark at the end differs where the source's words go on.
    return found if found or key(part) == key(theirs) else differences(part.strip(), theirs.strip())


def _bare(words: str) -> str:
    return words.strip().strip(EDGE).strip()


def corrected(draft: str, source: str) -> str:
    """The draft with only the differing characters replaced by the source's.

    What is no difference (width, shape of quotation marks, spaces, marks at the ends) stays.
    """
    ours, theirs = strict(draft), strict(source)
    first, last = _inner(ours.text)
    begin, _ = _inner(theirs.text)
    parts: list[str] = []
    done = 0
    for tag, a, b, c, d in _steps(draft, source):
        if tag == "equal":
            continue
        new = source[slice(*theirs.span(begin + c, begin + d))]
        new = _one_line(new)
        if a == b:
            here = int(ours.positions[first + a - 1]) + 1 if first + a else 0
            span = (here, here)
        else:
            span = ours.span(first + a, first + b)
        parts += [draft[done : span[0]], new]
        done = span[1]
    return "".join(parts) + draft[done:]


def _one_line(words: str) -> str:
    """Words of the source for a draft: no paragraphs, no marks that would close the outer ones."""
    return re.sub(r"\s*\n\s*", "", words).translate(_INNER_MARKS)


def _steps(draft: str, source: str) -> list[Step]:
    """What turns the draft's words into the source's, marks at the ends aside."""
    ours, theirs = strict(draft).text, strict(source).text
    codes = Levenshtein.opcodes(ours[slice(*_inner(ours))], theirs[slice(*_inner(theirs))])
    return [(c.tag, c.src_start, c.src_end, c.dest_start, c.dest_end) for c in codes]


def _inner(text: str) -> tuple[int, int]:
    core = text.strip(EDGE)
    start = text.find(core) if core else 0
    return start, start + len(core)

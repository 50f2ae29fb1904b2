"""An amendment's sentences read as steps.

What is left of a sentence when quotations and places are taken out (``corpus.amending.marked``) is
one of few turns of phrase: 将P修改为Q, P增加一款作为P：Q, 删去P. A place without an article
(第二款修改为……) is one of the article named before it. What changes something and fits no turn of
phrase is kept as a step of its own, ``unread``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.amending.marked import PLACE, QUOTED, Written, mark
from corpus.amending.steps import Spot, Step

__all__ = ["read_steps"]

_N = "[一二三四五六七八九十百零两0-9]"
_SKIPPED = re.compile(
    r"(?:[\s，,。；;、：:]|并且?|同时|分别|其中|此外|[(（][一二三四五六七八九十]+[)）])+"
)


def read_steps(
    text: str, law: str, by: str, articles: Sequence[tuple[str, str]] = ()
) -> list[Step]:
    """The steps of one article (``by``) of an amendment of the law of this title.

    ``articles`` are articles, label and wording, that the amendment gives after it without marks
    of quotation (内容如下：).
    """
    return list(_Reader(text, law, by, articles).steps())


class _Reader:
    """Reads one article of an amendment from its first word to its last."""

    def __init__(self, text: str, law: str, by: str, articles: Sequence[tuple[str, str]]) -> None:
        marked = mark(text, law)
        self._text = marked.text
        self._places = iter(marked.places)
        self._quotations = iter(marked.quotations)
        given = "\n".join(f"{label}\u3000{words}" for label, words in articles)
        self._given = tuple(given.split("\n")) if given else ()
        self._by = by
        self._at: tuple[Spot, ...] = ()
        self._merging: Step | None = None

    def steps(self) -> Iterator[Step]:
        at = 0
        while at < len(self._text):
            skipped = _SKIPPED.match(self._text, at)
            if skipped:
                at = skipped.end()
                continue
            match, read = self._turn(at)
            if self._merging is not None and read is not _Reader.reword:
                yield self._merging
                self._merging = None
            yield from read(self, match)
            at = max(at + 1, match.end())
        if self._merging is not None:
            yield self._merging

    def _turn(self, at: int) -> tuple[re.Match[str], _Turn]:
        for pattern, read in _TURNS:
            match = pattern.match(self._text, at)
            if match:
                return match, read
        raise AssertionError("the last turn matches everything")

    def _place(self) -> Written:
        """The next place, its spots in the article that is being changed where it names none."""
        written = next(self._places)
        last = self._at[-1] if self._at else Spot("")
        spots = []
        for spot in written.spots:
            inside = spot.clause is None and not spot.article
            clause = last.clause if inside else spot.clause
            spots.append(Spot(spot.article or last.article, clause, spot.item))
        return Written(written.surface, tuple(spots))

    def _go(self, match: re.Match[str]) -> None:
        """What follows is about the place ``at`` of the turn, if it has one."""
        if match["at"]:
            self._at = self._place().spots

    def _quoted(self) -> tuple[str, ...]:
        return next(self._quotations, ())

    # One turn of phrase each, places and quotations taken in the order they are written in.

    def go(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        if QUOTED in match[0]:
            self._quoted()
        yield from ()

    def reword(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        lines = self._quoted()
        if self._merging is not None:
            yield replace(self._merging, lines=lines)
            self._merging = None
        else:
            # 该条, 这一条: the article, whatever was said of a part of it.
            spots = _articles(self._at) if match["whole"] else self._at
            yield Step("reword", self._by, spots, lines=lines)

    def rename(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        to = self._place().spots
        if _articles(to) == _articles(self._at):
            return  # 第三款改为第四款: the numbers of 款 and 项 follow from what is put in.
        if _articles(self._at) != self._at:
            self._merging = Step("merge", self._by, self._at, (to[0].article,))
            return
        for old, new in zip(self._at, to, strict=False):
            yield Step("rename", self._by, (old,), (new.article,))

    def merge(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        self._merging = Step("merge", self._by, self._at, (self._place().spots[0].article,))
        yield from ()

    def insert(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        if match["head"]:
            self._quoted()
        to = self._place().spots
        if match["whole"]:
            yield Step("reword", self._by, _articles(self._at), lines=self._quoted())
        else:
            yield Step("insert", self._by, to, lines=self._quoted())

    def append(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        yield Step("append", self._by, self._at, lines=self._quoted())

    def add(self, match: re.Match[str]) -> Iterator[Step]:
        after = self._place().spots if match["at"] else ()
        self._at = self._place().spots
        labels = tuple(spot.article for spot in self._at)
        lines = self._quoted() if QUOTED in match[0] else self._given
        yield Step("add", self._by, after, labels, lines)

    def delete(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        for _ in range(match[0].count(QUOTED)):
            yield Step("swap", self._by, self._at, old=self._quoted())
        if QUOTED not in match[0]:
            yield Step("delete", self._by, self._at)

    def swap(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        spots = () if match["all"] else self._at
        yield Step("swap", self._by, spots, old=self._quoted(), lines=self._quoted())

    def extend(self, match: re.Match[str]) -> Iterator[Step]:
        self._go(match)
        old = () if match["where"] == "末尾" else self._quoted()
        yield Step(
            "extend", self._by, self._at, old=old, lines=self._quoted(), where=match["where"]
        )

    def part(self, match: re.Match[str]) -> Iterator[Step]:
        if match["head"]:
            self._quoted()
        label, title = match["label"] or match["late"], " ".join(self._quoted())
        to = tuple(spot.article for spot in self._place().spots) if match["to"] else ()
        yield Step("part", self._by, to=to, lines=(f"{label} {title}",))

    def retitle(self, match: re.Match[str]) -> Iterator[Step]:
        if match["old"]:
            self._quoted()
        yield Step("retitle", self._by, to=(match["label"],), lines=self._quoted())

    def unread(self, match: re.Match[str]) -> Iterator[Step]:
        spots: list[Spot] = []
        shown = ""
        for character in match[0]:
            if character == PLACE:
                written = self._place()
                spots += written.spots
                shown += written.surface
            else:
                shown += f"“{' '.join(self._quoted())}”" if character == QUOTED else character
        if shown != match[0]:
            self._at = tuple(spots) or self._at
            yield Step("unread", self._by, self._at, lines=(shown,))


def _articles(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """The articles that the spots are in."""
    return tuple(dict.fromkeys(Spot(spot.article) for spot in spots))


_Turn = Callable[[_Reader, re.Match[str]], Iterator[Step]]
_AT, _Q = f"(?P<at>{PLACE})", QUOTED
_OTHER = f"[^，。；;{PLACE}{_Q}]"
_WHERE = "(?:中的|中|的)?"
_READ = r"(?:，?内容为)?[：:]?\s*"
_PART = f"第{_N}+[编章节]"
_AS = "，?(?:分别)?作为"
_PHRASES: list[tuple[_Turn, str]] = [
    (
        _Reader.part,
        rf"{_OTHER}{{0,12}}(?:{_PART}(?P<head>{_Q})?中)?增加一[编章节](?:{_AS}(?P<label>{_PART}))?"
        rf"{_Q}(?:{_AS}(?P<late>{_PART}))?(?:，分为{_N}+条)?(?:，包括(?P<to>{PLACE}))?",
    ),
    (
        _Reader.retitle,
        rf"{_OTHER}{{0,8}}?(?P<label>{_PART})的?[编章节]名称?(?P<old>{_Q})?修改为{_READ}{_Q}",
    ),
    (
        _Reader.add,
        rf"在?(?:{_AT}之?后)?增加{_N}+条{_AS}{PLACE}[，。]?(?:内容如下)?[：:]?\s*{_Q}?",
    ),
    (
        _Reader.insert,
        rf"在?{_AT}?(?P<head>{_Q})?中?增加{_N}+[款项]{_AS}{PLACE}(?:，?规定)?"
        rf"(?:，?将?(?P<whole>该条)修改为)?[：:]?\s*{_Q}",
    ),
    (_Reader.append, rf"{_AT}增加规定{_READ}{_Q}"),
    (_Reader.merge, rf"将?{_AT}合并(?:修改)?，?(?:修改后)?作?为{PLACE}"),
    (_Reader.rename, rf"将?原?{_AT}(?:相应地?)?(?:改为|作为|调整为){PLACE}"),
    (
        _Reader.extend,
        rf"(?:将|在)?{_AT}?{_WHERE}{_Q}之?(?P<where>[后前])增[加写](?:一句)?{_READ}{_Q}",
    ),
    (_Reader.extend, rf"在?{_AT}(?P<where>末尾)增加{_READ}{_Q}"),
    (
        _Reader.swap,
        rf"(?:将|在)?(?:(?P<all>本法|全文|各条|条文)|{_AT})?{_WHERE}[：:]?{_Q}修改为{_READ}{_Q}",
    ),
    (
        _Reader.reword,
        rf"将?{_AT}?(?P<whole>该条|本条|这一条)?(?:该款|这一款|这一自然段|该项)?(?:相应地?)?"
        rf"修改为{_READ}{_Q}",
    ),
    (
        _Reader.delete,
        rf"删[去除](?={PLACE}|{_WHERE}{_Q}){_AT}?{_WHERE}(?:{_Q}(?:[、和]{_Q})*)?",
    ),
    (_Reader.delete, rf"(?:将|在)?{_AT}{_WHERE}{_Q}删去"),
    (_Reader.go, rf"(?:将|在)?{_AT}(?:{_Q}中|{_OTHER}{{2,24}}职权)(?=[{PLACE}增])"),
    (_Reader.unread, r"[^，。；;\n]+"),
]
"""Each turn of phrase and what reads it; of several that fit, the first."""
_TURNS = [(re.compile(pattern), read) for read, pattern in _PHRASES]

"""The steps of an amendment sorted by what they are about: articles, numbers, 章 and 节."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.amending.quoted import spans_of
from corpus.amending.steps import Amendment, Spot, Step
from corpus.amending.table import Article

__all__ = ["New", "Orders", "read_orders"]


@dataclass(frozen=True, slots=True)
class New:
    """An article that is put in: after which one, and from which parts of others, if said."""

    label: str
    by: str
    lines: tuple[str, ...]
    after: str = ""
    sources: tuple[Spot, ...] = ()


@dataclass(slots=True)
class Orders:
    """``content``: per article, the steps that change its wording and their spots in it.

    ``gone`` are articles deleted or merged as a whole, ``told`` old number → new one as the
    amendment says it, both with the articles of the amendment that say so in ``by``. ``unplaced``
    are the articles of the amendment that say what is not about any article that is there.
    """

    content: dict[str, list[tuple[Step, tuple[Spot, ...]]]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    new: dict[str, New] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    parts: list[Step] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    by: dict[str, list[str]] = field(default_factory=dict)
    renumbers: bool = False


def read_orders(amendment: Amendment, articles: Mapping[str, Article]) -> Orders:
    """Sort the steps; ``articles`` are those of the law that are known, by number."""
    orders = Orders()
    for step in amendment.steps:
        _SORTED.get(step.kind, _content)(orders, step, articles)
    added = [label for label in orders.new if "之" not in label]
    _parts_filled(orders)
    taken = any(label in articles and label not in orders.gone for label in added)
    orders.renumbers = amendment.renumbers or bool(orders.told) or taken
    return orders


def _content(orders: Orders, step: Step, articles: Mapping[str, Article]) -> None:
    spots = step.spots
    if not spots and step.kind == "swap":
        # Everywhere: in every article that has the words.
        words = "\n".join(step.old)
        having = (a for a in articles.values() if spans_of(words, "\n".join(a.lines)))
        spots = tuple(Spot(article.label) for article in having)
    if not spots:
        orders.unplaced.append(step.by)
    for label in dict.fromkeys(spot.article for spot in spots):
        inside = tuple(spot for spot in spots if spot.article == label)
        orders.content.setdefault(label, []).append((step, inside))
        _said(orders, label, step)


def _delete(orders: Orders, step: Step, articles: Mapping[str, Article]) -> None:
    for spot in step.spots:
        if spot.clause is None and spot.item is None:
            orders.gone.append(spot.article)
        else:
            orders.content.setdefault(spot.article, []).append((step, (spot,)))
        _said(orders, spot.article, step)


def _merge(orders: Orders, step: Step, articles: Mapping[str, Article]) -> None:
    _delete(orders, step, articles)
    orders.new[step.to[0]] = New(step.to[0], step.by, step.lines, sources=step.spots)


def _add(orders: Orders, step: Step, articles: Mapping[str, Article]) -> None:
    after = step.spots[-1].article if step.spots else ""
    for label, lines in _apart(step.to, step.lines):
        orders.new[label] = New(label, step.by, lines, after)
        after = label if "之" in label else after


def _rename(orders: Orders, step: Step, articles: Mapping[str, Article]) -> None:
    orders.told[step.spots[0].article] = step.to[0]
    _said(orders, step.spots[0].article, step)


def _part(orders: Orders, step: Step, articles: Mapping[str, Article]) -> None:
    orders.parts.append(step)


def _parts_filled(orders: Orders) -> None:
    """A 章 or 节 whose articles are not told has those that the same sentence puts in."""
    for at, part in enumerate(orders.parts):
        if part.kind == "part" and not part.to:
            inside = tuple(new.label for new in orders.new.values() if new.by == part.by)
            orders.parts[at] = replace(part, to=inside)
            orders.unplaced += [] if inside else [part.by]


def _said(orders: Orders, label: str, step: Step) -> None:
    said = orders.by.setdefault(label, [])
    if step.by not in said:
        said.append(step.by)


_SORTED = {
    "delete": _delete,
    "merge": _merge,
    "add": _add,
    "rename": _rename,
    "part": _part,
    "retitle": _part,
}


def _apart(labels: Sequence[str], lines: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The lines of each of several new articles, which begin with their numbers."""
    if len(labels) == 1:
        return [(labels[0], tuple(_unlabelled(labels[0], line) for line in lines))]
    found: dict[str, list[str]] = {label: [] for label in labels}
    current = ""
    for line in lines:
        # The longest first: 第五条之一 begins like 第五条.
        begun = next(
            (each for each in sorted(labels, key=len, reverse=True) if line.startswith(each)), ""
        )
        current = begun or current
        if current:
            found[current].append(_unlabelled(begun, line))
    return [(label, tuple(found[label])) for label in labels]


def _unlabelled(label: str, line: str) -> str:
    return re.sub(r"^\s+", "", line.removeprefix(label)) if label else line

"""Which number each article has after an amendment that counts them anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from corpus.amending.body import UnclearError
from corpus.amending.orders import Orders
from corpus.amending.quoted import bare
from corpus.amending.table import Article
from corpus.numerals import article_label, parse_article

__all__ = ["numbered_anew", "numbered_back"]

_MOST_UNSURE = 6


def numbered_anew(kept: Sequence[str], orders: Orders) -> dict[str, str]:
    """Old number → new one of the articles kept, with the new ones between them.

    UnclearError when a number that the amendment tells (将第六条改为第八条) does not come out.
    """
    _plain(kept)
    waiting, new = list(kept), set(orders.new)
    found: dict[str, str] = {}
    number = 1
    while waiting or article_label(number) in new:
        label = article_label(number)
        if label in new:
            new.discard(label)
        else:
            found[waiting.pop(0)] = label
        number += 1
    if new or not _as_told(found, orders.told):
        raise UnclearError("写明的新条号与条文顺序对不上")
    return found


def numbered_back(after: Sequence[Article], orders: Orders) -> dict[str, str]:
    """Old number → new one, from the articles after the amendment alone.

    Of an article that lost a 款 to another it is not said whether anything of it was left: what
    fits the numbers told, and the wording where the amendment quotes it, is taken.
    """
    labels = [each.label for each in after]
    _plain(labels)
    wording = {each.label: bare("".join(each.lines)) for each in after}
    for gone in _ways(orders):
        found = _back(labels, orders.new, gone)
        if _as_told(found, orders.told) and _as_worded(found, wording, orders):
            return found
    raise UnclearError("写明的新条号与库中条文对不上")


def _ways(orders: Orders) -> Iterator[set[str]]:
    """The articles that may be gone: those said to be, with and without those that lost a 款."""
    sources = {spot.article for new in orders.new.values() for spot in new.sources}
    unsure = sorted(sources - set(orders.gone))[:_MOST_UNSURE]
    for count in range(len(unsure) + 1):
        for further in combinations(unsure, count):
            yield {*orders.gone, *further}


def _back(labels: Sequence[str], new: Collection[str], gone: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    number = 1
    for label in labels:
        if label in new:
            continue
        while article_label(number) in gone:
            number += 1
        found[article_label(number)] = label
        number += 1
    return found


def _as_told(found: Mapping[str, str], told: Mapping[str, str]) -> bool:
    return all(found.get(old) == new for old, new in told.items())


def _as_worded(found: Mapping[str, str], wording: Mapping[str, str], orders: Orders) -> bool:
    """Whether what the amendment writes into articles stands in them."""
    for label, steps in orders.content.items():
        if label not in found:
            continue
        words = wording[found[label]]
        written = [step for step, _ in steps if step.kind not in {"merge", "unread"}]
        if not all(bare(line) in words for step in written for line in step.lines):
            return False
    return True


def _plain(labels: Sequence[str]) -> None:
    if any((parse_article(label) or (0, 1))[1] for label in labels):
        raise UnclearError("条号里有“之一”“之二”，新旧条号无从对应")

"""One amendment applied to the articles of a law.

What an amendment orders for one article is done as a whole or left: an article half changed never
was in force. Where articles get new numbers, every number that the amendment tells must come out,
or nothing of it is applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.amending.body import Body, UnclearError, clauses_of
from corpus.amending.numbering import numbered_anew, numbered_back
from corpus.amending.orders import New, Orders, read_orders
from corpus.amending.parts import by_number, placed, with_parts
from corpus.amending.steps import Amendment, Spot, Step
from corpus.amending.table import REMOVED, Article

__all__ = ["Applied", "Change", "apply"]

_NOWHERE = "不知改的是哪一条"

ChangeKind = Literal["changed", "added", "removed", "renumbered", "left"]


@dataclass(frozen=True, slots=True)
class Change:
    """What an amendment did to one article of the law.

    ``article`` is its number after the amendment ("" when it is gone), ``former`` its number before
    ("" when it is new), ``by`` the articles of the amendment that say so. ``wording`` is what it
    read before, () when that is not known or the same. ``left``: why it could not be done.
    """

    kind: ChangeKind
    article: str
    former: str
    by: tuple[str, ...]
    wording: tuple[str, ...] = ()
    left: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """The articles after an amendment, what changed, and each old number's new one."""

    articles: list[Article]
    changes: list[Change]
    moved: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What an article reads now, None when not known; ``left`` says why it was not changed."""

    lines: tuple[str, ...] | None
    left: str = ""


def apply(
    amendment: Amendment,
    articles: Sequence[Article],
    whole: bool = True,
    after: Sequence[Article] = (),
) -> Applied:
    """Apply an amendment to the articles of a law.

    With ``whole`` False, ``articles`` are the few that are known: what it does to the others is
    told without their former wording. ``after`` is then the law as held after it, if it is held.
    """
    known = {each.label: each for each in articles}
    orders = read_orders(amendment, known)
    outcomes = {
        label: _outcome(known.get(label), steps, whole) for label, steps in orders.content.items()
    }
    orders.gone += [label for label, outcome in outcomes.items() if outcome.lines == ()]
    try:
        moved = _moved(orders, known, whole, after)
        new = [_new(each, known) for each in orders.new.values()]
    except UnclearError as unclear:
        return _nothing_done(orders, known, str(unclear))
    changes = list(_changes(orders, known, outcomes, moved))
    changes += [Change("left", "", "", (by,), (), _NOWHERE) for by in orders.unplaced]
    kept = _kept(orders, known, outcomes, moved)
    new = [each for each in new if orders.renumbers or _free(known.get(each.label))]
    names = {each.label for each in new}
    kept = [each for each in kept if each.label not in names]
    kept = kept if whole else sorted(kept, key=by_number)
    found = with_parts(placed(kept, new, orders.parts), orders.parts)
    return Applied(found, changes, moved)


def _outcome(
    article: Article | None, steps: Sequence[tuple[Step, tuple[Spot, ...]]], whole: bool
) -> _Outcome:
    if article is None:
        if whole:
            return _Outcome(None, "库中的文本没有这一部分")
        said = [step.lines for step, spots in steps if step.kind == "reword" and _all_of(spots)]
        return _Outcome(said[-1] if said else None)
    body = Body(article.lines)
    try:
        for step, spots in steps:
            body.change(step, spots)
        return _Outcome(body.lines())
    except UnclearError as unclear:
        return _Outcome(None, str(unclear))


def _all_of(spots: Sequence[Spot]) -> bool:
    return all(spot.clause is None and spot.item is None for spot in spots)


def _moved(
    orders: Orders, known: Mapping[str, Article], whole: bool, after: Sequence[Article]
) -> dict[str, str]:
    """Old number → new one, of all articles that stay."""
    if not orders.renumbers:
        return {label: label for label in (*known, *orders.content, *orders.gone)}
    if whole:
        moved = numbered_anew([label for label in known if label not in orders.gone], orders)
    else:
        moved = numbered_back(after, orders)
    for each in orders.new.values():
        moved |= {spot.article: each.label for spot in each.sources if _all_of([spot])}
    return moved


def _new(new: New, known: Mapping[str, Article]) -> Article:
    """A new article; a merged one whose wording is not said reads as its parts did."""
    lines = new.lines
    if not lines:
        for spot in new.sources:
            article = known.get(spot.article)
            clauses = clauses_of(article.lines) if article else []
            chosen = clauses if spot.clause is None else clauses[spot.clause - 1 : spot.clause]
            if not chosen or spot.item is not None:
                raise UnclearError(f"{new.label}的文字没有写明")
            lines += tuple(line for clause in chosen for line in clause)
    if not lines:
        raise UnclearError(f"{new.label}的文字没有写明")
    return Article(new.label, lines=lines)


def _free(article: Article | None) -> bool:
    """Whether a new article may stand where this one does."""
    return article is None or article.removed


def _kept(
    orders: Orders,
    known: Mapping[str, Article],
    outcomes: Mapping[str, _Outcome],
    moved: Mapping[str, str],
) -> list[Article]:
    """The articles that stay, as they read now, by their new numbers."""
    found: list[Article] = []
    for label in {**known, **outcomes}:
        article = known.get(label)
        outcome = outcomes.get(label)
        lines = outcome.lines if outcome and outcome.lines is not None else None
        if label in orders.gone:
            if orders.renumbers:
                if found and article and article.tail:
                    found[-1] = replace(found[-1], tail=found[-1].tail + article.tail)
                continue
            lines = REMOVED
        if label not in moved or (article is None and lines is None):
            continue
        article = article or Article(label)
        found.append(
            replace(article, label=moved[label], lines=article.lines if lines is None else lines)
        )
    return found


def _changes(
    orders: Orders,
    known: Mapping[str, Article],
    outcomes: Mapping[str, _Outcome],
    moved: Mapping[str, str],
) -> Iterator[Change]:
    for label in dict.fromkeys([*outcomes, *orders.gone]):
        by = tuple(orders.by.get(label, ()))
        before = known[label].lines if label in known else ()
        outcome = outcomes.get(label, _Outcome(None))
        if outcome.left:
            yield Change("left", moved.get(label, label), label, by, (), outcome.left)
        elif label in orders.gone:
            yield Change("removed", "" if orders.renumbers else label, label, by, before)
        elif label in moved and (not before or outcome.lines != before):
            yield Change("changed", moved[label], label, by, before)
    for new in orders.new.values():
        held = known.get(new.label)
        if not orders.renumbers and held is not None and not held.removed:
            if held.lines != new.lines:
                yield Change("left", new.label, "", (new.by,), (), "已有同一条号的条文")
            continue
        former = new.sources[0].article if new.sources else ""
        yield Change("added", new.label, former, (new.by,))
    for old, label in moved.items():
        if old != label and old not in outcomes and old not in orders.gone:
            yield Change("renumbered", label, old, tuple(orders.by.get(old, ())))


def _nothing_done(orders: Orders, known: Mapping[str, Article], why: str) -> Applied:
    labels = dict.fromkeys([*orders.content, *orders.gone, *orders.told, *orders.new])
    left = [
        Change("left", label, label, tuple(orders.by.get(label, ())), (), why) for label in labels
    ]
    return Applied(list(known.values()), left, {label: label for label in known})

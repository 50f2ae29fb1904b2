"""A law from version to version: the held texts, and the amendments between and after them.

Whether a held text has an amendment in it is told by both its date and its words: one published
later has it; one published the same day has it when most of what the amendment quotes stands in it;
one published before only when all of it does. What no held text has is put together here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.amending.applying import Applied, apply
from corpus.amending.quoted import bare
from corpus.amending.steps import Amendment
from corpus.amending.table import Article

__all__ = ["Held", "Stage", "follow"]

_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Held:
    """A held text of a law and the day it was published."""

    id: str
    published: str
    articles: Sequence[Article]


@dataclass(frozen=True, slots=True)
class Stage:
    """The law after one amendment.

    ``base`` is the held text before it and ``after`` the one that is the law with it, "" when none
    is held. ``made``: no held text has the amendment, and ``articles`` are the law with it, put
    together from what went before.
    """

    amendment: Amendment
    applied: Applied
    articles: Sequence[Article]
    base: str
    after: str
    made: bool


def follow(held: Sequence[Held], amendments: Sequence[Amendment]) -> list[Stage]:
    """The stages of one law, in the order in which its amendments were published."""
    stages: list[Stage] = []
    texts = sorted(held, key=lambda text: text.published)
    articles: Sequence[Article] = ()
    base = ""
    for amendment in sorted(amendments, key=lambda each: (each.published, each.id)):
        before = [text for text in texts if text.published < amendment.published]
        if before and (not base or before[-1].published > _date(texts, base)):
            articles, base = before[-1].articles, before[-1].id
        same_day = [text for text in texts if text.published == amendment.published]
        after = next((text for text in same_day if _share(text.articles, amendment) >= _MOST), None)
        later = any(text.published > amendment.published for text in texts)
        if same_day and after is None:
            articles, base = same_day[-1].articles, same_day[-1].id
        had = after is not None or later or (base != "" and _share(articles, amendment) == 1)
        applied = apply(amendment, articles, base != "", after.articles if after else ())
        done = any(change.kind != "left" for change in applied.changes)
        made = not had and base != "" and done
        articles = after.articles if after else applied.articles
        stages.append(Stage(amendment, applied, articles, base, after.id if after else "", made))
        base = after.id if after else base
    return stages


def _date(texts: Sequence[Held], identity: str) -> str:
    return next(text.published for text in texts if text.id == identity)


def _share(articles: Sequence[Article], amendment: Amendment) -> float:
    """How much of what the amendment writes into the law stands in these articles; 1 for all."""
    text = bare("".join(line for article in articles for line in article.lines))
    lines = [bare(line) for step in amendment.steps if step.kind != "unread" for line in step.lines]
    wordings = [line for line in lines if line]
    if not wordings:
        return 0
    return sum(line in text for line in wordings) / len(wordings)

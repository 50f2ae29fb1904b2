"""What an amendment does, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Amendment", "Kind", "Spot", "Step"]

Kind = Literal[
    "reword",  # the spots read ``lines``
    "insert",  # ``lines`` become the spots, 款 or 项 by their new numbers
    "append",  # ``lines`` become the last 款 of the spot
    "add",  # ``lines`` become the articles ``to``, after the spot where one is said
    "delete",
    "merge",  # the spots become the article ``to`` and read ``lines``
    "rename",  # the article gets the number ``to``
    "swap",  # in the spots (everywhere, if none) ``old`` reads ``lines``
    "extend",  # in the spots ``lines`` are written after, before or at the end of ``old``
    "part",  # a 章 or 节 ``lines`` is put in, with the articles ``to``
    "retitle",  # the 章 or 节 ``old`` is called ``lines``
    "unread",  # words that change something and were not understood: ``lines``
]


@dataclass(frozen=True, slots=True)
class Spot:
    """An article, by its number before the amendment; a 款 or 项 of it counts from 1."""

    article: str
    clause: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change. ``by`` is the article of the amendment that orders it, "" where it has none."""

    kind: Kind
    by: str
    spots: tuple[Spot, ...] = ()
    to: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One 修正案 or 修改决定: its steps, in order; ``since`` the ISO date they apply from."""

    id: str
    title: str
    published: str
    since: str
    steps: tuple[Step, ...]
    renumbers: bool = False

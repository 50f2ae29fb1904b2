"""Whether a law is in force, worked out from the dates as of a given day.

- A version is in force from its effective date. An amended law keeps the date of its first version
  (effective before published); it is in force from the date its amending decision says, when that
  is held, otherwise from its publication, the earliest day it can be.
- 尚未施行: that day is still to come.
- 已废止: a later law in force says that it is 同时废止; or the package says 已废止 and no law held
  says from when.
- 已被修改: a later version of the same title is in force; or an amendment published after it is,
  and the amended text is not held (刑法); or the package calls it 历史版本 and holds no later one.
- 现行有效: every other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.amending import amended_title
from corpus.lawversion import AMENDING, LawVersion

__all__ = ["with_dates", "with_standing"]

_REPEALS = re.compile(r"[^。\n]*同时废止")


def with_dates(laws: Sequence[LawVersion]) -> list[LawVersion]:
    """The versions with the day from which each applies."""
    return [replace(law, in_force=_in_force(law, laws)) for law in laws]


def with_standing(
    laws: Sequence[LawVersion], repeals: Iterable[tuple[str, ...]], today: str
) -> list[LawVersion]:
    """The versions with status and successor as of ``today``.

    ``repeals`` are the articles that repeal laws: id and title of their law, their text.
    """
    ended = _repealed(laws, repeals)
    return [
        replace(
            law, status=_status(law, laws, ended, today), successor=_successor(law, laws, today)
        )
        for law in laws
    ]


def _amended(law: LawVersion) -> str:
    """The title of the law that this decision or amendment changes, or ""."""
    return amended_title(law.title) if law.kind in AMENDING else ""


def _in_force(law: LawVersion, laws: Sequence[LawVersion]) -> str:
    if law.effective > law.published:
        return law.effective
    same_day = [
        other.effective
        for other in laws
        if other.published == law.published and _amended(other) == law.title
    ]
    return max([law.published, *same_day])


def _repealed(
    laws: Sequence[LawVersion], repeals: Iterable[tuple[str, ...]]
) -> dict[str, tuple[str, str]]:
    """Title → (in force, published) of the law that ends it."""
    by_id = {law.law_id: law for law in laws}
    ended: dict[str, tuple[str, str]] = {}
    for law_id, own, text in repeals:
        by = by_id[law_id]
        for clause in _REPEALS.findall(text):
            for title in re.findall(r"《([^》]+)》", clause):
                if title != own:
                    ended[title] = (by.in_force, by.published)
    return ended


def _successor(law: LawVersion, laws: Sequence[LawVersion], today: str) -> str:
    later = [
        other
        for other in laws
        if other.title == law.title and law.published < other.published and other.in_force <= today
    ]
    return max(later, key=lambda other: other.published).id if later else ""


def _status(
    law: LawVersion, laws: Sequence[LawVersion], ended: Mapping[str, tuple[str, str]], today: str
) -> str:
    if law.in_force > today:
        return "尚未施行"
    end, end_published = ended.get(law.title, ("", ""))
    if end and law.published < end_published:
        if end <= today:
            return "已废止"
    elif law.status == "已废止":
        return "已废止"
    later = [other for other in laws if other.published > law.published]
    successors = [other for other in later if other.title == law.title]
    amendments = [other for other in later if _amended(other) == law.title]
    if any(other.in_force <= today for other in successors + amendments):
        return "已被修改"
    return "已被修改" if law.status == "历史版本" and not successors else "现行有效"

"""One version of a national law, as it is listed."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AMENDING", "LawVersion"]

AMENDING = frozenset({"修正案", "修改决定"})
"""The kinds of those that change another law."""
_COUNTRY = "中华人民共和国"
# What ``corpus.short_names`` cannot derive: it keeps less than half of the title's words, or a
# single character of it.
_CUSTOMARY = {
    "中华人民共和国地方各级人民代表大会和地方各级人民政府组织法": ("地方组织法",),
    "中华人民共和国消费者权益保护法": ("消法",),
}


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of one law.

    ``in_force`` is the ISO date from which this version applies, ``successor`` the id of the newest
    later version of the same title that is in force. A version that no file holds is made of the
    one of the law id ``base`` and the ``amendments`` (law ids) that it lacks, in their order.
    """

    law_id: str
    title: str
    kind: str
    status: str
    issuer: str
    published: str
    effective: str
    in_force: str
    successor: str = ""
    base: str = ""
    amendments: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its Document."""
        return f"law-{self.law_id}"

    @property
    def aliases(self) -> tuple[str, ...]:
        """The title without 中华人民共和国, and customary short names."""
        short = self.title.removeprefix(_COUNTRY)
        names = (short, *_CUSTOMARY.get(self.title, ()))
        return tuple(name for name in names if name != self.title)

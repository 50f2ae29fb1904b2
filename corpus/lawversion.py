"""One version of a national law, as it is listed."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AMENDING", "LawVersion"]

AMENDING = frozenset({"修正案", "修改决定"})
"""The kinds of those that change another law."""
_COUNTRY = "中华人民共和国"
_CUSTOMARY = {
    "中华人民共和国宪法": ("我国宪法",),
    "中华人民共和国各级人民代表大会常务委员会监督法": ("监督法",),
    "中华人民共和国地方各级人民代表大会和地方各级人民政府组织法": ("地方组织法",),
    "中华人民共和国全国人民代表大会和地方各级人民代表大会代表法": ("代表法",),
    "中华人民共和国全国人民代表大会和地方各级人民代表大会选举法": ("选举法",),
    "中华人民共和国刑事诉讼法": ("刑诉法",),
    "中华人民共和国民事诉讼法": ("民诉法",),
    "中华人民共和国行政诉讼法": ("行诉法",),
    "中华人民共和国治安管理处罚法": ("治安处罚法",),
    "中华人民共和国香港特别行政区基本法": ("香港基本法",),
    "中华人民共和国香港特别行政区维护国家安全法": ("香港国安法",),
    "中华人民共和国澳门特别行政区基本法": ("澳门基本法",),
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

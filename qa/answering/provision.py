"""What kind of provision a question asks for: a penalty, who decides, what a word means.

Within one law many articles speak of the same thing; the one that forbids it and the one that
punishes it differ in their verbs only, and these the question has too (怎么罚 → 处…罚款).
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["fits"]


class _Kind(NamedTuple):
    asks: re.Pattern[str]
    holds: re.Pattern[str]
    weight: float


_OFFICE = "(?:机构|机关|部门|法院|检察院|政府|委员会|主管|总理|主席)"
# Weights chosen on qa/sets/named-dev.jsonl; twice or half as much gives the same there.
_KINDS = (
    _Kind(
        re.compile(
            "怎么(?:处罚|罚|处分|惩处|处理|追究)|如何(?:处罚|处理|处分)|什么(?:处罚|后果)|罚多少|判几年|判多久"
        ),
        re.compile(
            "处[^。；]{0,40}(?:罚款|拘留|徒刑|拘役|警告)|给予[^。]{0,12}处分|责令[^。；]{0,12}(?:改正|停)|吊销"
            "|没收违法|治安管理处罚"
        ),
        0.2,
    ),
    _Kind(
        re.compile(
            "[去到]哪|[向找由]谁|谁来|谁(?:决定|认定|批准|负责)|哪个(?:部门|机关|机构|单位)|向哪"
        ),
        re.compile(f"[向由][^，。；]{{1,30}}{_OFFICE}"),
        0.1,
    ),
    _Kind(re.compile("是什么意思|定义|什么[是叫]|是指什么"), re.compile("是指|所称"), 0.1),
)


def fits(question: str, text: str) -> float:
    """How much a text is of the kinds that the question asks for, 0 and up."""
    return sum(
        kind.weight for kind in _KINDS if kind.asks.search(question) and kind.holds.search(text)
    )

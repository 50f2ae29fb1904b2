"""What kind of thing a question asks for, and whether a text holds one at all.

A question for a sum of money is seldom answered by a passage without a sum, one for a percentage
seldom by a passage without a percentage. It is one sign among others
(``qa.answering.answerability``) and decides nothing alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Expected", "compared", "expected"]

_NUMBER = r"[0-9〇零一二两三四五六七八九十百千万亿]+(?:\.[0-9]+)?"
_SEVERAL = (
    r"(?:[0-9]+(?:\.[0-9]+)?|[二两三四五六七八九十百千万亿][〇零一二两三四五六七八九十百千万亿]*)"
)

# What the question says, and what the answer must hold.
_KINDS = tuple(
    (name, re.compile(asks), re.compile(holds))
    for name, asks, holds in (
        (
            "金额",
            r"多少(?:钱|块|元|万元|亿元|补贴|补助|工资|经费)|几块钱|几万元|(?:预算|补贴|补助|奖励|罚款"
            r"|工资|收费|经费|花费|起步价|稿费)[^,，。？?]{0,6}(?:多少|几)|(?:涨到|贷)多少",
            rf"{_NUMBER}\s*[余多]?\s*(?:元|块|万元|亿元)",
        ),
        (
            "比例",
            r"百分之(?:多少|几)|(?:多少|多大|几成的?)比例|[率比占][^,，。？?]{0,8}多少|(?:多少|几)[倍成]",
            rf"百分之|[%％]|分之|{_NUMBER}\s*[倍成]",
        ),
        ("电话", r"电话(?:号码)?(?:是)?(?:多少|几号|什么)|打(?:什么|哪个)电话", r"[0-9]{5,}"),
        (
            "地址",
            r"地址|(?:在|去|到|往|设在|位于)哪(?:里|儿|条|栋|座|个地方)?(?:$|[,，。？?办理领找交])|什么地方",
            r"[路街道巷][^,，。；]{0,6}[0-9〇零一二三四五六七八九十百]+号|[楼层室]|大厦|位于|设在",
        ),
        (
            "时刻",
            r"几点|(?:上班|下班|办公|营业|开放|受理|服务|值班)(?:的)?时间",
            rf"{_NUMBER}\s*[时点：:]|[上下]午|全天|昼夜|工作日",
        ),
        (
            "网址",
            r"(?:邮箱|网址|网站|公众号|APP|app)[^,，。？?]{0,4}(?:是什么|是啥|叫|哪个|多少)|哪个邮箱",
            r"@|www\.|https?:",
        ),
        (
            "日期",
            r"几月|几号|截止(?:到|日期)|什么时候|啥时候|哪一?年|哪天|何时|多会儿",
            rf"{_NUMBER}\s*(?:年|月|日)|之日|当日|期限|届满",
        ),
        (
            "期限",
            r"(?:多少|几)个?(?:天|日|年|月|工作日|小时)|多久|多长时间",
            rf"{_NUMBER}\s*个?\s*(?:工作日|日|天|年|月|周|小时)",
        ),
        ("原因", r"为什么|为啥|为何|(?:什么|啥)原因|原因", r"因为?|由于|原因|为了?|考虑到"),
        (
            "年龄",
            r"(?:满|到|够|卡到?)多大|多大(?:岁数|年纪|年龄|能|可以|才)|几岁|多少岁",
            r"岁|成年",
        ),
        (
            "名次",
            r"(?:排|排名|位列)[^,，。？?]{0,4}第几|第几[名位]",
            rf"第{_NUMBER}[名位]|前列|领先",
        ),
    )
)
_COUNT = re.compile(r"(?:多少|几)(?P<unit>[名位人项条件个家台辆起篇场次回支户])")
_SAME_UNIT = {unit: group for group in ("名位人", "次回", "项件条个") for unit in group}

_COMPARED = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,10}?)[和与跟同](?P<other>[\u4e00-\u9fff]{2,10}?)(?:之间|法律上|到底)?"
    r"(?:有?(?:什么|啥|哪些|何)|有没有|有|的|是不是|是)?(?:区别|不同|差别|差异|不一样|一样|一回事)"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind of answer (金额, 日期, …) and the pattern that a text holding one matches."""

    kind: str
    pattern: re.Pattern[str]

    def held_by(self, text: str) -> bool:
        """Whether the text holds such a thing."""
        return self.pattern.search(text) is not None


def expected(question: str) -> list[Expected]:
    """What the question asks for; empty for the many questions that ask for no such thing."""
    found = [Expected(name, holds) for name, asks, holds in _KINDS if asks.search(question)]
    return [*found, *_counts(question)]


def compared(question: str) -> tuple[str, str] | None:
    """The two things whose difference is asked for (欠条和借条有什么区别); None where none is.

    Before the first one there may be words that are not of its name.
    """
    found = _COMPARED.search(question)
    return (found["one"], found["other"]) if found else None


def _counts(question: str) -> Iterator[Expected]:
    for match in _COUNT.finditer(question):
        units = _SAME_UNIT.get(match["unit"], match["unit"])
        yield Expected("数目", re.compile(rf"{_SEVERAL}\s*[多余]?\s*[{units}]"))

"""What a person who looks for words wrote around them, and where they left words out."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["fragments", "pieces", "unwrapped"]

_UNIT = "(?:部法律?|份文件|个文件|部|份|个|条|款|章|节|处|项|篇)"
_THING = "(?:文件|法律|法规|法条|法|规划|条款|条文|规定|政策|地方|章节|通知|意见|纲要|句话)"
_WHICH = rf"(?:哪[里儿]|哪[一几些]?{_UNIT}?{_THING}?|什么{_THING}|第几[章节条款项])"
_IN = "(?:里面|当中|里|中|上)?"
_SAY = (
    "(?:明确|曾经?|具体|有没有|是否|是不是|最早)*"
    "(?:说过?|提到过?|提过|提出过?|规定过?|写过|写着|写了?|讲过?|讲到|要求过?|出现过?|有过|用过)"
    "(?:了|的是)?"
)
_THIS = "(?:这样?|那样?)(?:一?句话?|一?段话?|几个字|个说法|个提法|种说法|么一?句话?)"
_PLEASE = "(?:请问|麻烦|我想)?(?:想?问一?下|帮我[查找]一?下?|帮忙[查找]一?下?|[查找]一?下)?"
_HEAD = re.compile(
    rf"^{_PLEASE}[,，:：\s]*"
    rf"(?:(?:是|在)?(?:{_WHICH}|[规划民典宪法文件库条例]{{2,4}}){_IN}{_SAY}(?:{_THIS})?[:：,，\s]*)?"
)
_OF = "(?:的)?(?:说法|规定|表述|原文|原话|提法|内容|话|句子)"
_TAIL = re.compile(
    rf"[,，。\s]*(?:{_THIS}|{_OF})?(?:原文|最早|具体|到底|究竟|大概)?"
    rf"(?:是?出自|来自|出于|见于|源自|是?写在|是?规定在|是在|是|在|见)"
    rf"[规划民典宪法的]{{0,4}}{_WHICH}{_IN}(?:{_SAY})?(?:的|来着)?[呢啊呀吗?？\s]*$"
)
_HOW = re.compile(
    r"[,，\s]*(?:的)?(?:原话|原文|条文|表述|说法)?(?:是|里)?(?:怎么|怎样|如何|咋)(?:说|写|规定|表述|讲|要求)(?:的|来着)?[呢啊呀吗?？\s]*$"
)
_END = re.compile(rf"(?:{_THIS})?[呢吗]?[?？]*\s*$")
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"]{4,})[”」』\"]")
_ELLIPSIS = re.compile(r"[…⋯]+|\.{3,}|。{3,}|·{3,}|-{3,}|—{3,}")
_JOINT = re.compile(r"以及|和|与|及|还有|并且|并")
_PAUSE = re.compile(r"[、,，。;；:：!！?？]+")
_SHORTEST = 4


def unwrapped(text: str) -> list[str]:
    """The words asked about, likeliest first; [] when the text is no question about words.

    ``哪份文件里说过“…”``, ``…出自哪里`` and ``…的原话怎么说`` give what stands for ``…``.
    """
    core = text.strip()
    bare = core
    for around in (_HEAD, _TAIL, _HOW, _END):
        bare = around.sub("", bare, count=1).strip()
    found: list[str] = []
    if bare and bare != core:
        quoted = max(_QUOTED.findall(bare), key=len, default="")
        found += [quoted] if len(quoted) * 2 > len(bare) else []
        found.append(bare.strip('“”「」『』"：:，, '))
    return [words for words in dict.fromkeys(found) if words]


def pieces(text: str) -> list[str]:
    """The parts of a text with something left out between them (……); else the text alone."""
    parts = [part for part in _ELLIPSIS.split(text) if len(part.strip()) > 1]
    return parts if len(parts) > 1 else [text]


def fragments(text: str) -> Iterator[list[str]]:
    """Ways to see the text as several fragments put together: at one 和, or at every pause."""
    for match in list(_JOINT.finditer(text))[:4]:
        parts = [text[: match.start()], text[match.end() :]]
        if all(len(part.strip()) >= _SHORTEST for part in parts):
            yield parts
    parts = [part for part in _PAUSE.split(text) if part.strip()]
    if 2 <= len(parts) <= 8 and all(len(part.strip()) >= _SHORTEST for part in parts):
        yield parts

"""What is said to the program and asks nothing of the library: 你好, 你是谁, 谢谢."""

from __future__ import annotations

import re

__all__ = ["small_talk"]

_SELF = "法据只用文库里文件的原话回答问题，句句注明出处"
_CALLED = r"(?:你|您|法据|这个?(?:系统|程序|网站|软件|工具))"
_PARTICLES = re.compile(r"[\s，,。.！!？?～~、]+|[啊呀哦呢吧哈啦嘛了]+$")
_KINDS = (
    (
        re.compile(
            r"(?:(?:你|您|大家)好|嗨|哈[喽啰罗]|hello|hi|早上好|上午好|中午好|下午好|晚上好|早安|在吗|在不在|有人吗|请问)+"
        ),
        f"您好，{_SELF}；请直接写下想问的事。",
    ),
    (
        re.compile(
            rf"(?:(?:你|您)好)?(?:请问)?{_CALLED}(?:是谁|叫什么(?:名字)?|是什么|是(?:干什么|做什么|干嘛|干啥)的?(?:用的|的)?"
            rf"|(?:能|会|可以)(?:干|做|帮我做?|回答)?(?:什么|啥|些什么|哪些事)|(?:怎么|如何)(?:用|使用)"
            rf"|是(?:不是)?(?:机器人|人工智能|ai|真人|人工)吗?)"
            rf"|(?:介绍一下)(?:你|您|你自己|自己)"
        ),
        f"{_SELF}；文库里没有的，它会照实说没有。请用平常的话写下想问的事，或写条号、文件原话。",
    ),
    (
        re.compile(
            r"(?:好的|嗯|行|知道|明白)*(?:非常|太|十分)?(?:感谢|谢谢|多谢|谢)(?:你|您|你们)?(?:们)?"
            r"|辛苦(?:你|您)?|再见|拜拜|88"
        ),
        f"不客气。{_SELF}，有别的想查，请接着问。",
    ),
)


def small_talk(query: str) -> str:
    """One friendly sentence on what this is; "" where something is asked."""
    said = _PARTICLES.sub("", query.lower())
    return next((answer for pattern, answer in _KINDS if pattern.fullmatch(said)), "")

"""What is said of a question in another language: how well it is answered, as it was measured."""

from __future__ import annotations

import re

__all__ = ["language_note"]

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]{2}")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]{2}")


def language_note(question: str) -> str:
    """A sentence for a question without a Chinese character; "" for any other.

    The figures are those of qa/sets/languages.jsonl (docs/accuracy.md).
    """
    if _CHINESE.search(question):
        return ""
    if _ARABIC.search(question):
        return (
            "维吾尔文、哈萨克文的问题按意思去找，多半找不到（试过 13 个维吾尔文问题，5 个"
            "的答案在前五段里），请改用汉语提问。"
        )
    if _CYRILLIC.search(question):
        return "这种文字的问题没有试过能不能找对，请改用汉语提问。"
    if _LATIN.search(question):
        return (
            "英文问题按意思去找（试过 30 个，25 个的答案在前五段里），很少能直接挑出答句，"
            "请看下面的原文；用汉语提问更准。"
        )
    return ""

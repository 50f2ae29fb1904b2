"""Whether a known name that stands in a text without 《》 is a mention of the document.

It is when it stands for the document, not inside a longer word:

- what follows must not turn it into another word: 行政法|规, 公司法|人, 宪法|宣誓;
- what stands before must be the end of another word, which the dictionary tells (``leads``):
  但|监察法, 围绕|监察法, 分别对应|监察法, 2023年|公司法 are mentions, 成人教育法 is none of 教育法,
  德国民法典 none of 民法典, 北京市物业管理条例 none of 物业管理条例;
- a very short name or a common word (水法, 规划) must be followed by a place: 规划第三章.
"""

from __future__ import annotations

import re

from corpus.lexicon import is_word, word_before
from corpus.places import read_places

__all__ = ["CITING", "DOING", "chinese", "is_mention", "leads"]

_COUNTRY = "中华人民共和国"
_AFTER_LAW = re.compile(
    r"[务人律院官治庭]|规(?!定)|学(?![习校生])|定(?!罪)|制(?!裁|约)|委员会|修正案|实施(?:细则|条例|办法)|司法解释"
)
_AFTER_CONSTITUTION = re.compile(
    r"宣誓|宣传|日|精神|意识|教育|法律意识|和法律委员会|学(?!习)|监督|性|活动|周|修正案|史|典|馆|讲"
)
_FOREIGN = re.compile(r"(?:[美英法德俄韩]国|日本|外国|国际|军事|比较)$")
_FAMOUS = frozenset({"宪法", "刑法", "民法典"})
_OURS = re.compile(r"(?:中国|我国|国家|现行|原|旧|新|老|的)$")
_CITING = (
    "根据|依据|依照|按照|遵照|参照|违反|违背|触犯|符合|援引|引用|参见|详见|见于|载于|属于|不同于|涉及"
    "|[见即如是指]"
)
_DOING = "适用|执行|落实|遵守|贯彻|宣传|学习|利用|规定|结合|参考|对照|主张|认为|所谓|法条|[经故]"
# After these a document is cited, whatever class the dictionary gives them.
CITING = re.compile(f"(?:{_CITING})$")
DOING = f"(?:{_DOING})"
"""After these too, but they stand inside names as well: 资源综合利用管理办法."""
_LEADING = re.compile(f"(?:{_CITING}|{_DOING})$")
# 依照刑法, 是公司法, 该公司法, 了公司法, 三部公司法: no name goes on from what is no noun.
_LEADING_CLASSES = ("p", "c", "d", "u", "r", "t", "m", "q", "f", "y", "e", "v", "l", "i", "z")
_VERBAL_NOUN = "vn"


def is_mention(text: str, start: int, end: int, proper: bool = True) -> bool:
    """Whether the name at ``[start, end)`` stands for its document there.

    ``proper``: it is the document's own title, not a word that it is called by.
    """
    written = text[start:end]
    name = written.removeprefix(_COUNTRY)
    before = text[max(0, start - 4) : start]
    if before.endswith("宪法讲") or _part_of_longer_word(name, text, end):
        return False
    return name != written or _may_stand_after(name, text, start, end, proper)


def _part_of_longer_word(name: str, text: str, end: int) -> bool:
    """Whether what follows makes the name the first half of another word."""
    if name == "宪法":
        return _AFTER_CONSTITUTION.match(text, end) is not None
    return name.endswith("法") and _AFTER_LAW.match(text, end) is not None


def _may_stand_after(name: str, text: str, start: int, end: int, proper: bool) -> bool:
    """Whether the name can be whole, seen from what stands before it (and a place after it)."""
    before = text[max(0, start - 4) : start]
    if name in _FAMOUS:
        return _FOREIGN.search(before) is None
    law = name.endswith(("法", "法典"))
    placed = bool(read_places(text, end))
    if not placed and (len(name) <= 2 or (not proper and is_word(name))):
        return False
    if not chinese(text[max(0, start - 1) : start]):
        return True
    if law and len(name) > 3:
        return not _of_a_place(text, start)
    return leads(text, start, placed and law)


def leads(text: str, at: int, placed: bool) -> bool:
    """Whether a name can begin at ``at``: the word before it is none that a name goes on from.

    ``placed``: the name is followed by a place, so that it is one, wherever it begins.
    """
    if _OURS.search(text, max(0, at - 2), at) or _LEADING.search(text, max(0, at - 3), at):
        return True
    word = word_before(text, at)
    if word.tag == _VERBAL_NOUN:
        earlier = at - len(word.text)
        ahead = text[max(0, earlier - 1) : earlier]
        return placed if not chinese(ahead) else leads(text, earlier, placed)
    return word.tag.startswith(_LEADING_CLASSES) or (placed and len(word.text) == 1)


def _of_a_place(text: str, at: int) -> bool:
    """Whether the name of a country or region stands directly before: 德国反垄断法."""
    word = word_before(text, at)
    return len(word.text) > 1 and word.tag == "ns" and word.text not in {"中国", "全国"}


def chinese(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u4e00" <= character <= "\u9fff"

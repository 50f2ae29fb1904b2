"""The words of a title: without stamps and spaces, whether it is whole, and the kind they say.

Official documents end their titles with what they are: the fifteen kinds of 公文 (关于…的通知),
those of law, and the many that offices write. A title that ends with none of these is of the kind
that its last word says, where it begins as such titles do.
"""

from __future__ import annotations

import re

from corpus.lexicon import word_before

__all__ = ["BEGINS", "clean_title", "is_balanced", "is_complete", "kind_word"]

_TYPES = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|复函|函|纪要"
    "|宪法|法典|(?<![方做用执司普])法|条例|规定|办法|细则|规则|章程|准则|守则|规范|规程|标准|制度"
    "|规划纲要|规划|纲要|计划|方案|预案|要点|措施|建议|清单|目录|名单|指南|指引|导则|手册|须知"
    "|解读|问答|说明|公示|简报|总结|流程|程序|机制|基准|职责|公约|协议|合同|倡议|声明|启事|提示|答复"
)
_STAMPS = r"(?:[(（〔\[【][^()（）\]】〕]{1,30}[)）〕\]】])*$"
_ENDS = re.compile(rf"({_TYPES}){_STAMPS}")
_PAPER = re.compile(rf"([\u4e00-\u9fff]{{2}}[书表册卡图单]){_STAMPS}")
_LAST_WORD = re.compile(rf"([\u4e00-\u9fff]{{2}}){_STAMPS}")
BEGINS = re.compile(
    r"关于|中共|中华人民共和国|国务院|《|[\u4e00-\u9fff]{1,12}(?:省|市|县|区|州|盟|旗)"
)
_ABOUT = re.compile(rf"关于.*的([\u4e00-\u9fff]{{1,4}}){_STAMPS}")
_STAMP = re.compile(
    r"^[【\[][^【】\[\]]{1,8}[】\]]|[(（][^()（）]*(?:征求意见稿|草案|送审稿|讨论稿)[^()（）]*[)）]$"
)
_HANDED_OUT = re.compile(r"[印转]发《([^《》]+)》$|^([\u4e00-\u9fff]{2,10})[：:]《[^《》]+》$")
_NAMED = re.compile(r"^(?:文件)?(?:标\s?题|名\s?称|题\s?名)\s?[:：]\s?")
_PAIRS = ("《》", "“”", "（）", "()", "〔〕", "【】")


def clean_title(words: str) -> str:
    """The title without spaces between its characters, outer 《》, and the stamp of a draft."""
    bare = re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", _NAMED.sub("", words.strip()))
    bare = _STAMP.sub("", _STAMP.sub("", bare))
    whole = re.fullmatch(r"《([^《》]+)》", bare)
    return whole[1] if whole else bare


def is_balanced(title: str) -> bool:
    """Whether each bracket and quotation mark that it opens is closed."""
    return all(title.count(pair[0]) == title.count(pair[1]) for pair in _PAIRS)


def is_complete(title: str) -> bool:
    """Whether the title ends with a word that says what the document is."""
    said = _ENDS.search(title) or _PAPER.search(title) or _HANDED_OUT.search(title)
    return said is not None and is_balanced(title)


def kind_word(title: str) -> str:
    """The last word of the title: 通知, 预案; "" where the words do not look like a title's."""
    handed_out = _HANDED_OUT.search(title)
    if handed_out:
        return kind_word(handed_out[1] or handed_out[2])
    known = _ENDS.search(title) or _ABOUT.search(title) or _PAPER.search(title)
    if known is None and BEGINS.match(title):
        known = _LAST_WORD.search(title)
        return word_before(title, known.end(1)).text if known else ""
    return known[1] if known else ""

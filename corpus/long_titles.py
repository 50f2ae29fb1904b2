"""Titles written around the name of a law, which never mean the law: what interprets it, its rules.

- after it: 劳动合同法实施条例, 民诉法解释, 公司法司法解释（三）, 民法典婚姻家庭编的解释（一）;
- on both sides of it: 最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）.

And names of documents that the library does not know, read back from the place that follows them:
旅馆业治安管理办法第六条, 党章第三十六条, 司法解释（二）第十九条.
"""

from __future__ import annotations

import re

from corpus.lexicon import inside_word, word_before
from corpus.mentioning import CITING, DOING
from corpus.places import read_places

__all__ = ["ASKED_OF", "around_name", "beyond_name", "unknown_name"]

_N = "[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}"
_NUMBER = rf"(?:[(（]\s?(?:{_N})\s?[)）]|(?:{_N})(?![0-9年月日条款项章节编、]))"
_NUMBERED = re.compile(_NUMBER)
ASKED_OF = r"对|怎么|如何|关于|中|里|的|规定|有|第|是|[,，。？?!！\s]|$"
"""What follows the name of a document in a question that is asked of it."""
_ASKED_OF = re.compile(ASKED_OF)
_ALWAYS = "实施条例|实施细则|司法解释|立法解释|修正案"
_BEYOND = re.compile(
    rf"(?P<part>[^\W的第于关对在中里]{{0,12}}?)(?:的?(?:(?P<always>{_ALWAYS})|(?P<kind>解释|实施办法|实施规定|若干规定))"
    r"|(?P<rules>规定))"
    rf"(?P<number>{_NUMBER})?(?![法学权])"
)
_VAGUE = re.compile(
    r"^(?:和|与|及|或|以及|并)|(?:有关|相关|等|之|上述|前述|该|本|中|也|都|又|所|明确|作出|没有|未)$"
)
_BEFORE = re.compile(
    r"关于(?P<doing>适用|贯彻执行|贯彻|执行|修改|废止|批准|施行|实施|办理|审理)?(?:我国)?$"
)
_KIND_AFTER = "解释|规定|决定|意见|批复|答复|通知|办法|解答|决议|复函"
_AFTER = re.compile(
    rf"(?:[^。；;！？!?\n《》“”]|《[^《》\n]+》){{0,60}}?(?P<of>的|若干|问题的?)?(?P<kind>{_KIND_AFTER})"
    rf"(?P<number>{_NUMBER})?"
)
_ISSUERS = re.compile(
    r"(?:(?:最高人民法院|最高人民检察院|最高法|最高检|两高|全国人民代表大会(?:常务委员会)?|全国人大(?:常委会)?|国务院"
    r"|中共中央|公安部|司法部|[\u4e00-\u9fff]{2,12}?(?:人民法院|人民检察院|委员会|部|总?局|厅|署|人民政府))"
    r"(?:、|和|会同)?)+$"
)
_UNKNOWN_KINDS = (
    "法典|法|条例|规定|办法|细则|规则|章程|党章|准则|意见|决定|通知|批复|规程|规范|纲要|公约|协定|议定书"
    "|标准|守则|方案|制度|答复|复函|决议"
)
_UNKNOWN = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{0,40}}?(?:(?:{_UNKNOWN_KINDS})(?:[(（]试行[)）])?|解释{_NUMBER}?))$"
)
_OPENING = re.compile(f"{DOING}|及其|其(?=实施)")
_POINTING = re.compile(
    r"^(?:[本该此这那同旧新原现前后上述两其各有相关的等]|司法|立法|执法|守法|违法|合法|依法|方法|做法|看法|说法|用法|书法"
    r"|语法|国家|政府|部门|单位|公司|法律|行政|地方|现行|明文|明确|另有|特别|一般|具体|作出|处理|审查|审判|上诉)*"
    r"(?:法典|法|条例|规定|办法|细则|规则|章程|准则|意见|决定|通知|批复|规程|规范|纲要|标准|方案|制度|解释|决议)?$"
)
_LONGEST_RUN = 44


def beyond_name(text: str, end: int, asked: bool = False) -> int:
    """Where the title ends that goes on after a law's name ending at ``end``; ``end`` if none.

    ``asked``: in a question 民诉法解释 needs no place behind it (民诉法解释怎么规定举证).
    """
    if text.endswith("修正案", 0, end):
        numbered = _NUMBERED.match(text, end)
        return numbered.end() if numbered else end
    match = _BEYOND.match(text, end)
    if match is None or (match["part"] and _VAGUE.search(match["part"])):
        return end
    if match["always"] or match["number"]:
        return match.end() if match["always"] or match["kind"] == "解释" else end
    placed = bool(read_places(text, match.end()))
    if match["rules"]:
        return match.end() if placed and match["part"] else end
    return match.end() if placed or (asked and _ASKED_OF.match(text, match.end())) else end


def around_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the title around the name of a law at ``[start, end)``; None if there is none."""
    before = _BEFORE.search(text, max(0, start - 20), start)
    after = _AFTER.match(text, end) if before is not None else None
    if before is None or after is None:
        return None
    issuer = _ISSUERS.search(text, max(0, before.start() - 40), before.start())
    if issuer is None and before["doing"] is None:
        return None
    if after["kind"] == "规定" and not (after["of"] and after["of"] != "的"):
        # 关于适用《民法典》第三条的规定: no title, what the article says.
        return None
    begin = before.start() if issuer is None else _issuer_start(text, issuer)
    return begin, after.end()


def _issuer_start(text: str, issuer: re.Match[str]) -> int:
    at = issuer.start()
    for start in range(issuer.start() + 1, issuer.end() - 2):
        if CITING.search(text, issuer.start(), start):
            at = start
    return at


def unknown_name(text: str, end: int, floor: int = 0) -> int | None:
    """Where the name begins of a document that ends at ``end``, before a place; None if none does.

    ``floor``: nothing before it belongs to the name. -1 when a document is meant, but not named
    (上述规定, 本办法).
    """
    begin = max(floor, end - _LONGEST_RUN)
    match = _UNKNOWN.search(text, begin, end)
    if match is None:
        return None
    start = _name_start(text, match.start("name"), end)
    return -1 if _POINTING.match(text[start:end]) else start


def _name_start(text: str, start: int, end: int) -> int:
    country = text.rfind("中华人民共和国", start, end)
    if country >= 0:
        return country
    about = text.rfind("关于", start, end)
    if about >= 0:
        issuer = _ISSUERS.search(text, start, about)
        return about if issuer is None else _issuer_start(text, issuer)
    begin = next((at for at in range(end - 2, start, -1) if _begins(text, at, start)), start)
    while (doing := _OPENING.match(text, begin)) and doing.end() < end - 2:
        begin = doing.end()
    return begin


def _begins(text: str, at: int, start: int) -> bool:
    """Whether the name of an unknown document begins at ``at``: after 违反, 的, 但, 除了, …和."""
    if CITING.search(text, start, at):
        return True
    word = word_before(text[start:at], at - start)
    if inside_word(text, at):
        return False
    if word.tag.startswith("u") or word.tag in {"p", "r", "y", "e"}:
        return True
    if word.text in {"和", "与", "及", "或"}:
        joined = re.search(rf"(?:{_UNKNOWN_KINDS}|条|款|项)$", text[start : at - 1])
        return at - 1 == start or joined is not None
    return word.tag == "c"

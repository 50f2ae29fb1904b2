"""Which place of which document a draft says a quotation is from.

- In brackets after it: “……”(《民法典》第五条), “……”,见《…》, “……”是民法典第五条的规定.
- Right after it, in a sentence that ends with what the place does: “……”《民法典》第五条这样规定。
- Before it in the same sentence: 《民法典》第五条规定:“……”; several quotations in a row share it.
- Earlier, when the sentence points back: 第二款规定:“……”, 该条还规定:“……”, 该法规定:“……”.

What is said with 规定, 明确, a colon and the like directly before the quotation, or in brackets
after it, is ``said``; a citation that only stands in the same sentence is a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Citation, parse_number
from qa.check.quotations import Quotation

__all__ = ["JOINED", "VERB", "Attribution", "Attributor"]

_N = r"[一二三四五六七八九十百\d]+"
VERB = (
    r"规定|明确|指出|强调|提出|要求|载明|写明|写道|写到|写着|写有|重申|界定|定义|表述|原文|内容|如下|明文|条文|确立|确定|宣示|宣告"
    r"|所称|所述|称为?|部署|作出|强化|禁止|表明|说明"
)
_SAID = re.compile(
    rf"(?:(?:{VERB})"
    rf"(?:了|的|到|过|称|为|是|有|中|一句|以下|下列|内容|原则|精神|如下|指出|明确|规定)*\s*[:：，,]?|[:：]|(?:条|款|项|》)[)）]?(?:的|[，,、])?)\s*$"
)
_SOMEBODY = re.compile(
    r"(?:认为|主张|辩称|诉称|表示|说道?|坦言|介绍|反映|告诉|答复?|建议|呼吁)(?:了|过|道)?\s*[:：，,]?\s*$"
)
_COLON = re.compile(r"[:：]\s*$")
_QUOTED = "\ufffc"
_STOP = re.compile(r"[。！？!?]|\n(?!\s*$)")
_CHAIN = re.compile(
    rf"(?:{_QUOTED}。?|[、，,；;\s])*(?:(?:和|与|及|以及|或|或者|并|并且|同时|还|又|也|再|另|分别|其中|以下|等)[、，,\s]*)*"
    rf"(?:{VERB})?(?:了)?[:：，,\s]*"
)
_BACK_CLAUSE = re.compile(
    rf"(?:^|[，,；;、\s和与{_QUOTED}])(?:该条|同条|本条|该款|其|上述条文)?(?:第\s?(?P<clause>{_N})\s?款的?)?"
    rf"(?:第\s?[(（]?\s?(?P<item>{_N})\s?[)）]?\s?项)?(?<=[款项])[^{_QUOTED}]{{0,20}}$"
)
_BACK = re.compile(
    r"^\s*(?:同时|此外|另外|并且|而且|而|但|又|再如|其次|接着|随后)?[，,、]?\s*"
    r"(?:(?P<place>(?:该|同|本|此|这一|上述)(?:条文?|款|规定))"
    r"|(?P<document>(?:该|同|本|此|这部|上述)(?:法典?|规划|条例|办法|纲要|意见|文件|决定|规定|部法律))|(?P<more>同时|还|并|其中|其))"
)
_AFTER = re.compile(
    r"\s*[。，,；;]?\s*(?:[(（〔\[【]|[—－–-]{1,3})\s*(?:以上)?(?:参见|详见|见于|见|引自|摘自|源自|出自|语出|来源|依据|根据)?\s*[:：]?\s*"
)
_AFTER_SAID = re.compile(
    r"[^。！？；\n“”]{0,14}?(?:见于|见|出自|来自|源自|引自|摘自|载于|语出|规定在|写在|写入|是|系)(?:了|我国)?\s*[:：]?\s*"
)
_RIGHT_AFTER = re.compile(r"[ \u3000]*[。，,；;]?[ \u3000]*(?:早?在|依据?|据|为|由|被|与|跟|同)?")
# …第五条这样规定。 …第五条的原文一致。 (``so``: the same words) …第五条对此有明确规定。 …第五条。
_DOES_SO = re.compile(
    r"(?:的|之|中|里|对此|也|亦|就|便|即|都|早?已经?|早就|曾|正|是|作出?了?|有|明文|明确|专门"
    r"|(?P<so>如是|如此|这样|这么|上述|所))*"
    rf"(?:(?:{VERB}|说|讲|写)(?:的|了|道|着|过)*)*(?P<same>(?:完全|基本)?(?:一致|相同|相符|吻合))?"
    r"\s*(?:[。！；;!\n]|$)"
)
JOINED = re.compile(
    r"[)）]?\s*(?:[、，,；;]|和|与|及|以及|或者?|至|到|[-—－~～])?\s*(?:第[一二三四五六七八九十]+[编章节])?"
)
_FAR = 400
_LONGEST_QUOTED = 4000
_NEAR = 160


@dataclass(frozen=True, slots=True)
class Attribution:
    """The places (any of them) a quotation is said to be from; ``direct``: as the draft says."""

    targets: tuple[Citation, ...] = ()
    said: bool = False
    colon: bool = False
    after: bool = False
    direct: bool = True


class Attributor:
    """Attributes the quotations of one draft."""

    def __init__(
        self, text: str, citations: Sequence[Citation], quotations: Sequence[Quotation]
    ) -> None:
        self._text = text
        self._citations = sorted(citations, key=lambda each: (each.start, each.end))
        self._starts = [each.start for each in self._citations]
        self._quotations = [each for each in quotations if each.marked and each.depth == 0]
        self._opens = [each.outer_start for each in self._quotations]

    def attribute(self, quotation: Quotation) -> Attribution:
        """What follows in brackets first, then what stands before, then what ends the sentence."""
        after = self._following(quotation)
        if after is not None:
            return after
        before = self._preceding(quotation)
        ending = self._ending(quotation)
        if before is None or ending is None:
            return before or ending or Attribution()
        return ending if not before.said or self._parted(before, quotation, ending.said) else before

    def _parted(self, before: Attribution, quotation: Quotation, so: bool) -> bool:
        """Whether a place before another quotation is not shared by this one, which has its own.

        ``so``: the place that follows is said to have the same words.
        """
        first = bisect_left(self._opens, before.targets[-1].end)
        last = bisect_left(self._opens, quotation.outer_start) - 1
        if first > last:
            return False
        between = self._text[self._quotations[last].end : quotation.outer_start]
        return so or _STOP.search(between + self._text[self._quotations[last].end - 1]) is not None

    def _following(self, quotation: Quotation) -> Attribution | None:
        if not quotation.marked:
            return None
        index = bisect_left(self._starts, quotation.outer_end)
        if index == len(self._citations):
            return None
        first = self._citations[index]
        gap = self._text[quotation.outer_end : first.start]
        bracket = len(gap) < 40 and _AFTER.fullmatch(gap)
        if not bracket and not (len(gap) < 40 and _AFTER_SAID.fullmatch(gap)):
            return None
        return Attribution(self._joined(index), said=True, after=True)

    def _ending(self, quotation: Quotation) -> Attribution | None:
        """A place right after it that is said to have it (“……”《民法典》第五条如是说)."""
        index = bisect_left(self._starts, quotation.outer_end)
        if not quotation.marked or index == len(self._citations):
            return None
        start = quotation.outer_end
        group = self._joined(index)
        beyond = max(each.end for each in group)
        before = self._text[max(0, quotation.outer_start - 20) : quotation.outer_start]
        directly = _RIGHT_AFTER.fullmatch(self._text, start, group[0].start)
        does = _DOES_SO.match(self._text, beyond)
        if directly is None or does is None or _SOMEBODY.search(before):
            return None
        return Attribution(group, said=bool(does["so"] or does["same"]))

    def _joined(self, index: int) -> tuple[Citation, ...]:
        """The citation and those after it that belong to the same list or range."""
        group = [self._citations[index]]
        for each in self._citations[index + 1 :]:
            between = self._text[group[-1].end : each.start]
            if each.start >= group[-1].end and not JOINED.fullmatch(between):
                break
            group.append(each)
        return tuple(group)

    def _preceding(self, quotation: Quotation) -> Attribution | None:
        index = self._last_before(quotation)
        if index is None:
            return None
        last = self._citations[index]
        gap = self._masked(last.end, quotation.outer_start)
        stops = list(_STOP.finditer(gap))
        tail = gap[stops[-1].end() :] if stops else gap
        said = _SAID.search(self._text[last.start : last.end] + gap) is not None
        colon = _COLON.search(gap) is not None
        if _SOMEBODY.search(gap):
            said = colon = False
        clause = _BACK_CLAUSE.search(tail)
        if clause and last.article and (stops or _QUOTED in gap):
            derived = _within(last, clause["clause"], clause["item"])
            return Attribution((derived,), said, colon, direct=False)
        chained = _QUOTED in gap and _CHAIN.fullmatch(gap[gap.index(_QUOTED) :]) is not None
        if stops and not chained:
            return self._pointing_back(last, tail, said, colon)
        if not said and ((_QUOTED in gap and not chained) or len(gap) > _NEAR):
            return None
        return Attribution(self._group(index), said or chained, colon)

    def _last_before(self, quotation: Quotation) -> int | None:
        """The last citation before it that is not itself quoted, and not too far away."""
        index = bisect_right(self._starts, quotation.outer_start) - 1
        while index >= 0 and (
            self._citations[index].end > quotation.outer_start
            or self._quoted(self._citations[index])
        ):
            index -= 1
        if index < 0 or quotation.outer_start - self._citations[index].end > _LONGEST_QUOTED:
            return None
        gap = self._masked(self._citations[index].end, quotation.outer_start)
        return index if len(gap) <= _FAR else None

    def _pointing_back(
        self, last: Citation, tail: str, said: bool, colon: bool
    ) -> Attribution | None:
        back = _BACK.match(tail)
        if back is None or not said or "\n" in tail.strip():
            return None
        if back["document"]:
            last = replace(last, article=None)
        return Attribution((replace(last, clause=None, item=None),), said, colon, direct=False)

    def _group(self, index: int) -> tuple[Citation, ...]:
        """The citation and those before it that belong to the same list or range."""
        group = [self._citations[index]]
        for each in reversed(self._citations[:index]):
            between = self._text[each.end : group[-1].start]
            listed = each.article is not None and group[-1].article is not None
            if each.end <= group[-1].start and not (listed and JOINED.fullmatch(between)):
                break
            group.append(each)
        return tuple(reversed(group))

    def _quoted(self, citation: Citation) -> bool:
        at = bisect_right(self._opens, citation.start) - 1
        return at >= 0 and self._quotations[at].holds(citation.start, citation.end)

    def _masked(self, start: int, end: int) -> str:
        """The text between, each quotation in it as one character."""
        parts: list[str] = []
        at = start
        for each in self._quotations[bisect_left(self._opens, start) :]:
            if each.outer_end > end:
                break
            ended = self._text[each.start : each.end].rstrip()[-1:] in {"。", "！", "？"}
            parts += [self._text[at : each.outer_start], _QUOTED + "。" * ended]
            at = max(at, each.outer_end)
        return "".join(parts) + self._text[at:end]


def _within(citation: Citation, clause: str | None, item: str | None) -> Citation:
    """Another 款, or 项, of the same article; a 项 alone is one of the 款 said before."""
    if clause is None:
        return replace(citation, item=parse_number(item or ""))
    number = parse_number(item) if item else None
    return replace(citation, clause=parse_number(clause), item=number)

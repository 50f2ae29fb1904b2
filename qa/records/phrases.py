"""What the page, the terminal and the files say alike: days, holdings, outcomes, verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qa.records.library_types import AboutRecord
from qa.records.types import AmendedRecord, AnswerLine, Reason, Verdict

__all__ = [
    "FAULTS",
    "KINDS",
    "OUTCOMES",
    "VERDICTS",
    "amended_line",
    "check_tally",
    "day",
    "holdings",
    "outcome",
    "retold_note",
    "tally",
    "verdict_words",
]

VERDICTS: dict[Verdict, str] = {
    "verbatim": "与原文一致",
    "altered": "与原文有出入",
    "wrong_article": "出处有误",
    "no_such_article": "没有这一条",
    "no_such_document": "没有这部法律",
    "superseded": "已被修改或废止",
    "exists": "出处存在",
    "not_held": "库中未收",
    "not_found": "库中查不到",
}
"""Each verdict as it is shown."""
KINDS = {"citation": "出处", "quotation": "引文", "unmarked": "条文"}
"""Each kind of item as it is shown; 条文 are words of a source without quotation marks."""
FAULTS = frozenset(
    "altered wrong_article no_such_article no_such_document superseded not_found".split()
)
"""The verdicts that are worth a comment; ``not_held`` says nothing against the draft."""


def verdict_words(verdict: Verdict, goes_on: bool) -> str:
    """A verdict as it is shown; ``goes_on`` says that the source's sentence does."""
    return VERDICTS.get(verdict, verdict) + ("，句未完" if goes_on else "")


def retold_note(count: int) -> str:
    """How many places are told in other words, "" for none."""
    return f"另有 {count} 处转述未核对" if count else ""


def check_tally(verdicts: Sequence[Verdict], retold: int) -> str:
    """How many items a check found with which verdict, and what it did not compare."""
    counts = Counter(verdicts)
    told = [f"{words} {counts[key]} 处" for key, words in VERDICTS.items() if counts[key]]
    parts = [f"共 {len(verdicts)} 处", "，".join(told), retold_note(retold)]
    return "。".join(part for part in parts if part) + "。"


OUTCOMES: dict[Reason, str] = {
    "silent": "文件未作规定",
    "not_held": "文库未收",
    "repealed": "文件已废止",
    "no_such_place": "没有此处",
    "no_document": "未写明文件",
}
"""Each reason for which a question is not answered, as it is shown."""


def day(iso: str) -> str:
    """``2026-11-22`` as ``2026年11月22日``; anything else as it is."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"


def amended_line(amended: AmendedRecord) -> str:
    """What one amendment did to an article: 2024年3月1日起，由《…》第五条修改."""
    if amended["left"]:
        return f"{amended['by']}对本条的修改未能并入（{amended['left']}），请核对"
    done = {"changed": "修改", "added": "增加", "removed": "删去", "renumbered": "改为现条号"}
    former = amended["former"]
    was = f"（原{former}）" if former not in {"", amended["article"]} else ""
    return f"{day(amended['since'])}起，由{amended['by']}{done[amended['kind']]}{was}"


def holdings(about: AboutRecord) -> str:
    """One sentence on what the library holds and as of when."""
    plan = about["plan"]
    if plan:
        plan = (plan if plan.startswith("《") else f"《{plan}》") + "和有关法律等"
    return f"文库收有{plan}{about['documents']}份文件，效力状态截至{day(about['as_of'])}。"


def outcome(record: AnswerLine) -> str:
    """How a question came out: 已回答, why not (``OUTCOMES``), or 未作答: it cannot be asked."""
    if "error" in record:
        return "未作答"
    return "已回答" if record["answered"] else OUTCOMES[record["reason"] or "silent"]


def tally(records: Sequence[AnswerLine]) -> str:
    """How many questions came out in which way; the ways that are rare only where there are any."""
    counts = Counter(map(outcome, records))
    usual = ("已回答", OUTCOMES["silent"], "未作答")
    names = dict.fromkeys([*usual[:2], *OUTCOMES.values(), usual[2]])
    told = [f"{name} {counts[name]} 题" for name in names if counts[name] or name in usual]
    return f"共 {len(records)} 题：{'，'.join(told)}。"

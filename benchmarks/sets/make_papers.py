"""Made papers as offices write them: guides, answers, notices with annexes, lists, fees, decimals.

Each shape is one way in which documents that were put into faju went wrong: the path of every line
is known, so that a list that leaves its heading, a telephone number that no passage holds, or a
signature under the last heading counts as a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from benchmarks.sets.make_documents import (
    BODIES,
    FIELDS,
    HOWS,
    PLACES,
    TAILS,
    THINGS,
    Draft,
    Line,
    Made,
    a_date,
    items,
    numbered,
    paragraph,
    phrase,
    sentence,
    signed,
    title_of,
)

__all__ = ["PAPERS"]

SERVICES = (
    "居住证办理 出生医学证明补发 食品经营许可 犬只登记 公租房申请 户外广告设置 残疾人补贴申领 "
    "停车泊位证办理"
).split()
MATERIALS = (
    "身份证复印件 户口簿 申请表 房屋租赁合同 近期照片两张 委托书 营业执照副本 健康证明".split()
)
GROUPS = "六十周岁以上老年人 在校学生 低保家庭成员 重度残疾人 孕产妇 退役军人 特困供养人员".split()
OFFICES = "水务局 教育局 医疗保障局 公安局 民政局 林业局 市场监督管理局 交通运输局".split()
KINDS = (
    "通知 通告 公告 通报 报告 请示 批复 函 意见 决定 议案 纪要 预案 规程 规范 方案 办法 细则 "
    "须知 指南"
).split()


def _phone(rng: Random) -> str:
    return f"0000-{rng.randint(2000000, 8999999)}"


def _values(draft: Draft, mark: str) -> None:
    """Numbered lines with a label and a value: a list under the heading that stands."""
    rng = draft.rng
    values = [
        f"咨询电话：{_phone(rng)}",
        f"投诉电话：{_phone(rng)}",
        f"窗口地址：{rng.choice(PLACES)}长宁街{rng.randint(1, 99)}号",
        "受理时间：工作日9时至17时",
    ]
    for number, words in enumerate(rng.sample(values, k=rng.randint(2, 4)), 1):
        draft.plain("text", numbered(mark, number) + words)


def guide(rng: Random, size: int) -> Made:
    """A guide to a service: short sections of labels, lists alone, telephone numbers."""
    draft = Draft(rng, ["{}、"])
    title = rng.choice(PLACES) + rng.choice(SERVICES) + "办事指南"
    draft.plain("title", title)
    if rng.random() < 0.5:
        draft.plain("text", f"办理部门：{rng.choice(PLACES)}{rng.choice(OFFICES)}")
    draft.heading(1, "受理条件")
    draft.plain("text", paragraph(rng, 2))
    draft.heading(1, rng.choice(["申请材料", "所需材料"]))
    end = rng.choice(["；", "", "。"])
    chosen = rng.sample(MATERIALS, k=rng.randint(2, 5))
    for number, words in enumerate(chosen, 1):
        last = "。" if end and number == len(chosen) else end
        draft.plain("text", f"{number}.{words}{last}")
    draft.heading(1, "收费标准")
    draft.plain("text", rng.choice(["不收费。", f"每份收取工本费{rng.randint(5, 90)}元。"]))
    if rng.random() < 0.5:
        draft.heading(1, "咨询电话")
        draft.plain("text", f"{rng.choice(OFFICES)}：{_phone(rng)}")
        draft.plain("text", f"{rng.choice(OFFICES)}：{_phone(rng)}")
    else:
        draft.heading(1, "联系方式")
        _values(draft, rng.choice(["{d}.", "（{}）", "{d}、"]))
    draft.heading(1, "优先对象")
    groups = rng.sample(GROUPS, k=rng.randint(2, 5))
    for number, words in enumerate(groups, 1):
        draft.plain("text", f"{numbered('（{}）', number)}{words}" + "。；"[number < len(groups)])
    draft.heading(1, "其他")
    draft.plain("text", paragraph(rng))
    return Made("guide", title, "", "", "", "", tuple(draft.lines), "指南")


def questions(rng: Random, size: int) -> Made:
    """Questions with their answers: numbered, or marked 问 and 答."""
    mark = rng.choice(["{}、", "{d}.", ""])
    draft = Draft(rng, [mark])
    title = rng.choice(PLACES) + rng.choice(SERVICES) + rng.choice(["问答", "政策问答"])
    draft.plain("title", title)
    for _ in range(max(4, size // 400)):
        asked = f"{rng.choice(SERVICES)}{rng.choice(['要交多少钱', '在哪里办', '多久能办好'])}？"
        draft.heading(1, asked)
        if not mark:
            last = draft.lines.pop()
            draft.lines.append(Line("heading", f"问：{asked}", path=last.path))
        answer = sentence(rng) if rng.random() < 0.7 else "可以。" + sentence(rng)
        draft.plain("text", f"答：{answer}")
        if rng.random() < 0.3:
            draft.plain("text", paragraph(rng, 2))
    return Made("questions", title, "", "", "", "", tuple(draft.lines), "问答")


def _paper(rng: Random, kind: str, marks: Sequence[str]) -> tuple[Draft, str, str, str, int]:
    """A paper's head: its draft, title, issuer, number and year."""
    draft = Draft(rng, marks)
    issuer = rng.choice(PLACES) + rng.choice(OFFICES)
    title = f"{issuer}关于{phrase(rng)}的{kind}"
    year = rng.randint(2015, 2024)
    number = f"{issuer[0]}{issuer[-3]}发〔{year}〕{rng.randint(1, 99)}号"
    draft.plain("title", title)
    draft.plain("meta", number)
    draft.plain("meta", rng.choice(["各有关单位：", "各区（县）人民政府，市直各部门："]))
    draft.plain("text", f"请于{year}年{rng.randint(1, 6)}月20日前报送方案。" + sentence(rng))
    return draft, title, issuer, number, year


def notice(rng: Random, size: int) -> Made:
    """A notice of numbered paragraphs, short and long, with a list of annexes and the annexes."""
    kind = rng.choice(KINDS)
    draft, title, issuer, number, year = _paper(rng, kind, ["{}、", "（{}）"])
    for _ in range(rng.randint(2, 4)):
        draft.heading(1, title_of(rng))
        for count in range(1, rng.randint(3, 5)):
            _numbered_paragraph(draft, count)
    annexes = [f"{rng.choice(FIELDS)}{rng.choice(['申报表', '任务分工表', '情况说明'])}"]
    annexes += [f"{rng.choice(THINGS)}填报说明"] * (rng.random() < 0.6)
    draft.top()
    _listed(draft, annexes)
    iso = signed(draft, issuer, year)
    if rng.random() < 0.5:
        draft.plain("text", f"（联系人：李某，联系电话：{_phone(rng)}）")
    if rng.random() < 0.7:
        _annexes(draft, annexes, issuer)
    return Made("notice", title, issuer, number, iso, "", tuple(draft.lines), kind)


def _numbered_paragraph(draft: Draft, count: int) -> None:
    """（三） with a run-in title, a title closed by a full stop, or a very long sentence."""
    rng = draft.rng
    label, way = numbered("（{}）", count), rng.random()
    above = draft.path[:1]
    if way < 0.35:
        draft.heading(2, phrase(rng), paragraph(rng, 2))
        return
    if way < 0.6:
        words = phrase(rng)
        draft.path = [*above, label + words]
        draft.lines.append(Line("heading", f"{words}。", label, "", 2, tuple(draft.path)))
        draft.plain("text", paragraph(rng, 2))
    else:
        long = "，".join(phrase(rng) for _ in range(9))
        draft.path = [*above, label]
        draft.lines.append(Line("text", f"{long}。", label, "", 2, tuple(draft.path)))
    draft.counts[1] = count


def _listed(draft: Draft, annexes: Sequence[str]) -> None:
    """The list of annexes over the signature."""
    if len(annexes) == 1:
        draft.plain("text", f"附件：{annexes[0]}")
        return
    first, *others = [f"{number}.{words}" for number, words in enumerate(annexes, 1)]
    apart = draft.rng.random() < 0.3
    for words in ["附件：", first] if apart else [f"附件：{first}"]:
        draft.plain("text", words)
    for words in others:
        draft.plain("text", words)


def _annexes(draft: Draft, annexes: Sequence[str], issuer: str) -> None:
    """The annexes: label and title, then rows or sections; the last is signed by others."""
    rng = draft.rng
    for number, title in enumerate(annexes, 1):
        label = "附件" if len(annexes) == 1 else f"附件{number}"
        draft.top()
        draft.path = [label + title]
        draft.plain("heading", label)
        draft.plain("heading", title)
        if rng.random() < 0.5:
            draft.plain("row", "", ("单位", "任务", "时限"))
            draft.plain("row", "", (rng.choice(OFFICES), phrase(rng), "年底前"))
        else:
            for count in range(1, 3):
                words = title_of(rng)
                draft.path = [label + title, numbered("{}、", count) + words]
                draft.plain("heading", numbered("{}、", count) + words)
                draft.plain("text", paragraph(rng, 2))
    draft.path = draft.path[:1]
    draft.plain("sign", f"{issuer[:3]}统计局")
    draft.plain("sign", f"{rng.randint(2001, 2013)}年{rng.randint(1, 12)}月8日")


def lists(rng: Random, size: int) -> Made:
    """Rules with two lists under a heading, each after a colon, and paragraphs between."""
    draft = Draft(rng, ["{}、"])
    title = f"{rng.choice(PLACES)}{rng.choice(FIELDS)}管理办法"
    draft.plain("title", title)
    for _ in range(rng.randint(3, 5)):
        draft.heading(1, title_of(rng))
        for _ in range(2):
            _list_with_a_paragraph(draft, rng.choice(["{d}.", "（{d}）", "（{}）"]))
        if rng.random() < 0.5:
            draft.plain("text", paragraph(rng))
    draft.heading(1, "附则")
    iso, day = a_date(rng)
    draft.plain("text", f"本办法自{day}起施行。")
    return Made("lists", title, "", "", "", iso, tuple(draft.lines), "办法")


def _list_with_a_paragraph(draft: Draft, mark: str) -> None:
    rng = draft.rng
    ends = rng.choice("：:")
    draft.plain("text", f"{rng.choice(BODIES)}有下列情形之一的，应当{phrase(rng)}{ends}")
    count = rng.randint(3, 6)
    pause = rng.randint(2, count - 1) if rng.random() < 0.6 else 0
    for number in range(1, count + 1):
        words = numbered(mark, number) + phrase(rng)
        draft.plain("text", words + ("。" if number == count else "；"))
        if number == pause:
            draft.plain("text", f"{rng.choice(HOWS)}，{rng.choice(TAILS)}。")


def emergency(rng: Random, size: int) -> Made:
    """A plan numbered by decimals, with a list or a figure at the head of a line."""
    draft = Draft(rng, [])
    title = f"{rng.choice(PLACES)}{rng.choice(FIELDS)}应急预案"
    draft.plain("title", title)
    for top in range(1, rng.randint(4, 6)):
        _decimal(draft, (top,), title_of(rng).replace("，", ""))
        for middle in range(1, rng.randint(3, 5)):
            _decimal(draft, (top, middle), phrase(rng))
            deep = rng.randint(2, 3) if rng.random() < 0.4 else 0
            for low in range(1, deep + 1):
                _decimal(draft, (top, middle, low), phrase(rng))
                draft.plain("text", paragraph(rng, 2))
            if not deep:
                draft.plain("text", paragraph(rng, 2))
                if rng.random() < 0.3:
                    items(draft, "（{d}）")
    return Made("emergency", title, "", "", "", "", tuple(draft.lines), "预案")


def _decimal(draft: Draft, number: tuple[int, ...], words: str) -> None:
    label = ".".join(map(str, number))
    draft.path[len(number) - 1 :] = [label + words]
    path = tuple(draft.path)
    joint = draft.rng.choice([" ", "　", "  "])
    draft.lines.append(Line("heading", words, label, joint, len(number), path))


def forwarded(rng: Random, size: int) -> Made:
    """A paper handed on: two bodies in its title, of which the first issues it."""
    draft = Draft(rng, ["{}、"])
    place = rng.choice(PLACES)
    issuer = f"{place}人民政府" + rng.choice(["", "办公室"])
    verb = rng.choice(["转发", "批转"])
    title = f"{issuer}{verb}{place[-1]}{rng.choice(OFFICES)}关于{phrase(rng)}意见的通知"
    number = f"{place[0]}政办发〔2023〕{rng.randint(1, 60)}号"
    draft.plain("title", title)
    draft.plain("meta", number)
    draft.plain("text", f"《关于{phrase(rng)}的意见》已经同意，现{verb}给你们，请认真贯彻执行。")
    iso = signed(draft, issuer, 2023)
    for _ in range(3):
        draft.heading(1, title_of(rng))
        draft.plain("text", paragraph(rng))
    return Made("forwarded", title, issuer, number, iso, "", tuple(draft.lines), "通知")


def amended(rng: Random, size: int) -> Made:
    """A regulation whose note says when it was passed and amended; contents with a footnote."""
    draft = Draft(rng, ["第{}章"])
    draft.joints.append("　")
    place = rng.choice(PLACES)
    title = f"{place}{rng.choice(FIELDS)}条例"
    (first, passed), (last, changed) = sorted([a_date(rng), a_date(rng)])
    council = f"{place}人民代表大会常务委员会"
    at = f"{place}第{{}}届人民代表大会常务委员会第六次会议"
    draft.plain("title", title)
    draft.plain("meta", f"（{passed}{at.format('九')}通过　{changed}{at.format('十五')}修订）")
    draft.plain("meta", "目　录")
    start = len(draft.lines)
    for _ in range(rng.randint(4, 6)):
        draft.heading(1, title_of(rng))
        for _ in range(rng.randint(2, 4)):
            draft.clause(paragraph(rng, 2))
    heads = [line for line in draft.lines[start:] if line.role == "heading"]
    entries = [Line("contents", line.words, line.label, line.joint, 1) for line in heads]
    entries.insert(2, Line("text", "①本条例历次修正的施行日期，依据各修正决定的规定确定。"))
    draft.lines[start:start] = entries
    kind = "地方性法规"
    return Made("amended", title, council, "", last, "", tuple(draft.lines), kind)


def fees(rng: Random, size: int) -> Made:
    """Rules of a fee with its table in an annex."""
    draft = Draft(rng, [])
    title = f"{rng.choice(PLACES)}{rng.choice(SERVICES)}收费办法"
    draft.plain("title", title)
    draft.joints.append("　")
    for _ in range(rng.randint(3, 5)):
        draft.clause(paragraph(rng, 2))
    draft.top()
    name = f"{rng.choice(SERVICES)}收费表"
    label = rng.choice(["附件", "附件："])
    draft.path = [label.rstrip("：") + name]
    draft.plain("heading", label)
    draft.plain("heading", name)
    draft.plain("row", "", ("项目", "单位", "标准"))
    for _ in range(rng.randint(3, 7)):
        draft.plain("row", "", (rng.choice(THINGS), "每次", f"{rng.randint(5, 300)}元"))
    return Made("fees", title, "", "", "", "", tuple(draft.lines), "办法")


PAPERS: tuple[Callable[[Random, int], Made], ...] = (
    guide,
    questions,
    notice,
    lists,
    emergency,
    forwarded,
    amended,
    fees,
)

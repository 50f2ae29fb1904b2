"""Made official documents: their words, and the section path of each paragraph, known beforehand.

Plans (章, 节, 一、), opinions and notices (一、（一）1.), regulations (章, 条, 款, 项), measures
(条 alone), documents with unnumbered headings, and notices that hand a document out or have an
annex; headings glued, spaced, or run into their paragraph. The words come from a fixed vocabulary.
How a document looks in a file is ``render_documents``'s part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from corpus.numerals import to_chinese

__all__ = ["SHAPES", "Line", "Made"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a heading, or a table's row.

    ``role`` is title, meta, contents, heading, text, article, row, box, note, sign or annex.
    ``label`` is the number before ``words``, ``joint`` what stands between; ``depth`` counts
    numbered lines from the outermost, 1. ``path`` holds the headings above, each label and title,
    and that of a numbered line itself; ``cells`` are a row's words.
    """

    role: str
    words: str
    label: str = ""
    joint: str = ""
    depth: int = 0
    path: tuple[str, ...] = ()
    article: str = ""
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The line as a reader sees it."""
        return " ".join(self.cells) if self.cells else f"{self.label}{self.joint}{self.words}"


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its facts; dates are ISO, and what it does not say is "".

    ``kind`` is "" where it is not judged.
    """

    shape: str
    title: str
    issuer: str
    number: str
    published: str
    effective: str
    lines: tuple[Line, ...]
    kind: str = ""


PLACES = (
    "滨海市 云岭县 东原省 石桥区 青川市 白河州 南屏市 长泽县 临江区 北辰市 枫林县 海宁湾新区"
).split()
FIELDS = (
    "渔业发展 法治政府建设 生态环境保护 养老服务 数字经济 安全生产 乡村振兴 城市更新 优化营商环境 "
    "学前教育 公共卫生 知识产权保护 防灾减灾 物业管理 机动车停放 粮食安全 水资源节约 文化遗产保护 "
    "社会信用体系建设 食品安全 消防救援 职业技能培训 科技创新 轨道交通 志愿服务 政务数据共享"
).split()
BODIES = (
    "市级各部门 各乡镇人民政府 县级以上地方人民政府 发展改革部门 司法行政部门 教育主管部门 "
    "街道办事处 行政执法机关 生产经营单位 行业协会 公共服务机构 居民委员会 财政部门 项目建设单位 "
    "第三方评估机构 市场监督管理部门 用人单位 有条件的企业 自然资源部门 网格员"
).split()
VERBS = (
    "完善 健全 推进 落实 加强 规范 优化 建立 拓展 提高 改进 统筹 明确 公开 深化 巩固 细化 推广 "
    "严格执行 加快建设 全面提升 持续改善 依法保障 稳步扩大 有序开放 定期评估"
).split()
THINGS = (
    "责任清单 联席会议制度 风险监测预警机制 公共服务设施 信息共享平台 监督检查程序 应急处置预案 "
    "人才队伍 资金保障渠道 统计调查方法 信用评价结果 矛盾纠纷多元化解机制 标准体系 "
    "行政裁量权基准 基层综合执法能力 重点领域立法 宣传教育活动 绿色低碳产业 老旧小区改造 "
    "农田水利设施 托育服务网络 “一网通办”事项 12345政务服务便民热线 GIS数据库 产业链供应链 "
    "跨区域协作 档案管理 投诉举报渠道"
).split()
HOWS = (
    "坚持问题导向 按照职责分工 根据实际需要 在法定权限内 自收到申请之日起十五个工作日内 "
    "到2025年底前 结合本地区实际 依托现有资源 除法律、行政法规另有规定外 经本级人民政府批准 "
    "以群众满意为标准 对照年度目标 会同有关部门 通过购买服务等方式 在2024年3月1日前 原则上"
).split()
TAILS = (
    "确保各项任务落到实处 覆盖率达到95%以上 力争较“十三五”末提高3.5个百分点 并向社会公布 "
    "不得增设办理条件 完成投资约1.2亿元 形成可复制、可推广的经验 防止简单化、“一刀切” "
    "每年不少于2次 并将结果纳入考核 接受社会监督 逐步缩小城乡差距 重大事项及时报告 "
    "所需经费列入本级预算 年均增长6%左右（按可比价格计算） 做到早发现、早报告、早处置"
).split()
CITED = (
    "《中华人民共和国行政处罚法》 《中华人民共和国安全生产法》第二十一条 《优化营商环境条例》 "
    "《重大行政决策程序暂行条例》 《中华人民共和国宪法》 国家有关规定 本省实际"
).split()
OPENINGS = (
    "2021年以来， 第三方机构评估认为， 一方面， 同时， 近年来， 三是统筹发展和安全。 "
    "第一，坚持党的领导。 当前和今后一个时期， 一、二、三产业融合发展， "
    "5G、大数据等新技术加快应用， 十四五时期， 对此，"
).split()
UNNUMBERED = (
    "总体要求 发展基础 面临形势 主要目标 重点任务 保障措施 组织实施 工作要求 责任分工 附则".split()
)
BLANKS = ("", "", " ", "　", "  ")


@dataclass(slots=True)
class Draft:
    """A document being written: ``marks`` are its numbers by depth, "" for none (``第{}章``)."""

    rng: Random
    marks: Sequence[str]
    lines: list[Line] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=lambda: [0] * 9)
    joints: list[str] = field(default_factory=list)
    article: str = ""
    articles: int = 0

    def __post_init__(self) -> None:
        # 一、 and （一） are glued to their words; 第一章 and 1. are not always.
        loose = [not mark.endswith(("、", "）", ")")) for mark in self.marks]
        self.joints = [self.rng.choice(BLANKS) if each else "" for each in loose]

    def plain(self, role: str, words: str, cells: tuple[str, ...] = ()) -> None:
        """A line under the headings that stand."""
        path, article = tuple(self.path), self.article
        self.lines.append(Line(role, words, path=path, article=article, cells=cells))

    def heading(self, depth: int, title: str, after: str = "") -> None:
        """A heading; with ``after`` its paragraph goes on in the line."""
        self.counts[depth - 1] += 1
        self.counts[depth:] = [0] * (9 - depth)
        label = numbered(self.marks[depth - 1], self.counts[depth - 1])
        self.path[depth - 1 :] = [label + title]
        self.article = ""
        role, joint = ("text" if after else "heading"), self.joints[depth - 1] if label else ""
        words = f"{title}。{after}" if after else title
        self.lines.append(Line(role, words, label, joint, depth, tuple(self.path)))

    def clause(self, words: str) -> None:
        """An article, counted through the whole document."""
        self.articles += 1
        self.article = f"第{to_chinese(self.articles)}条"
        joint = self.joints[-1] if self.joints else "　"
        self.lines.append(
            Line("article", words, self.article, joint, 0, tuple(self.path), self.article)
        )

    def top(self) -> None:
        """What follows stands under no heading."""
        self.path.clear()
        self.article = ""
        self.counts = [0] * 9


def numbered(mark: str, number: int) -> str:
    """The number as the mark writes it: （{}） and 3 give （三）."""
    return mark.replace("{d}", str(number)).replace("{}", to_chinese(number))


def phrase(rng: Random) -> str:
    """A verb and its object."""
    return rng.choice(VERBS) + rng.choice(THINGS)


def title_of(rng: Random) -> str:
    """A heading's words."""
    kind = rng.random()
    if kind < 0.6:
        return phrase(rng)
    if kind < 0.75:
        return f"{phrase(rng)}，{phrase(rng)}"
    if kind < 0.85:
        return f"{phrase(rng)}和{rng.choice(THINGS)}、{rng.choice(THINGS)}"
    if kind < 0.95:
        return rng.choice(["总体要求", "指导思想", "基本原则", "发展目标", "保障措施", "监督管理"])
    return f"{phrase(rng)}（2021年—2025年）"


def sentence(rng: Random) -> str:
    """One sentence, 20 to 120 characters long."""
    parts = [rng.choice(HOWS)] if rng.random() < 0.5 else []
    parts.append(rng.choice(BODIES) + rng.choice(["应当", "要", "负责", "可以"]) + phrase(rng))
    parts += [phrase(rng) for _ in range(rng.randrange(4))]
    if rng.random() < 0.15:
        parts.append("根据" + rng.choice(CITED) + phrase(rng))
    if rng.random() < 0.7:
        parts.append(rng.choice(TAILS))
    joint = "；" if len(parts) > 4 and rng.random() < 0.4 else "，"
    return joint.join(parts) + "。"


def paragraph(rng: Random, most: int = 5) -> str:
    """One to ``most`` sentences; some begin as a heading or a number might."""
    words = "".join(sentence(rng) for _ in range(rng.randint(1, most)))
    return rng.choice(OPENINGS) + words if rng.random() < 0.12 else words


def items(draft: Draft, mark: str) -> None:
    """A list after a colon: numbered, but no headings."""
    rng = draft.rng
    draft.plain(
        "text", rng.choice(BODIES) + "应当" + rng.choice(["做好下列工作：", "符合下列条件："])
    )
    count = rng.randint(2, 6)
    for number in range(1, count + 1):
        words = phrase(rng) + ("，" + rng.choice(TAILS) if rng.random() < 0.5 else "")
        draft.plain("text", numbered(mark, number) + words + ("。" if number == count else "；"))


def table(draft: Draft) -> None:
    """A table of figures, with its caption and a note under it."""
    rng = draft.rng
    draft.plain("text", f"表{rng.randint(1, 9)}　{rng.choice(FIELDS)}主要指标")
    draft.plain("row", "", ("序号", "指标名称", "2020年", "2025年", "属性"))
    for number in range(1, rng.randint(4, 9)):
        name = rng.choice(THINGS) + rng.choice(["覆盖率（%）", "数量（个）", "投资（亿元）"])
        old, new = rng.randint(10, 60), rng.randint(61, 99)
        cells = (str(number), name, str(old), str(new), rng.choice(["预期性", "约束性"]))
        draft.plain("row", "", cells)
    if rng.random() < 0.5:
        draft.plain("text", "注：本表数据为初步核算数，不含驻地中央单位。")


def box(draft: Draft) -> None:
    """A frame of projects (专栏) as plans have."""
    rng = draft.rng
    draft.plain("box", f"专栏{rng.randint(1, 9)} {rng.choice(FIELDS)}重点工程")
    for _ in range(rng.randint(2, 4)):
        draft.plain("box", f"{rng.choice(FIELDS)}工程：{sentence(rng)}")


def body(draft: Draft, depth: int) -> None:
    """The paragraphs under a heading."""
    rng = draft.rng
    for _ in range(rng.randint(1, 3)):
        draft.plain("text", paragraph(rng))
        if rng.random() < 0.08:
            draft.plain("note", f"注：见{rng.choice(CITED)}。")
    if rng.random() < 0.10:
        items(draft, rng.choice(["（{}）", "{d}.", "（{d}）", "({})"]))
        if rng.random() < 0.5:
            draft.plain("text", paragraph(rng))
    if rng.random() < 0.06:
        table(draft)
    elif rng.random() < 0.06 and depth > 1:
        box(draft)


def tree(draft: Draft, depth: int, counts: Sequence[tuple[int, int]]) -> None:
    """Headings of ``depth`` and what stands under them; ``counts`` are the bounds by depth."""
    rng = draft.rng
    deepest = depth == len(counts)
    inline = deepest and not draft.marks[depth - 1].startswith("第") and rng.random() < 0.5
    for _ in range(rng.randint(*counts[depth - 1])):
        if inline and draft.marks[depth - 1]:
            draft.heading(depth, phrase(rng), paragraph(rng))
            continue
        draft.heading(depth, title_of(rng))
        if deepest or rng.random() < 0.25:
            body(draft, depth)
        if not deepest:
            tree(draft, depth + 1, counts)


def a_date(rng: Random) -> tuple[str, str]:
    """A day, in ISO form and as documents write it."""
    year, month, day = rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28)
    iso = f"{year}-{month:02}-{day:02}"
    if rng.random() < 0.25:
        digits = "".join("〇一二三四五六七八九"[int(each)] for each in str(year))
        return iso, f"{digits}年{to_chinese(month)}月{to_chinese(day)}日"
    return iso, f"{year}年{month}月{day}日"


def _contents(draft: Draft, at: int) -> None:
    """A table of contents of the two upper depths, before line ``at``."""
    heads = [line for line in draft.lines[at:] if line.role == "heading" and line.depth < 3]
    lines = [Line("contents", line.words, line.label, line.joint, line.depth) for line in heads]
    draft.lines[at:at] = [Line("meta", draft.rng.choice(["目录", "目　录", "目  录"])), *lines]


def plan(rng: Random, size: int) -> Made:
    """章, 节, and what each has under it."""
    low = rng.choice([["{}、"], ["{}、", "（{}）"], ["（{}）"], ["{}、", "({})", "{d}."], []])
    draft = Draft(rng, ["第{}章", "第{}节", *low])
    place, what = rng.choice(PLACES), rng.choice(FIELDS)
    title = f"{place}{what}" + rng.choice(
        ["“十四五”规划", "“十四五”规划纲要", "规划（2021—2025年）"]
    )
    issuer, (iso, day) = f"{place}人民政府", a_date(rng)
    draft.plain("title", title)
    if rng.random() < 0.8:
        draft.plain("meta", issuer)
        draft.plain("meta", day)
    else:
        issuer = iso = ""
    start = len(draft.lines)
    for _ in range(rng.randint(1, 2)):
        draft.plain("text", paragraph(rng))
    bounds = [(3, 6), (2, 4), (2, 4), (2, 3), (2, 3)][: 2 + len(low)]
    while True:
        tree(draft, 1, bounds)
        if sum(len(line.text) for line in draft.lines) > size:
            break
    if rng.random() < 0.4:
        _contents(draft, start)
    return Made("plan", title, issuer, "", iso, "", tuple(draft.lines))


def opinion(rng: Random, size: int) -> Made:
    """一、（一）1. under a title that names its issuer; signed at the end."""
    marks = rng.choice(
        [
            ["{}、", "（{}）", "{d}."],
            ["{}、", "({})"],
            ["{}、", "（{}）", "{d}．", "（{d}）"],
            ["{}、"],
        ]
    )
    draft = Draft(rng, marks)
    place, what = rng.choice(PLACES), rng.choice(FIELDS)
    issuer = f"{place}人民政府" + rng.choice(["", "办公室"])
    title = f"{issuer}关于{rng.choice(VERBS)}{what}的" + rng.choice(
        ["实施意见", "通知", "若干措施"]
    )
    number, year = _head(draft, place, title)
    draft.plain("meta", "各区（县）人民政府，市政府各部门：")
    draft.plain("text", paragraph(rng))
    bounds = [(3, 6), (2, 4), (2, 3), (2, 3)][: len(marks)]
    tree(draft, 1, bounds)
    while sum(len(line.text) for line in draft.lines) < size / 2:
        tree(draft, 1, bounds)
    iso = signed(draft, issuer, year)
    if rng.random() < 0.3:
        _annex(draft)
    return Made("opinion", title, issuer, number, iso, "", tuple(draft.lines))


def _head(draft: Draft, place: str, title: str) -> tuple[str, int]:
    """The head of a paper with its number (滨政发〔2021〕12号); its year goes into the date."""
    rng = draft.rng
    year = rng.randint(2015, 2024)
    number = f"{place[0]}政{rng.choice(['发', '办', '办发'])}〔{year}〕{rng.randint(1, 99)}号"
    if rng.random() < 0.5:
        draft.plain("meta", f"{place}人民政府文件")
    if rng.random() < 0.8:
        draft.plain("meta", number)
    else:
        number = ""
    draft.plain("title", title)
    return number, year


def signed(draft: Draft, issuer: str, year: int) -> str:
    """Issuer and day at the end."""
    iso, day = a_date(draft.rng)
    for other in (iso[:4], "".join("〇一二三四五六七八九"[int(each)] for each in iso[:4])):
        wanted = str(year)
        if other != iso[:4]:
            wanted = "".join("〇一二三四五六七八九"[int(each)] for each in wanted)
        day = day.replace(other, wanted)
    draft.top()
    draft.plain("sign", issuer)
    draft.plain("sign", day)
    return f"{year}{iso[4:]}"


def _annex(draft: Draft) -> None:
    """An annex after the signature."""
    rng = draft.rng
    draft.top()
    label = rng.choice(["附件", "附件1", "附件：", "附件1："])
    title = f"{rng.choice(FIELDS)}任务分工表"
    draft.path = [label.rstrip("：") + title]
    draft.plain("heading", label)
    draft.plain("heading", title)
    table(draft)
    if rng.random() < 0.5:
        draft.plain("text", paragraph(rng))


def handed_out(rng: Random, size: int) -> Made:
    """A notice that hands out a document: the document's title, the notice's number and day."""
    inner = rng.choice([plan, measure])(rng, size)
    draft = Draft(rng, [])
    place = next(each for each in PLACES if inner.title.startswith(each))
    issuer = f"{place}人民政府"
    number, year = _head(draft, place, f"{issuer}关于印发《{inner.title}》的通知")
    draft.plain("meta", "各区（县）人民政府，市政府各部门：")
    draft.plain("text", f"现将《{inner.title}》印发给你们，请结合实际认真贯彻落实。")
    iso = signed(draft, issuer, year)
    if rng.random() < 0.4:
        draft.plain("meta", "附件")
    lines = [line for line in inner.lines if line.role != "meta" or line.words[0] == "目"]
    return Made(
        "handed_out",
        inner.title,
        issuer,
        number,
        iso,
        inner.effective,
        (*draft.lines, *lines),
    )


def measure(rng: Random, size: int) -> Made:
    """Articles alone."""
    return _articles(rng, size, [])


def regulation(rng: Random, size: int) -> Made:
    """Chapters, sections and articles."""
    return _articles(rng, size, rng.choice([["第{}章"], ["第{}章", "第{}节"]]))


def _articles(rng: Random, size: int, marks: list[str]) -> Made:
    draft = Draft(rng, marks)
    draft.joints.append(rng.choice(["　", " ", "", "  "]))
    place, what = rng.choice(PLACES), rng.choice(FIELDS)
    title = (
        place + what + ("条例" if marks else rng.choice(["管理办法", "若干规定", "办法（试行）"]))
    )
    council = f"{place}人民代表大会常务委员会"
    issuer = council if marks else f"{place}人民政府"
    iso, day = a_date(rng)
    draft.plain("title", title)
    passed = f"{day}{place}第三届人民代表大会常务委员会第十次会议通过"
    draft.plain("meta", f"（{passed}）" if marks else f"（{day}{issuer}公布）")
    start = len(draft.lines)
    while draft.articles < 8 or sum(len(line.text) for line in draft.lines) < size / 2:
        _chapter(draft, marks)
    effective, force = a_date(rng)
    kind = next(word for word in ("条例", "办法", "规定") if word in title[-8:])
    draft.clause(f"本{kind}自{force}起施行。")
    if len(marks) == 1 and rng.random() < 0.3:
        _contents(draft, start)
    return Made("articles", title, issuer, "", iso, effective, tuple(draft.lines))


def _chapter(draft: Draft, marks: list[str]) -> None:
    rng = draft.rng
    if marks:
        title = rng.choice(
            ["总则", "总　则", "监督管理", "法律责任", "附　则", "保障与促进", title_of(rng)]
        )
        draft.heading(1, title)
    for _ in range(rng.randint(1, 3) if len(marks) == 2 else 1):
        if len(marks) == 2:
            draft.heading(2, title_of(rng))
        for _ in range(rng.randint(2, 5)):
            _article(draft)


def _article(draft: Draft) -> None:
    rng = draft.rng
    draft.clause(paragraph(rng, 2))
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        draft.plain("text", paragraph(rng, 2))
    if rng.random() < 0.25:
        items(draft, "（{}）")


def styled(rng: Random, size: int) -> Made:
    """Headings without numbers, told by their style; some have numbered ones under them."""
    draft = Draft(rng, rng.choice([["", ""], ["", "（{}）"], ["", "{}、", "（{}）"], [""]]))
    place, what = rng.choice(PLACES), rng.choice(FIELDS)
    title = f"{place}{what}" + rng.choice(["行动计划", "工作方案", "三年行动方案"])
    issuer, (iso, day) = f"{place}{what[:2]}局", a_date(rng)
    draft.plain("title", title)
    draft.plain("text", paragraph(rng))
    titles = rng.sample(UNNUMBERED, k=rng.randint(3, 6))
    for title_here in titles:
        draft.heading(1, title_here)
        body(draft, 1)
        if len(draft.marks) > 1:
            for _ in range(rng.randint(1, 3)):
                draft.heading(2, title_of(rng) if draft.marks[1] else phrase(rng))
                body(draft, 2)
    draft.top()
    draft.plain("sign", issuer)
    draft.plain("sign", day)
    return Made("styled", title, issuer, "", iso, "", tuple(draft.lines))


SHAPES: tuple[Callable[[Random, int], Made], ...] = (
    plan,
    opinion,
    regulation,
    measure,
    handed_out,
    styled,
)

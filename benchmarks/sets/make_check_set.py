"""Make the labelled drafts of ``qa/sets/check.jsonl`` from the library, with faults that are known.

Drafts written by hand (``"source": "hand"``) stay in the set as they are.

    python -m benchmarks.sets.make_check_set

The labels come from plain string search over the laws, not from ``qa.check``: an altered sentence
stands nowhere, a wrong article does not hold the words, a made-up name is no law's.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from corpus import Document
from corpus.catalog import load_catalog
from corpus.library import load_library
from corpus.numerals import article_label, parse_article

SET = Path(__file__).resolve().parents[2] / "qa" / "sets" / "check.jsonl"
SEED = 20260101
SWAPS = [
    ("应当", "可以"),
    ("可以", "应当"),
    ("不得", "可以"),
    ("以上", "以下"),
    ("以下", "以上"),
    ("或者", "并且"),
    ("三年", "五年"),
    ("三十日", "十五日"),
    ("必须", "应当"),
    ("和", "或者"),
    ("县级", "市级"),
    ("十日", "五日"),
    ("并处", "可以并处"),
    ("从重", "从轻"),
    ("有权", "无权"),
]
LEADS = [
    "{law}{article}规定：“{words}”",
    "根据{law}{article}，“{words}”。",
    "{law}{article}明确：「{words}」",
    "“{words}”（{law}{article}）",
    "“{words}”，见{law}{article}。",
    "{law}{article}规定：{words}\n",
    "按照{law}{article}“{words}”的规定执行。",
    '{law}{article}明确规定,"{words}"',
]
INVENTED = """
行政执法监督责任法 公共数据开放利用法 社区物业服务法 营商环境优化法 城市更新促进法
人工智能应用法 网络直播管理法 基层治理促进法 法治宣传教育条例法 行政裁决法 反职场欺凌法
家政服务法 志愿服务促进法 城市社区矫治法 农民权益保障法 行政程序法 民事强制执行法 个人破产法
数字经济促进法 公共法律服务法
""".split()
UNHELD = """
重大行政决策程序暂行条例 优化营商环境条例 信访工作条例 公平竞争审查条例 政府信息公开条例
乌鲁木齐市物业管理条例 新疆维吾尔自治区平安建设条例 法治政府建设实施纲要（2021-2025年）
行政法规制定程序条例 关于加强行政执法规范化建设的意见 规章制定程序条例 不动产登记暂行条例
企业投资项目核准和备案管理条例 保障农民工工资支付条例 乌鲁木齐市大气污染防治条例
校车安全管理条例 市场主体登记管理条例 国家赔偿费用管理条例 城镇燃气管理条例 无障碍环境建设条例
""".split()
FABLES = """
各级机关应当每月组织一次读书会，并将心得张贴在走廊显著位置
任何商户不得在雨天拒绝顾客借伞的合理请求 社区居民每户可以免费领取两盆绿植用于美化阳台环境
出租车司机应当为六十岁老人提供热茶一杯并播放戏曲
学校食堂每周至少供应三次手工馒头，口味由学生投票产生
公园内的长椅应当刷成蓝色，每隔五十步设置一处 对按时归还雨伞的市民，由图书馆发放荣誉书签一枚
游客在夜市购买烤串超过十串的，摊主应当赠送酸奶
办公楼电梯内应当播放轻音乐，音量由物业与租户协商确定
小区广场舞的曲目每季度更换一次，由领队提前公示曲单
快递柜的格口应当按照颜色分类，并配备备用小凳子一把
凡骑自行车上班满一百天的职工，可以领取车铃一个
面馆应当在菜单上注明面条的粗细，并允许顾客自行选择 村口的老槐树由全体村民轮流浇水，每户每次两桶
图书角的旧杂志满三年的，可以由孩子们剪贴制作手抄报
冬季供暖首日，各楼栋长应当逐户赠送贴有笑脸的卡片
早餐铺凌晨五点前开门的，可以在门口悬挂红灯笼一对 停车场管理员应当熟记常客的车牌，并主动挥手致意
理发店不得以顾客头发太少为由拒绝给予折扣优惠 江边散步的居民应当靠右行走，遇到熟人可以停下聊天
""".split()

Case = dict[str, object]


class Maker:
    """Draws sentences from the laws in force and wraps them in drafts."""

    def __init__(self, documents: list[Document]) -> None:
        self.random = random.Random(SEED)
        self.everything = "\n".join(plain(document.text) for document in documents)
        self.held = documents
        self.force = [
            d
            for d in documents
            if d.kind in {"法律", "宪法"}
            and d.current
            and d.status != "尚未施行"
            and len(d.text) > 4000
        ]
        self.titles = {d.title for d in documents}

    def sentence(self, low: int = 18, high: int = 90, has: str = "") -> tuple[Document, str, str]:
        """A law, an article of it and a sentence there, with certain words if wanted."""
        while True:
            law = self.random.choice(self.force)
            passage = self.random.choice([p for p in law.passages if p.article])
            assert passage.article is not None
            text = re.sub(r"^第[^\s　]+条(?:之.)?[\s　]*", "", law.passage_text(passage))
            sentences = [s for s in re.split(r"(?<=。)|\n", text) if low <= len(s) <= high]
            sentences = [s for s in sentences if has in s and s.endswith("。") and "“" not in s]
            if sentences:
                return law, passage.article, self.random.choice(sentences)

    def name(self, law: Document) -> str:
        """The law as people write it."""
        short = law.title.removeprefix("中华人民共和国")
        return self.random.choice([f"《{law.title}》", f"《{short}》", f"《{short}》"])

    def label(self, article: str) -> str:
        """The article, at times in figures."""
        parsed = parse_article(article)
        if parsed and not parsed[1] and self.random.random() < 0.25:
            return f"第{parsed[0]}条"
        return article

    def draft(self, law: str, article: str, words: str, cited: str, quoted: str) -> Case:
        """One draft with its two items."""
        lead = self.random.choice(LEADS)
        text = lead.format(law=law, article=article, words=words)
        inside = words if "{words}\n" not in lead else words.split("。", maxsplit=1)[0]
        items = [
            {"kind": "citation", "surface": law + article, "verdict": cited},
            {"kind": "quotation", "surface": inside.strip(), "verdict": quoted},
        ]
        return {"text": text.strip(), "items": items}

    def verbatim(self) -> Case:
        """As it stands, whole or from a comma on, or with a part left out."""
        law, article, words = self.sentence()
        way = self.random.random()
        parts = words.split("，")
        if way < 0.2 and len(parts) > 2 and len(parts[0]) > 4 and len(parts[-1]) > 5:
            words = f"{parts[0]}……{parts[-1]}"
        elif way < 0.35:
            words = words.translate(str.maketrans("，；：", ",;:"))
        elif way < 0.5:
            words = words.rstrip("。")
        return self.draft(self.name(law), self.label(article), words, "exists", "verbatim")

    def altered(self) -> Case:
        """A word of legal weight, or any character, changed, left out or added."""
        way = self.random.random()
        if way < 0.6:
            old, new = self.random.choice(SWAPS)
            law, article, words = self.sentence(has=old)
            changed = words.replace(old, new, 1)
        else:
            law, article, words = self.sentence()
            at = self.random.randrange(2, len(words) - 3)
            kind = self.random.choice(["out", "in", "other", "clause"])
            other = self.random.choice(self.everything)
            changed = {
                "out": words[:at] + words[at + 1 :],
                "in": words[:at] + other + words[at:],
                "other": words[:at] + other + words[at + 1 :],
                "clause": "，".join(p for i, p in enumerate(words.split("，")) if i != 1),
            }[kind]
        if plain(changed).rstrip("。") in self.everything or len(changed) < 16:
            return self.altered()
        return self.draft(self.name(law), self.label(article), changed, "exists", "altered")

    def wrong_article(self) -> Case:
        """True words under a neighbouring number, or under another law's."""
        law, article, words = self.sentence(24)
        said = law
        parsed = parse_article(article)
        assert parsed is not None
        number = article_label(max(1, parsed[0] + self.random.choice([-3, -2, -1, 1, 2, 10])))
        if self.random.random() < 0.3:
            said = self.random.choice(self.force)
            number = self.random.choice([p.article for p in said.passages if p.article])
        there = [plain(said.passage_text(p)) for p in said.passages if p.article == number]
        # Not in the place said, nor nearly: only in one law, so that nothing else is right either.
        if not there or any(plain(words)[:10] in t for t in there):
            return self.wrong_article()
        return self.draft(self.name(said), self.label(number), words, "exists", "wrong_article")

    def no_such_article(self) -> Case:
        """A number beyond the last, a 款 that is not there, or no number at all."""
        law = self.random.choice(self.force)
        numbers = [n for p in law.passages if p.article and (n := parse_article(p.article))]
        last = max(number for number, _ in numbers)
        single = [p for p in law.passages if p.article and "\n" not in law.passage_text(p).strip()]
        place = self.random.choice(
            [
                article_label(last + self.random.randrange(1, 40)),
                f"第{last + self.random.randrange(1, 4000)}条",
                "第零条",
                "第一万条",
                f"{self.random.choice(single).article}第{self.random.choice('二三四五')}款",
            ]
        )
        name = self.name(law)
        text = self.random.choice(["依据{}办理。", "{}对此作出了规定。", "违反{}的，应当纠正。"])
        return _only(text.format(name + place), name + place, "no_such_article")

    def no_such_document(self) -> Case:
        """A made-up law."""
        name = INVENTED.pop(self.random.randrange(len(INVENTED)))
        full = f"中华人民共和国{name}"
        assert full not in self.titles
        assert name not in self.everything
        said = self.random.choice([f"《{full}》", f"《{full}》", f"《{name}》"])
        place = self.random.choice(["第三条", "第十二条", "第8条"])
        return _only(f"依照{said}{place}的规定。", said + place, "no_such_document")

    def not_held(self) -> Case:
        """A regulation or plan that the library of laws does not have."""
        said = f"《{UNHELD.pop()}》{self.random.choice(['', '第三条', '第二十条'])}"
        return _only(f"为落实{said}要求，制定本方案。", said, "not_held")

    def exists(self) -> Case:
        """A place cited without words from it."""
        law, article, _ = self.sentence()
        said = self.name(law) + self.label(article)
        text = self.random.choice(["违反{}的，由主管部门处理。", "本方案依据{}制定。", "参见{}。"])
        return _only(text.format(said), said, "exists")

    def not_found(self) -> Case:
        """Words that no law has."""
        law, article, _ = self.sentence()
        words = FABLES.pop()
        return self.draft(self.name(law), article, words, "exists", "not_found")

    def superseded(self) -> Case:
        """An article of a repealed or replaced version, with or without its words."""
        ended = sorted(self._ended())
        if self.random.random() < 0.35:
            title = self.random.choice(ended)
            said = f"《{title}》第{self.random.randrange(2, 60)}条"
            return _only(f"依照{said}的规定处理。", said, "superseded")
        replaced = [d for d in self.held if not d.current and d.kind == "法律"]
        old = self.random.choice([d for d in replaced if any(p.article for p in d.passages)])
        passage = self.random.choice([p for p in old.passages if p.article])
        text = re.sub(r"^第[^\s　]+条[\s　]*", "", old.passage_text(passage))
        sentences = [s for s in re.split(r"(?<=。)|\n", text) if 20 <= len(s) <= 90]
        new = "".join(plain(d.text) for d in self.held if d.current)
        sentences = [s for s in sentences if s.endswith("。") and plain(s).rstrip("。") not in new]
        if not sentences or passage.article is None:
            return self.superseded()
        newer = any(d.title == old.title and d.current for d in self.held)
        if newer:
            there = next(d for d in self.held if d.title == old.title and d.current)
            if passage.article not in {p.article for p in there.passages}:
                return self.superseded()
        cited = "exists" if newer else "superseded"
        words = self.random.choice(sentences)
        return self.draft(f"《{old.title}》", passage.article, words, cited, "superseded")

    def _ended(self) -> Iterator[str]:
        for law in self.held:
            for clause in re.findall(r"[^。\n]*同时废止", law.text) if law.current else []:
                for title in re.findall(r"《(中华人民共和国[^》]+法)》", clause):
                    if title not in self.titles:
                        yield title


def _only(text: str, surface: str, verdict: str) -> Case:
    return {"text": text, "items": [{"kind": "citation", "surface": surface, "verdict": verdict}]}


def plain(text: str) -> str:
    """Half-width marks made full, white space out."""
    return re.sub(r"\s", "", text.translate(str.maketrans(",;:()", "，；：（）")))


def main() -> None:
    """Write the set."""
    maker = Maker(load_library(load_catalog(), "all", date.today()))
    wanted: list[tuple[Callable[[], Case], int]] = [
        (maker.verbatim, 50),
        (maker.altered, 60),
        (maker.wrong_article, 40),
        (maker.superseded, 40),
        (maker.no_such_article, 25),
        (maker.no_such_document, 20),
        (maker.not_held, 20),
        (maker.not_found, 20),
        (maker.exists, 20),
    ]
    lines: list[Case] = []
    for make, count in wanted:
        for number in range(count):
            half = "dev" if number % 2 == 0 else "test"
            identity = f"{make.__name__.replace('_', '-')}-{number + 1:02}"
            lines.append({"id": identity, "half": half, "source": "script", **make()})
    written = SET.read_text(encoding="utf-8").splitlines() if SET.exists() else []
    lines += [case for case in map(json.loads, written) if case["source"] != "script"]
    with SET.open("w", encoding="utf-8") as target:
        for line in lines:
            target.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

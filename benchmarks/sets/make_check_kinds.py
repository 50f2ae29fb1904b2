"""Drafts of the kinds that real drafts were misread in, for ``qa/sets/check.jsonl``.

    python -m benchmarks.sets.make_check_kinds

Lines with ``"source": "kinds"`` are drawn from the laws with a seed, their labels known from how
they are made; those with ``"source": "by-hand"`` are read from ``check_by_hand.jsonl`` beside this
file. All other lines stay as they are.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.sets.make_check_set import FABLES, SET, SWAPS, UNHELD, Case, Maker, plain
from corpus import Document, load_catalog, load_library

SEED = 20261203
BY_HAND = Path(__file__).with_name("check_by_hand.jsonl")
LEADS = [
    "{law}{article}规定，",
    "根据{law}{article}的规定，",
    "法律依据：{law}{article} ",
    "法律依据：{law}{article}【{title}】",
    "{law}{article}：",
    "依据{law}{article}之规定,",
    "{law}{article}明确，",
    "2、法律规定：{law}{article}　",
    "（依据）{law}{article}\n",
    "{law}{article}规定:",
]
TITLES = ["立法目的", "适用范围", "法律责任", "基本原则", "主管部门", "程序要求"]
AFTERWORDS = [
    "",
    "请各单位对照执行。",
    "这一条在窗口被问得最多，请值班人员背熟。",
    "\n三、联系人：张三，电话见附件。",
    "因此，你可以先到社区咨询，再决定要不要起诉。",
    "我们在培训中讲过类似的例子，这里不再展开。",
]
CUTS = {
    "proviso": re.compile(r"[，；](?=但(?!书))"),
    "penalty": re.compile(r"[，](?=并处|可以并处|没收|吊销)"),
    "outcome": re.compile(r"(?<=的)，(?=处|由|应当|可以|不|予以|依法)"),
    "list": re.compile(r"：(?=\n（一）)"),
}
SAID = ["《{name}》第{n}条规定：“{words}”", "按照《{name}》“{words}”的规定办理。"]


class KindMaker(Maker):
    """Draws drafts of the new kinds."""

    def __init__(self, documents: list[Document]) -> None:
        super().__init__(documents)
        self.random = random.Random(SEED)
        self.fables = list(FABLES)
        self.unheld = list(UNHELD)

    def article(self, has: re.Pattern[str]) -> tuple[Document, str, str, re.Match[str]]:
        """A law, an article, its words without the label, and a place in them."""
        while True:
            law = self.random.choice(self.force)
            passage = self.random.choice([p for p in law.passages if p.article])
            body = re.sub(r"^第[^\s　]+条(?:之.)?[\s　]*", "", law.passage_text(passage)).strip()
            found = [m for m in has.finditer(body) if "“" not in body]
            if found and passage.article is not None and len(body) < 600:
                return law, passage.article, body, self.random.choice(found)

    def cut(self) -> Case:
        """A sentence closed with a full stop where the article goes on."""
        law, article, body, match = self.article(CUTS[self.random.choice(sorted(CUTS))])
        start = max(body.rfind("。", 0, match.start()), body.rfind("\n", 0, match.start())) + 1
        words = body[start : match.start()] + "。"
        whole = plain(words) in self.everything or body.count(words[:-1]) > 1
        if whole or not 14 <= len(words) <= 120 or words[0] in "（":
            return self.cut()
        return self.quoted(law, article, words, "altered")

    def left_open(self) -> Case:
        """The same without the full stop: true, and the sentence goes on."""
        law, article, body, match = self.article(CUTS["proviso"])
        start = max(body.rfind("。", 0, match.start()), body.rfind("\n", 0, match.start())) + 1
        words = body[start : match.start()]
        if not 14 <= len(words) <= 120 or words[0] in "（":
            return self.left_open()
        return self.quoted(law, article, words + self.random.choice(["", "，", "……"]), "verbatim")

    def quoted(self, law: Document, article: str, words: str, verdict: str) -> Case:
        """A draft with words between marks."""
        said = self.name(law) + self.label(article)
        after = self.random.choice(["", "请遵照执行。", "对此要有清醒认识。"])
        items = [
            {"kind": "citation", "surface": said, "verdict": "exists"},
            {"kind": "quotation", "surface": words, "verdict": verdict},
        ]
        return {"text": f"{said}规定：“{words}”{after}", "items": items}

    def whole_sentences(self) -> tuple[Document, str, str]:
        """The first sentences of an article."""
        law, article, body, _ = self.article(re.compile("(?<=。)"))
        found = re.match(r"(?:[^。]*。){1,3}", body)
        words = found.group() if found else ""
        if not 20 <= len(words) <= 260:
            return self.whole_sentences()
        return law, article, words

    def bare(self) -> Case:
        """Statute text without marks, as it is."""
        law, article, words = self.whole_sentences()
        return self.unmarked(law, article, words, "verbatim")

    def bare_altered(self) -> Case:
        """Statute text without marks, a word of it changed."""
        law, article, words = self.whole_sentences()
        there = [pair for pair in SWAPS if pair[0] in words]
        if there and self.random.random() < 0.7:
            changed = words.replace(*self.random.choice(there), 1)
        else:
            at = self.random.randrange(4, len(words) - 4)
            changed = words[:at] + self.random.choice("等其之并由将") + words[at + 1 :]
        if plain(changed).rstrip("。") in self.everything:
            return self.bare_altered()
        return self.unmarked(law, article, changed, "altered")

    def unmarked(self, law: Document, article: str, words: str, verdict: str) -> Case:
        """A draft with words without marks, and the writer's own after them."""
        name, label = self.name(law), self.label(article)
        lead = self.random.choice(LEADS)
        before = lead.format(law=name, article=label, title=self.random.choice(TITLES))
        items = [
            {"kind": "citation", "surface": name + label, "verdict": "exists"},
            {"kind": "unmarked", "surface": words, "verdict": verdict},
        ]
        return {"text": before + words + self.random.choice(AFTERWORDS), "items": items}

    def unclosed(self) -> Case:
        """Words whose mark never closes, and the writer's own after them."""
        law, article, words = self.whole_sentences()
        said = self.name(law) + self.label(article)
        items = [
            {"kind": "citation", "surface": said, "verdict": "exists"},
            {"kind": "quotation", "surface": words, "verdict": "verbatim"},
        ]
        after = self.random.choice([each for each in AFTERWORDS if each])
        return {"text": f"{said}规定：“{words}{after}", "items": items}

    def unheld_words(self) -> Case:
        """Words of a document that is not held."""
        name = self.unheld.pop()
        words = self.fables.pop() + "。"
        place = f"《{name}》第{self.random.randrange(3, 40)}条"
        items = [
            {"kind": "citation", "surface": place, "verdict": "not_held"},
            {"kind": "quotation", "surface": words, "verdict": "not_held"},
        ]
        verb = self.random.choice(["规定：", "将其界定为", "要求做到", "有"])
        return {"text": f"{place}{verb}“{words}”", "items": items}


def main() -> None:
    """Write the lines of these kinds anew."""
    maker = KindMaker(load_library(load_catalog(), "all", date.today()))
    wanted: list[tuple[str, Callable[[], Case], int]] = [
        ("cut", maker.cut, 40),
        ("open", maker.left_open, 16),
        ("bare", maker.bare, 30),
        ("bare-altered", maker.bare_altered, 30),
        ("unclosed", maker.unclosed, 10),
        ("unheld", maker.unheld_words, 12),
    ]
    lines: list[Case] = []
    for name, make, count in wanted:
        for number in range(count):
            half = "dev" if number % 2 == 0 else "test"
            identity = f"{name}-{number + 1:02}"
            lines.append({"id": identity, "half": half, "source": "kinds", **make()})
    for number, line in enumerate(BY_HAND.read_text(encoding="utf-8").splitlines()):
        half = "dev" if number % 2 == 0 else "test"
        case = json.loads(line)
        lines.append({"id": case.pop("id"), "half": half, "source": "by-hand", **case})
    written = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    kept = [case for case in written if case["source"] in {"script", "hand"}]
    with SET.open("w", encoding="utf-8") as target:
        for case in [*kept, *lines]:
            target.write(json.dumps(case, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

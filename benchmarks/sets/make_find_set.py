"""Write qa/sets/find.jsonl: words of the library, altered in known ways, and where they stand.

    python -m benchmarks.sets.make_find_set

Seeded: the same library gives the same file. Every place where the words stood before they were
altered counts as right. ``find_by_hand.tsv`` beside it (text, document, evidence; the last two
empty when it stands nowhere) was written by hand and goes in as it is. In each kind of alteration
the cases go to the dev and the test half in turn.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from corpus import Document
from corpus.catalog import load_catalog
from corpus.library import load_library
from qa.wording.folding import loose
from qa.wording.haystack import Haystack

AS_OF = date(2026, 11, 22)
SEED = 20261122
HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "qa" / "sets" / "find.jsonl"
PLACES = 8
"""Words that stand in more places than this are no good case."""
FULL = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
HALF = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}
ADDED = "应当 依法 有关 进一步 切实 认真 全面 积极 必须 都 也 及时 相关 的".split()
SYNONYMS = (
    "应当=应该 或者=或 不得=不能 可以=可 规定=要求 保障=保护 任何=一切 公民=人民 依法=依照法律 "
    "健全=完善 加强=强化 推进=推动 制定=制订 组织=机构 管理=监管 禁止=严禁 国家=政府 责任=义务 "
    "提供=给予 建立=设立 以及=和 并且=并 人民法院=法院 按照=根据 落实=执行 完善=健全 工作=事务"
).split()
HEADS = "哪份文件里说过 请问哪部法律规定了 哪一条写着 哪里提到过 查一下哪个文件说过".split()
TAILS = "出自哪里？ 是哪一条规定的 ，这句话见于哪份文件？ 出自哪部法律 在哪一条？".split()
COMMON = "人法国规定行政机关会社公务事治理组织保护责任经济安全管部门"

Alter = Callable[[random.Random, str], str | None]


def _width(rng: random.Random, text: str) -> str | None:
    changed = text.translate(HALF if rng.random() < 0.6 else FULL)
    return changed if changed != text else text.translate(FULL).translate(HALF)


def _quotes(rng: random.Random, text: str) -> str | None:
    marks = rng.choice(["「」", "『』", '""', "‘’"])
    return f"{marks[0]}{text.replace('“', marks[0]).replace('”', marks[1])}{marks[1]}"


def _space(rng: random.Random, text: str) -> str | None:
    return "".join(c + (rng.choice(" \u3000\t") if rng.random() < 0.2 else "") for c in text)


def _lines(rng: random.Random, text: str) -> str | None:
    every = rng.randint(5, 12)
    return "\n".join(text[at : at + every] for at in range(0, len(text), every))


def _traditional(rng: random.Random, text: str) -> str | None:
    from opencc import OpenCC

    changed = str(OpenCC(rng.choice(["s2t", "s2tw", "s2hk"])).convert(text))
    return changed if changed != text else None


def _missing(rng: random.Random, text: str) -> str | None:
    for _ in range(rng.randint(1, 2)):
        length = rng.randint(1, max(1, min(4, len(text) // 8)))
        at = rng.randrange(1, len(text) - length)
        text = text[:at] + text[at + length :]
    return text


def _swapped(rng: random.Random, text: str) -> str | None:
    parts = re.split(r"([，、；,;])", text)
    if len(parts) >= 3 and rng.random() < 0.6:
        at = rng.randrange(0, len(parts) - 2, 2)
        parts[at], parts[at + 2] = parts[at + 2], parts[at]
        return "".join(parts)
    at = rng.randrange(len(text) - 4)
    return text[:at] + text[at + 2 : at + 4] + text[at : at + 2] + text[at + 4 :]


def _added(rng: random.Random, text: str) -> str | None:
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(1, len(text))
        text = text[:at] + rng.choice(ADDED) + text[at:]
    return text


def _substituted(rng: random.Random, text: str) -> str | None:
    pairs = [pair.split("=") for pair in SYNONYMS if pair.split("=")[0] in text]
    if pairs and rng.random() < 0.75:
        for old, new in rng.sample(pairs, min(2, len(pairs))):
            text = text.replace(old, new, 1)
        return text
    for _ in range(max(1, len(text) // 15)):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(COMMON) + text[at + 1 :]
    return text


def _halves(rng: random.Random, text: str) -> list[str] | None:
    """The beginning and the end of a longer stretch, whole clauses, with something left out."""
    parts = [part for part in re.split(r"[，。；、：,;:\n]", text) if len(part) >= 6]
    if len(parts) < 3:
        return None
    first = rng.randrange(len(parts) - 2)
    return [parts[first].strip(), parts[rng.randrange(first + 2, len(parts))].strip()]


def _elided(rng: random.Random, text: str) -> str | None:
    parts = _halves(rng, text)
    return None if parts is None else rng.choice(["……", "…", "..."]).join(parts)


def _joined(rng: random.Random, text: str) -> str | None:
    parts = _halves(rng, text)
    return None if parts is None else "和".join(parts)


def _asked(rng: random.Random, text: str) -> str | None:
    if rng.random() < 0.4:
        text = _substituted(rng, text) or text
    if rng.random() < 0.5:
        text = f"“{text}”"
    return rng.choice(HEADS) + text if rng.random() < 0.5 else text + rng.choice(TAILS)


def _mixed(rng: random.Random, text: str) -> str | None:
    for alter in rng.sample([_missing, _added, _substituted, _swapped, _traditional], 2):
        text = alter(rng, text) or text
    return text


EXACT: dict[str, tuple[int, Alter]] = {
    "plain": (40, lambda rng, text: text),
    "width": (24, _width),
    "quotes": (24, _quotes),
    "space": (24, _space),
    "lines": (24, _lines),
    "traditional": (24, _traditional),
}
NEAR: dict[str, tuple[int, Alter]] = {
    "missing": (32, _missing),
    "swapped": (28, _swapped),
    "added": (28, _added),
    "substituted": (36, _substituted),
    "elided": (24, _elided),
    "joined": (20, _joined),
    "asked": (28, _asked),
    "mixed": (24, _mixed),
}


class Source:
    """Draws stretches of the library at random."""

    def __init__(self, documents: list[Document], seed: int) -> None:
        self.rng = random.Random(seed)
        self.haystack = Haystack(documents)
        self.ranges = self.haystack.ranges({document.id for document in documents})
        self.plans = [d for d in documents if d.kind == "规划"]
        self.known = [d for d in documents if d.title.endswith(("国宪法", "国民法典"))]
        self.laws = [d for d in documents if d.kind == "法律"]

    def span(self, least: int, most: int, free: bool) -> tuple[str, list[dict[str, Any]]]:
        """Words and all places where they stand; from clause to clause unless ``free``."""
        while True:
            pool = self.rng.choice([self.plans, self.known, self.laws, self.laws])
            text = self.rng.choice(pool).text
            start = self.rng.randrange(len(text))
            end = start + self.rng.randint(least, most)
            if not free:
                ends = [m.end() for m in re.finditer(r"[，。；：、,;:\n]\s*", text)]
                start = min((e for e in ends if e >= start), default=start)
                end = max((e for e in ends if start < e <= end), default=end)
                end = start + len(re.sub(r"[，。；：、,;:\s]+$", "", text[start:end]))
            words = text[start:end].strip()
            if least <= len(words) <= most:
                places = list(self.places(words))
                if 0 < len(places) <= PLACES:
                    return words, places

    def places(self, words: str) -> Iterator[dict[str, Any]]:
        """Every place where the words stand, as a set names it."""
        for place in self.haystack.places(loose(words).text, self.ranges):
            document, start, end = self.haystack.source(*place)
            held = {p.article for p in document.passages if p.start < end and start < p.end}
            place_of: dict[str, Any] = {"document": document.title}
            if len(held) == 1 and None not in held:
                place_of["article"] = held.pop()
            yield {**place_of, "evidence": document.text[start:end]}


def cases(source: Source) -> Iterator[dict[str, Any]]:
    """The cases made by script, by kind and alteration."""
    for kind, alterations in (("exact", EXACT), ("near", NEAR)):
        for name, (count, alter) in alterations.items():
            made = 0
            while made < count:
                long = name in {"elided", "joined"}
                least, most = (60, 160) if long else (8 if kind == "exact" else 14, 70)
                free = kind == "exact" and made % 3 == 0
                words, places = source.span(least, most, free)
                text = alter(source.rng, words)
                if text is None or (kind == "near" and loose(text).text == loose(words).text):
                    continue
                made += 1
                yield {"text": text, "kind": kind, "alteration": name, "relevant": places}


def by_hand(source: Source) -> Iterator[dict[str, Any]]:
    """The cases written by hand; their evidence must stand in the document named."""
    for line in (HERE / "find_by_hand.tsv").read_text(encoding="utf-8").splitlines():
        text, title, evidence = line.split("\t")
        places = list(source.places(evidence)) if evidence else []
        if title and title not in {place["document"] for place in places}:
            raise ValueError(f"not in {title}: {evidence}")
        kind = "near" if title else "none"
        yield {"text": text, "kind": kind, "alteration": "hand", "relevant": places}


def main() -> None:
    """Write the set."""
    documents = [d for d in load_library(load_catalog(), "all", AS_OF) if d.current]
    counts: dict[tuple[str, str], int] = {}
    with TARGET.open("w", encoding="utf-8", newline="\n") as file:
        source = Source(documents, SEED)
        for case in [*cases(source), *by_hand(source)]:
            key = (case["kind"], case["alteration"])
            counts[key] = number = counts.get(key, 0) + 1
            head = {"id": f"{key[0]}-{key[1]}-{number:02}", "split": ("dev", "test")[number % 2]}
            file.write(json.dumps({**head, **case}, ensure_ascii=False) + "\n")
    for (kind, name), count in counts.items():
        print(f"{kind:6} {name:12} {count}")


if __name__ == "__main__":
    main()

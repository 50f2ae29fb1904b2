"""What must hold of every check, over all laws: no false verbatim, and corrections that are true.

    python -m benchmarks.measure.check_holds [--alterations 10000] [--show 20]

- Provisos: every article that is in force is quoted from the beginning of a sentence up to each
  proviso (但是, 但, 除外, 另有规定) in it, and closed with a full stop: never plainly ``verbatim``.
- Corrections: seeded alterations of articles, as people make them; whatever correction the check
  suggests is put in and checked again: the quotation must then be ``verbatim``.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from corpus import Document, Resolver, load_catalog, load_library
from qa.check import Checker
from qa.drafts import corrected_text, draft_of_text
from qa.wording import Wording

SEED = 20261128
PROVISO = re.compile(r"(?<![不非])但(?!书)|除外|另有(?:规定|约定)")
LABEL = re.compile(r"^第[^条\s]{1,12}条(?:之[一二三四五六七八九十]+)?\s+")
SWAPS = [
    ("应当", "可以"),
    ("可以", "应当"),
    ("不得", "可以"),
    ("以上", "以下"),
    ("三年", "五年"),
    ("或者", "和"),
    ("自然人", "公民"),
    ("人民政府", "政府"),
    ("（一）", "(1)"),
    ("组织", "单位"),
]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law in force: ``body`` are its words without the label."""

    title: str
    label: str
    body: str

    def quoted(self, words: str, clause: str = "") -> str:
        """A draft that quotes it."""
        return f"《{self.title}》{self.label}{clause}规定：“{words}”"


def articles(documents: list[Document]) -> Iterator[Article]:
    """Every article of the laws in force, in the library's order."""
    for document in documents:
        bodies: dict[str, str] = {}
        in_force = document.current and document.status != "尚未施行"
        for passage in document.passages if in_force else ():
            if passage.article:
                words = document.passage_text(passage)
                bodies[passage.article] = bodies.get(passage.article, "") + words
        for label, words in bodies.items():
            if LABEL.match(words):
                yield Article(document.title, label, LABEL.sub("", words, count=1).strip())


def cuts(body: str) -> Iterator[str]:
    """The words from the beginning of a sentence up to each proviso in it, or before it."""
    for match in PROVISO.finditer(body):
        end = max((body.rfind(mark, 0, match.start()) for mark in "，；。：\n"), default=-1)
        if end < 0:
            continue
        start = max(body.rfind("。", 0, end), body.rfind("\n", 0, end)) + 1
        words = body[start:end].strip("，；。：\n")
        # Words that the article has twice may be quoted from the other place.
        if len(words) >= 8 and body.count(words) == 1:
            yield words


def provisos(checker: Checker, laws: list[Article], shown: int) -> None:
    """Print how many cuts before a proviso are taken for whole."""
    counts: Counter[str] = Counter()
    for article in laws:
        for words in cuts(article.body):
            items = checker.check(article.quoted(words + "。"))
            quoted = next((item for item in items if item.kind == "quotation"), None)
            said = "none" if quoted is None else str(quoted.verdict)
            if quoted is not None and quoted.finding.goes_on:
                said += ", goes on"
            counts[said] += 1
            if said in {"verbatim", "none"} and counts[said] <= shown:
                print(f"  {said}: {article.quoted(words + '。')}")
    print(f"cuts before a proviso: {counts.total()}, {dict(counts.most_common())}")


def sentences(body: str) -> list[str]:
    """The sentences and list items of an article."""
    return [part for part in re.split(r"(?<=[。；：])\n?|\n", body) if part.strip()]


class Slips:
    """Ways in which people get words wrong, drawn with a seed."""

    def __init__(self, seed: int, laws: list[Article]) -> None:
        self.random = random.Random(seed)
        self._laws = laws
        some = "".join(article.body for article in laws[:: len(laws) // 500 + 1])
        self._letters = re.sub(r"[^\u4e00-\u9fff]", "", some)
        self.ways: dict[str, Callable[[str], str]] = {
            "other letters": self._other,
            "letters added": lambda words: self._put(words, self._at(words), 0),
            "letters left out": self._left_out,
            "term swapped": self._swapped,
            "clause left out": self._clause_out,
            "sentence left out": self._sentence_out,
            "cut short": self._cut_short,
            "other beginning": lambda words: self._put(words[self.random.randrange(3) :], 0, 1),
            "end left out": lambda words: words[: -self.random.randrange(1, 5)],
            "sentences moved": self._moved,
            "clause left out, other letters": lambda words: self._other(self._clause_out(words)),
            "term swapped, cut short": lambda words: self._cut_short(self._swapped(words)),
        }

    def draw(self) -> tuple[str, Article, str]:
        """A way, an article, and its words or a part of them got wrong in this way."""
        while True:
            article = self.random.choice(self._laws)
            parts = sentences(article.body)
            first = self.random.randrange(len(parts))
            words = "".join(parts[first : first + self.random.choice([1, 1, 2, 3, 99])])
            way = self.random.choice(sorted(self.ways))
            altered = self.ways[way](words)
            if len(altered) >= 10 and "“" not in altered and altered != words:
                return way, article, altered

    def _at(self, words: str) -> int:
        return self.random.randrange(len(words) or 1)

    def _put(self, words: str, at: int, taken: int) -> str:
        new = self.random.choices(self._letters, k=self.random.randrange(1, 4))
        return words[:at] + "".join(new) + words[at + taken :]

    def _other(self, words: str) -> str:
        return self._put(words, self._at(words), self.random.randrange(1, 4))

    def _left_out(self, words: str) -> str:
        at = self._at(words)
        return words[:at] + words[at + self.random.randrange(1, 6) :]

    def _swapped(self, words: str) -> str:
        there = [pair for pair in SWAPS if pair[0] in words]
        return words.replace(*self.random.choice(there), 1) if there else words

    def _clause_out(self, words: str) -> str:
        parts = re.split(r"(?<=[，；：])", words)
        if len(parts) > 1:
            del parts[self.random.randrange(len(parts))]
        return "".join(parts)

    def _sentence_out(self, words: str) -> str:
        parts = sentences(words)
        if len(parts) > 2:
            del parts[self.random.randrange(1, len(parts) - 1)]
        return "".join(parts)

    def _cut_short(self, words: str) -> str:
        marks = [match.start() for match in re.finditer("[，；：、]", words) if match.start() > 8]
        return words[: self.random.choice(marks)] + "。" if marks else words

    def _moved(self, words: str) -> str:
        parts = sentences(words)
        self.random.shuffle(parts)
        return "".join(parts)


def corrected_wrongly(checker: Checker, text: str) -> tuple[str, str | None]:
    """What is said of the quotation in a draft, and the corrected draft if that is no better."""
    items = checker.check(text)
    item = next((item for item in items if item.kind == "quotation"), None)
    if item is None or item.finding.correction is None:
        return ("none" if item is None else item.verdict), None
    again = corrected_text(draft_of_text(text), items)
    found = [each.verdict for each in checker.check(again) if each.kind == "quotation"]
    return f"{item.verdict}, corrected", None if set(found) == {"verbatim"} else again


def corrections(checker: Checker, laws: list[Article], count: int, shown: int) -> None:
    """Print how many corrections are given, and how many of those are not verbatim."""
    slips = Slips(SEED, laws)
    given: Counter[tuple[str, str]] = Counter()
    wrong: Counter[str] = Counter()
    false = 0
    for _ in range(count):
        way, article, altered = slips.draw()
        text = article.quoted(altered)
        said, still_wrong = corrected_wrongly(checker, text)
        given[way, said] += 1
        false += said == "verbatim" and letters(altered) not in letters(article.body)
        if still_wrong is not None:
            wrong[way] += 1
            if wrong.total() <= shown:
                print(f"  {way}: {text}\n    -> {still_wrong}")
    for name in sorted(slips.ways):
        row = {said: n for (way, said), n in given.items() if way == name}
        print(f"{name:32} {row}, not verbatim when put in: {wrong[name]}")
    suggested = sum(n for (_, said), n in given.items() if "corrected" in said)
    print(
        f"{given.total()} alterations, {suggested} corrections, "
        f"{wrong.total()} of them not verbatim when checked again; "
        f"{false} alterations called verbatim whose letters the article does not have in a row"
    )


def letters(words: str) -> str:
    """Letters and digits alone: no mark, no space."""
    return "".join(re.findall(r"\w", words))


def main() -> None:
    """Run both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alterations", type=int, default=10_000)
    parser.add_argument("--show", type=int, default=20, help="print so many that do not hold")
    args = parser.parse_args()
    catalog = load_catalog()
    documents = load_library(catalog, "all", date.today())
    resolver = Resolver.for_library(documents, catalog)
    checker = Checker(documents, resolver, Wording(documents), complete_laws=True)
    laws = list(articles(documents))
    begun = time.perf_counter()
    provisos(checker, laws, args.show)
    print(f"{time.perf_counter() - begun:.0f} s")
    begun = time.perf_counter()
    corrections(checker, laws, args.alterations, args.show)
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()

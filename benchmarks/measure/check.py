"""How often the check of a draft is right, and how long it takes.

    python -m benchmarks.measure.check [--half dev|test] [--faults]

Prints the share of right verdicts for each true verdict, the confusion table, the number of false
``verbatim``, and the time for a draft of fifty pages with 300 citations beside a baseline: one
``str.find`` in the joined text of the library for each quotation.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from datetime import date
from pathlib import Path

from corpus import Document
from corpus.catalog import load_catalog
from corpus.citations import Resolver
from corpus.library import load_library
from qa.check.checker import Checker
from qa.check.finding import Item
from qa.drafts import corrected_text, draft_of_text
from qa.records import VERDICTS
from qa.wording.search import Wording

SET = Path(__file__).resolve().parents[2] / "qa" / "sets" / "check.jsonl"
NOTHING = "-"
FILLER = (
    "各区县、各部门要提高站位，压实责任，结合实际细化措施，加强宣传引导，确保各项任务落到实处。"
    "对工作中发现的问题要及时研究解决，重大事项按程序报告，推动“放管服”改革走深走实。"
)


def pairs(wanted: list[dict[str, str]], found: list[Item]) -> list[tuple[str, str, str]]:
    """(true verdict, given verdict, words); ``-`` for an item missed, or one too many."""
    left = list(found)
    matched: list[tuple[str, str, str]] = []
    for each in wanted:
        words = each["surface"].strip("。")
        same = [i for i in left if i.kind == each["kind"] and i.surface.strip("。") == words]
        if same:
            left.remove(same[0])
        given = same[0].verdict if same else NOTHING
        matched.append((each["verdict"], given, each["surface"]))
    return matched + [(NOTHING, item.verdict, item.surface) for item in left]


def accuracy(checker: Checker, half: str | None, faults: bool) -> None:
    """Print the table for one half of the set, or for all of it."""
    lines = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    counts: Counter[tuple[str, str]] = Counter()
    by_source: Counter[tuple[str, bool]] = Counter()
    for line in lines:
        if half is not None and line["half"] != half:
            continue
        for true, given, words in pairs(line["items"], checker.check(line["text"])):
            counts[true, given] += 1
            by_source[line["source"], true == given] += 1
            if faults and true != given:
                print(f"{line['id']}: {true} -> {given}: {words}")
    names = [*VERDICTS, NOTHING]
    print(f"\n{'':18}" + "".join(f"{name[:9]:>10}" for name in names) + f"{'right':>8}")
    for true in names:
        row = [counts[true, given] for given in names]
        if sum(row):
            share = counts[true, true] / sum(row)
            print(f"{true:18}" + "".join(f"{n or '.':>10}" for n in row) + f"{share:8.3f}")
    right = sum(n for (true, given), n in counts.items() if true == given)
    false = sum(n for (true, given), n in counts.items() if given == "verbatim" != true)
    print(f"\nitems {counts.total()}, right {right / counts.total():.4f}, false verbatim {false}")
    for source in ("script", "hand", "kinds", "by-hand"):
        good, bad = by_source[source, True], by_source[source, False]
        if good + bad:
            print(f"  {source}: {good + bad} items, right {good / (good + bad):.4f}")


def holds(checker: Checker, half: str | None) -> None:
    """Print how often a suggested correction is verbatim, and what is compared without marks."""
    corrected = wrong = unmarked = compared = 0
    for line in map(json.loads, SET.read_text(encoding="utf-8").splitlines()):
        if half is not None and line["half"] != half:
            continue
        items = checker.check(line["text"])
        quoted = [item for item in items if item.kind != "citation"]
        wanted = [each for each in line["items"] if each["kind"] == "unmarked"]
        unmarked += len(wanted)
        told = {item.surface.strip("。") for item in quoted if item.kind == "unmarked"}
        compared += sum(each["surface"].strip("。") in told for each in wanted)
        for number, item in enumerate(quoted):
            if item.finding.correction is not None:
                again = corrected_text(draft_of_text(line["text"]), [item])
                found = [each for each in checker.check(again) if each.kind != "citation"]
                corrected += 1
                wrong += len(found) <= number or found[number].verdict != "verbatim"
    print(
        f"{corrected} corrections of quotations, {wrong} not verbatim when put in and checked "
        f"again; of {unmarked} texts without marks {compared} compared in full"
    )


def long_draft(documents: list[Document], citations: int) -> tuple[str, list[str]]:
    """A draft of about 100 characters for each citation, a third of the quotations altered."""
    chosen = random.Random(1)
    laws = [document for document in documents if document.kind == "法律" and document.current]
    parts: list[str] = []
    quoted: list[str] = []
    while len(quoted) < citations:
        law = chosen.choice(laws)
        passages = [p for p in law.passages if p.article]
        if not passages:
            continue
        passage = chosen.choice(passages)
        words = law.passage_text(passage).split("　", 1)[-1].split("\n")[0].split("。")[0][:90]
        if len(quoted) % 3 == 0 and len(words) > 10:
            words = words[:5] + words[6:]
        quoted.append(words)
        filler = FILLER[: chosen.randrange(0, 60)]
        parts.append(f"{filler}《{law.title}》{passage.article}规定：“{words}。”\n")
    return "".join(parts), quoted


def speed(checker: Checker, documents: list[Document], citations: int) -> None:
    """Print the time for a long draft, cold and warm, and its ratio to the baseline."""
    text, quoted = long_draft(documents, citations)
    joined = "\0".join(document.text for document in documents)
    begun = time.perf_counter()
    for words in quoted:
        joined.find(words)
    baseline = time.perf_counter() - begun
    for name in ("first", "again"):
        begun = time.perf_counter()
        found = checker.check(text)
        taken = time.perf_counter() - begun
        print(
            f"{len(text)} characters, {citations} citations, {len(found)} items, {name}: "
            f"{taken:.2f} s, {taken / baseline:.1f} times str.find ({baseline:.2f} s)"
        )


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["dev", "test"])
    parser.add_argument("--faults", action="store_true", help="print every item judged wrongly")
    parser.add_argument("--citations", type=int, default=300)
    chosen = parser.parse_args()
    catalog = load_catalog()
    begun = time.perf_counter()
    documents = load_library(catalog, "all", date.today())
    print(f"library loaded in {time.perf_counter() - begun:.1f} s")
    resolver = Resolver.for_library(documents, catalog)
    checker = Checker(documents, resolver, Wording(documents), complete_laws=True)
    speed(checker, documents, chosen.citations)
    accuracy(checker, chosen.half, chosen.faults)
    holds(checker, chosen.half)


if __name__ == "__main__":
    main()

"""Finding words in the plan and all laws: whether they are found, and how fast.

    python -m benchmarks.measure.find [--split dev|test] [--show]

Recall@1 is the share of cases whose first match is a right one: the document, the article, and a
stretch that shares half of the evidence at least. For words that stand nowhere, nothing found is
right. Speed is of the warm program, against the plainest code that does the same.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from corpus import Document
from corpus.catalog import load_catalog
from corpus.library import load_library
from qa.wording.folding import loose
from qa.wording.matches import Match
from qa.wording.search import Wording

SET = Path(__file__).resolve().parents[2] / "qa" / "sets" / "find.jsonl"
BASELINE_CASES = 12
"""RapidFuzz over every passage takes seconds a case."""


def is_right(match: Match, relevant: dict[str, Any]) -> bool:
    """Whether the match lies on the evidence."""
    if match.document.title != relevant["document"]:
        return False
    if relevant.get("article") not in {None, match.passage.article}:
        return False
    evidence, text = relevant["evidence"], match.document.text
    at = text.find(evidence)
    while at >= 0:
        shared = min(match.end, at + len(evidence)) - max(match.start, at)
        if shared * 2 >= min(len(evidence), match.end - match.start):
            return True
        at = text.find(evidence, at + 1)
    return False


def first_right(case: dict[str, Any], matches: Sequence[Match]) -> bool:
    """Whether the first match is right, or, for words that stand nowhere, there is none."""
    if not case["relevant"]:
        return not matches
    return bool(matches) and any(is_right(matches[0], each) for each in case["relevant"])


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


def quality(wording: Wording, cases: Sequence[dict[str, Any]], show: bool) -> None:
    """Print Recall@1 by kind and alteration."""
    rows: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for case in cases:
        matches = wording.find(case["text"])
        right = first_right(case, matches)
        for name in ("all", case["alteration"]):
            rows[case["split"], case["kind"], name].append(right)
        if case["kind"] == "exact" and right:
            rows[case["split"], "exact", "kind=exact"].append(matches[0].kind == "exact")
        if show and not right:
            found = [(m.document.title, m.passage.article, round(m.similarity, 2)) for m in matches]
            print(case["id"], repr(case["text"]), case["relevant"][:2], found[:3], sep="\n    ")
    for (split, kind, name), answers in sorted(rows.items()):
        print(f"{split:5} {kind:6} {name:12} {sum(answers) / len(answers):6.3f}  n={len(answers)}")


def speed(wording: Wording, cases: Sequence[dict[str, Any]], documents: list[Document]) -> None:
    """Print times and their ratio to plain code."""
    current = [d for d in documents if d.current]
    passages = [d.passage_text(p) for d in current for p in d.passages]
    folded = [loose(text).text for text in passages]

    def plain_find(text: str) -> Callable[[], object]:
        return lambda: [row for row, passage in enumerate(folded) if text in passage]

    def plain_near(text: str) -> Callable[[], object]:
        return lambda: process.extract(text, folded, scorer=fuzz.partial_ratio, limit=10)

    for kind, plain in (("exact", plain_find), ("near", plain_near)):
        texts = [case["text"] for case in cases if case["kind"] == kind]
        if kind == "exact":
            first = [timed(partial(wording.find, text, 1)) for text in texts]
            p50, p95 = np.percentile(first, (50, 95))
            print(f"exact n={len(texts)}, the first place only: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
        ours = [timed(partial(wording.find, text)) for text in texts]
        few = texts if kind == "exact" else texts[:: len(texts) // BASELINE_CASES]
        theirs = [timed(plain(loose(text).text)) for text in few]
        p50, p95 = np.percentile(ours, (50, 95))
        base50, base95 = np.percentile(theirs, (50, 95))
        name = "`in` over every passage" if kind == "exact" else "RapidFuzz over every passage"
        ratio = p50 / base50
        print(
            f"{kind:5} n={len(texts)}, ten places: p50 {p50:.1f} ms, p95 {p95:.1f} ms; "
            f"{name} (n={len(few)}): p50 {base50:.1f} ms, p95 {base95:.1f} ms; "
            f"ratio of p50 {ratio:.3f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--split", choices=["dev", "test"], help="one half only")
    parser.add_argument("--show", action="store_true", help="print the cases that went wrong")
    parser.add_argument("--no-speed", action="store_true")
    args = parser.parse_args()
    if args.show and args.split != "dev":
        parser.error("--show needs --split dev: the other half is for reporting only")
    cases = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    cases = [case for case in cases if args.split in {None, case["split"]}]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    documents = load_library(load_catalog(), "all", date.today())
    held = sum(len(document.passages) for document in documents)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wording = Wording(documents)
    exact_ready = timed(lambda: wording.find("中华人民共和国"))
    near_ready = timed(lambda: wording.find("中华人民共和国各族人民共同缔造了统一的国家"))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{len(documents)} documents, {held} passages; ready in {exact_ready:.0f} ms for exact, "
        f"{near_ready:.0f} ms more for near; peak memory +{grown:.0f} MB"
    )
    quality(wording, cases, args.show)
    if not args.no_speed:
        speed(wording, cases, documents)


if __name__ == "__main__":
    main()

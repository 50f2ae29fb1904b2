"""References between the plan and all laws: how many, where they lead, and how long it takes.

    python -m benchmarks.measure.links [--sample N]

The baseline is the plainest code that finds references without saying where they lead: one regular
expression for 《…》 with or without an article, 本法第…条 and 前款, run over every text.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from corpus import Document
from corpus.catalog import load_catalog
from corpus.citations import Resolver
from corpus.known import known_documents
from corpus.library import load_library
from corpus.links import Link, resolve_links
from corpus.statutes import list_laws
from qa.exports.graph import write_graph
from qa.records import link_record

BASELINE = re.compile(
    "《[^《》\n]{1,200}》(?:第[一二三四五六七八九十百千零]+条)?"
    "|本(?:法|条例|决定|办法)第[一二三四五六七八九十百千零]+条|前[一二三四五六七八九十两]?[条款项]"
)
REPEATS = 3


def best(call: Callable[[], object]) -> float:
    """Seconds of the fastest of a few calls."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return min(times)


def kind(link: Link) -> str:
    """Where a reference leads."""
    if not link.held:
        return "not held"
    reach = "same document" if link.internal else "another document"
    if link.article is None:
        return f"{reach}, whole"
    if link.exists:
        return f"{reach}, existing place"
    return f"{reach}, place that is not there"


def counts(found: Sequence[Link], documents: Mapping[str, Document]) -> None:
    """Print how many references lead where, and name those that lead nowhere."""
    print(f"\n{len(found)} references, {len({link.passage_id for link in found})} passages refer")
    for name, count in Counter(map(kind, found)).most_common():
        print(f"  {name:42} {count:5}  {count / len(found):6.1%}")
    placed = [link for link in found if link.held and link.article is not None]
    right = sum(link.exists for link in placed)
    print(
        f"  of {len(placed)} that name a place in a held document, {right / len(placed):.2%} exist"
    )
    notes = [link_record(link, documents)["note"] for link in found]
    print(f"  to a text newer than the one that refers: {sum('晚于' in note for note in notes)}")
    absent = Counter(link.title for link in found if not link.held)
    print(f"\n{len(absent)} titles not held; the most cited:")
    for title, count in absent.most_common(10):
        print(f"  {count:3} 《{title}》")
    print("\nplaces that are not there:")
    for link in found:
        if link.held and not link.exists:
            print(
                f"  {link.passage_id}: {link.surface}\n    in {documents[link.document_id].title}"
            )


def speed(documents: Sequence[Document], resolver: Resolver, found: Sequence[Link]) -> None:
    """Print times, the whole library against the baseline."""
    whole = best(lambda: list(resolve_links(documents, resolver)))
    plain = best(lambda: [BASELINE.findall(document.text) for document in documents])
    matches = sum(len(BASELINE.findall(document.text)) for document in documents)
    print(f"\nall {len(documents)} documents: {whole:.2f} s")
    print(f"  baseline, one regular expression, nothing resolved: {plain:.3f} s, {matches} matches")
    print(f"  ratio {whole / plain:.1f}")

    def first(identity: str) -> list[Link]:
        return resolve_links(documents, resolver).cites(identity)

    alone = {document.id: best(partial(first, document.id)) for document in documents}
    slowest = max(alone, key=lambda identity: alone[identity])
    print(f"one document alone: the slowest {alone[slowest] * 1000:.0f} ms ({slowest})")
    shelf = {document.id: document for document in documents}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".graphml", ".csv"):
            path = Path(folder) / f"graph{suffix}"
            took = best(partial(write_graph, found, shelf, path))
            print(f"{suffix}: {took:.2f} s, {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sample", type=int, default=0, help="print so many to judge by eye")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    catalog = load_catalog()
    documents = load_library(catalog, "all", date.today())
    titles = {law.title for law in list_laws(date.today())}
    resolver = Resolver(known_documents(documents, catalog, titles))
    found = list(resolve_links(documents, resolver))
    shelf = {document.id: document for document in documents}
    counts(found, shelf)
    speed(documents, resolver, found)
    for link in random.Random(args.seed).sample(found, args.sample):
        text = shelf[link.document_id].text
        around = text[max(0, link.start - 80) : link.start], text[link.end : link.end + 20]
        leads = f"《{link.title}》{link.place}" + ("" if link.held else " (not held)")
        print(f"\n{link.passage_id}\n  {around[0]}【{link.surface}】{around[1]}\n  → {leads}")


if __name__ == "__main__":
    main()

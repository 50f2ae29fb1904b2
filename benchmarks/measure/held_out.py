"""Documents that nobody prepared for: python -m benchmarks.measure.held_out WORK [--part dev|test].

Laws and invented documents that were held out whole (benchmarks/train/held_out.json: nothing was
trained on them) are added to the default library as a user adds them, and their questions are
asked. Printed by kind: what a law's article answers (法条), a paragraph of an invented document
(自带文件), a short line of an invented guide or notice (短行文件), and whether those are refused
that nothing answers. ``--every 4`` asks a fourth of them, and with ``--floors FILE`` a figure below
that file's is an error (`make eval`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.train.pairs import HERE, Pair, Part, held_out, invented, laws, library
from corpus import Document, Passage

FAJU = [sys.executable, "-c", "import sys; from qa.cli import main; sys.exit(main())"]


def main() -> None:
    """Build, add, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    parser.add_argument("--run", action="append", default=[])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--floors", type=Path)
    args = parser.parse_args()
    files = args.work / f"files-{args.part}"
    files.mkdir(parents=True, exist_ok=True)
    home = args.work / f"home-{args.part}"
    for name, text in texts(args.part):
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    faju("build", "--home", str(home))
    faju("documents", "add", str(files), "--home", str(home), "--yes")
    sets = args.work / f"held-out-{args.part}.jsonl"
    lines = [json.dumps(each, ensure_ascii=False) for each in questions(args.part)]
    lines = lines[:: args.every]
    sets.write_text("\n".join(lines) + "\n", encoding="utf-8")
    runs = [part for run in args.run or ["hybrid"] for part in ("--run", run)]
    floors = ["--floors", str(args.floors)] if args.floors else []
    out = ["--out", str(args.work / args.part)]
    faju("evaluate", str(sets), "--home", str(home), *runs, *out, *floors)


def faju(*words: str) -> None:
    """One command of the program; what it prints is shown."""
    subprocess.run([*FAJU, *words], check=True)


def texts(part: Part) -> Iterator[tuple[str, str]]:
    """A name and the text of each document."""
    titles = set(held_out()["laws"][part])
    for document in library():
        if document.title in titles:
            yield document.title, f"{document.title}\n{document.text}"
    for path in invented_files(part):
        yield path.stem, path.read_text(encoding="utf-8").split("\n=====\n")[0] + "\n"


def invented_files(part: Part) -> list[Path]:
    """The invented documents of one part."""
    wanted = tuple(held_out()["documents"][part])
    return [p for p in sorted((HERE / "documents").glob("*.txt")) if p.stem.startswith(wanted)]


def questions(part: Part) -> Iterator[dict[str, Any]]:
    """The questions as ``faju evaluate`` reads them."""
    for number, pair in enumerate((*laws(part), *invented(part)), 1):
        short = pair.document.startswith("made-g-")
        kind = "法条" if pair.source == "law" else "短行文件" if short else "自带文件"
        relevant = [_relevant(pair, *place) for place in pair.places]
        name = f"{part}-{number:04d}"
        yield {"id": name, "question": pair.question, "kind": kind, "relevant": relevant}


def _relevant(pair: Pair, document: Document, passage: Passage) -> dict[str, str]:
    if pair.source == "law":
        return {"document": document.title, "article": passage.article or ""}
    line = document.text[passage.start :].strip().split("\n")[0]
    return {"document": document.title, "evidence": line[:60]}


if __name__ == "__main__":
    main()

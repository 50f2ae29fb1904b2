"""Kill additions and removals at random moments, and see that the library is the old or the new.

    python -m benchmarks.measure.kills HOME [--times N] [--seed N]

Needs a built home, which is copied and left as it is. Prints one line for each fault, and how many
kills found the document in and how many out; ends with 1 when there was a fault.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus import FajuError, load_register
from index import document_ids
from qa import Engine, Settings

MEASURE = "某县水库管理办法\n第一条 为了保护水库，制定本办法。\n第二条 禁止在水库游泳、洗衣。\n"
_COMMAND = [sys.executable, "-c", "import sys; from qa.cli import main; sys.exit(main())"]


def _run(home: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*_COMMAND, "--home", str(home), "documents", *words, "--yes"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _faults(home: Path) -> Iterator[str]:
    """What is wrong with a home after a kill."""
    try:
        Engine.open(Settings(home=home)).find("禁止在水库游泳")
        register = load_register(home)
    except FajuError as problem:
        yield str(problem)
        return
    for own in register:
        if not (home / "documents" / own.id / "text.txt").is_file():
            yield f"{own.id} has no text"


def main() -> int:
    """Kill, look, and let the next change finish the work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    faults = 0
    seen: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        home, paper = Path(work) / "home", Path(work) / "水库.txt"
        shutil.copytree(args.home, home)
        paper.write_text(MEASURE, encoding="utf-8")
        begun = time.monotonic()
        _run(home, "add", str(paper)).wait()
        whole = time.monotonic() - begun
        for number in range(args.times):
            held = any(each.startswith("doc-") for each in document_ids(home))
            words = ("remove", "某县水库管理办法") if held else ("add", str(paper))
            process = _run(home, *words)
            time.sleep(chance.uniform(0.2, 1.1) * whole)
            process.kill()
            process.wait()
            for fault in _faults(home):
                faults += 1
                print(f"kill {number}, {words[0]}: {fault}")
            register, ids = {own.id for own in load_register(home)}, document_ids(home)
            inside = {each for each in ids if each.startswith("doc-")}
            seen["in" if inside else "out"] += 1
            seen["unfinished"] += register != inside
        _run(home, "add", str(paper)).wait()
        left = [each.name for each in (home / "documents").iterdir() if each.name.startswith(".")]
        left += [each.name for each in (home / "index").iterdir() if each.name.startswith(".new")]
        if left:
            faults += 1
            print(f"left over: {left}")
    print(f"{args.times} kills, {faults} faults, {dict(seen)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

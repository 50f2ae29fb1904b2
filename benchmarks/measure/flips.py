"""Flip one bit at random places of a home, and see that ``faju doctor`` finds each.

    python -m benchmarks.measure.flips HOME [--times N] [--seconds N] [--seed N]

Needs a built home, which is copied and left as it is. A file is chosen first and then a place in
it, so that small files are not passed over for large ones. Prints each place that was not found,
and how many were; ends with 1 when one was not.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from qa import Settings
from qa.library import examined

_LOCKS = {".library.lock", ".lock"}


def flipped(home: Path, path: Path, chance: random.Random) -> str:
    """Flip a bit of a file and put it back; where it was, "" when the doctor found it."""
    content = path.read_bytes()
    at, bit = chance.randrange(len(content)), chance.randrange(8)
    path.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
    states = {each["state"] for each in examined(Settings(home))}
    path.write_bytes(content)
    return "" if states & {"damaged", "mended"} else f"{path.relative_to(home)} {at}.{bit}"


def main() -> int:
    """Flip and look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--times", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=1200)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    chance, until = random.Random(args.seed), time.monotonic() + args.seconds
    tried = missed = 0
    with tempfile.TemporaryDirectory() as work:
        home = Path(work) / "home"
        shutil.copytree(args.home, home)
        list(examined(Settings(home)))
        whole = sorted(path for path in home.rglob("*") if path.is_file() and path.stat().st_size)
        files = [path for path in whole if path.name not in _LOCKS]
        while tried < args.times and time.monotonic() < until:
            place = flipped(home, chance.choice(files), chance)
            tried += 1
            if place:
                missed += 1
                print(f"not found: {place}", flush=True)
    print(f"{tried} flips in {len(files)} files, {missed} not found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

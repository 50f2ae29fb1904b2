"""Commands that have too little: of disk, of rights, of time alone, a clock that was set back.

    python -m benchmarks.measure.straits HOME

Each of the acts of ``benchmarks.measure.kills`` on a copy of a built home: where no file may grow
beyond a size (a quota), on a file system that is all but full and in a home that is mounted
read-only (where something may be mounted), two at a time, and in a home whose files are of the
future. What cannot be done is to be said in one sentence, and all to be as before. Prints what is
not; ends with 1 then.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure.acting import start
from benchmarks.measure.kills import Act, Harness, left_over
from qa import Engine, Settings

__all__ = ["full_disk", "future", "meanwhile", "quota", "read_only", "two_at_a_time"]

_SIZES = (1, 4_000, 60_000, 1_000_000)
"""Bytes: less than a register, than what is kept of a document, than an array."""
_YEARS = 10 * 365 * 86400.0
_SPARE = 300_000
"""Bytes left on a file system that is all but full."""


def quota(harness: Harness) -> Iterator[str]:
    """What goes wrong where no file may be longer than a few sizes."""
    for size in _SIZES:
        for act in harness.acts:
            yield from meanwhile(harness, act, f"files of {size} bytes", largest=size)


def meanwhile(harness: Harness, act: Act, where: str, largest: int = 0) -> Iterator[str]:
    """What goes wrong with one act that may not be able to end, and is turned back if it was."""
    words = [*act.there, "--home", str(harness.home)]
    end = start(words, act.given, harness.command, largest).ended()
    said = f"{where}, {act.name}: "
    if end.status not in {0, 1, 2} or "Traceback" in end.said:
        yield f"{said}{end.status}, {end.said[-300:]}"
    if act.is_new() != (end.status != 2):
        yield f"{said}ended with {end.status}: {end.said[-300:]}"
    for fault in harness.faults():
        yield said + fault
    if act.is_new():
        harness.run(act, False)
    # A batch that was stopped goes on another time.
    left = [each for each in left_over(harness.home, harness.work) if ".part" not in each]
    if left:
        yield f"{said}left over {left}"


def two_at_a_time(harness: Harness) -> Iterator[str]:
    """What goes wrong when an addition and a build begin at the same moment."""
    add, build = (act for act in harness.acts if act.name in {"add", "build"})
    begun = [
        (act, start([*act.there, "--home", str(harness.home)], command=harness.command))
        for act in (add, build)
    ]
    for act, running in begun:
        end = running.ended()
        waits = end.status == 2 and "正在进行" in end.said
        if not waits and not (end.status == 0 and act.is_new()):
            yield f"two writers, {act.name}: {end}"
    for fault in harness.faults():
        yield f"two writers: {fault}"
    for act in (add, build):
        if act.is_new():
            harness.run(act, False)


def future(harness: Harness) -> Iterator[str]:
    """What goes wrong in a home whose files were written before the clock was set back."""
    engine = Engine.open(Settings.load(harness.home))
    for act in harness.acts:
        for path in harness.home.rglob("*"):
            os.utime(path, (time.time() + _YEARS,) * 2)
        yield from meanwhile(harness, act, "clock set back")
    if not engine.ask("民法典第一千零四十七条")["hits"]:
        yield "clock set back: a reader finds nothing"


@contextmanager
def _mounted(folder: Path, *how: str) -> Iterator[bool]:
    """Something mounted at a folder meanwhile; whether it may be."""
    made = subprocess.run(["mount", *how, str(folder)], check=False).returncode == 0
    try:
        yield made
    finally:
        if made:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def read_only(harness: Harness) -> Iterator[str]:
    """What goes wrong in a home that cannot be written."""
    home = str(harness.home)
    with _mounted(harness.home, "--bind", home) as bound:
        if (
            not bound
            or subprocess.run(["mount", "-o", "remount,ro,bind", home], check=False).returncode
        ):
            print("nothing may be mounted here: a read-only home was not tried")
            return
        for act in harness.acts:
            yield from meanwhile(harness, act, "read-only home")


def full_disk(source: Path, folder: Path) -> Iterator[str]:
    """What goes wrong on a file system with little room."""
    size = sum(path.stat().st_size + 4096 for path in source.rglob("*")) + _SPARE
    folder.mkdir()
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "none") as made:
        if not made:
            print("nothing may be mounted here: a full disk was tried by quota alone")
            return
        shutil.copytree(source, folder / "home")
        harness = Harness(folder / "home", folder)
        for act in harness.acts:
            yield from meanwhile(harness, act, "disk full")


def _all(source: Path, folder: Path) -> Iterator[str]:
    home, work = folder / "法据 文库" / "home", folder / "工作 文件"
    work.mkdir()
    shutil.copytree(source, home)
    harness = Harness(home, work)
    yield from quota(harness)
    yield from two_at_a_time(harness)
    yield from future(harness)
    yield from read_only(harness)
    yield from full_disk(source, folder / "满")


def main() -> int:
    """Try every strait; 1 when something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    source = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        problems = 0
        for problem in _all(source, Path(folder)):
            problems += 1
            print(problem, flush=True)
    print(f"{problems} faults")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

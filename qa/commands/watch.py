"""``faju documents watch``: a folder whose new and changed files are taken in as they come.

What was seen of each file is kept in the home after every few files, so that a large folder goes
on where it was stopped. A file that left the folder is reported; its document stays.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import InputError
from qa.commands.adding import files_in, taken, tell
from qa.commands.output import DONE, NOTHING
from qa.commands.progress import progress_bar
from qa.inputs import write_whole
from qa.library import Intake
from qa.records import AddedRecord
from qa.settings import Settings

__all__ = ["watch_folder"]

# Files between two builds of the index: few at first, so that something is there soon and a stop
# loses little; more and more, since each build costs what the whole library has.
_AT_ONCE = 50
_MOST_AT_ONCE = 800
_SEEN = "watched.json"

Seen = dict[str, list[int]]
"""Each file's path to its size and the time it was changed, as it was when it was read."""


def watch_folder(args: argparse.Namespace, settings: Settings) -> int:
    """Take in what is new or changed, again and again until it is stopped, or ``--once``."""
    folder = Path(args.names or "").resolve()
    if not args.names or not folder.is_dir():
        raise InputError("没有写要看守的文件夹，例如：faju documents watch 收文")
    if args.every < 1:
        raise InputError("--every 至少是 1 秒。")
    failed = 0
    try:
        while True:
            failed = _pass(args, settings, folder)
            if args.once:
                return NOTHING if failed else DONE
            time.sleep(args.every)
    except KeyboardInterrupt:
        print("已停止看守；再次运行会接着做。", file=sys.stderr)
        return DONE


def _pass(args: argparse.Namespace, settings: Settings, folder: Path) -> int:
    """One look at the folder; how many files could not be read."""
    seen = _load(settings.home)
    there = dict(_there(folder))
    known = {path for path in seen if Path(path).is_relative_to(folder)}
    left = sorted(known - there.keys())
    for path in left:
        gone: AddedRecord = {"file": path, "outcome": "left", "id": None, "message": ""}
        tell(args, gone | {"message": "文件已不在文件夹里，入库的文档还在；不要了请移出。"})
        del seen[path]
    fresh = [path for path, state in there.items() if seen.get(path) != state]
    failed = 0
    size = _AT_ONCE
    while fresh:
        some, fresh = fresh[:size], fresh[size:]
        failed += _taken_in(args, settings, some)
        seen |= {path: there[path] for path in some}
        _save(settings.home, seen)
        size = min(2 * size, _MOST_AT_ONCE)
    if left:
        _save(settings.home, seen)
    return failed


def _taken_in(args: argparse.Namespace, settings: Settings, paths: Sequence[str]) -> int:
    with Intake(settings) as intake:
        outcomes = [
            taken(args, intake, Path(path), {}, lambda question: True, False) for path in paths
        ]
        if intake.changed:
            with progress_bar("计算向量", "段") as progress:
                intake.commit(progress.say, progress)
    for outcome in outcomes:
        tell(args, outcome)
    return sum(outcome["outcome"] == "failed" for outcome in outcomes)


def _there(folder: Path) -> Iterator[tuple[str, list[int]]]:
    for path in files_in(folder):
        try:
            state = path.stat()
        except OSError:
            continue  # It left while we looked.
        yield str(path), [state.st_size, state.st_mtime_ns]


def _load(home: Path) -> Seen:
    """What was seen; nothing where the file is not there or was not written by this program."""
    try:
        stored = json.loads((home / _SEEN).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _save(home: Path, seen: Seen) -> None:
    write_whole(home / _SEEN, json.dumps(seen).encode())

"""Kill commands at random moments, and see that what they change is the old or the new.

    python -m benchmarks.measure.kills HOME [--times N] [--seconds N] [--seed N] [--only ACT]…

Builds, additions, removals, a batch of questions, accounts and confirmed questions, in turn, each
killed (SIGKILL) between its start and a little after its usual end, in a folder with spaces and
Chinese. Needs a built home, which is copied and left as it is. Prints one line for each fault, and
for each act how many kills found the old and how many the new; ends with 1 when there was a fault.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure.acting import Command, start
from corpus import FajuError, load_register
from index import document_ids, read_manifest
from qa import Engine, Settings
from qa.accounts import Accounts
from qa.cli import main as faju

__all__ = ["Act", "Harness", "left_over"]

MEASURE = "某县水库管理办法\n第一条 为了保护水库，制定本办法。\n第二条 禁止在水库游泳、洗衣。\n"
_TITLE, _WORDS = "某县水库管理办法", "禁止在水库游泳"
_QUESTION, _PLACE = "结婚要多大", "民法典第一千零四十七条"
_NAME, _PASSWORD = "张三", "水库里不能游泳也不能洗衣"
_QUESTIONS = ("结婚要多大", "押金不退怎么办", "涉企检查怎么管", "宪法第五条", "离婚冷静期几天")
_REPEATED = 4
"""How many times a batch asks them: it should last as long as a change of the library."""
_LOCKS = {".library.lock", ".lock"}


class Act(NamedTuple):
    """A command that turns the old into the new, and the one that turns it back."""

    name: str
    there: Sequence[str]
    back: Sequence[str]
    is_new: Callable[[], bool]
    given: str = ""


class Harness:
    """One home and the acts on it; ``command`` runs a command line."""

    def __init__(self, home: Path, work: Path, command: Command = faju) -> None:
        self.home, self.work, self.command = home, work, command
        self._before = document_ids(home)
        self._backend = read_manifest(home).backend
        other = "exact" if self._backend == "faiss" else "faiss"
        paper, asked, self.out = work / "水库 办法.txt", work / "问题.txt", work / "答案.jsonl"
        paper.write_text(MEASURE, encoding="utf-8")
        asked.write_text("\n".join(_QUESTIONS * _REPEATED), encoding="utf-8")
        add = ["documents", "add", str(paper), "--yes"]
        self.acts: tuple[Act, ...] = (
            Act("add", add, ["documents", "remove", _TITLE, "--yes"], self._held),
            Act("build", ["build", "--backend", other], ["build", "--backend", self._backend],
                lambda: read_manifest(home).backend == other),
            Act("batch", ["ask", "--batch", str(asked), "--out", str(self.out)], [],
                self.out.exists),
            Act("users", ["users", "add", _NAME, "--role", "编辑", "--password-stdin"],
                ["users", "remove", _NAME], self._has_account, f"{_PASSWORD}\n"),
            Act("questions", ["documents", "questions", "add", _QUESTION, "--at", _PLACE],
                ["documents", "questions", "remove", _QUESTION], self._is_confirmed),
        )  # fmt: skip

    def run(self, act: Act, new: bool, after: float | None = None) -> float:
        """Turn to the new or back, killed ``after`` seconds if it has not ended; how long it ran.

        RuntimeError where it ended by itself and did not do it.
        """
        words = act.there if new else act.back
        begun = time.monotonic()
        if not words:
            self.out.unlink(missing_ok=True)
            return 0.0
        running = start([*words, "--home", str(self.home)], act.given, self.command)
        if after is not None:
            running.process.join(after)
            running.process.kill()
        end = running.ended()
        # A batch in which a question is not answered ends with 1.
        if end.status not in {0, 1, -9}:
            raise RuntimeError(f"{act.name}: {end}")
        return time.monotonic() - begun

    def faults(self) -> Iterator[str]:
        """What is wrong now."""
        try:
            engine = Engine.open(Settings.load(self.home))
            found = engine.find(_WORDS)["matches"]
            held = set(engine.index.documents)
            register = load_register(self.home)
            engine.questions.all()
            Accounts(self.home).listed()
        except FajuError as problem:
            yield str(problem)
            return
        new = held - self._before
        if self._before - held or len(new) > 1:
            yield f"documents: {sorted(self._before ^ held)}"
        if bool(new) != any(match["kind"] == "exact" for match in found):
            yield "what is held is not found"
        for own in register:
            if not (self.home / "documents" / own.id / "text.txt").is_file():
                yield f"{own.id} has no text"
        yield from self._of_the_rest()

    def _of_the_rest(self) -> Iterator[str]:
        if self.out.exists():
            lines = self.out.read_text(encoding="utf-8").splitlines()
            asked = [json.loads(line)["question"] for line in lines]
            if asked != list(_QUESTIONS * _REPEATED):
                yield f"a result of {len(asked)} answers"
        if self._has_account() and not Accounts(self.home).log_in(_NAME, _PASSWORD, ""):
            yield "an account without its password"

    def _held(self) -> bool:
        return bool(document_ids(self.home) - self._before)

    def _has_account(self) -> bool:
        return any(row.name == _NAME for row in Accounts(self.home).listed())

    def _is_confirmed(self) -> bool:
        path = self.home / "questions.jsonl"
        return path.is_file() and _QUESTION in path.read_text(encoding="utf-8")


def left_over(*folders: Path) -> list[str]:
    """Files that a killed command left, and nobody swept."""
    return [
        str(path.relative_to(folder))
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if (path.name.startswith(".") or ".tmp" in path.name or ".part" in path.name)
        and path.name not in _LOCKS
    ]


def killed(harness: Harness, times: int, until: float, chance: random.Random) -> int:
    """Kill ``times`` commands, or until a moment has come; how many faults there were."""
    whole = {act.name: (harness.run(act, True), harness.run(act, False)) for act in harness.acts}
    seen: Counter[str] = Counter()
    faults = 0
    for number in range(times):
        if time.monotonic() > until:
            break
        act = harness.acts[number % len(harness.acts)]
        new = not act.is_new()
        harness.run(act, new, chance.uniform(0.0, 1.1) * whole[act.name][not new])
        for problem in harness.faults():
            faults += 1
            print(f"kill {number}, {act.name}: {problem}")
        seen[f"{act.name} {'done' if act.is_new() == new else 'not done'}"] += 1
    for act in harness.acts:
        for new in (True, False) if not act.is_new() else (False, True):
            harness.run(act, new)
    left = left_over(harness.home, harness.work)
    print(f"{sum(seen.values())} kills, {faults} faults, {dict(sorted(seen.items()))}")
    if left:
        print(f"left over: {left}")
    return faults + bool(left)


def main() -> int:
    """Kill, look, and let the next change finish the work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", help="one of the acts")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, work = Path(folder) / "法据 文库" / "home", Path(folder) / "工作 文件"
        work.mkdir()
        shutil.copytree(args.home, home)
        harness = Harness(home, work)
        if args.only:
            harness.acts = tuple(act for act in harness.acts if act.name in args.only)
        until = time.monotonic() + args.seconds
        return 1 if killed(harness, args.times, until, random.Random(args.seed)) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Questions to a library that is built: processor time beside its query's encoding, memory, start.

    python -m benchmarks.measure.speed --home HOME [--every 8] [--record FILE]

Every figure is processor time of this run and stands beside its baseline, because wall time on a
busy machine says nothing: `encode` for warm calls, a bare `python -c pass` for processes. The
questions are the development sets', every eighth by default. `--record` writes what each question
got, so that `--against FILE` can say whether a change left every reply as it was.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qa import Engine, Settings
from qa.inputs.questions import read_questions

SETS = Path(__file__).resolve().parents[2] / "qa" / "sets"
SCORES = ("score", "confidence")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", required=True)
    parser.add_argument("--every", type=int, default=8)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--against", type=Path)
    given = parser.parse_args()
    processes(given.home)
    engine = Engine.open(Settings.load(given.home))
    questions = [
        question.question
        for path in sorted(SETS.glob("*-dev.jsonl"))
        for question in read_questions(path)
    ][:: given.every]
    print(f"{len(engine.index.passages)} passages, {len(questions)} questions")
    warm(engine, questions)
    memory(engine, questions)
    replies = [{"search": engine.search(each), "ask": engine.ask(each)} for each in questions]
    if given.record:
        given.record.write_text(json.dumps(replies, ensure_ascii=False), encoding="utf-8")
    if given.against:
        compare(json.loads(given.against.read_text(encoding="utf-8")), replies)


def processes(home: str) -> None:
    """Starting Python, importing the engine, and one search from a cold process."""
    faju = (
        f"from qa.cli import main; main(['search', '企业老被检查打扰怎么管', '--home', {home!r}])"
    )
    bare = min(child("pass") for _ in range(3))
    for name, code in (("import qa.engine", "import qa.engine"), ("cold faju search", faju)):
        seconds = min(child(code) for _ in range(2))
        print(f"{name:18} {seconds:6.2f} s   {seconds / bare:5.0f} x a bare Python start")


def child(code: str) -> float:
    """Processor seconds of a Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def warm(engine: Engine, questions: list[str]) -> None:
    """Each call in turn with every question; the query is encoded anew each time."""
    calls: dict[str, Callable[[str], object]] = {
        "encode": engine.index.encoded,
        "search": engine.search,
        "ask": engine.ask,
    }
    base = 0.0
    for name, call in calls.items():
        call("先热身")
        times = sorted(milliseconds(engine, call, question) for question in questions)
        median = statistics.median(times)
        base = base or median
        print(
            f"{name:18} p50 {median:6.1f} ms   p95 {times[int(0.95 * len(times))]:6.1f} ms"
            f"   {median / base:5.2f} x encode   1.5 x encode + {median - 1.5 * base:5.1f} ms"
        )


def milliseconds(engine: Engine, call: Callable[[str], object], question: str) -> float:
    """Processor milliseconds of one call."""
    engine.index.forget()
    start = time.process_time()
    call(question)
    return 1000 * (time.process_time() - start)


def memory(engine: Engine, questions: list[str]) -> None:
    """Resident megabytes, in all and without the files mapped into memory, after each use."""
    print(f"memory: asked {resident()}", end="")
    for question in questions[:5]:
        engine.find(question)
    print(f", found {resident()}", end="")
    engine.check("《民法典》第五条规定：“民事主体从事民事活动，应当遵循自愿原则。”")
    print(f", checked {resident()}")


def resident() -> str:
    """What is resident, and what of it is no file."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    whole, own = (int(status.split(name)[1].split()[0]) // 1024 for name in ("VmRSS:", "RssAnon:"))
    return f"{whole} MB ({own} MB its own)"


def compare(before: Any, after: Any) -> None:
    """How many replies differ in more than the last digits of scores."""
    changed = sum(plain(one) != plain(other) for one, other in zip(before, after, strict=True))
    print(f"{changed} of {len(after)} questions got other replies")


def plain(reply: Any) -> Any:
    """A reply with its scores to six digits."""
    if isinstance(reply, dict):
        return {
            key: float(f"{value:.5g}") if key in SCORES else plain(value)
            for key, value in reply.items()
        }
    return [plain(each) for each in reply] if isinstance(reply, list) else reply


if __name__ == "__main__":
    main()

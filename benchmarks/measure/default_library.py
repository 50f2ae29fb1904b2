"""The default library, from nothing to a served page, and the speed of a warm program.

    python -m benchmarks.measure.default_library [--home HOME_TO_REUSE]

Each step runs the program as a user would, in a process of its own, with fresh folders. Ratios are
against named baselines of the same run: a bare Python start, and `dense` search.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from qa import Engine, Settings
from qa.inputs.questions import read_questions

QUESTIONS = Path(__file__).resolve().parents[2] / "qa" / "sets" / "plan-dev.jsonl"
PORT = "7899"
FAJU = [sys.executable, "-c", "from qa.cli import main; raise SystemExit(main())"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", help="a home folder already built, instead of building one")
    given = parser.parse_args().home
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        home = given or scratch
        bare = _seconds(lambda: _run([sys.executable, "-c", "pass"]))
        if given is None:
            line(
                "build from nothing", _seconds(lambda: _run([*FAJU, "build", "--home", home])), bare
            )
        line(
            "build again, nothing to do",
            _seconds(lambda: _run([*FAJU, "build", "--home", home])),
            bare,
        )
        search = [*FAJU, "search", "企业老被检查打扰怎么管", "--home", home]
        line("faju search, cold process", _seconds(lambda: _run(search)), bare)
        print(f"  torch or gradio imported by it: {_imported(home)}")
        line("faju serve to a served page", _served(home), bare)
        print(f"  peak memory, page open, {len(_questions())} questions: {_peak(home):.2f} GB")
        _warm(home)


def line(name: str, seconds: float, baseline: float) -> None:
    """One figure."""
    print(f"{name:30} {seconds:7.2f} s   {seconds / baseline:6.0f} x a bare Python start")


def _questions() -> list[str]:
    return [question.question for question in read_questions(QUESTIONS)]


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _imported(home: str) -> str:
    code = (
        "import sys\nfrom qa.cli import main\n"
        f"main(['search', '检查', '--json', '--home', {home!r}])\n"
        "print(sorted({'torch', 'gradio', 'transformers'} & set(sys.modules)))"
    )
    return _run([sys.executable, "-c", code]).splitlines()[-1]


def _served(home: str) -> float:
    """Seconds until the page answers."""
    start = time.perf_counter()
    server = subprocess.Popen(
        [*FAJU, "serve", "--port", PORT, "--home", home],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while server.poll() is None:
            try:
                urlopen(f"http://127.0.0.1:{PORT}/", timeout=5).read()
                return time.perf_counter() - start
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"faju serve stopped with status {server.returncode}")
    finally:
        server.terminate()
        server.wait()


def _peak(home: str) -> float:
    """Peak resident memory in GB of a process with the page open that answers every question."""
    code = (
        "import resource, sys\nfrom app import build_app\nfrom qa import Engine, Settings\n"
        "from qa.inputs.questions import read_questions\n"
        "engine = Engine.open(Settings.load(sys.argv[1]))\npage = build_app(engine)\n"
        "for question in read_questions(sys.argv[2]):\n"
        "    engine.ask(question.question); engine.find(question.question)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)"
    )
    return float(_run([sys.executable, "-c", code, home, str(QUESTIONS)]).splitlines()[-1])


def _warm(home: str) -> None:
    engine = Engine.open(Settings.load(home))
    calls: dict[str, Callable[[str], object]] = {
        "search, dense": lambda question: engine.search(question, run="dense"),
        "search, hybrid": lambda question: engine.search(question, run="hybrid"),
        "ask": engine.ask,
    }
    baseline = 0.0
    for name, call in calls.items():
        call("先热身")
        times = sorted(_seconds(partial(call, question)) for question in _questions())
        median = statistics.median(times)
        baseline = baseline or median
        print(
            f"warm {name:25} p50 {1000 * median:6.1f} ms  "
            f"p95 {1000 * times[int(0.95 * len(times))]:6.1f} ms  {median / baseline:5.2f} x dense"
        )


if __name__ == "__main__":
    main()

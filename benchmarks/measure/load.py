"""Many users asking at once: how long each waits, what goes wrong, what memory it takes.

    python -m benchmarks.measure.load HOME [--users N] [--minutes M] [--beside]

Serves the home in a process of its own and lets N users ask it different questions over HTTP, one
after the other without a pause. ``--beside`` has one check of a long text after another running.
Prints p50 and p95 of a question, errors, questions a second, and the server's resident memory a
fifth of the way in (minute 2 of 10) and at the end. What else runs on the machine counts too.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import httpx
import numpy as np

from qa import Engine, Settings

_FAJU = "import sys; from qa.cli import main; sys.exit(main())"
_FORMS = ("{}怎么办？", "{}由谁负责？", "关于{}有什么规定？", "{}要多久？")


def questions(home: Path, seed: int) -> Iterator[str]:
    """Questions without end, no two alike, about words of the library's passages."""
    chance = random.Random(seed)
    documents = Engine.open(Settings.load(home)).index.documents.values()
    texts = [document.text for document in documents]
    while True:
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        words = re.findall(r"[\u4e00-\u9fff]{4,9}", text[at : at + 80])
        if words:
            yield chance.choice(_FORMS).format(chance.choice(words))


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """The page's address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["serve", "--home", str(home), "--port", str(port)]
    with subprocess.Popen([sys.executable, "-c", _FAJU, *words], stdout=subprocess.DEVNULL) as run:
        address = f"http://127.0.0.1:{port}"
        while run.poll() is None:
            try:
                httpx.get(f"{address}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.3)
        try:
            yield address, run.pid
        finally:
            run.terminate()


def resident(pid: int) -> float:
    """The memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def called(client: httpx.Client, name: str, given: dict[str, str]) -> bool:
    """Whether a program's call was answered: left, then waited for."""
    left = client.post(f"/gradio_api/call/v2/{name}", json=given)
    if left.status_code != 200:
        return False
    answer = client.get(f"/gradio_api/call/v2/{name}/{left.json()['event_id']}")
    return "event: complete" in answer.text


def main() -> int:
    """Ask, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--beside", action="store_true")
    args = parser.parse_args()
    asked = questions(args.home, 0)
    supply = [[next(asked) for _ in range(2000)] for _ in range(args.users)]
    took: list[float] = []
    wrong: list[str] = []
    with served(args.home) as (address, pid):
        until = time.monotonic() + args.minutes * 60

        def user(own: list[str]) -> None:
            with httpx.Client(base_url=address, timeout=120) as client:
                for question in own:
                    begun = time.monotonic()
                    if begun > until:
                        return
                    if called(client, "ask", {"question": question}):
                        took.append(time.monotonic() - begun)
                    else:
                        wrong.append(question)

        def heavy() -> None:
            text = "民法典第九千条规定：“人人平等。”\n" * 15_000
            with httpx.Client(base_url=address, timeout=600) as client:
                while time.monotonic() < until:
                    called(client, "check", {"text": text})

        works = [Thread(target=user, args=(own,)) for own in supply]
        if args.beside:
            works.append(Thread(target=heavy, daemon=True))
        for work in works:
            work.start()
        time.sleep(args.minutes * 12)
        first = resident(pid)
        for work in works[: args.users]:
            work.join()
        last = resident(pid)
    median, most = np.percentile(took, [50, 95])
    figures = {
        "users": args.users,
        "asked": len(took),
        "errors": len(wrong),
        "a second": round(len(took) / args.minutes / 60, 1),
        "p50 s": round(float(median), 2),
        "p95 s": round(float(most), 2),
        "MB early": round(first),
        "MB end": round(last),
    }
    print(json.dumps(figures, ensure_ascii=False))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

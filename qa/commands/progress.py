"""Work that takes its time says how far it is: on a terminal in one line, in a log in several."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import TextIO

__all__ = ["Teller", "progress_bar"]

_QUIET = 2.5  # seconds after which something is said
_TICK = 0.5
_CLEAR = "\r\x1b[K"


class Teller:
    """What is being done, how many of how many, and about how long it may take.

    It is told of each step (``say``) and of what is done (a call); ``tick`` says it again whenever
    nothing was said for a while, also where a step tells nothing of itself.
    """

    def __init__(
        self,
        title: str,
        unit: str,
        stream: TextIO,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._title, self._unit, self._stream, self._clock = title, unit, stream, clock
        self._rewrites = stream.isatty()
        self._step = title
        self._done = self._total = 0
        self._began = self._said = self._counted = clock()
        self._lock = Lock()
        self._shown = False

    def say(self, line: str) -> None:
        """The next step, in a line of its own."""
        with self._lock:
            self._print(line)
            self._step = line.rstrip("…。")
            self._done = self._total = 0
            self._began = self._clock()

    def __call__(self, done: int, total: int) -> None:
        """How many are done of how many."""
        with self._lock:
            if not self._total:
                self._counted = self._clock()
            if done >= total > self._done:
                self._began = self._clock()
            self._done, self._total = done, total

    def tick(self) -> None:
        """Say how far it is, if nothing was said for a while."""
        with self._lock:
            now = self._clock()
            if now - self._said < (_TICK if self._shown and self._rewrites else _QUIET):
                return
            line = self._line(now)
            if not self._rewrites:
                return self._print(line)
            self._stream.write(f"{_CLEAR}{line}")
            self._stream.flush()
            self._shown, self._said = True, now

    def clear(self) -> None:
        """Take away the line that is written over and over."""
        with self._lock:
            if self._shown:
                self._stream.write(_CLEAR)
                self._shown = False

    def _print(self, line: str) -> None:
        self._stream.write(f"{_CLEAR if self._shown else ''}{line}\n")
        self._stream.flush()
        self._shown, self._said = False, self._clock()

    def _line(self, now: float) -> str:
        if not 0 <= self._done < self._total:
            step = self._step if not self._total else f"{self._title}完成，正在收尾"
            return f"{step}……已用 {round(now - self._began)} 秒"
        line = f"{self._title}：{self._done} {self._unit}，共 {self._total} {self._unit}"
        if not self._done:
            return line
        left = (now - self._counted) / self._done * (self._total - self._done)
        rest = f"{round(left / 60)} 分钟" if left > 90 else f"{max(1, round(left))} 秒"
        return f"{line}，约还需 {rest}"


@contextmanager
def progress_bar(title: str, unit: str, stream: TextIO | None = None) -> Iterator[Teller]:
    """Tell of the work within, on standard error; never silent for more than three seconds."""
    teller, ended = Teller(title, unit, stream or sys.stderr), Event()

    def watch() -> None:
        while not ended.wait(_TICK):
            teller.tick()

    thread = Thread(target=watch, name="faju-progress", daemon=True)
    thread.start()
    try:
        yield teller
    finally:
        ended.set()
        thread.join()
        teller.clear()

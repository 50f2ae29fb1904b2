"""Long work that runs beside the page: started, watched, cancelled, kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any, Generic, TypeVar

from corpus import FajuError, InputError
from qa.page.parts import notice

__all__ = ["Job", "Jobs", "Progress", "job_state"]

Given = TypeVar("Given")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]

_KEPT = 8
_PATIENCE = 0.3  # seconds


class _Cancelled(Exception):  # noqa: N818
    """Thrown into work that nobody waits for any more."""


@dataclass(slots=True)
class Job(Generic[Given, Result]):
    """One piece of work: how far it is (``total`` 0: not begun), and what came out."""

    given: Given
    done: int = 0
    total: int = 0
    result: Result | None = None
    problem: str = ""
    cancelled: bool = False
    ended: threading.Event = field(default_factory=threading.Event)


class Jobs(Generic[Given, Result]):
    """The last few jobs, in memory only; they run one at a time, each in a thread of its own.

    ``work`` is given what ``start`` was given, and a function to tell its progress to, which is
    also where it is stopped. ``name`` is what the work is called in messages.
    """

    def __init__(
        self, work: Callable[[Given, Progress], Result], name: str, kept: int = _KEPT
    ) -> None:
        self._work = work
        self._name = name
        self._most = kept
        self._jobs: OrderedDict[str, Job[Given, Result]] = OrderedDict()
        self._kept = threading.Lock()
        self._running = threading.Lock()

    def start(self, given: Given) -> str:
        """Start a job and return its name."""
        name, job = token_urlsafe(9), Job[Given, Result](given)
        with self._kept:
            self._jobs[name] = job
            while len(self._jobs) > self._most:
                self._jobs.popitem(last=False)[1].cancelled = True
        threading.Thread(target=self._run, args=(job,), daemon=True).start()
        return name

    def cancel(self, name: str) -> None:
        """Stop a job at its next step; one that has ended or is forgotten is let be."""
        with self._kept:
            job = self._jobs.get(name)
        if job is not None:
            job.cancelled = True

    def job(self, name: str) -> Job[Given, Result]:
        """The job of this name; InputError when it is no longer kept."""
        with self._kept:
            job = self._jobs.get(name)
        if job is None:
            raise InputError(f"这次{self._name}的结果已不在内存里，请重新{self._name}。")
        return job

    def result(self, name: str) -> Result:
        """What came out of a job; InputError when there is nothing yet."""
        result = self.job(name).result
        if result is None:
            raise InputError(f"{self._name}还没有完成，请等它完成后再试。")
        return result

    def _run(self, job: Job[Given, Result]) -> None:
        def progress(done: int, total: int) -> None:
            if job.cancelled:
                raise _Cancelled
            job.done, job.total = done, total

        try:
            with self._running:
                progress(0, 0)
                job.result = self._work(job.given, progress)
        except _Cancelled:
            pass
        except FajuError as problem:
            job.problem = str(problem)
        finally:
            job.ended.set()


def job_state(job: Job[Any, Any]) -> dict[str, Any]:
    """What the page's script is told of a job, ``{"state": …}``, after a short wait for its end.

    ``running`` with how far it is, ``failed`` with the notice to show, ``cancelled``, ``broken``
    where there is a bug, or ``done``.
    """
    job.ended.wait(_PATIENCE)
    if not job.ended.is_set():
        return {"state": "running", "done": job.done, "total": job.total}
    if job.problem:
        return {"state": "failed", "html": notice(job.problem, error=True)}
    if job.result is None:
        return {"state": "cancelled" if job.cancelled else "broken"}
    return {"state": "done"}

"""Long work that runs beside the page: started, watched, cancelled, kept for a while."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock
from typing import Any, Generic, TypeVar

from corpus import FajuError, InputError
from qa.accounts import User, asking
from qa.api import Line, Ticket
from qa.page.call import Call, Given, notice

__all__ = ["LEFT", "Cancelled", "Jobs", "Progress", "Queue"]

Work = TypeVar("Work")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]
Shown = Mapping[str, object]

_log = logging.getLogger(__name__)

_KEPT = 8
"""Results that are kept for each person."""
_SIDE_BY_SIDE = 4
"""People whose work runs at the same time."""
_PATIENCE = 0.3  # seconds
LEFT = 240.0
"""Seconds after which work that nobody asks after is given up; a browser lets the script of a page
that is not seen run once a minute."""


class Cancelled(Exception):  # noqa: N818
    """Thrown into work that nobody waits for any more; what is done may be given back instead."""


@dataclass(slots=True)
class _Job(Generic[Work, Result]):
    """One piece of work: how far it is (``total`` 0: not begun), what came out, whose it is."""

    given: Work
    owner: User | None = field(default_factory=asking)
    done: int = 0
    total: int = 0
    result: Result | None = None
    problem: str = ""
    cancelled: bool = False
    asked: float = field(default_factory=time.monotonic)
    future: Future[None] = field(default_factory=Future)
    ticket: Ticket | None = None


class Queue(Generic[Work, Result]):
    """Jobs of one kind: of each person one runs at a time, the last few are kept, in memory only.

    ``work`` is given what ``start`` was given, and a function to tell its progress to, which is
    also where it is stopped. ``name`` is what the work is called in messages. ``shown`` makes of a
    job's name and result what the script is told at its end, ``so_far`` of what was given what it
    is told before. ``left`` seconds after the script last asked for its state a job is given up,
    like one that is cancelled; 0: it is finished whether somebody waits or not. ``people``: of how
    many work runs at the same time.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Work, Progress], Result],
        shown: Callable[[str, Result], Shown],
        so_far: Callable[[Work], Shown] = lambda given: {},
        kept: int = _KEPT,
        left: float = 0,
        people: int = _SIDE_BY_SIDE,
    ) -> None:
        self.name = name
        self.line = Line()
        self.light: Callable[[Work], bool] = _never
        self._left = left
        self._work, self._shown, self._so_far, self._most = work, shown, so_far, kept
        self._jobs: OrderedDict[str, _Job[Work, Result]] = OrderedDict()
        self._lock = Lock()
        # Who has work that runs, and what of theirs waits for it.
        self._waiting: dict[User | None, deque[_Job[Work, Result]]] = {}
        self._executor = ThreadPoolExecutor(people, thread_name_prefix="faju-job")

    def start(self, given: Work) -> str:
        """Start a job and return its name; the oldest of the same person may be forgotten.

        BusyError where there is no place for it in the line.
        """
        ticket = None if self.light(given) else self.line.enter()
        name, job = token_urlsafe(9), _Job[Work, Result](given, ticket=ticket)
        if ticket is not None:
            job.future.add_done_callback(lambda _: self.line.leave(ticket))
        job.future.add_done_callback(_told)
        with self._lock:
            self._jobs[name] = job
            own = [each for each, other in self._jobs.items() if other.owner == job.owner]
            for each in own[: -self._most]:
                self._jobs.pop(each).cancelled = True
            line = self._waiting.get(job.owner)
            if line is not None:
                line.append(job)
                return name
            self._waiting[job.owner] = deque()
        self._begin(job)
        return name

    def __contains__(self, name: str) -> bool:
        return self._known(name) is not None

    def cancel(self, name: str) -> None:
        """Stop a job at its next step; one that has ended or is forgotten is let be."""
        job = self._known(name)
        if job is not None:
            job.cancelled = True

    def given(self, name: str) -> Work:
        """What a job was started with; InputError when it is no longer kept."""
        return self._job(name).given

    def result(self, name: str) -> Result:
        """What came out of a job; InputError when it is no longer kept or there is nothing yet."""
        result = self._job(name).result
        if result is None:
            raise InputError(f"{self.name}还没有完成，请等它完成后再试。")
        return result

    def state(self, name: str) -> dict[str, object]:
        """What the script is told of a job, ``{"state": …}``, after a short wait for its end.

        ``running`` with how far it is, ``failed`` with the notice to show, ``cancelled``,
        ``broken`` where there is a bug, or ``done``.
        """
        job = self._job(name)
        job.asked = time.monotonic()
        wait([job.future], _PATIENCE)
        if not job.future.done():
            how_far = {"state": "running", "done": job.done, "total": job.total}
            waiting = self.line.said(job.ticket) if job.ticket else ""
            place = {"waiting": waiting} if waiting else {}
            return how_far | place | dict(self._so_far(job.given))
        if job.problem:
            return {"state": "failed", "html": notice(job.problem, error=True)}
        if job.result is None:
            return {"state": "cancelled" if job.cancelled else "broken"}
        return {"state": "done"} | dict(self._shown(name, job.result))

    def close(self) -> None:
        """Stop what runs at its next step, and begin nothing that waits."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.cancelled = True
        self._executor.shutdown(wait=False)

    def _job(self, name: str) -> _Job[Work, Result]:
        job = self._known(name)
        if job is None:
            raise InputError(f"这次{self.name}的结果已不在内存里，请重新{self.name}。")
        return job

    def _known(self, name: str) -> _Job[Work, Result] | None:
        """A job of who asks; another's is as unknown as one that never was."""
        with self._lock:
            job = self._jobs.get(name)
        return job if job is not None and job.owner == asking() else None

    def _begin(self, job: _Job[Work, Result]) -> None:
        """Run a job when its turn comes, and after it the next of the same person."""

        def ended(run: Future[None]) -> None:
            problem = run.exception()
            if problem is None:
                job.future.set_result(None)
            else:
                job.future.set_exception(problem)
            with self._lock:
                line = self._waiting[job.owner]
                following = line.popleft() if line else None
                if following is None:
                    del self._waiting[job.owner]
            if following is not None:
                self._begin(following)

        try:
            self._executor.submit(self._run, job).add_done_callback(ended)
        except RuntimeError:  # closed in the meantime
            with self._lock:
                never = [job, *self._waiting.pop(job.owner)]
            for each in never:
                each.future.set_result(None)

    def _run(self, job: _Job[Work, Result]) -> None:
        def progress(done: int, total: int) -> None:
            if self._left and time.monotonic() - job.asked > self._left:
                job.cancelled = True
            if job.cancelled:
                raise Cancelled
            job.done, job.total = done, total

        try:
            progress(0, 0)
            with self._turn(job, progress):
                job.result = self._work(job.given, progress)
        except Cancelled:
            pass
        except FajuError as problem:
            job.problem = str(problem)

    def _turn(self, job: _Job[Work, Result], progress: Progress) -> AbstractContextManager[None]:
        return self.line.turn(job.ticket, lambda: progress(0, 0)) if job.ticket else nullcontext()


class Jobs:
    """All the queues of a page, and the two calls by which its script follows any job.

    As a context manager it stops them at the end, so that the program can end.
    """

    def __init__(self) -> None:
        self.line = Line()
        self._queues: list[Queue[Any, Any]] = []

    def queue(
        self, queue: Queue[Work, Result], light: Callable[[Work], bool] | None = None
    ) -> Queue[Work, Result]:
        """One more queue; what of its work is not ``light`` waits in the line of all."""
        queue.line, queue.light = self.line, light or _never
        self._queues.append(queue)
        return queue

    @property
    def calls(self) -> Sequence[Call]:
        """``job_state`` and ``cancel_job``, each by the job's name."""

        def job_state(given: Given) -> Shown:
            name = given.text("job")
            for queue in self._queues:
                if name in queue:
                    return queue.state(name)
            raise InputError("这件事的结果已不在内存里，请重新做一次。")

        def cancel_job(given: Given) -> bool:
            for queue in self._queues:
                queue.cancel(given.text("job"))
            return True

        return job_state, cancel_job

    def __enter__(self) -> Jobs:
        return self

    def __exit__(self, *failure: object) -> None:
        for queue in self._queues:
            queue.close()


def _never(given: object) -> bool:
    return False


def _told(future: Future[None]) -> None:
    """Say what a bug was: nobody else asks the future."""
    problem = future.exception()
    if problem is not None:
        _log.error("a job of the page broke", exc_info=problem)

"""Checks of drafts that run beside the page: started, watched, cancelled, kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe

from corpus import FajuError, InputError
from qa.drafts.checked import CheckedDraft
from qa.drafts.draft import Draft

__all__ = ["Job", "Jobs"]

Progress = Callable[[int, int], None]
Check = Callable[[Draft, Progress], CheckedDraft]

_KEPT = 8


class _Cancelled(Exception):  # noqa: N818
    """Thrown into a check that nobody waits for any more."""


@dataclass(slots=True)
class Job:
    """One check: how far it is (``total`` 0: not begun), and what came out."""

    draft: Draft
    done: int = 0
    total: int = 0
    checked: CheckedDraft | None = None
    problem: str = ""
    cancelled: bool = False
    ended: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """The last few checks, in memory only; they run one at a time, each in a thread of its own."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._kept = threading.Lock()
        self._running = threading.Lock()

    def start(self, draft: Draft) -> str:
        """Start a check and return its name."""
        name, job = token_urlsafe(9), Job(draft)
        with self._kept:
            self._jobs[name] = job
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)[1].cancelled = True
        threading.Thread(target=self._run, args=(job,), daemon=True).start()
        return name

    def cancel(self, name: str) -> None:
        """Stop a check at its next step; one that has ended or is forgotten is let be."""
        with self._kept:
            job = self._jobs.get(name)
        if job is not None:
            job.cancelled = True

    def job(self, name: str) -> Job:
        """The check of this name; InputError when it is no longer kept."""
        with self._kept:
            job = self._jobs.get(name)
        if job is None:
            raise InputError("这次核对的结果已不在内存里，请重新核对。")
        return job

    def checked(self, name: str) -> CheckedDraft:
        """What came out of a check; InputError when there is nothing yet."""
        checked = self.job(name).checked
        if checked is None:
            raise InputError("核对还没有完成，请等它完成后再试。")
        return checked

    def _run(self, job: Job) -> None:
        def progress(done: int, total: int) -> None:
            if job.cancelled:
                raise _Cancelled
            job.done, job.total = done, total

        try:
            with self._running:
                progress(0, 0)
                job.checked = self._check(job.draft, progress)
        except _Cancelled:
            pass
        except FajuError as problem:
            job.problem = str(problem)
        finally:
            job.ended.set()

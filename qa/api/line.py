"""One bounded line for the heavy work of everybody who uses a server."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

from corpus import FajuError

__all__ = ["HEAVY", "BusyError", "Line", "Ticket"]

HEAVY = 20_000
"""Characters from which on checking a text is heavy work: a second or more."""
_SIDE_BY_SIDE = 3
_MOST = 30
_LOOK = 0.3  # seconds between two looks whether one who waits still wants to
_REMEMBERED = 20
_BUSY = "现在排队的任务太多（{} 项），请过几分钟再试。"


class BusyError(FajuError):
    """More heavy work waits than the line takes."""


class Ticket:
    """A place in the line; ``begun`` is when its turn came."""

    def __init__(self) -> None:
        self.begun: float | None = None


class Line:
    """Heavy work: a few pieces at a time, in the order in which they came, no more than ``most``.

    ``enter`` gives a place or BusyError, ``turn`` waits for it and has it, ``leave`` gives it back.
    """

    def __init__(self, side_by_side: int = _SIDE_BY_SIDE, most: int = _MOST) -> None:
        self._side_by_side, self._most = side_by_side, most
        self._tickets: list[Ticket] = []
        self._ready: list[Ticket] = []
        self._took: deque[float] = deque(maxlen=_REMEMBERED)
        self._changed = Condition()

    @property
    def full(self) -> bool:
        """Whether nobody else gets in."""
        return len(self._tickets) >= self._most

    @property
    def sentence(self) -> str:
        """What somebody is told who does not get in."""
        return _BUSY.format(len(self._tickets))

    def enter(self) -> Ticket:
        """A place at the end; BusyError where there is none."""
        ticket = Ticket()
        with self._changed:
            if self.full:
                raise BusyError(self.sentence)
            self._tickets.append(ticket)
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give a place up, whether its turn came or not."""
        with self._changed:
            if ticket in self._tickets:
                self._tickets.remove(ticket)

    @contextmanager
    def turn(self, ticket: Ticket, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait for the turn of a ticket and have it; ``waiting`` may throw to give up."""
        with self._changed:
            self._ready.append(ticket)
            try:
                while ticket not in self._ready[: self._side_by_side]:
                    self._changed.wait(_LOOK)
                    waiting()
            except BaseException:
                self._ended(ticket)
                raise
            ticket.begun = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                self._took.append(time.monotonic() - ticket.begun)
                self._ended(ticket)

    def said(self, ticket: Ticket) -> str:
        """The place of one who waits (前面还有 2 项，约 1 分钟); "" of one whose turn has come."""
        with self._changed:
            if ticket.begun is not None or ticket not in self._tickets:
                return ""
            ahead = self._tickets.index(ticket)
            took = sum(self._took) / len(self._took) if self._took else 0.0
        minutes = math.ceil(ahead * took / self._side_by_side / 60)
        return f"前面还有 {ahead} 项" + (f"，约 {minutes} 分钟" if minutes else "")

    def _ended(self, ticket: Ticket) -> None:
        self._ready.remove(ticket)
        self._changed.notify_all()

"""A person with an account, and who is asking at this moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["ROLES", "Role", "User", "asked_by", "asking"]

Role = Literal["读者", "编辑", "管理员"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what the ones before it may: ask, find and check; change documents; accounts."""


@dataclass(frozen=True, slots=True)
class User:
    """``session`` is what tells one log-in of the same person from another."""

    name: str
    role: Role
    session: str = ""

    def may(self, role: Role) -> bool:
        """Whether this person may do what a ``role`` may."""
        return ROLES.index(self.role) >= ROLES.index(role)


_ASKING: ContextVar[User | None] = ContextVar("asking", default=None)


def asking() -> User | None:
    """Who asks; None where nobody is known, which is everybody on a machine without a gate."""
    return _ASKING.get()


@contextmanager
def asked_by(user: User | None) -> Iterator[None]:
    """Within it ``asking()`` is ``user``."""
    before = _ASKING.set(user)
    try:
        yield
    finally:
        _ASKING.reset(before)

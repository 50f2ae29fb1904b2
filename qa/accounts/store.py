"""Accounts in one SQLite file of the home: passwords as argon2 hashes, sessions, tokens, records.

Of a session or a token only the digest is kept: who reads the file cannot log in with it.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import DamagedError, InputError
from qa.accounts.user import ROLES, Role, User

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["FILE", "AccountRow", "Accounts", "Noted", "TokenRow"]

FILE = "accounts.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, role TEXT, hash TEXT, made TEXT);
CREATE TABLE IF NOT EXISTS sessions (
    digest TEXT PRIMARY KEY, name TEXT REFERENCES users ON DELETE CASCADE, until REAL);
CREATE TABLE IF NOT EXISTS tokens (
    digest TEXT PRIMARY KEY, name TEXT REFERENCES users ON DELETE CASCADE, label TEXT, made TEXT);
CREATE TABLE IF NOT EXISTS failures (name TEXT, address TEXT, at REAL);
CREATE TABLE IF NOT EXISTS records (at REAL, name TEXT, what TEXT, about TEXT);
"""
_NAME = re.compile(r"[\w.@-]{1,40}")
_SHORTEST = 8
_LONGEST = 1000
_SESSION = 12 * 3600.0
_TRIES, _PAUSE = 5, 15 * 60.0
"""Wrong passwords for a name from one address, and the seconds after which they are forgotten."""
_RECORDS_KEPT = 180 * 86400.0


class AccountRow(NamedTuple):
    """An account as it is listed."""

    name: str
    role: Role
    made: str


class TokenRow(NamedTuple):
    """A program's token as it is listed."""

    label: str
    made: str


class Noted(NamedTuple):
    """Something that somebody did: when, who, what, about which document."""

    at: str
    name: str
    what: str
    about: str


class Accounts:
    """The accounts of a home. Every method may raise DamagedError; InputError says what to do."""

    def __init__(self, home: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = home / FILE
        self._clock = clock

    def listed(self) -> list[AccountRow]:
        """All accounts by name."""
        if not self._path.exists():
            return []
        with self._opened() as file:
            rows = file.execute("SELECT name, role, made FROM users ORDER BY name").fetchall()
        return [AccountRow(*row) for row in rows]

    def add(self, name: str, role: Role, password: str) -> None:
        """A new account; InputError for a name that is taken or cannot be one, a weak password."""
        if not _NAME.fullmatch(name):
            raise InputError(f"用户名“{name[:40]}”不行：用 1 到 40 个字、字母、数字或 . @ - _。")
        if role not in ROLES:
            raise InputError(f"没有“{role}”这种权限，请用 {'、'.join(ROLES)} 之一。")
        hashed = _hashed(password)
        with self._opened() as file:
            try:
                file.execute(
                    "INSERT INTO users VALUES (?, ?, ?, ?)", (name, role, hashed, self._today())
                )
            except sqlite3.IntegrityError as exc:
                raise InputError(f"已经有账户“{name}”；改密码用 faju users passwd。") from exc

    def set_password(self, name: str, password: str) -> None:
        """Another password; whoever is logged in under the name is logged out."""
        hashed = _hashed(password)
        with self._opened() as file:
            done = file.execute("UPDATE users SET hash = ? WHERE name = ?", (hashed, name))
            _there(done, name)
            file.execute("DELETE FROM sessions WHERE name = ?", (name,))

    def remove(self, name: str) -> None:
        """Take an account away with its sessions and tokens."""
        with self._opened() as file:
            _there(file.execute("DELETE FROM users WHERE name = ?", (name,)), name)

    def log_in(self, name: str, password: str, address: str) -> str:
        """A new session's secret, good for twelve hours.

        InputError, the same for an unknown name as for a wrong password; after five wrong ones
        from an address nothing is tried for a quarter of an hour.
        """
        now = self._clock()
        with self._opened() as file:
            file.execute("DELETE FROM failures WHERE at < ?", (now - _PAUSE,))
            failed = file.execute(
                "SELECT count(*), max(at) FROM failures WHERE name = ? AND address = ?",
                (name, address),
            ).fetchone()
            row = file.execute("SELECT hash FROM users WHERE name = ?", (name,)).fetchone()
        if failed[0] >= _TRIES:
            minutes = math.ceil((failed[1] + _PAUSE - now) / 60)
            raise InputError(f"密码错了太多次，请过 {minutes} 分钟再试。")
        right = _matches(row[0] if row else _nobodys(), password) and row is not None
        secret = secrets.token_urlsafe(32)
        with self._opened() as file:
            if right:
                file.execute("DELETE FROM sessions WHERE until < ?", (now,))
                file.execute("DELETE FROM failures WHERE name = ?", (name,))
                row = (_digest(secret), name, now + _SESSION)
                file.execute("INSERT INTO sessions VALUES (?, ?, ?)", row)
            else:
                file.execute("INSERT INTO failures VALUES (?, ?, ?)", (name, address, now))
        if not right:
            raise InputError("用户名或密码不对。")
        return secret

    def log_out(self, secret: str) -> None:
        """End a session; one that has ended is let be."""
        with self._opened() as file:
            file.execute("DELETE FROM sessions WHERE digest = ?", (_digest(secret),))

    def of_session(self, secret: str) -> User | None:
        """Whose session this is, None where it has ended."""
        return self._user(
            "SELECT name, role, digest FROM sessions JOIN users USING (name) "
            "WHERE digest = ? AND until > ?",
            (_digest(secret), self._clock()),
        )

    def of_token(self, secret: str) -> User | None:
        """Whose token this is, None where it was taken back."""
        return self._user(
            "SELECT name, role, digest FROM tokens JOIN users USING (name) WHERE digest = ?",
            (_digest(secret),),
        )

    def add_token(self, name: str, label: str) -> str:
        """A new token for a program that asks in this name; it is shown this once."""
        secret = secrets.token_urlsafe(32)
        with self._opened() as file:
            _there(file.execute("SELECT name FROM users WHERE name = ?", (name,)), name)
            row = (_digest(secret), name, label, self._today())
            file.execute("INSERT INTO tokens VALUES (?, ?, ?, ?)", row)
        return secret

    def tokens(self, name: str) -> list[TokenRow]:
        """The tokens of an account."""
        with self._opened() as file:
            rows = file.execute("SELECT label, made FROM tokens WHERE name = ?", (name,)).fetchall()
        return [TokenRow(*row) for row in rows]

    def revoke(self, name: str, label: str) -> None:
        """Take a token back; InputError where there is none of this label."""
        with self._opened() as file:
            done = file.execute("DELETE FROM tokens WHERE name = ? AND label = ?", (name, label))
            if not done.rowcount:
                raise InputError(f"账户“{name}”没有叫“{label}”的令牌。")

    def note(self, name: str, what: str, about: str) -> None:
        """Put down that somebody did something; it is kept for half a year."""
        now = self._clock()
        with self._opened() as file:
            file.execute("DELETE FROM records WHERE at < ?", (now - _RECORDS_KEPT,))
            file.execute("INSERT INTO records VALUES (?, ?, ?, ?)", (now, name, what, about))

    def records(self) -> list[Noted]:
        """What was done, the newest first."""
        with self._opened() as file:
            rows = file.execute("SELECT at, name, what, about FROM records ORDER BY at DESC")
            return [Noted(_time(at), *rest) for at, *rest in rows]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file, readable for its owner alone, in one transaction."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self._path, timeout=10)) as file:
                file.execute("PRAGMA foreign_keys = ON")
                file.executescript(_TABLES)
                with file:
                    yield file
        except sqlite3.OperationalError as exc:
            raise InputError(
                f"账户文件 {self._path} 现在不能读写（{exc}），请检查权限和磁盘空间。"
            ) from exc
        except sqlite3.DatabaseError as exc:
            raise DamagedError(
                f"账户文件 {self._path} 打不开或已损坏；请从备份恢复，或移走它后重新建账户。"
            ) from exc
        except OSError as exc:
            raise InputError(f"账户文件 {self._path} 不能读写（{exc.strerror}）。") from exc

    def _user(self, query: str, given: Sequence[object]) -> User | None:
        with self._opened() as file:
            row = file.execute(query, given).fetchone()
        return User(*row) if row else None

    def _today(self) -> str:
        return _time(self._clock())[:10]


def _there(done: sqlite3.Cursor, name: str) -> None:
    if not (done.rowcount > 0 or done.fetchone()):
        raise InputError(f"没有账户“{name}”；faju users list 列出全部。")


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M:%S")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """A hash that no password has, so that an unknown name takes as long as a wrong password."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _hashed(password: str) -> str:
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise InputError(f"密码至少要 {_SHORTEST} 个字符，至多 {_LONGEST} 个。")
    return _hasher().hash(password)


def _matches(hashed: str, password: str) -> bool:
    from argon2.exceptions import VerifyMismatchError

    try:
        return _hasher().verify(hashed, password)
    except VerifyMismatchError:
        return False

"""Words of a command line as they were meant: full-width dashes, cut and mistyped names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence

__all__ = ["apart", "looks_like_option", "nearest", "spelled"]

_DASHES = "-－—–―‐‑−﹣─"
"""Hyphen-minus, what a Chinese keyboard gives for it, and what word processors make of it."""
_AFTER = ",.;、。"
_NAME = re.compile("[A-Za-z][A-Za-z0-9-]*")
_SHORT = re.compile("[a-z][0-9]+")
_OPTION = re.compile("--?[A-Za-z]")
_COMMA = re.compile("[，,]")
_LEAST_ALIKE = 0.7


def spelled(word: str, known: Collection[str]) -> str:
    """A word with the name of an option in it put as it is known; any other as it is.

    ``－－json``, ``—json`` and ``-json`` are ``--json``, ``--docum`` is ``--document`` where no
    other option begins so. Words are left alone that only begin with a dash (——引自规划).
    """
    bare = word.lstrip(_DASHES)
    if bare == word:
        return word
    if not bare:
        return "-" if len(word) == 1 else word
    given, mark, value = re.sub("＝", "=", bare, count=1).partition("=")
    name = unicodedata.normalize("NFKC", given).rstrip(_AFTER)
    if not _NAME.fullmatch(name):
        return word
    return _option(name, known) + mark + value


def _option(name: str, known: Collection[str]) -> str:
    if len(name) == 1 or _SHORT.fullmatch(name):
        return f"-{name}"
    begun = [option for option in known if option.startswith(f"--{name}")]
    return begun[0] if len(begun) == 1 and f"--{name}" not in known else f"--{name}"


def looks_like_option(word: str) -> bool:
    """Whether a word that is no known option was meant as one."""
    return _OPTION.match(word) is not None


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that is most like this one; None when none is."""
    from difflib import get_close_matches

    name = word.partition("=")[0]
    found = get_close_matches(name, sorted(known), n=1, cutoff=_LEAST_ALIKE)
    return found[0] if found else None


def apart(names: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """Names that were written as one, with a comma between them, each by itself.

    One that is ``known`` as it stands stays whole, and so does one none of whose parts is.
    """
    found: list[str] = []
    for name in names:
        parts = [part.strip() for part in _COMMA.split(name) if part.strip()]
        split = len(parts) > 1 and not known(name) and any(map(known, parts))
        found += parts if split else [name]
    return found

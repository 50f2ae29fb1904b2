"""The least that an evaluation must reach, out of a TOML file laid out like ``metrics.json``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus import InputError
from qa.records import FiguresRecord

__all__ = ["read_floors", "shortfalls"]

Floors = Mapping[str, Mapping[str, object]]
"""Tables within tables, laid out like the figures, with numbers at their ends."""

_TABLES = {"floors": ("低于下限", 1), "ceilings": ("高于上限", -1)}


def read_floors(path: str | Path) -> Floors:
    """The tables ``floors`` and ``ceilings`` of the file; InputError when it is no such file."""
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise InputError(f"读不了下限文件 {path}（{exc}），请检查路径和写法。") from exc
    if not found.keys() <= _TABLES.keys() or not all(map(_leaves, found.values())):
        raise InputError(f"下限文件 {path} 里应有 floors、ceilings 两个表，末级都是数字。")
    return found


def shortfalls(figures: FiguresRecord, floors: Floors) -> list[str]:
    """A Chinese sentence for each figure below its floor or above its ceiling, or not there."""
    said = []
    for table, (wrong, sign) in _TABLES.items():
        for path, bound in _walk(floors.get(table, {})):
            value: Any = figures
            for name in path:
                value = value.get(name) if isinstance(value, Mapping) else None
            called = " / ".join(path)
            if not isinstance(value, int | float):
                said.append(f"{called} 没有数字，无法与 {bound} 比较")
            elif sign * value < sign * bound:
                said.append(f"{called} 是 {value:.4f}，{wrong} {bound}")
    return said


def _leaves(table: Any) -> bool:
    return isinstance(table, dict) and all(
        isinstance(bound, int | float) for _, bound in _walk(table)
    )


def _walk(table: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _walk(value, (*above, name))
        else:
            yield (*above, name), value

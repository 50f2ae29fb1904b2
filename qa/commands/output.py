"""What every command prints with, and its exit status."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import InputError
from index import Filters
from qa.commands.spelling import apart
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = [
    "DONE",
    "MISTAKE",
    "NOTHING",
    "documents_of",
    "filters_of",
    "open_engine",
    "print_all",
    "print_json",
    "write_bytes",
]

DONE, NOTHING, MISTAKE = 0, 1, 2


def open_engine(settings: Settings) -> Engine:
    """The library of these settings, ready to be asked."""
    from qa.engine import Engine

    return Engine.open(settings)


def documents_of(args: argparse.Namespace, engine: Engine) -> tuple[str, ...]:
    """The documents that are asked for by ``--document``, more of them in one with commas too."""

    def held(name: str) -> bool:
        try:
            engine.document(name)
        except InputError:
            return False
        return True

    return tuple(apart(args.document or (), held))


def filters_of(args: argparse.Namespace, engine: Engine) -> Filters:
    """What narrows a search, out of its options."""
    return Filters(
        documents=documents_of(args, engine),
        section=args.section or "",
        all_versions=args.all_versions,
    )


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file the user asked for."""
    try:
        path.write_bytes(content)
    except OSError as exc:
        raise InputError(f"写不了 {path}（{exc.strerror}），请换一个位置。") from exc


def print_json(record: Mapping[str, object]) -> None:
    """One JSON object, one line."""
    print(json.dumps(record, ensure_ascii=False))


def print_all(
    args: argparse.Namespace, records: Sequence[Mapping[str, object]], lines: Sequence[str]
) -> int:
    """Records as JSON lines, or their lines for people."""
    for record in records if args.json else ():
        print_json(record)
    for line in () if args.json else lines:
        print(line)
    return DONE if records else NOTHING

"""``faju check``: one draft, several, or a batch."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import FajuError, InputError
from qa.commands.batch import Batch, one_or_batch
from qa.commands.output import (
    DONE,
    MISTAKE,
    NOTHING,
    open_engine,
    print_json,
    write_bytes,
)
from qa.commands.progress import progress_bar
from qa.commands.terminal import check_text
from qa.records import CheckReply
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.drafts import CheckedDraft, Draft
    from qa.engine import Engine

__all__ = ["check"]

Make = Callable[[], tuple[str, bytes]]


def check(args: argparse.Namespace, settings: Settings) -> int:
    """The citations and quotations of each draft, and the files made of them."""
    names: Sequence[str] = args.files
    if args.batch:
        return _check_batch(args, open_engine(settings))
    if not names:
        raise InputError("请写明要核对的文件，例如：faju check 草稿.docx；- 表示从标准输入读。")
    if len(names) == 1:
        return _check_one(args, names[0], open_engine(settings))
    _folders(args, names)
    return _check_several(args, names, open_engine(settings))


def _check_one(args: argparse.Namespace, name: str, engine: Engine) -> int:
    from qa.drafts import check_targets

    check_targets(name, args.corrected or "", args.report or "", args.csv or "")
    checked = _checked(name, engine)
    for path, make in _outputs(args, checked):
        write_bytes(Path(path), make()[1])
    result = checked.record()
    if args.json:
        print_json(result)
    else:
        print(check_text(result))
    return NOTHING if checked.faults else DONE


def _check_several(args: argparse.Namespace, names: Sequence[str], engine: Engine) -> int:
    """Each draft by itself, one that cannot be read told and left; files go into folders."""
    faulty = failed = 0
    for name in names:
        try:
            checked = _checked(name, engine)
        except FajuError as problem:
            print(f"faju: {problem}", file=sys.stderr)
            failed += 1
            continue
        faulty += bool(checked.faults)
        for folder, make in _outputs(args, checked):
            file, content = make()
            Path(folder).mkdir(parents=True, exist_ok=True)
            write_bytes(Path(folder) / file, content)
        if args.json:
            print_json({"id": name, **checked.record()})
        else:
            print(f"—— {name}\n{check_text(checked.record())}\n")
    if not args.json:
        wrong = f"，未能核对 {failed} 份" if failed else ""
        print(f"共 {len(names)} 份：有错 {faulty} 份{wrong}。")
    return MISTAKE if failed == len(names) else NOTHING if faulty or failed else DONE


def _checked(name: str, engine: Engine) -> CheckedDraft:
    with progress_bar(f"核对 {Path(name).name[:40]}", "处") as progress:
        return engine.check(_draft(name), progress)


def _draft(name: str) -> Draft:
    from qa.drafts import draft_of_text, read_draft

    return draft_of_text(sys.stdin.read()) if name == "-" else read_draft(name)


def _folders(args: argparse.Namespace, names: Sequence[str]) -> None:
    """Of several drafts the files go into folders, under the drafts' own names."""
    folders = {"--corrected": args.corrected, "--report": args.report, "--csv": args.csv}
    for option, folder in folders.items():
        if folder and (Path(folder).is_file() or Path(folder).suffix):
            raise InputError(f"核对几份草稿时，{option} 后面写文件夹，现在是 {folder}。")
    stems = [Path(name).stem for name in names]
    twice = next((stem for stem in stems if stems.count(stem) > 1), None)
    if twice is not None and any(folders.values()):
        raise InputError(f"有两份草稿都叫 {twice}，写出的文件会重名，请分开核对。")


def _outputs(args: argparse.Namespace, checked: CheckedDraft) -> list[tuple[str, Make]]:
    """The paths that were asked for, each with what makes its name and content."""
    every = (
        (args.corrected, checked.corrected),
        (args.report, checked.report),
        (args.csv, checked.table),
    )
    return [(path, make) for path, make in every if path]


def _check_batch(args: argparse.Namespace, engine: Engine) -> int:
    if args.corrected or args.report or args.csv:
        raise InputError("--corrected、--report、--csv 是一份草稿的，不能和 --batch 一起用。")

    def each(text: str) -> CheckReply:
        return engine.check(text).record()

    given = args.files[0] if args.files else None
    return one_or_batch(args, given, Batch(engine, each, "draft"), check_text)

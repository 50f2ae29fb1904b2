"""``faju documents compare``: two documents, or two versions of one, side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus import InputError
from qa.commands.output import open_engine, print_all, write_bytes
from qa.commands.terminal import printable
from qa.exports import comparison_excel, comparison_word, tally_of
from qa.records import ComparedRow
from qa.settings import Settings

__all__ = ["compare_documents"]

_WRITERS = {".docx": comparison_word, ".xlsx": comparison_excel}


def compare_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Print the comparison of one or two named documents, or write it as Word or Excel."""
    names = args.names
    if len(names) not in {1, 2}:
        raise InputError(
            "请写明要比较的两份文件，例如：faju documents compare 渔业法（2013年） 渔业法"
        )
    target = Path(args.out) if args.out else None
    if target is not None and target.suffix not in _WRITERS:
        raise InputError(f"对照表只能写成 .docx 或 .xlsx，现在是“{target.name}”。")
    reply = open_engine(settings).compare(*names)
    if target is not None:
        write_bytes(target, _WRITERS[target.suffix](reply, args.changes))
    rows = [row for row in reply["rows"] if not args.changes or row["kind"] != "kept"]
    return print_all(args, [reply], [tally_of(reply), *map(_line, rows)])


def _line(row: ComparedRow) -> str:
    """第三条 → 第四条  修改 2 处."""
    old = row["old"]["label"] or "（段）" if row["old"] else "——"
    new = row["new"]["label"] or "（段）" if row["new"] else "——"
    return printable(f"{old} → {new}  {row['note']}")

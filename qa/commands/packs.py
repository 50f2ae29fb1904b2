"""``faju documents export`` and ``import``: documents carried from one machine to another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus import InputError, load_register
from qa.commands.adding import consent_for
from qa.commands.output import DONE, NOTHING, print_all, print_json
from qa.commands.progress import progress_bar
from qa.commands.terminal import printable
from qa.library import (
    Intake,
    keep_confirmed,
    load_confirmed,
    packed,
    packed_questions,
    write_pack,
)
from qa.records import PackedRecord
from qa.settings import Settings

__all__ = ["export_documents", "import_documents"]

_SAID = {"added": "已入库", "same": "已有", "declined": "没有入库"}


def export_documents(args: argparse.Namespace, settings: Settings) -> int:
    """All of the home's own documents, or those named, into one file."""
    if not args.out:
        raise InputError("没有写导出到哪个文件，例如：faju documents export --out 文档包.zip")
    with Intake(settings) as intake:
        named = {own.id for name in args.names or () for own in intake.find(name)}
        held = load_register(settings.home)
        chosen = [own for own in held if not args.names or own.id in named]
        titles = {own.title for own in chosen}
        asked = [
            each
            for each in load_confirmed(settings.home)
            if not args.names or each.document in titles
        ]
        size = write_pack(settings.home, chosen, Path(args.out), asked)
    records: list[PackedRecord] = [
        {"id": own.id, "title": own.title, "outcome": "exported", "message": ""} for own in chosen
    ]
    lines = [f"已导出  {own.id}  《{own.title}》  {own.status}" for own in chosen]
    done = print_all(args, records, [printable(line) for line in lines])
    said = f"，确认过的问题 {len(asked)} 个" if asked else ""
    print(f"共 {len(chosen)} 份{said}，写到 {args.out}（{size / 1e6:.1f} MB）。", file=sys.stderr)
    return done


def import_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Every document of a pack whose files are whole; what is held already is left alone."""
    if not args.names:
        raise InputError("没有写文档包，例如：faju documents import 文档包.zip")
    consent = consent_for(args, "入库")
    asked = packed_questions(Path(args.names)) if Path(args.names).is_file() else []
    records: list[PackedRecord] = []
    with Intake(settings) as intake:
        for own, files in packed(Path(args.names)):
            record: PackedRecord = {
                "id": own.id,
                "title": own.title,
                "outcome": "declined",
                "message": "",
            }
            held = intake.held(own)
            if held:
                record = {**record, "outcome": "same", "message": f"库中已有{held}，内容相同。"}
            elif consent(printable(f"《{own.title}》（{own.published}）入库吗？")):
                intake.take(own, files)
                record = {**record, "outcome": "added"}
            records.append(record)
        if intake.changed:
            with progress_bar("计算向量", "段") as progress:
                intake.commit(lambda line: print(line, file=sys.stderr), progress)
    declined = {each["title"] for each in records if each["outcome"] == "declined"}
    kept = keep_confirmed(settings.home, (e for e in asked if e.document not in declined))
    if kept:
        print(f"记下了确认过的问题 {kept} 个。", file=sys.stderr)
    for record in records:
        if args.json:
            print_json(record)
        else:
            words = (_SAID[record["outcome"]], f"《{record['title']}》", record["message"])
            print(printable("  ".join(filter(None, words))))
    return DONE if records else NOTHING

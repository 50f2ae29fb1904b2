"""``faju documents questions``: what people confirmed, question and passage."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import InputError
from qa.answering import clean_query
from qa.commands.output import open_engine, print_all
from qa.inputs import read_questions
from qa.library import confirmed_of
from qa.records import ConfirmedRecord
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = [
    "add_question",
    "export_questions",
    "import_questions",
    "list_questions",
    "remove_question",
]


def add_question(args: argparse.Namespace, settings: Settings) -> int:
    """Keep that a passage answers a question."""
    engine = open_engine(settings)
    document, start = _place(engine, args)
    record = engine.questions.confirm(_question(args), document, start)
    return print_all(args, [record], [f"已记下。{_line(record)}"])


def list_questions(args: argparse.Namespace, settings: Settings) -> int:
    """Every question that was kept."""
    kept = open_engine(settings).questions
    records = [kept.record(each) for each in kept.all()]
    return print_all(args, records, [_line(record) for record in records])


def remove_question(args: argparse.Namespace, settings: Settings) -> int:
    """Take a question back."""
    kept = open_engine(settings).questions
    gone = kept.remove(clean_query(_question(args))[0])
    if not gone:
        raise InputError("没有记下这个问题；faju documents questions list 列出记下的问题。")
    records = [kept.record(each) for each in gone]
    return print_all(args, records, [f"已收回。{_line(record)}" for record in records])


def export_questions(args: argparse.Namespace, settings: Settings) -> int:
    """Write them as a question set."""
    if args.name is None:
        raise InputError("请写明写到哪个文件，例如：faju documents questions export 问题.jsonl")
    kept = open_engine(settings).questions.all()
    lines = [json.dumps(each.as_set(n), ensure_ascii=False) for n, each in enumerate(kept, 1)]
    try:
        Path(args.name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as exc:
        raise InputError(f"写不了 {args.name}（{exc.strerror}）。") from exc
    return print_all(args, [{"written": len(kept)}], [f"写了 {len(kept)} 个问题。"])


def import_questions(args: argparse.Namespace, settings: Settings) -> int:
    """Keep the questions of a set whose words of evidence are given."""
    if args.name is None:
        raise InputError("请写明问题集，例如：faju documents questions import 问题.jsonl")
    kept = open_engine(settings).questions
    entries = confirmed_of(read_questions(Path(args.name)))
    missing = sum(not kept.rows(each) for each in entries)
    count = kept.take(entries)
    said = f"记下了 {count} 个问题。" + (
        f"其中 {missing} 个的原文现在不在文库里。" if missing else ""
    )
    return print_all(args, [{"kept": count, "missing": missing}], [said])


def _question(args: argparse.Namespace) -> str:
    if not args.text:
        raise InputError("请写明问题。")
    return str(args.text)


def _place(engine: Engine, args: argparse.Namespace) -> tuple[str, int]:
    """The document and the offset of the passage that the options name."""
    if args.at:
        hits = engine.ask(args.at)["hits"]
        if not hits or hits[0]["score"] < 1:
            raise InputError(f"没有找到“{args.at}”；请写成“民法典第五条”这样，或用 --words。")
        return hits[0]["document"]["id"], hits[0]["start"]
    if not args.words:
        raise InputError("请写明由哪一段回答：--at 条号，或 --words 原文里的话。")
    documents = (args.document,) if args.document else ()
    matches = [m for m in engine.find(args.words, 1, False, documents)["matches"]]
    if not matches or matches[0]["kind"] != "exact":
        raise InputError("文库里没有这句原文；请从原文里照抄一句。")
    return matches[0]["document"]["id"], matches[0]["start"]


def _line(record: ConfirmedRecord) -> str:
    note = "" if record["stands"] else "（原文现在不在文库里，不起作用）"
    return f"{record['question']}  《{record['document']}》：{record['words'][:40]}{note}"

"""``faju search``, ``ask``, ``find`` and ``check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import InputError
from qa.commands.batch import Batch, one_or_batch
from qa.commands.output import (
    DONE,
    NOTHING,
    documents_of,
    filters_of,
    open_engine,
    print_json,
    progress_bar,
    write_bytes,
)
from qa.commands.terminal import (
    ask_text,
    check_text,
    find_text,
    search_text,
    written_head,
    written_line,
)
from qa.records import AskReply, CheckReply, FindReply, SearchReply
from qa.settings import Settings
from qa.written import LanguageModel, Writer, WritingError

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["ask", "check", "find", "search"]


def search(args: argparse.Namespace, settings: Settings) -> int:
    """Ranked passages."""
    engine = open_engine(settings)
    filters = filters_of(args, engine)

    def each(query: str) -> SearchReply:
        return engine.search(query, args.k, args.run, filters)

    return one_or_batch(args, args.query, Batch(engine, each, "query"), search_text)


def ask(args: argparse.Namespace, settings: Settings) -> int:
    """Verbatim answer sentences, or that the library does not say; written out when asked for."""
    model = LanguageModel.named(settings)
    engine = open_engine(settings)
    filters = filters_of(args, engine)
    writer = Writer(engine, model) if model else None
    asked: list[AskReply] = []

    def each(question: str) -> AskReply:
        result = engine.ask(question, args.k, filters)
        if writer is None:
            return result
        if args.json or args.batch:
            return writer.added(result)
        asked.append(result)
        return result

    status = one_or_batch(args, args.question, Batch(engine, each, "question"), ask_text)
    if writer is not None and asked:
        _write(writer, asked[0])
    return status


def _write(writer: Writer, result: AskReply) -> None:
    """Print a written answer as it comes, then what its numbers stand for."""
    ranks: set[int] = set()
    try:
        for number, sentence in enumerate(writer.sentences(result)):
            if number == 0:
                print(f"\n{written_head(writer.model.name)}\n", flush=True)
            line = written_line(sentence.record(), styled=sys.stdout.isatty())
            print(f"  {line}", flush=True)
            ranks.update(sentence.hits)
    except WritingError as problem:
        print(f"\n{problem}")
        return
    hits = [hit for hit in result["hits"] if hit["rank"] in ranks]
    print("", *(f"  [{hit['rank']}] {hit['citation']}" for hit in hits), sep="\n")


def find(args: argparse.Namespace, settings: Settings) -> int:
    """Where some words stand."""
    engine = open_engine(settings)

    def each(text: str) -> FindReply:
        k = settings.k if args.k is None else args.k
        return engine.find(text, k, args.all_versions, documents_of(args, engine))

    return one_or_batch(args, args.text, Batch(engine, each, "text"), find_text)


def check(args: argparse.Namespace, settings: Settings) -> int:
    """A draft's citations and quotations, and the files made of them."""
    from qa.drafts import draft_of_text, read_draft

    engine = open_engine(settings)
    if args.batch:
        return _check_batch(args, engine)
    if args.file is None:
        raise InputError("请写明要核对的文件，例如：faju check 草稿.docx；- 表示从标准输入读。")
    draft = draft_of_text(sys.stdin.read()) if args.file == "-" else read_draft(args.file)
    with progress_bar("核对", "处") as progress:
        checked = engine.check(draft, progress)
    outputs = (
        (args.corrected, checked.corrected),
        (args.report, checked.report),
        (args.csv, checked.table),
    )
    for path, make in outputs:
        if path:
            write_bytes(Path(path), make()[1])
    result = checked.record()
    if args.json:
        print_json(result)
    else:
        print(check_text(result))
    return NOTHING if checked.faults else DONE


def _check_batch(args: argparse.Namespace, engine: Engine) -> int:
    if args.corrected or args.report or args.csv:
        raise InputError("--corrected、--report、--csv 是一份草稿的，不能和 --batch 一起用。")

    def each(text: str) -> CheckReply:
        return engine.check(text).record()

    return one_or_batch(args, args.file, Batch(engine, each, "draft"), check_text)

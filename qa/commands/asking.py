"""``faju search``, ``ask``, ``find`` and ``check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from corpus import InputError
from qa.commands.batches import ask_batch
from qa.commands.output import (
    DONE,
    NOTHING,
    filters_of,
    one_or_batch,
    open_engine,
    print_json,
    progress_bar,
    write_bytes,
)
from qa.settings import Settings
from qa.terminal import ask_text, check_text, find_text, search_text

__all__ = ["ask", "check", "find", "search"]


def search(args: argparse.Namespace, settings: Settings) -> int:
    """Ranked passages."""
    engine = open_engine(settings)
    filters = filters_of(args)

    def each(query: str) -> dict[str, Any]:
        return engine.search(query, args.k, args.run, filters)

    return one_or_batch(args, args.query, each, "query", search_text)


def ask(args: argparse.Namespace, settings: Settings) -> int:
    """Verbatim answer sentences, or that the library does not say."""
    engine = open_engine(settings)
    filters = filters_of(args)

    def each(question: str) -> dict[str, Any]:
        return engine.ask(question, args.k, filters)

    if args.batch:
        return ask_batch(args, engine, each)
    return one_or_batch(args, args.question, each, "question", ask_text)


def find(args: argparse.Namespace, settings: Settings) -> int:
    """Where some words stand."""
    engine = open_engine(settings)

    def each(text: str) -> dict[str, Any]:
        k = settings.k if args.k is None else args.k
        return engine.find(text, k, args.all_versions, args.document or ())

    return one_or_batch(args, args.text, each, "text", find_text)


def check(args: argparse.Namespace, settings: Settings) -> int:
    """A draft's citations and quotations, and the files made of them."""
    from qa.drafts.draft import draft_of_text, read_draft

    engine = open_engine(settings)
    if args.batch:
        return one_or_batch(
            args, args.file, lambda text: engine.check(text).record(), "draft", check_text
        )
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

"""``faju search``, ``ask`` and ``find``."""

from __future__ import annotations

import argparse
import sys

from qa.commands.batch import Batch, one_or_batch
from qa.commands.output import (
    documents_of,
    filters_of,
    open_engine,
)
from qa.commands.terminal import (
    ask_text,
    find_text,
    search_text,
    written_head,
    written_line,
)
from qa.records import AskReply, FindReply, SearchReply
from qa.settings import Settings
from qa.written import LanguageModel, Writer, WritingError

__all__ = ["ask", "find", "search"]


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

    def shown(result: AskReply) -> str:
        return ask_text(result, args.k)

    status = one_or_batch(args, args.question, Batch(engine, each, "question"), shown)
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

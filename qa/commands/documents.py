"""``faju documents list``, ``show`` and ``cited``: what the library holds, and what it cites."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import InputError, OwnDocument, load_register
from qa.commands.output import DONE, open_engine, print_all
from qa.commands.terminal import cited_line, document_text, link_line, printable
from qa.exports import source_lines, source_page
from qa.inputs import write_whole
from qa.records import DocumentRecord
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["cited_by_document", "list_documents", "show_document"]


def list_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Every document, or the home's own."""
    engine = open_engine(settings)
    own = {entry.id: entry for entry in load_register(settings.home)}
    records = [
        _with_origin(record, own.get(record["id"]))
        for record in engine.documents()
        if not args.own or record["id"] in own
    ]
    lines = [
        f"{r['id']:<20}  {r['status']}  {r['name']}  {r['passages']} 段"
        + (f"  来自 {r['file']}，{r['added']} 入库" if "file" in r else "")
        for r in records
    ]
    unbuilt = sorted(own.keys() - engine.index.documents.keys())
    if unbuilt:
        said = f"有 {len(unbuilt)} 份文档已登记、还没有进入索引，请运行：faju build"
        print(said, file=sys.stderr)
    return print_all(args, records, lines)


def show_document(args: argparse.Namespace, settings: Settings) -> int:
    """One document with its table of contents."""
    if args.name is None:
        raise InputError("请写明要看哪份文档，例如：faju documents show 民法典")
    engine = open_engine(settings)
    record = engine.document(args.name)
    own = {entry.id: entry for entry in load_register(settings.home)}
    entry = own.get(record["id"])
    record = _with_origin(record, entry)
    lines = [document_text(record)]
    if args.out and not args.source:
        raise InputError(
            "--out 要和 --source 一起用，例如：faju documents show 规划 --source --out 对照.html"
        )
    if args.source:
        document = engine.index.documents[record["id"]]
        if args.out:
            write_whole(Path(args.out), source_page(settings.home, document).encode())
            print(f"已写到 {args.out}，请用浏览器打开。", file=sys.stderr)
            return DONE
        file = entry and settings.home / "documents" / entry.id / f"original.{entry.format}"
        lines = [*([f"原文件：{file}"] if file else []), *source_lines(document)]
    return print_all(args, [record], [printable(line) for line in lines])


def cited_by_document(args: argparse.Namespace, settings: Settings) -> int:
    """What a document cites, or (``--by``) what cites it or one of its articles."""
    engine = open_engine(settings)
    if args.graph:
        engine.write_graph(Path(args.graph), args.name)
    if args.by:
        links = engine.links(*_place(engine, args.name))["cited_by"]
        return print_all(args, links, [link_line(link) for link in links])
    rows = engine.cited(args.name)
    if not all(row["held"] for row in rows) and not args.json:
        said = "未入库的：faju documents fetch 标题（有官方网址的），或 faju documents add 文件"
        print(said, file=sys.stderr)
    return print_all(args, rows, [cited_line(row) for row in rows])


def _with_origin(record: DocumentRecord, own: OwnDocument | None) -> DocumentRecord:
    """The record, of one of the home's own documents with where it is from and how it was read."""
    if own is None:
        return record
    return {
        **record,
        "file": own.file,
        "format": own.format,
        "sha256": own.sha256,
        "added": own.added,
        "method": own.method,
        "address": own.address,
        "fetched": own.fetched,
        "warnings": list(own.warnings),
    }


def _place(engine: Engine, name: str | None) -> tuple[str, int | None]:
    """民法典, or 民法典第五十四条: the document, and where the article begins."""
    if name is None:
        raise InputError(
            "请写明是哪份文件或哪一条，例如：faju documents cited 民法典第五十四条 --by"
        )
    hits = engine.ask(name)["hits"] if "第" in name else []
    if hits and hits[0]["article"]:
        return hits[0]["document"]["id"], hits[0]["start"]
    return name, None

"""``faju build`` and ``faju documents``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import InputError
from qa.commands.output import DONE, open_engine, print_all, print_json, progress_bar
from qa.settings import Settings
from qa.terminal import cited_line, document_text, link_line

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["build", "documents"]


def build(args: argparse.Namespace, settings: Settings) -> int:
    """Prepare the model, read the library, bring the index up to date."""
    from qa.build import build as build_library

    with progress_bar("计算向量", "段") as progress:
        built = build_library(
            settings, lambda line: print(line, file=sys.stderr), progress, args.force
        )
    if args.json:
        print_json({**asdict(built), "home": str(settings.home)})
    else:
        state = "已建好" if built.fresh else "已是最新"
        size = f"{built.documents} 份文档，{built.passages} 段"
        print(f"文档库{state}：{size}，存放在 {settings.home}")
    return DONE


def documents(args: argparse.Namespace, settings: Settings) -> int:
    """List, show, and follow the citations of what the library holds."""
    engine = open_engine(settings)
    if args.action == "show":
        if args.id is None:
            raise InputError("请写明要看哪份文档，例如：faju documents show 民法典")
        record = engine.document(args.id)
        return print_all(args, [record], [document_text(record)])
    if args.action == "cited":
        if args.graph:
            engine.write_graph(Path(args.graph), args.id)
        if args.by:
            links = engine.links(*_place(engine, args.id))["cited_by"]
            return print_all(args, links, [link_line(link) for link in links])
        rows = engine.cited(args.id)
        return print_all(args, rows, [cited_line(row) for row in rows])
    records = engine.documents()
    lines = [f"{r['id']:<20}  {r['status']}  {r['name']}  {r['passages']} 段" for r in records]
    return print_all(args, records, lines)


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

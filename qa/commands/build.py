"""``faju build``."""

from __future__ import annotations

import argparse

from qa.commands.output import DONE, print_json
from qa.commands.progress import progress_bar
from qa.records import BuiltRecord
from qa.settings import Settings

__all__ = ["build"]


def build(args: argparse.Namespace, settings: Settings) -> int:
    """Prepare the model, read the library, bring the index up to date."""
    from qa.library import build as build_library

    with progress_bar("计算向量", "段") as progress:
        built = build_library(settings, progress.say, progress, args.force)
    if args.json:
        record: BuiltRecord = {
            "documents": built.documents,
            "passages": built.passages,
            "model": built.model,
            "fresh": built.fresh,
            "home": str(settings.home),
        }
        print_json(record)
    else:
        state = "已建好" if built.fresh else "已是最新"
        size = f"{built.documents} 份文档，{built.passages} 段"
        print(f"文档库{state}：{size}，存放在 {settings.home}")
    return DONE

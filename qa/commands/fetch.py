"""``faju documents fetch``: cited documents from their official addresses."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from corpus import CitedEntry, InputError
from corpus.fetch import Downloads, Policy, has_law_cn
from index import read_manifest
from qa.commands.output import DONE, MISTAKE, NOTHING, print_json
from qa.commands.progress import progress_bar
from qa.commands.terminal import printable
from qa.library import Outcome, fetch, not_held, wanted
from qa.records import FetchedRecord
from qa.settings import Settings

__all__ = ["fetch_documents"]

_SAID = {
    "added": "已入库",
    "newer": "已更新",
    "older": "已入库",
    "same": "没有变化",
    "failed": "失败",
    "unlisted": "没有网址",
}


def fetch_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Fetch what is named, or all that is cited and not held; 1 when some failed, 2 when all."""
    if bool(args.names) == args.all_cited:
        raise InputError("请写明要获取哪份文件，例如 法治中国建设规划，或者只写 --cited。")
    read_manifest(settings.home)  # Nothing is added to a library that was never built.
    entries = list(_entries(args, settings))
    unlisted = [] if has_law_cn() else [entry for entry in entries if _is_unlisted(args, entry)]
    downloads = Downloads(Policy())
    outcomes = []
    for entry in entries:
        if entry not in unlisted:
            outcomes.append(_fetched(args, settings, entry, downloads))
    for entry in unlisted:
        _tell(args, {"outcome": "unlisted", "title": entry.title, "message": f"{entry.how}。"})
    failed = sum(outcome.outcome == "failed" for outcome in outcomes)
    if not args.json:
        print(_tally(outcomes, len(unlisted)))
    return MISTAKE if failed and failed == len(outcomes) else NOTHING if failed else DONE


def _entries(args: argparse.Namespace, settings: Settings) -> Sequence[CitedEntry]:
    if args.all_cited:
        return not_held(settings)
    if args.law_cn:
        return [CitedEntry(name.strip("《》"), "") for name in args.names]
    return wanted(settings, args.names)


def _is_unlisted(args: argparse.Namespace, entry: CitedEntry) -> bool:
    return bool(args.all_cited) and not entry.address


def _fetched(
    args: argparse.Namespace, settings: Settings, entry: CitedEntry, downloads: Downloads
) -> Outcome:
    print(f"正在获取《{entry.title}》 {entry.address}", file=sys.stderr)
    with progress_bar("计算向量", "段") as progress:
        outcome = fetch(settings, entry, downloads, lambda line: None, progress)
    _tell(args, outcome.record())
    return outcome


def _tell(args: argparse.Namespace, record: FetchedRecord) -> None:
    """One document: a line, and the differences of a changed one under it."""
    if args.json:
        print_json(record)
        return
    line = f"{_SAID[record['outcome']]}  《{record['title']}》  {record['message']}"
    print(printable("\n    ".join([line, *record.get("differences", ())])), flush=True)


def _tally(outcomes: list[Outcome], unlisted: int) -> str:
    if not outcomes:
        return "规划引用的文件里，有官方网址的都已入库。"
    counts = Counter(_SAID[outcome.outcome] for outcome in outcomes)
    tally = "，".join(f"{said} {count}" for said, count in counts.items())
    rest = f"另有 {unlisted} 份没有公开网址。" if unlisted else ""
    return f"获取 {len(outcomes)} 份：{tally}。{rest}"

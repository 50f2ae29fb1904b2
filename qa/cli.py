"""The command line: parse, call one function, print."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import FajuError, InputError
from index import RUNS, Filters
from qa.settings import Settings

__all__ = ["main"]

Command = Callable[[argparse.Namespace, Settings], int]

DONE, NOTHING, MISTAKE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 nothing found or not answered, 2 a mistake."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = _parser().parse_args(argv)
    logging.basicConfig(
        level=logging.INFO if args.verbose else logging.WARNING, stream=sys.stderr, format="%(message)s"
    )
    flags = {name: getattr(args, name, None) for name in ("model", "backend", "laws", "host", "port")}
    try:
        status: int = args.command(args, Settings.load(args.home, **flags))
    except FajuError as exc:
        print(f"faju: {exc}", file=sys.stderr)
        return MISTAKE
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("faju: 已取消。", file=sys.stderr)
        return 130
    return status


def _build(args: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from qa.build import build

    bar: tqdm[Any] = tqdm(unit="条", desc="计算向量", file=sys.stderr, disable=None, leave=False)

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    with bar:
        built = build(settings, lambda line: tqdm.write(line, file=sys.stderr), progress, args.force)
    if args.json:
        _print_json({"documents": built.documents, "passages": built.passages, "model": built.model,
                     "fresh": built.fresh, "home": str(settings.home)})
    else:
        state = "已建好" if built.fresh else "已是最新"
        print(f"文档库{state}:{built.documents} 份文档,{built.passages} 段,存放在 {settings.home}")
    return DONE


def _search(args: argparse.Namespace, settings: Settings) -> int:
    engine = _engine(settings)
    filters = _filters(args)

    def search(query: str) -> dict[str, Any]:
        return engine.search(query, args.k, args.run, filters)

    return _one_or_batch(args, args.query, search, "query", _show_search)


def _ask(args: argparse.Namespace, settings: Settings) -> int:
    engine = _engine(settings)
    filters = _filters(args)

    def ask(question: str) -> dict[str, Any]:
        return engine.ask(question, args.k, filters)

    return _one_or_batch(args, args.question, ask, "question", _show_ask)


def _documents(args: argparse.Namespace, settings: Settings) -> int:
    engine = _engine(settings)
    if args.action == "show":
        if args.id is None:
            raise InputError("请写明要看哪份文档,例如:faju documents show 民法典")
        record = engine.document(args.id)
        lines = [f"{record['name']}  {record['status']}  {record['issuer']} {record['published']}"]
        lines += ["  " * entry["level"] + entry["heading"] for entry in record["toc"]]
        return _print_all(args, [record], lines)
    if args.action == "cited":
        rows = engine.cited(args.id)
        return _print_all(args, rows, [_cited_line(row) for row in rows])
    records = engine.documents()
    lines = [f"{r['id']:<20}  {r['status']}  {r['name']}  {r['passages']} 段" for r in records]
    return _print_all(args, records, lines)


def _serve(args: argparse.Namespace, settings: Settings) -> int:
    from app import serve

    serve(settings)
    return DONE


def _evaluate(args: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from qa.evaluate import evaluate, format_table, write_files
    from qa.questions import read_questions

    questions = read_questions(args.questions)
    engine = _engine(settings)

    def searcher(run: Any) -> Callable[[str], list[dict[str, Any]]]:
        return lambda query: list(engine.search(query, 100, run)["hits"])

    runs = {run: searcher(run) for run in args.run or ["hybrid"]}
    bar = tqdm(questions, unit="题", file=sys.stderr, disable=None, leave=False)
    report = evaluate(bar, runs, engine.ask, engine.index.documents.values())
    if args.out:
        write_files(report, args.out)
    if args.json:
        _print_json(report.figures())
    else:
        print(format_table(report))
    return DONE


def _engine(settings: Settings) -> Any:
    from qa.engine import Engine

    return Engine.open(settings)


def _filters(args: argparse.Namespace) -> Filters:
    return Filters(
        documents=tuple(args.document or ()),
        section=args.section or "",
        all_versions=args.all_versions,
    )


def _one_or_batch(
    args: argparse.Namespace,
    given: str | None,
    call: Callable[[str], dict[str, Any]],
    name: str,
    show: Callable[[dict[str, Any]], None],
) -> int:
    if args.batch:
        if given is not None:
            raise InputError("--batch 和直接写的问题只能选一个。")
        return _run_batch(args, call, name)
    if args.out:
        raise InputError("--out 要和 --batch 一起用。")
    if given is None:
        raise InputError("请写要查的内容,或用 --batch 文件.jsonl;- 表示从标准输入读。")
    result = call(sys.stdin.read() if given == "-" else given)
    if args.json:
        _print_json(result)
    else:
        show(result)
    return DONE if _found(result) else NOTHING


def _run_batch(
    args: argparse.Namespace, call: Callable[[str], dict[str, Any]], name: str
) -> int:
    from tqdm import tqdm

    from qa.questions import read_batch

    lines = list(read_batch(args.batch))

    def results() -> Iterator[dict[str, Any]]:
        for key, text in tqdm(lines, unit="题", file=sys.stderr, disable=None, leave=False):
            try:
                yield {"id": key, **call(text)}
            except InputError as exc:
                yield {"id": key, name: text, "hits": [], "error": str(exc)}

    status = DONE
    if args.out is None:
        for result in results():
            status = max(status, DONE if _found(result) else NOTHING)
            _print_json(result)
        return status
    try:
        with Path(args.out).open("w", encoding="utf-8", newline="\n") as file:
            for result in results():
                status = max(status, DONE if _found(result) else NOTHING)
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
    except OSError as exc:
        raise InputError(f"写不了 {args.out}({exc.strerror}),请换一个位置。") from exc
    return status


def _found(result: dict[str, Any]) -> bool:
    return bool(result.get("answered", result["hits"]))


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False))


def _print_all(args: argparse.Namespace, records: list[dict[str, Any]], lines: list[str]) -> int:
    for record in records if args.json else ():
        _print_json(record)
    for line in () if args.json else lines:
        print(line)
    return DONE if records else NOTHING


def _show_search(result: dict[str, Any]) -> None:
    if result["notice"]:
        print(result["notice"], file=sys.stderr)
    if not result["hits"]:
        print("没有找到。")
    for hit in result["hits"]:
        print(f"{hit['rank']}. {hit['citation']}  [{hit['document']['status']}]  {hit['score']:.3f}")
        print(f"   {hit['text']}\n")


def _show_ask(result: dict[str, Any]) -> None:
    if result["notice"]:
        print(result["notice"], file=sys.stderr)
    if not result["answered"]:
        print("文件未作规定。以下内容可能相关:\n" if result["hits"] else "文件未作规定。")
        for hit in result["hits"][:3]:
            print(f"  {hit['citation']}\n  {hit['text'][:80]}……\n")
    for sentence in result["sentences"]:
        hit = result["hits"][sentence["hit"] - 1]
        print(f"  {sentence['text']}\n    ——{hit['citation']}  [{hit['document']['status']}]\n")


def _cited_line(row: dict[str, Any]) -> str:
    lines = "、".join(map(str, row["lines"]))
    state = "入库" if row["held"] else "未入库"
    return f"{state}  《{row['title']}》  第 {lines} 行  {row['how']}"


def _parser() -> argparse.ArgumentParser:
    from qa.options import make_parser

    return make_parser(
        {
            "build": _build,
            "search": _search,
            "ask": _ask,
            "documents": _documents,
            "serve": _serve,
            "evaluate": _evaluate,
        },
        RUNS,
    )

"""The command line: parse, call one function, print."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import FajuError, InputError
from index import RUNS, Filters
from qa.batch import found_nothing, run_batch
from qa.settings import Settings
from qa.terminal import (
    ask_text,
    check_text,
    cited_line,
    document_text,
    find_text,
    link_line,
    search_text,
)

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["main"]

DONE, NOTHING, MISTAKE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 nothing found or not answered, 2 a mistake."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = _parser().parse_args(argv)
    logging.basicConfig(
        level=logging.INFO if args.verbose else logging.WARNING,
        stream=sys.stderr,
        format="%(message)s",
    )
    flags = {
        name: getattr(args, name, None) for name in ("model", "backend", "laws", "host", "port")
    }
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
    from qa.build import build

    with _bar("计算向量", "段") as progress:
        built = build(settings, lambda line: print(line, file=sys.stderr), progress, args.force)
    if args.json:
        _print_json({**asdict(built), "home": str(settings.home)})
    else:
        state = "已建好" if built.fresh else "已是最新"
        size = f"{built.documents} 份文档，{built.passages} 段"
        print(f"文档库{state}：{size}，存放在 {settings.home}")
    return DONE


def _search(args: argparse.Namespace, settings: Settings) -> int:
    engine = _engine(settings)
    filters = _filters(args)

    def search(query: str) -> dict[str, Any]:
        return engine.search(query, args.k, args.run, filters)

    return _one_or_batch(args, args.query, search, "query", search_text)


def _ask(args: argparse.Namespace, settings: Settings) -> int:
    engine = _engine(settings)
    filters = _filters(args)

    def ask(question: str) -> dict[str, Any]:
        return engine.ask(question, args.k, filters)

    return _one_or_batch(args, args.question, ask, "question", ask_text)


def _find(args: argparse.Namespace, settings: Settings) -> int:
    engine = _engine(settings)

    def find(text: str) -> dict[str, Any]:
        k = settings.k if args.k is None else args.k
        return engine.find(text, k, args.all_versions, args.document or ())

    return _one_or_batch(args, args.text, find, "text", find_text)


def _check(args: argparse.Namespace, settings: Settings) -> int:
    from qa.drafts.draft import draft_of_text, read_draft

    engine = _engine(settings)
    if args.batch:
        return _one_or_batch(
            args, args.file, lambda text: engine.check(text).record(), "draft", check_text
        )
    if args.file is None:
        raise InputError("请写明要核对的文件，例如：faju check 草稿.docx；- 表示从标准输入读。")
    draft = draft_of_text(sys.stdin.read()) if args.file == "-" else read_draft(args.file)
    with _bar("核对", "处") as progress:
        checked = engine.check(draft, progress)
    outputs = (
        (args.corrected, checked.corrected),
        (args.report, checked.report),
        (args.csv, checked.table),
    )
    for path, make in outputs:
        if path:
            _write(Path(path), make()[1])
    result = checked.record()
    if args.json:
        _print_json(result)
    else:
        print(check_text(result))
    return NOTHING if checked.faults else DONE


def _documents(args: argparse.Namespace, settings: Settings) -> int:
    engine = _engine(settings)
    if args.action == "show":
        if args.id is None:
            raise InputError("请写明要看哪份文档，例如：faju documents show 民法典")
        record = engine.document(args.id)
        return _print_all(args, [record], [document_text(record)])
    if args.action == "cited":
        if args.graph:
            engine.write_graph(Path(args.graph), args.id)
        if args.by:
            links = engine.links(*_place(engine, args.id))["cited_by"]
            return _print_all(args, links, [link_line(link) for link in links])
        rows = engine.cited(args.id)
        return _print_all(args, rows, [cited_line(row) for row in rows])
    records = engine.documents()
    lines = [f"{r['id']:<20}  {r['status']}  {r['name']}  {r['passages']} 段" for r in records]
    return _print_all(args, records, lines)


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


def _serve(args: argparse.Namespace, settings: Settings) -> int:
    from app import serve

    serve(settings, print)
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


def _engine(settings: Settings) -> Engine:
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
    show: Callable[[dict[str, Any]], str],
) -> int:
    if args.batch:
        if given is not None:
            raise InputError("--batch 和直接写的内容只能选一个。")
        return DONE if run_batch(args.batch, args.out, call, name) else NOTHING
    if args.out:
        raise InputError("--out 要和 --batch 一起用。")
    if given is None:
        raise InputError("请写要查的内容，或用 --batch 文件.jsonl；- 表示从标准输入读。")
    result = call(sys.stdin.read() if given == "-" else given)
    if args.json:
        _print_json(result)
    else:
        print(show(result))
    return NOTHING if found_nothing(result) else DONE


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as exc:
        raise InputError(f"写不了 {path}（{exc.strerror}），请换一个位置。") from exc


@contextmanager
def _bar(title: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, where that is a terminal."""
    from tqdm import tqdm

    bar: tqdm[Any] = tqdm(unit=unit, desc=title, file=sys.stderr, disable=None, leave=False)

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    with bar:
        yield progress


def _print_json(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False))


def _print_all(args: argparse.Namespace, records: list[dict[str, Any]], lines: list[str]) -> int:
    for record in records if args.json else ():
        _print_json(record)
    for line in () if args.json else lines:
        print(line)
    return DONE if records else NOTHING


def _parser() -> argparse.ArgumentParser:
    from qa.options import make_parser

    return make_parser(
        {
            "build": _build,
            "search": _search,
            "ask": _ask,
            "find": _find,
            "check": _check,
            "documents": _documents,
            "serve": _serve,
            "evaluate": _evaluate,
        },
        RUNS,
    )

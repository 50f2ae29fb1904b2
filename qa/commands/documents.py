"""``faju documents``: what the library holds, what it cites, what is added and removed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import FajuError, InputError, OwnDocument, load_register
from qa.commands.compare import compare_named
from qa.commands.fetch import fetch_documents
from qa.commands.output import (
    DONE,
    MISTAKE,
    NOTHING,
    open_engine,
    print_all,
    print_json,
    progress_bar,
)
from qa.commands.terminal import cited_line, document_text, link_line, printable, reading_text
from qa.library import Intake, Reading, read_file
from qa.records import AddedRecord, DocumentRecord, ReadFacts, RemovedRecord
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["documents"]

_LARGEST = 300 * 2**20
_FACTS = {"title": "title", "issuer": "issuer", "number": "number", "status": "status"}
_FACTS |= {"date": "published", "effective": "effective"}
_SAID = {"added": "已入库", "same": "已有", "declined": "没有入库", "failed": "失败"}


def documents(args: argparse.Namespace, settings: Settings) -> int:
    """List, show, follow citations, add, remove and fetch."""
    if args.action == "fetch":
        return fetch_documents(args, settings)
    if args.action == "compare":
        return compare_named(args, settings)
    actions = {"add": _add, "remove": _remove}
    if args.action in actions:
        if not args.names:
            raise InputError(f"请写明是哪份文件，例如：faju documents {args.action} 规划.docx")
        return actions[args.action](args, settings)
    if len(args.names) > 1:
        raise InputError(f"documents {args.action} 一次只看一份文档，请只写一个名称。")
    name = args.names[0] if args.names else None
    engine = open_engine(settings)
    if args.action == "show":
        return _show(args, engine, name)
    if args.action == "cited":
        return _cited(args, engine, name)
    return _list(args, engine)


def _list(args: argparse.Namespace, engine: Engine) -> int:
    own = {entry.id: entry for entry in load_register(engine.settings.home)}
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


def _show(args: argparse.Namespace, engine: Engine, name: str | None) -> int:
    if name is None:
        raise InputError("请写明要看哪份文档，例如：faju documents show 民法典")
    own = {entry.id: entry for entry in load_register(engine.settings.home)}
    record = engine.document(name)
    record = _with_origin(record, own.get(record["id"]))
    return print_all(args, [record], [document_text(record)])


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


def _cited(args: argparse.Namespace, engine: Engine, name: str | None) -> int:
    if args.graph:
        engine.write_graph(Path(args.graph), name)
    if args.by:
        links = engine.links(*_place(engine, name))["cited_by"]
        return print_all(args, links, [link_line(link) for link in links])
    rows = engine.cited(name)
    return print_all(args, rows, [cited_line(row) for row in rows])


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


@dataclass(slots=True)
class _Consent:
    """Whether a change may be made: asked on a terminal, taken for granted with ``--yes``."""

    granted: bool

    def __call__(self, question: str) -> bool:
        while not self.granted:
            print(f"{question}（y 是，n 否，a 以下全部是）", end="", file=sys.stderr, flush=True)
            answer = sys.stdin.readline().strip().lower()
            if answer in {"n", "no", "否", ""}:
                return False
            self.granted = answer in {"a", "全部"}
            if answer in {"y", "yes", "是"}:
                return True
        return True


def _consent(args: argparse.Namespace, what: str) -> _Consent:
    if not args.yes and not sys.stdin.isatty():
        raise InputError(f"这里不能逐份确认，请加 --yes 直接{what}。")
    return _Consent(args.yes)


def _add(args: argparse.Namespace, settings: Settings) -> int:
    """Read each file, have it confirmed, keep it; then one index for all."""
    consent = _consent(args, "入库")
    files = list(_files(args.names))
    facts = {told: getattr(args, name) for name, told in _FACTS.items()}
    facts = {name: fact for name, fact in facts.items() if fact is not None}
    if len(files) != 1 and facts.keys() - {"status", "issuer"}:
        raise InputError("标题、文号和日期只能在一次加一份文件时指定，请逐份入库。")
    with Intake(settings) as intake:
        single = len(files) == 1
        outcomes = [_taken(args, intake, path, facts, consent, single) for path in files]
        built = None
        if intake.changed:
            with progress_bar("计算向量", "段") as progress:
                built = intake.commit(lambda line: print(line, file=sys.stderr), progress)
    return _report(args, outcomes, f"文档库现有 {built.documents} 份文档。" if built else "")


def _files(names: Sequence[str]) -> Iterator[Path]:
    """The files that were named, and those in the folders that were; hidden ones left out."""
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        inside = sorted(each for each in path.rglob("*") if each.is_file())
        shown = [each for each in inside if not _hidden(each.relative_to(path))]
        if not shown:
            raise InputError(f"文件夹 {name} 里没有文件，请换一个。")
        yield from shown


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _taken(
    args: argparse.Namespace,
    intake: Intake,
    path: Path,
    facts: dict[str, str],
    consent: _Consent,
    single: bool,
) -> AddedRecord:
    """One file's outcome: added, same, declined, or failed and why."""
    outcome: AddedRecord = {"file": str(path), "outcome": "failed", "id": None, "message": ""}
    try:
        with progress_bar(f"读取 {path.name[:40]}", "页") as progress:
            content = _content(path)
            reading = read_file(content, path.name, ocr=not args.no_ocr, progress=progress)
        reading = intake.told(reading, **facts)
        outcome = {**outcome, **_facts(reading)}
        if reading.relation == "same":
            message = f"库中已有{reading.held}，内容相同，没有重复入库。"
            return {**outcome, "outcome": "same", "message": message}
        if not args.json and (single or not args.yes):
            print(printable(reading_text(reading)), flush=True)
        if not consent("入库吗？"):
            return {**outcome, "outcome": "declined"}
        own = intake.accept(reading)
    except FajuError as problem:
        return {**outcome, "message": str(problem)}
    versions = {"newer": f"新版本，代替{reading.held}。", "older": f"旧版本，现用{reading.held}。"}
    return {
        **outcome,
        "outcome": "added",
        "id": own.id,
        "message": versions.get(reading.relation, ""),
    }


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path.name} 超过 {_LARGEST // 2**20} MB，请拆分后再入库。")
        return path.read_bytes()
    except OSError as exc:
        raise InputError(f"读不了 {path}（{exc.strerror}），请检查路径。") from exc


def _facts(reading: Reading) -> ReadFacts:
    told = reading.proposal
    return {
        "title": told.title,
        "issuer": told.issuer,
        "number": told.number,
        "published": told.published,
        "effective": told.effective,
        "kind": told.kind,
        "status": told.status,
        "warnings": list(reading.warnings),
    }


def _report(args: argparse.Namespace, outcomes: Sequence[AddedRecord], built: str) -> int:
    """Each file's outcome in a line; 1 when some failed, 2 when all did."""
    for outcome in outcomes:
        if args.json:
            print_json(outcome)
        else:
            title = f"《{outcome['title']}》" if "title" in outcome else ""
            words = (_SAID[outcome["outcome"]], outcome["file"], title, outcome["message"])
            print(printable("  ".join(word for word in words if word)))
    counts = {said: sum(o["outcome"] == key for o in outcomes) for key, said in _SAID.items()}
    if not args.json:
        tally = "，".join(f"{said} {count}" for said, count in counts.items() if count)
        print(f"共 {len(outcomes)} 个文件：{tally}。{built}")
    failed = counts[_SAID["failed"]]
    return MISTAKE if failed == len(outcomes) else NOTHING if failed else DONE


def _remove(args: argparse.Namespace, settings: Settings) -> int:
    """Take documents out again, index and all."""
    consent = _consent(args, "移出")
    removed: list[OwnDocument] = []
    with Intake(settings) as intake:
        for name in args.names:
            found = intake.find(name)
            for own in found:
                if consent(f"移出《{own.title}》（{own.id}）吗？"):
                    intake.remove(own.id)
                    removed.append(own)
        if intake.changed:
            with progress_bar("计算向量", "段") as progress:
                intake.commit(lambda line: print(line, file=sys.stderr), progress)
    records: list[RemovedRecord] = [
        {"id": own.id, "title": own.title, "outcome": "removed"} for own in removed
    ]
    return print_all(args, records, [f"已移出  {own.id}  《{own.title}》" for own in removed])

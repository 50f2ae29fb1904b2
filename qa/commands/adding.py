"""``faju documents add`` and ``remove``: documents of one's own, in and out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Document, FajuError, InputError, OwnDocument
from corpus.formats import odd_ending
from qa.commands.output import DONE, MISTAKE, NOTHING, print_all, print_json
from qa.commands.progress import progress_bar
from qa.commands.spelling import apart
from qa.commands.terminal import printable, reading_text
from qa.library import Intake, Reading, read_file
from qa.records import AddedRecord, ReadFacts, RemovedRecord
from qa.settings import Settings

__all__ = ["add_documents", "consent_for", "files_in", "remove_documents", "taken", "tell"]

_LARGEST = 300 * 2**20
_FACTS = {"title": "title", "issuer": "issuer", "number": "number", "status": "status"}
_FACTS |= {"date": "published", "effective": "effective"}
_SAID = {"added": "已入库", "same": "已有", "declined": "没有入库", "failed": "失败"}
_SAID |= {"left": "已不在"}


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


def consent_for(args: argparse.Namespace, what: str) -> Callable[[str], bool]:
    """Who says whether a change may be made: ``--yes``, or the person at the terminal."""
    if not args.yes and not sys.stdin.isatty():
        raise InputError(f"这里不能逐份确认，请加 --yes 直接{what}。")
    return _Consent(args.yes)


def add_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Read each file, have it confirmed, keep it; then one index for all."""
    names = _named(args, "add 规划.docx")
    consent = consent_for(args, "入库")
    files = list(_files(apart(names, lambda name: Path(name).exists())))
    facts = {told: getattr(args, name) for name, told in _FACTS.items()}
    facts = {name: fact for name, fact in facts.items() if fact is not None}
    if len(files) != 1 and facts.keys() - {"status", "issuer"}:
        raise InputError("标题、文号和日期只能在一次加一份文件时指定，请逐份入库。")
    with Intake(settings) as intake:
        single = len(files) == 1
        outcomes = [taken(args, intake, path, facts, consent, single) for path in files]
        built = None
        if intake.changed:
            with progress_bar("计算向量", "段") as progress:
                built = intake.commit(progress.say, progress)
    return _report(args, outcomes, f"文档库现有 {built.documents} 份文档。" if built else "")


def _named(args: argparse.Namespace, example: str) -> Sequence[str]:
    if not args.names:
        raise InputError(f"请写明是哪份文件，例如：faju documents {example}")
    names: Sequence[str] = args.names
    return names


def _files(names: Sequence[str]) -> Iterator[Path]:
    """The files that were named, and those in the folders that were; hidden ones left out."""
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        shown = files_in(path)
        if not shown:
            raise InputError(f"文件夹 {name} 里没有文件，请换一个。")
        yield from shown


def files_in(folder: Path) -> list[Path]:
    """The files of a folder and of those in it, hidden ones left out."""
    inside = sorted(each for each in folder.rglob("*") if each.is_file())
    return [each for each in inside if not _hidden(each.relative_to(folder))]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def taken(
    args: argparse.Namespace,
    intake: Intake,
    path: Path,
    facts: dict[str, str],
    consent: Callable[[str], bool],
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
        if args.yes and not single and odd_ending(path.name):
            message = "扩展名不像文书，没有直接入库；确要入库，请单独写出这个文件。"
            return {**outcome, "outcome": "declined", "message": message}
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
        "characters_kept": reading.characters[0],
        "characters_left_out": reading.characters[1],
    }


def tell(args: argparse.Namespace, outcome: AddedRecord) -> None:
    """One file's outcome in a line."""
    if args.json:
        print_json(outcome)
        return
    title = f"《{outcome['title']}》" if "title" in outcome else ""
    words = (_SAID[outcome["outcome"]], outcome["file"], title, outcome["message"])
    print(printable("  ".join(word for word in words if word)), flush=True)


def _report(args: argparse.Namespace, outcomes: Sequence[AddedRecord], built: str) -> int:
    """Each file's outcome in a line; 1 when some failed, 2 when all did."""
    for outcome in outcomes:
        tell(args, outcome)
    counts = {said: sum(o["outcome"] == key for o in outcomes) for key, said in _SAID.items()}
    if not args.json:
        tally = "，".join(f"{said} {count}" for said, count in counts.items() if count)
        print(f"共 {len(outcomes)} 个文件：{tally}。{built}")
    failed = counts[_SAID["failed"]]
    return MISTAKE if failed == len(outcomes) else NOTHING if failed else DONE


def remove_documents(args: argparse.Namespace, settings: Settings) -> int:
    """Take documents out again, index and all."""
    names, consent = _named(args, "remove 滨海市规划"), consent_for(args, "移出")
    removed: list[OwnDocument | Document] = []
    with Intake(settings) as intake:
        for name in names:
            found = intake.find(name)
            for own in found:
                if consent(f"移出《{own.title}》（{own.id}）吗？"):
                    intake.remove(own.id)
                    removed.append(own)
        if intake.changed:
            with progress_bar("计算向量", "段") as progress:
                intake.commit(progress.say, progress)
    records: list[RemovedRecord] = [
        {"id": own.id, "title": own.title, "outcome": "removed"} for own in removed
    ]
    return print_all(args, records, [f"已移出  {own.id}  《{own.title}》" for own in removed])

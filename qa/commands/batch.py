"""``--batch IN --out OUT`` of search, ask, find and check; a run that was stopped goes on."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast

from corpus import InputError, checksum
from qa.commands.output import DONE, NOTHING, print_json
from qa.exports import FORMATS, answers_file, json_lines
from qa.inputs import (
    Asked,
    Field,
    Journal,
    found_nothing,
    journal_path,
    list_of_bytes,
    read_source,
    replies,
    write_whole,
)
from qa.records import AnswerLine, FailedLine, Reply, tally

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Batch", "one_or_batch", "run_batch"]

_STOPPED = 130
_NAMED = 10  # rows that are told one by one
_OPTIONS = ("k", "run", "document", "section", "all_versions")

OneReply = TypeVar("OneReply", bound=Reply)


class _Said(NamedTuple):
    """How a batch is counted, and what is said of those that found nothing."""

    unit: str
    nothing: str = "没有找到"


_SAID: dict[Field, _Said] = {
    "query": _Said("题"),
    "question": _Said("题"),
    "text": _Said("句"),
    "draft": _Said("份", "有错"),
}


class Batch(NamedTuple, Generic[OneReply]):
    """What is called with each line, and the name that its reply has for what was asked."""

    engine: Engine
    call: Callable[[str], OneReply]
    field: Field


def run_batch(args: argparse.Namespace, batch: Batch[OneReply]) -> int:
    """Call with every line of ``args.batch``; into ``args.out``, or as JSON lines to stdout."""
    target = None if args.out is None else _target(args.out, args.batch, batch.field)
    given = list_of_bytes(*read_source(args.batch), args.column or "")
    asked = given.asked
    _say(f"{given.said(_SAID[batch.field].unit)}。")
    if target is None:
        return _printed(asked, batch)
    journal: Journal[OneReply | FailedLine] = Journal(target, _stamp(args, batch, asked))
    try:
        _rest(asked, batch, journal)
        write_whole(target, _content(batch, journal.records, target))
        journal.remove()
    except KeyboardInterrupt:
        unit = _SAID[batch.field].unit
        _say(
            f"已停下：做完 {len(journal.records)} {unit}，共 {len(asked)} {unit}，"
            f"记在 {journal.path}；再运行同一条命令，就从这里接着做。"
        )
        return _STOPPED
    finally:
        journal.close()
    _tell(asked, batch.field, journal.records, target)
    return NOTHING if any(map(found_nothing, journal.records)) else DONE


def one_or_batch(
    args: argparse.Namespace,
    given: str | None,
    batch: Batch[OneReply],
    show: Callable[[OneReply], str],
) -> int:
    """Answer one query, or those of a file, and print or write what comes out."""
    if args.batch:
        if given is not None:
            raise InputError("--batch 和直接写的内容只能选一个。")
        return run_batch(args, batch)
    if args.out or args.column:
        raise InputError(f"{'--out' if args.out else '--column'} 要和 --batch 一起用。")
    if given is None:
        raise InputError("请写要查的内容，或用 --batch 文件.jsonl；- 表示从标准输入读。")
    result = batch.call(sys.stdin.read() if given == "-" else given)
    if args.json:
        print_json(result)
    else:
        print(show(result))
    return NOTHING if found_nothing(result) else DONE


def _target(out: str, source: str, field: Field) -> Path:
    """The file to write; whatever stands against it is said before the work."""
    target = Path(out)
    suffix = target.suffix.lower()
    if field == "question" and suffix not in FORMATS:
        raise InputError(f"--out 的扩展名应是 {'、'.join(FORMATS)} 之一，现在是 {target.name}。")
    if field != "question" and suffix in FORMATS and suffix != ".jsonl":
        raise InputError(f"--out 只能写成 .jsonl，现在是 {target.name}；ask 可以写成表格和 Word。")
    if any(_same(path, Path(source)) for path in (target, journal_path(target))):
        raise InputError("--out 和 --batch 是同一个文件，请给结果另起一个名字。")
    if target.is_dir():
        raise InputError(f"{target} 是文件夹，请写明结果文件的名字。")
    if target.exists() and not target.is_file():
        raise InputError(f"{target} 不是普通的文件；要输出到屏幕或别的程序，请不写 --out。")
    return target


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return os.path.samefile(one, other)
    return one.resolve() == other.resolve()


def _printed(asked: Sequence[Asked], batch: Batch[OneReply]) -> int:
    status = DONE
    for record in replies(asked, batch.call, batch.field):
        print_json(record)
        status = NOTHING if found_nothing(record) else status
    return status


def _stamp(args: argparse.Namespace, batch: Batch[OneReply], asked: Sequence[Asked]) -> str:
    """What the replies depend on: the lines, the library and the options."""
    settings = batch.engine.settings
    chosen = [batch.field, *(getattr(args, name, None) for name in _OPTIONS)]
    chosen += [settings.k, settings.run, settings.answer_threshold, settings.reranker]
    chosen += [settings.llm, settings.llm_model]
    rows = [asdict(each) for each in asked]
    return checksum(json.dumps([rows, batch.engine.version, chosen]).encode())


def _rest(
    asked: Sequence[Asked], batch: Batch[OneReply], journal: Journal[OneReply | FailedLine]
) -> None:
    from tqdm import tqdm

    done, unit = len(journal.records), _SAID[batch.field].unit
    if done:
        _say(f"接着上次做：已有 {done} {unit}，还有 {len(asked) - done} {unit}。")
    bar = tqdm(
        replies(asked[done:], batch.call, batch.field),
        total=len(asked),
        initial=done,
        unit=unit,
        file=sys.stderr,
        disable=None,
        leave=False,
    )
    with bar:
        for record in bar:
            journal.add(record)


def _content(
    batch: Batch[OneReply], records: Sequence[OneReply | FailedLine], target: Path
) -> bytes:
    if batch.field != "question":
        return json_lines(records)
    answers = cast("Sequence[AnswerLine]", records)
    return answers_file(answers, batch.engine.about(), target.suffix.lower())


def _tell(
    asked: Sequence[Asked], field: Field, records: Sequence[Reply | FailedLine], target: Path
) -> None:
    wrong = [
        f"  第 {each.row} 行：{record['error']}"
        for each, record in zip(asked, records, strict=True)
        if "error" in record
    ]
    more = [f"  ……共 {len(wrong)} 行"] if len(wrong) > _NAMED else []
    for line in (*wrong[:_NAMED], *more, f"{_tally(field, records)}结果在 {target}"):
        _say(line)


def _tally(field: Field, records: Sequence[Reply | FailedLine]) -> str:
    if field == "question":
        return tally(cast("Sequence[AnswerLine]", records))
    unit, nothing = _SAID[field]
    failed = sum("error" in record for record in records)
    without = sum(map(found_nothing, records)) - failed
    return f"共 {len(records)} {unit}：{nothing} {without} {unit}，未能处理 {failed} {unit}。"


def _say(line: str) -> None:
    print(line, file=sys.stderr)

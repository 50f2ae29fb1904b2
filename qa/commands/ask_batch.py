"""``faju ask --batch``: questions in a file in, a file of answers out; goes on after a stop."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import InputError, checksum
from qa.commands.output import DONE, NOTHING, print_json
from qa.exports import FORMATS, answers_file
from qa.inputs import Asked, Journal, answers, asked_of_bytes, read_source, write_whole
from qa.records import AnswerLine, AskReply, outcome, tally

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["ask_batch"]

_STOPPED = 130
_NAMED = 10  # rows that are told one by one

Ask = Callable[[str], AskReply]


def ask_batch(args: argparse.Namespace, engine: Engine, ask: Ask) -> int:
    """Answer every question of ``args.batch`` into ``args.out``, or as JSON lines to stdout."""
    if args.question is not None:
        raise InputError("--batch 和直接写的内容只能选一个。")
    target = None if args.out is None else _target(args.out, args.batch)
    asked = asked_of_bytes(*read_source(args.batch))
    if target is None:
        complete = True
        for record in answers(asked, ask):
            print_json(record)
            complete = complete and outcome(record) == "已回答"
        return DONE if complete else NOTHING
    journal: Journal[AnswerLine] = Journal(target, _stamp(args, engine, asked))
    try:
        _answer_rest(asked, ask, journal)
        write_whole(target, answers_file(journal.records, engine.about(), target.suffix.lower()))
        journal.remove()
    except KeyboardInterrupt:
        _say(
            f"已停下：做完 {len(journal.records)} 题，共 {len(asked)} 题，记在 {journal.path}；"
            "再运行同一条命令，就从这里接着做。"
        )
        return _STOPPED
    finally:
        journal.close()
    _tell(asked, journal.records, target)
    return DONE if all(outcome(each) == "已回答" for each in journal.records) else NOTHING


def _target(out: str, source: str) -> Path:
    target = Path(out)
    if target.suffix.lower() not in FORMATS:
        raise InputError(f"--out 的扩展名应是 {'、'.join(FORMATS)} 之一，现在是 {target.name}。")
    if target.resolve() == Path(source).resolve():
        raise InputError("--out 和 --batch 是同一个文件，请给结果另起一个名字。")
    if target.is_dir():
        raise InputError(f"{target} 是文件夹，请写明结果文件的名字。")
    return target


def _stamp(args: argparse.Namespace, engine: Engine, asked: Sequence[Asked]) -> str:
    """What the answers depend on: the questions, the library and the options."""
    chosen = [args.k, args.document, args.section, args.all_versions]
    settings = [engine.settings.k, engine.settings.run, engine.settings.answer_threshold]
    rows = [asdict(each) for each in asked]
    return checksum(json.dumps([rows, engine.version, chosen, settings]).encode())


def _answer_rest(asked: Sequence[Asked], ask: Ask, journal: Journal[AnswerLine]) -> None:
    from tqdm import tqdm

    done = len(journal.records)
    if done:
        _say(f"接着上次做：已有 {done} 题，还有 {len(asked) - done} 题。")
    bar = tqdm(
        answers(asked[done:], ask),
        total=len(asked),
        initial=done,
        unit="题",
        file=sys.stderr,
        disable=None,
        leave=False,
    )
    with bar:
        for record in bar:
            journal.add(record)


def _tell(asked: Sequence[Asked], records: Sequence[AnswerLine], target: Path) -> None:
    wrong = [
        f"  第 {each.row} 行：{record['error']}"
        for each, record in zip(asked, records, strict=True)
        if "error" in record
    ]
    more = [f"  ……共 {len(wrong)} 行"] if len(wrong) > _NAMED else []
    for line in (*wrong[:_NAMED], *more, f"{tally(records)}结果在 {target}"):
        _say(line)


def _say(line: str) -> None:
    print(line, file=sys.stderr)

"""Official texts by the command ``law-cn``, where it is on the machine: run, and never imported.

The command (PyPI: law-cn-cli, PolyForm Noncommercial) searches the official sources and saves what
they give. What comes of it is checked as any page is; nothing of it is needed by this program.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.fetch.download import Fetched
from corpus.names import name_key

__all__ = ["by_law_cn", "has_law_cn"]

_COMMAND = "law-cn"
_SECONDS = 180  # for one of its commands, by eye: it asks several sites one after another
_LARGEST = 50 * 2**20


def has_law_cn() -> bool:
    """Whether the command is on the machine."""
    return shutil.which(_COMMAND) is not None


def by_law_cn(titles: Sequence[str]) -> Fetched:
    """The document that has one of these titles: its file, else the words that the source shows.

    InputError where the command is missing, or finds none of this title, or takes too long.
    """
    if not has_law_cn():
        raise InputError(
            "本机没有 law-cn 命令；需要时请自行安装（PyPI 上的 law-cn-cli，限非商业用途）后再试。"
        )
    found = _found(titles[0], {name_key(title) for title in titles})
    source, identity = str(found["source"]), str(found["source_document_id"])
    address = str(found.get("official_url") or "")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with tempfile.TemporaryDirectory(prefix="faju-law-cn-") as work:
        file = Path(work) / "document.docx"
        _run("download", source, identity, "--format", "docx", "--output", str(file))
        if file.is_file() and file.stat().st_size <= _LARGEST:
            return Fetched(file.read_bytes(), address, now, name=file.name)
    body = _record(_run("info", source, identity)).get("body")
    if not isinstance(body, str) or not body.strip():
        raise InputError(f"law-cn 找到了《{titles[0]}》，但没有取得正文；官方网页是 {address}。")
    return Fetched(body.encode(), address, now, name="document.txt")


def _found(title: str, keys: Collection[str]) -> Mapping[str, Any]:
    """The record of this title: one in force before others, the newest of them."""
    said = _run("search", "auto", title, "--scope", "title", "--view", "raw", "--format", "json")
    try:
        records = json.loads(said or "[]")
    except ValueError as exc:
        raise InputError("law-cn 的检索结果读不懂，可能是另一版本，没有获取。") from exc
    alike = [
        record
        for record in records
        if isinstance(record, dict)
        and {"source", "source_document_id", "title"} <= record.keys()
        and name_key(str(record["title"])) in keys
    ]
    if not alike:
        raise InputError(f"law-cn 没有找到标题是《{title}》的文件。")
    return max(
        alike,
        key=lambda record: (
            record.get("validity_status") == "现行有效",
            str(record.get("publish_date") or ""),
        ),
    )


def _record(said: str) -> Mapping[str, Any]:
    try:
        record = json.loads(said or "{}")
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def _run(*arguments: str) -> str:
    """What the command prints. It ends with an error where one of several sources failed."""
    program = shutil.which(_COMMAND) or _COMMAND
    if any(argument.startswith("-") for argument in arguments[1:3]):
        raise InputError("标题不能以“-”开头。")
    try:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise InputError(f"law-cn 超过 {_SECONDS} 秒没有结果，请稍后再试。") from exc
    except OSError as exc:
        raise InputError(f"law-cn 运行不了（{exc.strerror}）。") from exc
    return done.stdout.decode("utf-8", "replace")

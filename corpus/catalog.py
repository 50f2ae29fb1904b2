"""The library's register: what it holds, what the plan cites, which laws govern it and why."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus.errors import DamagedError, InputError, MissingError
from corpus.names import name_key
from corpus.records import Document
from corpus.validation import Unfit, validated

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
class _Tables:
    """The file, table by table."""

    document: tuple[HeldDocument, ...] = ()
    cited: tuple[CitedEntry, ...] = ()
    core: tuple[CoreLaw, ...] = ()


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


def load_catalog(path: Path | None = None) -> Catalog:
    """Read the packaged catalog, or the one at ``path``, and check the texts it names.

    InputError for what it says wrongly, MissingError for a file it names that is not there,
    DamagedError for a held text whose sha256 is another.
    """
    folder: Traversable = files("corpus") / "documents" if path is None else path.parent
    source = folder / "catalog.toml" if path is None else path
    name = str(source)
    try:
        tables = validated(_Tables, _read(source, name))
    except Unfit as fault:
        pairs = zip(fault.place[::2], fault.place[1::2], strict=True)
        entry = "".join(f"第 {int(number) + 1} 个 [[{key}]] " for key, number in pairs)
        raise InputError(f"目录 {name} {entry}{fault.complaint}") from fault
    catalog = Catalog(tables.document, tables.cited, tables.core, folder)
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


def _read(source: Traversable, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as exc:
        raise MissingError(f"目录 {name} 读不到（{exc.strerror}），请检查路径") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise InputError(f"目录 {name} 不是合法的 TOML 文件（{exc}），请改正") from exc

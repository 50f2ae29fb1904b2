"""Cited documents fetched from their official addresses, checked, and taken into the library.

Each is held as soon as it has come and passed; what failed leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from os.path import commonprefix
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urljoin, urlsplit

from corpus import (
    CitedEntry,
    FajuError,
    InputError,
    OwnDocument,
    list_laws,
    load_catalog,
    load_register,
    name_key,
    own_documents,
)
from corpus.metadata import corrected
from index import document_ids
from qa.library.intake import Intake
from qa.library.reading import Reading, read_file
from qa.records import FetchedRecord
from qa.settings import Settings

if TYPE_CHECKING:
    from corpus.fetch import Downloads, Fetched

__all__ = ["Outcome", "fetch", "not_held", "wanted"]

Progress = Callable[[int, int], None]
Say = Callable[[str], None]

_AROUND = 12  # characters kept on both sides of a difference
_SHOWN = 20  # lines that differ before the rest is only counted
_MOST_FILES = 3  # of a page, that are looked into
_FILES = {".pdf", ".docx"}
_PAGES = {".html", ".htm", ".shtml", ".pdf", ".docx", ".txt"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one cited document; ``differences`` are lines of a changed text, - and +."""

    outcome: Literal["added", "newer", "older", "same", "failed"]
    title: str
    address: str
    message: str
    id: str = ""
    differences: tuple[str, ...] = field(default=())

    def record(self) -> FetchedRecord:
        """The contract's outcome."""
        return {
            "outcome": self.outcome,
            "title": self.title,
            "address": self.address,
            "message": self.message,
            "id": self.id,
            "differences": list(self.differences),
        }


def wanted(settings: Settings, names: Sequence[str]) -> list[CitedEntry]:
    """The catalog's entries of these titles, aliases, or ids of documents fetched before.

    InputError for a name that no entry has.
    """
    catalog = load_catalog()
    titles = {own.id: own.title for own in load_register(settings.home)}
    found = []
    for name in names:
        key = name_key(titles.get(name, name).strip("《》"))
        entry = next((each for each in catalog.cited if key in _keys(each)), None)
        if entry is None:
            raise InputError(
                f"目录里没有“{name[:80]}”的官方网址，请先看有哪些（faju documents cited）。"
            )
        found.append(entry)
    return list(dict.fromkeys(found))


def not_held(settings: Settings) -> list[CitedEntry]:
    """The cited documents that the library does not hold."""
    held = {name_key(own.title) for own in load_register(settings.home)}
    ids = document_ids(settings.home)
    held |= {name_key(law.title) for law in list_laws(date.today()) if law.id in ids}
    return [entry for entry in load_catalog().cited if not held & _keys(entry)]


def _keys(entry: CitedEntry) -> set[str]:
    return {name_key(name) for name in (entry.title, *entry.aliases)}


def fetch(
    settings: Settings,
    entry: CitedEntry,
    downloads: Downloads,
    say: Say,
    progress: Progress | None = None,
) -> Outcome:
    """Download one, check that it is what was wanted, take it in; what failed is an outcome too."""
    try:
        reading = _checked(entry, _downloaded(entry, downloads), downloads)
        return _entered(settings, entry, reading, say, progress)
    except FajuError as problem:
        return Outcome("failed", entry.title, entry.address, str(problem))


def _downloaded(entry: CitedEntry, downloads: Downloads) -> Fetched:
    """From its official address, else by the command law-cn where that is on the machine."""
    from corpus.fetch import by_law_cn, has_law_cn

    if entry.address:
        return downloads.get(entry.address)
    if entry.how and not has_law_cn():
        raise InputError(f"目录里没有它的官方网址；{entry.how}。")
    return by_law_cn((entry.title, *entry.aliases))


def _checked(entry: CitedEntry, fetched: Fetched, downloads: Downloads) -> Reading:
    """The page as read, with the facts of the catalog; InputError when it is not the document.

    A page that hands the document out as a file is followed to that file.
    """
    reading = read_file(fetched.content, fetched.name or _name(fetched.address))
    why = _fault(entry, fetched, reading)
    if not why:
        return _told(entry, fetched, reading)
    for file in _beside(fetched, reading, downloads):
        held = read_file(file.content, _name(file.address))
        if not _fault(entry, file, held):
            return _told(entry, file, held)
    raise InputError(
        f"没有入库：{why}；请在浏览器中打开网址核对，是原文的另存后用 faju documents add 入库。"
    )


def _fault(entry: CitedEntry, fetched: Fetched, reading: Reading) -> str:
    from corpus.fetch import fault

    return fault(entry, fetched.content, reading.extracted, reading.proposal.title)


def _beside(page: Fetched, reading: Reading, downloads: Downloads) -> Iterator[Fetched]:
    """The first files that the page links to and that can be had and may hold a document."""
    addresses = [each.rpartition(": ")[2] for each in reading.extracted.attachments]
    files = [each for each in addresses if PurePosixPath(urlsplit(each).path).suffix in _FILES]
    for address in files[:_MOST_FILES]:
        try:
            yield downloads.get(urljoin(page.address, address))
        except FajuError:
            continue  # What is wrong with the page itself is told.


def _told(entry: CitedEntry, fetched: Fetched, reading: Reading) -> Reading:
    """The document with the facts of the catalog, and where and when it is from."""
    said = reading.proposal
    proposal = corrected(
        said,
        title=entry.title,
        issuer=entry.issuer or said.issuer,
        number=said.number or entry.number,
        published=said.published or entry.date,
    )
    if said.published and entry.date and said.published != entry.date:
        doubt = f"网页所写的日期 {said.published} 与目录所列的 {entry.date} 不同，请核对。"
        proposal = replace(proposal, doubts=(*proposal.doubts, doubt))
    facts = {
        "address": fetched.address,
        "at": fetched.at,
        "server_date": fetched.server_date,
        "modified": fetched.modified,
        "size": str(len(fetched.content)),
    }
    return replace(
        reading, proposal=proposal, address=entry.address or fetched.address, fetched=facts
    )


def _name(address: str) -> str:
    """The last part of the address as a file's name."""
    last = PurePosixPath(unquote(urlsplit(address).path)).name
    return last if PurePosixPath(last).suffix.lower() in _PAGES else f"{last or '网页'}.html"


def _entered(
    settings: Settings, entry: CitedEntry, reading: Reading, say: Say, progress: Progress | None
) -> Outcome:
    checked = f"标题和编号已于 {date.today().isoformat()} 核对"
    with Intake(settings) as intake:
        told = intake.told(reading)
        if told.relation == "same":
            message = f"库中已有{told.held}，内容没有变化，没有重复入库；{checked}。"
            return Outcome("same", entry.title, entry.address, message)
        before = _held_text(settings, entry)
        own = intake.accept(told)
        intake.commit(say, progress)
    message = f"{checked}。" + "".join(told.warnings)
    if told.relation == "new":
        return Outcome("added", entry.title, entry.address, message, own.id)
    outcome: Literal["newer", "older"] = "older" if told.relation == "older" else "newer"
    versions = {"newer": f"新版本，代替{told.held}", "older": f"旧版本，现用{told.held}"}
    changes = tuple(_changes(before, told.extracted.text)) if before else ()
    message = f"{versions[outcome]}；{message}"
    return Outcome(outcome, entry.title, entry.address, message, own.id, changes)


def _held_text(settings: Settings, entry: CitedEntry) -> str:
    """The newest text of the document among the home's own; "" when there is none."""
    versions = [own for own in load_register(settings.home) if name_key(own.title) in _keys(entry)]
    last: OwnDocument | None = max(versions, key=lambda own: own.published, default=None)
    documents = own_documents(settings.home, date.today()) if last else ()
    return next((each.text for each in documents if last and each.id == last.id), "")


def _changes(before: str, after: str) -> Iterator[str]:
    """The paragraphs that changed: - as they were, + as they are, cut to where they differ."""
    old, new = _paragraphs(before), _paragraphs(after)
    lines = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            for pair in zip(old[a:b], new[c:d], strict=True):
                lines += [f"{sign} {words}" for sign, words in zip("-+", _cut(*pair), strict=True)]
        elif tag != "equal":
            lines += [f"- {_short(words)}" for words in old[a:b]]
            lines += [f"+ {_short(words)}" for words in new[c:d]]
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"……还有 {len(lines) - _SHOWN} 行不同"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _cut(old: str, new: str) -> tuple[str, str]:
    """Both without most of what they begin and end alike with."""
    start = max(0, len(commonprefix([old, new])) - _AROUND)
    tail = len(commonprefix([old[start:][::-1], new[start:][::-1]]))
    end = max(0, tail - _AROUND)
    ahead, behind = "……" * (start > 0), "……" * (end > 0)
    return (
        f"{ahead}{_short(old[start : len(old) - end])}{behind}",
        f"{ahead}{_short(new[start : len(new) - end])}{behind}",
    )


def _short(words: str) -> str:
    return words if len(words) <= 100 else f"{words[:100]}……"

"""Documents taken into the library, and out of it: read, compared with what is held, kept, built.

    with Intake(settings) as intake:            # alone with the library
        reading = intake.read(content, "规划.docx")
        intake.accept(reading, status="试行")    # written, not yet held
        intake.commit(say, progress)             # held, and in the index

A folder is written for each accepted document; ``commit`` replaces the register and then builds
the index once. What was not committed is taken away again; when the build fails or is cancelled
before the index was switched the register is what it was. Killed in between, the next change of the
library, or ``faju build``, finishes the work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from corpus import (
    DamagedError,
    Document,
    InputError,
    OwnDocument,
    checksum,
    discard,
    keep,
    library_lock,
    list_laws,
    load_catalog,
    load_documents,
    load_register,
    name_key,
    own_aliases,
    put_files,
    read_held_text,
    select_laws,
    text_checksum,
    write_register,
)
from corpus.metadata import corrected, document_id
from index import document_ids, in_use
from qa.library.build import Built, holdings, update
from qa.library.reading import Reading, Relation
from qa.settings import Settings

__all__ = ["Intake", "compared"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Held:
    """What is compared with a file that comes in."""

    key: str
    title: str
    published: str
    sha256: str
    text_sha256: str


def compared(settings: Settings, reading: Reading) -> Reading:
    """The reading with its relation to what the library holds now."""
    return _compared(_held(settings, load_register(settings.home)), reading)


class Intake:
    """Changes to the library of one home; a context that is alone with it while it is open."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._held: list[_Held] = []
        self._before: tuple[OwnDocument, ...] = ()
        self._register: list[OwnDocument] = []
        self._accepted: list[OwnDocument] = []
        self._lock = ExitStack()

    def __enter__(self) -> Intake:
        with ExitStack() as entered:
            entered.enter_context(library_lock(self._settings.home))
            self._before = load_register(self._settings.home)
            self._register = list(self._before)
            self._held = _held(self._settings, self._before)
            self._lock = entered.pop_all()
        return self

    def __exit__(self, *failure: object) -> None:
        with self._lock:
            discard(self._settings.home, {own.id for own in self._accepted})

    @property
    def changed(self) -> bool:
        """Whether there is anything to commit, left over from a killed run included."""
        return tuple(self._register) != self._before or not self._built()

    def _built(self) -> bool:
        """Whether the index in use has the documents of the register, and no other."""
        try:
            ids = document_ids(self._settings.home)
        except DamagedError:
            return False
        own = {each for each in ids if each.startswith("doc-")}
        return own == {each.id for each in self._register}

    def told(self, reading: Reading, **facts: str) -> Reading:
        """The reading with facts that a person gave (``corpus.metadata.corrected``), compared."""
        return _compared(
            self._held, replace(reading, proposal=corrected(reading.proposal, **facts))
        )

    def accept(self, reading: Reading, **facts: str) -> OwnDocument:
        """Write the document's folder; it is held when ``commit`` has been called.

        InputError for a fact that cannot be, or a document that is held already.
        """
        told = self.told(reading, **facts)
        if told.relation == "same":
            raise InputError(f"库中已有{told.held}，内容相同，没有重复入库。")
        own = self._entry(told)
        own = replace(own, files=keep(self._settings.home, own.id, told.extracted, told.content))
        self._accepted.append(own)
        self._register.append(own)
        self._held.append(_held_own(own))
        return own

    def held(self, own: OwnDocument) -> str:
        """What is held already of a document of another home, for people; "" for nothing."""
        same = (own.sha256, own.text_sha256)
        found = [
            each for each in self._held if each.sha256 == same[0] or each.text_sha256 == same[1]
        ]
        return _said(found[0]) if found else ""

    def take(self, own: OwnDocument, files: Mapping[str, bytes]) -> None:
        """Write a document of another home as it is kept there; held after ``commit``."""
        put_files(self._settings.home, own.id, files)
        self._accepted.append(own)
        self._register = [each for each in self._register if each.id != own.id] + [own]
        self._held.append(_held_own(own))

    def find(self, name: str) -> Sequence[OwnDocument | Document]:
        """One of the home's own documents by its id, or every version of a title or short title.

        One that a killed run took out of the register is still found in the index. InputError when
        there is none.
        """
        found = [own for own in self._register if _called(own, name)]
        left = [] if found or self._built() else self._left(name)
        if not found and not left:
            raise InputError(
                f"自己入库的文档里没有“{name[:80]}”，请先看有哪些（faju documents list --own）。"
            )
        return found or left

    def _left(self, name: str) -> list[Document]:
        """Documents of that name which the index has, and the register no longer."""
        held = {own.id for own in self._register}
        documents = in_use(self._settings.home, load_documents)
        own = [each for each in documents if each.origin == "own" and each.id not in held]
        return [each for each in own if _called(each, name)]

    def remove(self, identity: str) -> None:
        """Take out one document by its id; it is gone when ``commit`` has been called."""
        self._register = [own for own in self._register if own.id != identity]

    def commit(self, say: Callable[[str], None], progress: Progress | None = None) -> Built:
        """Make the register what was accepted, and the index after it."""
        home = self._settings.home
        try:
            write_register(home, self._register)
            built = update(self._settings, say, progress)
        except OSError as exc:
            raise InputError(f"写不了 {home}（{exc.strerror}），请检查权限和磁盘空间。") from exc
        finally:
            # Stopped after the switch, all is done.
            if not self._built():
                write_register(home, self._before)
        self._before = tuple(self._register)
        return built

    def _entry(self, reading: Reading) -> OwnDocument:
        proposal, extracted = reading.proposal, reading.extracted
        text_sha256 = text_checksum(extracted.text)
        identity = document_id(proposal.title, proposal.published, proposal.number)
        if identity in {own.id for own in self._register}:
            identity = document_id(proposal.title, proposal.published, text_sha256)
        recognised = any(page.method == "ocr" for page in extracted.pages)
        return OwnDocument(
            id=identity,
            title=proposal.title,
            kind=proposal.kind,
            status=proposal.status,
            issuer=proposal.issuer,
            number=proposal.number,
            published=proposal.published,
            effective=proposal.effective,
            file=reading.name,
            format=extracted.kind,
            sha256=checksum(reading.content),
            text_sha256=text_sha256,
            added=date.today().isoformat(),
            method="ocr" if recognised else "text",
            address=reading.address,
            warnings=reading.warnings,
            attachments=extracted.attachments,
            files={},
            fetched=reading.fetched,
            ends=proposal.ends,
        )


def _called(document: OwnDocument | Document, name: str) -> bool:
    key = name_key(name.strip("《》"))
    titles = (document.title, *own_aliases(document.title))
    return name == document.id or key in map(name_key, titles)


def _held(settings: Settings, register: Sequence[OwnDocument]) -> list[_Held]:
    """The bundled plan, the laws of this home, and its own documents."""
    catalog, held = load_catalog(), holdings(settings)
    found = [
        _Held(
            name_key(entry.title),
            entry.title,
            entry.published,
            entry.sha256,
            text_checksum(read_held_text(catalog, entry)),
        )
        for entry in (catalog.documents if held.bundled else ())
    ]
    laws = select_laws(list_laws(date.today()), held.laws, catalog)
    found += [_Held(name_key(law.title), law.title, law.published, "", "") for law in laws]
    return found + [_held_own(own) for own in register]


def _compared(held: Sequence[_Held], reading: Reading) -> Reading:
    sums = checksum(reading.content), text_checksum(reading.extracted.text)
    key, published = name_key(reading.proposal.title), reading.proposal.published
    for each in held:
        if each.sha256 == sums[0] or each.text_sha256 == sums[1]:
            return replace(reading, relation="same", held=_said(each))
    versions = [each for each in held if each.key == key]
    if not versions:
        return replace(reading, relation="new", held="")
    last = max(versions, key=lambda each: each.published)
    law = not last.text_sha256
    relation: Relation = "newer"
    if law and published in {"", last.published}:
        relation = "same"
    elif published and published < last.published:
        relation = "older"
    return replace(reading, relation=relation, held=_said(last))


def _held_own(own: OwnDocument) -> _Held:
    return _Held(name_key(own.title), own.title, own.published, own.sha256, own.text_sha256)


def _said(held: _Held) -> str:
    return f"《{held.title}》" + (f"（{held.published}）" if held.published else "")

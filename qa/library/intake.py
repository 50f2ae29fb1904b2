"""Documents taken into the library, and out of it: read, compared with what is held, kept, built.

    with Intake(settings) as intake:            # alone with the library
        reading = intake.read(content, "规划.docx")
        intake.accept(reading, status="试行")    # written, not yet held
        intake.commit(say, progress)             # held, and in the index

A folder is written for each accepted document; ``commit`` replaces the register and then builds
the index once. What was not committed is taken away again; when the build fails or is cancelled the
register is what it was. Killed in between, the next ``faju build`` finishes the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from corpus import (
    InputError,
    OwnDocument,
    checksum,
    discard,
    keep,
    library_lock,
    list_laws,
    load_catalog,
    load_register,
    name_key,
    own_aliases,
    preview,
    read_held_text,
    select_laws,
    text_checksum,
    write_register,
)
from corpus.formats import Extracted, extract
from corpus.metadata import Proposal, corrected, document_id, propose
from index import document_ids
from qa.library.build import Built, holdings, update
from qa.settings import Settings

__all__ = ["Intake", "Reading", "Relation", "compared", "read_file"]

Progress = Callable[[int, int], None]
Relation = Literal["new", "same", "newer", "older"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read and not yet held.

    ``relation`` compares it with what is held: ``new``; the ``same`` file or text; ``newer`` or
    ``older`` than a version of the same title. ``held`` is that one's title and date, for people.
    """

    name: str
    content: bytes
    extracted: Extracted
    proposal: Proposal
    address: str = ""
    relation: Relation = "new"
    held: str = ""
    fetched: dict[str, str] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at before it is taken in."""
        return (*self.extracted.warnings, *self.proposal.doubts, *self._left_out())

    def _left_out(self) -> Iterator[str]:
        """How much of the file is no text of the document, with the first of it."""
        around = self.extracted.left_out
        if around:
            kept, gone = _letters(self.extracted.text), _letters("".join(around))
            shown = "、".join(f"“{line[:20]}”" for line in list(dict.fromkeys(around))[:3])
            yield f"正文 {kept:,} 字，略去页眉、页脚、菜单等 {gone:,} 字：{shown}等，请核对。"

    def contents(self) -> list[tuple[int, str]]:
        """The level and the words of each heading, as the library will have them."""
        sections = preview(self.proposal.title, self.extracted).sections
        return [(section.level, section.heading) for section in sections]


@dataclass(frozen=True, slots=True)
class _Held:
    """What is compared with a file that comes in."""

    key: str
    title: str
    published: str
    sha256: str
    text_sha256: str


def read_file(
    content: bytes, name: str, *, ocr: bool = True, progress: Progress | None = None
) -> Reading:
    """Read a file and what it says of itself; compared with nothing yet.

    Raises InputError, in one Chinese sentence, for a file that cannot be read or holds no text.
    """
    name = _sound(name)
    extracted = extract(content, name, ocr=ocr, progress=progress)
    extracted = replace(extracted, text=_sound(extracted.text))
    if not extracted.text.strip():
        raise InputError(f"{name} 里没有文字，请换一个有正文的文件。")
    return Reading(name, content, extracted, propose(extracted, name, date.today()))


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
            discard(self._settings.home)

    @property
    def changed(self) -> bool:
        """Whether there is anything to commit, left over from a killed run included."""
        unbuilt = {own.id for own in self._register} - document_ids(self._settings.home)
        return tuple(self._register) != self._before or bool(unbuilt)

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
        self._register.append(own)
        self._held.append(_held_own(own))
        return own

    def find(self, name: str) -> list[OwnDocument]:
        """One of the home's own documents by its id, or every version of a title or short title.

        InputError when there is none.
        """
        key = name_key(name.strip("《》"))
        found = [
            own
            for own in self._register
            if name == own.id or key in map(name_key, (own.title, *own_aliases(own.title)))
        ]
        if not found:
            raise InputError(
                f"自己入库的文档里没有“{name[:80]}”，请用 faju documents list --own 查看有哪些。"
            )
        return found

    def remove(self, identity: str) -> None:
        """Take out one document by its id; it is gone when ``commit`` has been called."""
        self._register = [own for own in self._register if own.id != identity]

    def commit(self, say: Callable[[str], None], progress: Progress | None = None) -> Built:
        """Make the register what was accepted, and the index after it."""
        home = self._settings.home
        done = False
        try:
            (home / "documents").mkdir(parents=True, exist_ok=True)
            write_register(home, self._register)
            built = update(self._settings, say, progress)
            done = True
        except OSError as exc:
            raise InputError(f"写不了 {home}（{exc.strerror}），请检查权限和磁盘空间。") from exc
        finally:
            if not done:
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
        )


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


def _letters(text: str) -> int:
    return len("".join(text.split()))


def _sound(text: str) -> str:
    """The text with a mark for each character that no file can hold; as long as before."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _said(held: _Held) -> str:
    return f"《{held.title}》" + (f"（{held.published}）" if held.published else "")

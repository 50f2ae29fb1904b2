"""The reader: a document's table of contents, and its sections in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.exports import source_page, whole_text, whole_word
from qa.markup import Html, render
from qa.page.call import Call, Given, taken_away
from qa.page.excerpts import Passage
from qa.page.links import Fold
from qa.page.marks import Piece, clipped, pieces
from qa.records import BlockRecord, DocumentRecord, SectionRecord, amended_line, day

if TYPE_CHECKING:
    from qa.engine import Engine

__all__ = ["Place", "reader", "reader_calls"]

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one reads, in offsets into the document's text: at ``start``.

    With ``end`` the passage to point at, and ``marks`` the evidence in it.
    """

    start: int
    end: int | None = None
    marks: Sequence[Pair] = ()

    def points_at(self, block: BlockRecord) -> bool:
        """Whether a block of a section belongs to the passage."""
        if self.end is None:
            return False
        return self.start < block["end"] and self.end > block["start"]


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading or a passage as read; ``fold`` says that the references stand under it.

    ``history`` says what changed the article, ``former`` what it read before the last change.
    """

    block: BlockRecord
    here: bool
    pointed: bool
    paragraphs: list[list[Piece]]
    passage: Passage
    fold: bool = False
    history: Sequence[str] = ()
    former: str = ""


def reader(
    document: DocumentRecord, section: SectionRecord | None = None, place: Place | None = None
) -> Html:
    """A document's table of contents and one section in full, read at ``place``.

    Without a section the table of contents is open, and under it stands who cites the document.
    """
    facts = (
        document["issuer"],
        f"{day(document['published'])}公布" if document["published"] else "",
        f"{day(document['effective'])}起施行" if document["effective"] else "",
    )
    entries = document.get("toc", [])
    inside = [e["index"] for e in entries if place and e["start"] <= place.start < e["end"]]
    return render(
        "page/reader.html",
        document=document,
        facts=" · ".join(fact for fact in facts if fact),
        entries=entries,
        innermost=inside[-1] if inside else None,
        section=section,
        blocks=_blocks(document["id"], section, place) if section and place else [],
        links=Fold.of(document["id"], place.start if place else None, place.end if place else None),
    )


def reader_calls(engine: Engine) -> Sequence[Call]:
    """Open a document at its table of contents, or at a place of it; take it away whole."""

    def open_document(given: Given) -> Html:
        return reader(engine.document(given.text("document")))

    def open_section(given: Given) -> Html:
        document, start = engine.document(given.text("document")), given.number("start")
        section = engine.section(given.text("document"), start)
        if "end" not in given:
            return reader(document, section, Place(start))
        return reader(document, section, Place(start, given.number("end"), given.spans("marks")))

    def download_document(given: Given) -> dict[str, str]:
        name = given.text("document")
        if given.text("what") == "source":
            read = engine.index.documents[engine.document(name)["id"]]
            page = source_page(engine.settings.home, read)
            return taken_away(f"{read.title}-对照原件.html", page.encode())
        document, blocks = engine.document(name), engine.blocks(name)
        if given.text("what") == "txt":
            return taken_away(f"{document['title']}.txt", whole_text(document, blocks).encode())
        return taken_away(f"{document['title']}.docx", whole_word(document, blocks))

    return open_document, open_section, download_document


def _blocks(document_id: str, section: SectionRecord, place: Place) -> list[_Block]:
    """The section's blocks; the fold of references stands under the last one pointed at."""
    pointed = [n for n, block in enumerate(section["blocks"]) if place.points_at(block)]
    last = pointed[-1] if pointed else None
    return [
        _Block(
            block=block,
            here=block["start"] <= place.start < block["end"],
            pointed=place.points_at(block),
            paragraphs=_paragraphs(block, place.marks),
            passage=Passage.of(document_id, block["start"], block["text"], block["citation"]),
            fold=number == last,
            history=[*map(amended_line, block.get("amended", []))],
            former=block["amended"][-1]["wording"] if "amended" in block else "",
        )
        for number, block in enumerate(section["blocks"])
    ]


def _paragraphs(block: BlockRecord, marks: Sequence[Pair]) -> list[list[Piece]]:
    paragraphs, at = [], block["start"]
    for line in block["text"].split("\n"):
        if line.strip():
            paragraphs.append(pieces(line, clipped(marks, at, len(line))))
        at += len(line) + 1
    return paragraphs

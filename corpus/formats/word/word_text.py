"""A .docx as text: its paragraphs with the numbers that Word shows before them, its tables.

Tracked changes are read as accepted. A table row is a line with " | " between its cells; what
stands in a text box follows the paragraph that holds the box, and so does a footnote, as a line of
its own, 〔注：…〕. Headers, footers, comments, hidden words and Word's own table of contents are
left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.formats.extracted import Extracted
from corpus.formats.lines import LONGEST_REPEATED, Line, assemble, own_title
from corpus.formats.word.numbering import Numbering
from corpus.formats.word.styles import Styles, child, value
from corpus.formats.word.word_file import Element, W, in_fallback, leaves, notes, open_word

__all__ = ["read_docx"]

_GONE = {f"{W}del", f"{W}moveFrom"}
_SIDE = {f"{W}sectPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}tcPr", f"{W}tblPr"}
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
# By eye: a cell of figures or names has few paragraphs, the body of a page nearly all the words.
_WIDEST = 100  # columns that a merged cell may cover
_PARAGRAPHS = 6
_MOST = 0.6
_WORDS_BESIDE_A_PICTURE = 200  # characters; with fewer the pictures may be the text (by eye)


def read_docx(content: bytes, name: str) -> Extracted:
    """The text of a .docx; InputError for one that is encrypted, damaged or unsafe."""
    document = open_word(content, name)
    reader = _Reader(document)
    text, headings = assemble(reader.lines())
    body = document.element.body
    return Extracted(
        text,
        "docx",
        headings,
        facts=_facts(document, reader.title),
        warnings=tuple(_warnings(body, len(text))),
        left_out=tuple(dict.fromkeys(_edges(document))),
    )


class _Reader:
    """Goes through the body once, in order: the numbering counts as it goes."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = Styles.of(document)
        self._numbering = Numbering(document, self._styles)
        self._notes = {
            (root.tag.rsplit("}", 1)[-1][:-1], note.get(f"{W}id")): note
            for root in notes(document)
            for note in root
            if note.get(f"{W}type", "normal") == "normal"
        }
        self._hidden = {
            word
            for control in self._body.iter(f"{W}sdt")
            if child(control, "sdtPr", "showingPlcHdr") is not None
            for word in control.iter(f"{W}t")
        }
        self._carried = ""
        self.title = ""

    def lines(self) -> Iterator[Line]:
        """The lines of the document."""
        yield from self._blocks(self._body)
        yield Line(self._carried)

    def _blocks(self, root: Element) -> Iterator[Line]:
        stack = [iter(root)]
        while stack:
            block = next(stack[-1], None)
            if block is None:
                stack.pop()
            elif block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                rows = _rows(block)
                if not self._is_layout(rows):
                    yield from self._table(rows)
                else:
                    stack.append(cell for row in rows for cell in row)
            elif block.tag not in _GONE | _SIDE and not _is_contents(block):
                stack.append(iter(block))

    def _paragraph(self, paragraph: Element) -> Iterator[Line]:
        if self._styles.is_contents(paragraph):
            return
        words = self._words(paragraph)
        mark = child(paragraph, "pPr", "rPr")
        if mark is not None and any(each.tag in _GONE for each in mark):
            # Its end was deleted: it goes on in the paragraph that follows.
            self._carried += words
            return
        words, self._carried = self._carried + words, ""
        label = self._numbering.label(paragraph)
        if words.strip():
            if not self.title and self._styles.name(self._styles.id_of(paragraph)) == "Title":
                self.title = " ".join(words.split())
            yield Line(label + words.lstrip(), self._styles.level(paragraph))
        for inner in paragraph.iter(f"{W}p"):
            if inner is not paragraph and not in_fallback(inner):
                boxed = self._words(inner)
                yield Line(self._numbering.label(inner) + boxed if boxed.strip() else "")
        yield from self._notes_of(paragraph)

    def _is_layout(self, rows: list[list[Element]]) -> bool:
        """Whether a table only lays the page out, as those of pages pasted into Word do.

        Then no row has two cells with words, or a cell holds a table, or most of the words in many
        paragraphs.
        """
        sizes = [[_size(cell) for cell in row] for row in rows]
        if max((sum(map(bool, row)) for row in sizes), default=0) < 2:
            return True
        whole = sum(map(sum, sizes))
        return any(
            next(cell.iter(f"{W}tbl"), None) is not None
            or (len(_paragraphs(cell)) > _PARAGRAPHS and size > _MOST * whole)
            for row, row_sizes in zip(rows, sizes, strict=True)
            for cell, size in zip(row, row_sizes, strict=True)
        )

    def _table(self, rows: list[list[Element]]) -> Iterator[Line]:
        above: dict[int, str] = {}
        for row in rows:
            cells = list(self._row(row, above))
            if any(cells):
                yield Line(" | ".join(cells))
            for cell in row:
                yield from self._notes_of(cell)

    def _row(self, row: list[Element], above: dict[int, str]) -> Iterator[str]:
        """The words of each cell by column; ``above`` are those of cells merged downwards.

        A merged cell is said again in each column and row that it covers, if it is short; one
        over a whole row once.
        """
        column = 0
        for cell in row:
            words = " ".join(self._cell(cell))
            merged = child(cell, "tcPr", "vMerge")
            if merged is not None:
                begins = merged.get(f"{W}val") == "restart"
                words = words if begins else words or above.get(column, "")
                above[column] = _again(words)
            said = value(cell, "tcPr", "gridSpan") or ""
            wide = min(int(said), _WIDEST) if said.isdigit() and len(row) > 1 else 1
            yield words
            yield from [_again(words)] * (wide - 1)
            column += max(wide, 1)

    def _cell(self, cell: Element) -> Iterator[str]:
        for paragraph in cell.iter(f"{W}p"):
            if not in_fallback(paragraph):
                words = " ".join(self._words(paragraph).split())
                label = self._numbering.label(paragraph)
                if words:
                    yield label + words

    def _words(self, paragraph: Element) -> str:
        return "".join(
            words
            for element, words in leaves(paragraph)
            if element not in self._hidden and not _vanishes(element.getparent())
        )

    def _notes_of(self, block: Element) -> Iterator[Line]:
        for kind in ("footnote", "endnote"):
            for reference in block.iter(f"{W}{kind}Reference"):
                note = self._notes.get((kind, reference.get(f"{W}id")))
                if note is not None and next(reference.iterancestors(*_GONE), None) is None:
                    parts = (self._words(each).strip() for each in note.iter(f"{W}p"))
                    words = " ".join(" ".join(filter(None, parts)).split())
                    yield Line(f"〔注：{words}〕" if words else "")


def _rows(table: Element) -> list[list[Element]]:
    """The cells of each row that was not deleted; those of a table within belong to it alone."""
    rows = [
        row
        for row in table.iter(f"{W}tr")
        if next(row.iterancestors(f"{W}tbl")) is table and child(row, "trPr", "del") is None
    ]
    return [
        [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
        for row in rows
    ]


def _again(words: str) -> str:
    return words if len(words) <= LONGEST_REPEATED else ""


def _size(cell: Element) -> int:
    """How many characters stand in a cell."""
    return sum(len((word.text or "").strip()) for word in cell.iter(f"{W}t"))


def _paragraphs(cell: Element) -> list[Element]:
    return [each for each in cell.iter(f"{W}p") if _size(each)]


def _is_contents(block: Element) -> bool:
    gallery = value(block, "sdtPr", "docPartObj", "docPartGallery")
    return gallery == "Table of Contents"


def _vanishes(run: Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and hidden.get(f"{W}val") not in {"0", "false", "off"}


def _edges(document: Any) -> Iterator[str]:
    """The words of the headers and the footers."""
    for section in document.sections:
        for edge in (section.header, section.footer):
            for paragraph in () if edge.is_linked_to_previous else edge.paragraphs:
                yield from filter(None, [paragraph.text.strip()])


def _facts(document: Any, title: str) -> dict[str, str]:
    kinds = [each.reltype for each in document.part.package.rels.values()]
    if not any(kind.endswith("/core-properties") for kind in kinds):
        return {"title": title} if title else {}
    try:
        core = document.core_properties
        facts = {
            "title": title or own_title(core.title),
            "author": core.author.strip(),
            "created": core.created.date().isoformat() if core.created else "",
            "modified": core.modified.date().isoformat() if core.modified else "",
        }
    except (AttributeError, LookupError, ValueError, TypeError, SyntaxError):
        # Broken, which says nothing of the text.
        facts = {"title": title}
    return {key: fact for key, fact in facts.items() if fact}


def _warnings(body: Element, size: int) -> Iterator[str]:
    if next(body.iter(f"{W}ins", *_GONE, f"{W}moveTo"), None) is not None:
        yield "文档带有修订，已按接受全部修订后的文字读取。"
    pictures = sum(1 for _ in body.iter(_BLIP))
    if pictures and size < pictures * _WORDS_BESIDE_A_PICTURE:
        yield f"文档里有 {pictures} 张图片，图片中的文字没有读取。"
    formulas = sum(1 for _ in body.iter(_MATH))
    if formulas:
        yield f"文档里有 {formulas} 个公式，没有读取。"

"""The records everything else is a function over: Document, Section, Passage, Citation.

A document's text is kept whole; all other records are half-open spans ``[start, end)`` of character
offsets into it. Passages and furniture tile the text: every character belongs to exactly one of
them. Records are frozen and hold only JSON types, so that the same input gives the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from corpus.formats import Page

__all__ = ["Amended", "Asked", "Citation", "Document", "Furniture", "Origin", "Passage", "Section"]

Origin = Literal["bundled", "law", "own"]
"""Where a document is from: the program's own folder, the package of laws, or the home's user."""

HeadingOrigin = Literal["source", "numbering", "overlay"]
AmendedKind = Literal["changed", "added", "removed", "renumbered", "left"]
PassageKind = Literal["heading", "text"]
FurnitureKind = Literal["page", "layout"]


@dataclass(frozen=True, slots=True)
class Section:
    """One node of the section tree.

    ``label`` is the number as written without spaces (``第三章``, ``二、``, ``(一)``), ``title``
    the words after it. ``start`` is where its heading (or, when the heading was lost, its first
    paragraph) begins, ``end`` where the next section of the same or a higher rank begins.
    ``parent`` is an index into ``Document.sections``. ``origin`` says why it is there: its heading
    stands in the source; the numbering proves that one was lost; or a person marked it in the
    catalog (inferred, not proved).
    """

    level: int
    label: str
    title: str
    start: int
    end: int
    parent: int | None
    origin: HeadingOrigin = "source"

    @property
    def heading(self) -> str:
        """The heading as shown: ``第三章 主要任务``, ``二、…`` or ``〔第四节,原文缺标题〕``."""
        if self.origin == "numbering":
            return f"〔{self.label},原文缺标题〕"
        if self.origin == "overlay":
            return f"〔{self.label},推定,原文缺标题〕"
        spaced = self.label.startswith(("第", "附")) or self.label[-1:].isdigit()
        joint = " " if spaced and self.title else ""
        return f"{self.label}{joint}{self.title}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the document that is retrieved and cited as one.

    ``section`` is an index into ``Document.sections`` (innermost), ``article`` the article it
    belongs to (``第五十四条``). Headings are passages too, so that the tiling is complete; they are
    never ranked by themselves.
    """

    id: str
    document_id: str
    start: int
    end: int
    section: int | None = None
    article: str | None = None
    kind: PassageKind = "text"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in people's own words that the passage around ``start`` answers."""

    start: int
    question: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Characters that are not the document's wording: page furniture, line breaks, indents."""

    start: int
    end: int
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Amended:
    """What an amendment did to one article of a law.

    ``article`` is its number in this version of the law ("" when it is gone), ``former`` its number
    before the amendment ("" when it was new). ``by`` cites the amendment's own articles, ``by_id``
    is its document, ``since`` the ISO date from which it applies. ``wording`` is what the article
    read before, "" when that is not known or the same. ``made``: the file the law is from has it
    not, and it was put in here; ``left`` says why it could not be, and the article reads as before.
    """

    kind: AmendedKind
    article: str
    former: str
    by: str
    by_id: str
    since: str
    wording: str = ""
    made: bool = False
    left: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the library with its structure.

    ``kind`` is 规划, 宪法, 法律, 行政法规, … ; ``status`` one of 征求意见稿, 现行有效,
    尚未施行, 已被修改, 已废止, or what the document calls itself. ``published`` and
    ``effective`` are ISO dates or "". Several versions of a law share ``title`` and differ in
    ``id`` and ``status``; ``successor`` is the id of the later version in force, where held.
    ``number`` is the issuer's own (``乌政办〔2021〕12号``). ``pages`` say where the pages of a PDF
    begin. ``amended`` is what the held amendments did to a law, by article, the oldest first.
    """

    id: str
    title: str
    kind: str
    status: str
    text: str
    issuer: str = ""
    published: str = ""
    effective: str = ""
    successor: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    asked: tuple[Asked, ...] = ()
    number: str = ""
    pages: tuple[Page, ...] = ()
    amended: tuple[Amended, ...] = ()
    origin: Origin = "own"

    @property
    def whole(self) -> Document:
        """The document with its words at hand (see ``corpus.stored``)."""
        return self

    @property
    def text_count(self) -> int:
        """How many of its passages are text, the ones that are ranked."""
        return sum(passage.kind == "text" for passage in self.passages)

    @property
    def character_count(self) -> int:
        """How long its text is."""
        return len(self.text)

    @property
    def current(self) -> bool:
        """Whether it is shown without ``--all-versions``: everything but replaced and repealed law.

        A law amended since, whose amended text is not held, is still the best there is.
        """
        return self.status != "已废止" and not self.successor

    @property
    def name(self) -> str:
        """The title in brackets, with the status of a draft: ``《…》(征求意见稿)``."""
        return f"《{self.title}》" + ("(征求意见稿)" if self.status == "征求意见稿" else "")

    def path(self, section: int | None) -> list[Section]:
        """The sections from the outermost down to ``section``."""
        found: list[Section] = []
        while section is not None:
            found.append(self.sections[section])
            section = self.sections[section].parent
        return found[::-1]

    def passage_text(self, passage: Passage) -> str:
        """The passage's words, exactly as in the source."""
        return self.text[passage.start : passage.end]

    def citation(self, passage: Passage, part: str = "") -> str:
        """The citation as officials write it, with a ``part`` of the article (第二款) where given.

        ``《中华人民共和国民法典》第一千二百六十条`` for an article, otherwise the section path with
        numbered headings quoted: ``《…》(征求意见稿)第三章第三节“二、严格落实…程序制度”``. Of a PDF
        with its page: ``…（第12页）``, and ``…（第12页，OCR，可信度 93%）`` for recognised words.
        Of an article put together from a law and its amendment with both:
        ``《中华人民共和国刑法》第三百九十条（根据《刑法修正案（十二）》第五条修正）``.
        """
        path = [passage.article] if passage.article else map(_cited, self.path(passage.section))
        place = "".join(path) + part
        return self.name + place + self._put_together(passage) + self._paged(passage)

    def history(self, article: str | None) -> list[Amended]:
        """What amendments did to an article, the oldest first; [] for one none of them touched."""
        return [each for each in self.amended if article and each.article == article]

    def since(self, article: str | None) -> str:
        """The ISO date from which an article reads as it does, "" when that is not known.

        Of an article no held amendment touched it is known in a law that is of one day: one that
        took effect after it was published, and was not amended since.
        """
        history = [each for each in self.history(article) if each.kind in {"changed", "added"}]
        if history:
            return max(each.since for each in history)
        return self.effective if article and self.effective >= self.published else ""

    def _put_together(self, passage: Passage) -> str:
        made = [each.by for each in self.history(passage.article) if each.made and not each.left]
        return f"（根据{'、'.join(made)}修正）" if made else ""

    def _paged(self, passage: Passage) -> str:
        """The page or pages that the passage stands on, in brackets; "" where none are known."""
        starts = [page.start for page in self.pages]
        first = max(bisect_right(starts, passage.start) - 1, 0)
        pages = self.pages[first : max(bisect_right(starts, passage.end - 1), first + 1)]
        if not pages:
            return ""
        numbers = [page.label or page.number for page in pages]
        said = f"第{numbers[0]}页" if len(pages) == 1 else f"第{numbers[0]}至{numbers[-1]}页"
        recognised = [page for page in pages if page.method == "ocr"]
        if recognised:
            said += "，OCR"
            sure = [page.confidence for page in recognised if page.confidence is not None]
            said += f"，可信度 {min(sure):.0%}" if sure else ""
        return f"（{said}）"


def _cited(section: Section) -> str:
    if section.origin != "source":
        return section.heading
    return section.label if section.label.startswith("第") else f"“{section.heading}”"


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a document, and perhaps of a place in it, found in a text.

    ``start``/``end`` are offsets into the text that mentions it, ``surface`` the words there,
    ``title`` the document's full title where it is known, else the name as written.
    ``document_id`` is the held document, or None: not held. ``article`` is 第…条 in Chinese
    numerals, ``clause`` (款) and ``item`` (项) count from 1. ``version`` are the words by which the
    text means another version of it than the one in force (2018年修正, 原), "" for none.
    ``sections`` are the labels of 编, 章, 节 that it names, from the outermost in.
    """

    start: int
    end: int
    surface: str
    title: str
    document_id: str | None = None
    article: str | None = None
    clause: int | None = None
    item: int | None = None
    version: str = ""
    sections: tuple[str, ...] = ()


def passage_at(document: Document, at: int) -> Passage:
    """The passage that holds an offset, or the last one before it."""
    index = bisect_right(document.passages, at, key=lambda passage: passage.start) - 1
    return document.passages[max(0, index)]

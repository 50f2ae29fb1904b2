"""Real footnotes in a Word document, which python-docx has no call for."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from qa.records import printable

__all__ = ["Footnotes"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SEPARATOR = (
    '<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240"'
    ' w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
)
_SEPARATORS = {"separator": -1, "continuationSeparator": 0}
_NOTE = (
    '<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
)


class Footnotes:
    """The footnotes of one document (of python-docx); ``attach`` before it is saved."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._notes: list[str] = []
        _add_styles(document)

    def refer(self, paragraph: Any, words: str) -> None:
        """A footnote of these words, its number at the paragraph's end."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._notes.append(" ".join(printable(words).split()))
        run = paragraph.add_run()._r
        properties = run.get_or_add_rPr()
        style = OxmlElement("w:rStyle")
        style.set(qn("w:val"), "FootnoteReference")
        properties.append(style)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self._notes)))
        run.append(reference)

    def attach(self) -> None:
        """Give the document its part of footnotes, and tell its settings the separators."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        written = [
            *(_SEPARATOR.format(kind=kind, number=n) for kind, n in _SEPARATORS.items()),
            *(_NOTE.format(number=n, words=escape(note)) for n, note in enumerate(self._notes, 1)),
        ]
        blob = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:footnotes xmlns:w="{_W}">{"".join(written)}</w:footnotes>'
        ).encode()
        part = self._document.part
        made = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.FOOTNOTES)
        _name_separators(self._document.settings.element)


def _add_styles(document: Any) -> None:
    """Word's own styles of footnotes; python-docx's template has neither."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.element.styleId = "FootnoteText"
    text.base_style = document.styles["Normal"]
    text.font.name = "Times New Roman"
    text.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(0)
    text.paragraph_format.line_spacing = 1.0
    text.paragraph_format.first_line_indent = Pt(0)
    number = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    number.element.styleId = "FootnoteReference"
    number.font.superscript = True


def _name_separators(settings: Any) -> None:
    """Put ``w:footnotePr`` where the schema wants it: right before ``w:compat``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    named = OxmlElement("w:footnotePr")
    for number in _SEPARATORS.values():
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(number))
        named.append(note)
    settings.find(qn("w:compat")).addprevious(named)

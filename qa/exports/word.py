"""A Word document as Chinese offices write it, for python-docx to fill."""

from __future__ import annotations

from io import BytesIO
from typing import Any

__all__ = ["new_document", "saved"]

_BODY, _HEADING = "仿宋", "黑体"
_SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 14, "Heading 3": 13}
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def new_document(title: str) -> Any:
    """An empty A4 document: 仿宋 text, black 黑体 headings, page numbers, its title first."""
    import docx
    from docx.shared import Cm, Pt

    document = docx.Document()
    document.core_properties.author = "法据"
    document.core_properties.comments = ""
    document.core_properties.title = title
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    _number_pages(section.footer.paragraphs[0])
    _speak_chinese(document)
    _face(document.styles["Normal"], _BODY, 12)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in _SIZES.items():
        _face(document.styles[name], _HEADING, size)
    document.add_heading(title, level=0)
    return document


def saved(document: Any) -> bytes:
    """The document as a .docx."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _face(style: Any, face: str, size: int) -> None:
    """Chinese letters in ``face``; a theme's face would come before it."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = "Times New Roman"
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), face)
    for themed in _THEMED:
        fonts.attrib.pop(qn(f"w:{themed}"), None)


def _speak_chinese(document: Any) -> None:
    """So that Word breaks lines and sets quotation marks as Chinese."""
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _number_pages(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)

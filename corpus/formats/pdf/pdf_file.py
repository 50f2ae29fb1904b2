"""A PDF as text: paragraphs in reading order, pages kept, pictures of pages recognised.

PDFium reads the characters with their places, which tell columns and paragraphs. A page whose text
is missing or garbled is rendered and recognised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from corpus.errors import InputError
from corpus.formats.extracted import Extracted
from corpus.formats.lines import own_title
from corpus.formats.pdf.assembly import ReadPage, assembled
from corpus.formats.pdf.bounds import heavy_pages
from corpus.formats.pdf.celled import celled
from corpus.formats.pdf.edges import furniture
from corpus.formats.pdf.glyphs import Fragment, Glyphs, glyphs
from corpus.formats.pdf.inside import Inside, bookmarked, inside
from corpus.formats.pdf.lock import PDFIUM
from corpus.formats.pdf.ocr import recognise
from corpus.formats.pdf.quality import fault
from corpus.formats.pdf.rows import PageLines

__all__ = ["read_pdf"]

# Against files that fill the memory or never end, by eye.
_MOST_PAGES = 1500
_MOST_CHARACTERS = 10_000_000
_MOST_FRAGMENTS = 5000
_DOTS_PER_POINT = 200 / 72  # 200 dpi, which RapidOCR's models read small print at
_LONGEST_SIDE = 4000  # pixels: 48 MB for the largest picture
# What makes a page a picture, by eye; made scans (benchmarks.measure.documents --type scan) are far
# on the one side, printed pages on the other.
_FEW = 40  # characters of text, a scanner's stamp
_PICTURE_SHARE = 0.5  # of the page's area
_DRAWN = 50  # drawn shapes: words as outlines
_DOUBTFUL = 0.8  # the recogniser's own confidence, below which every character is to be compared
_PICTURE = "是图片"
_SCATTERED = "的文字过于零碎"


def read_pdf(
    content: bytes,
    name: str,
    *,
    ocr: bool,
    progress: Callable[[int, int], None] | None,
) -> Extracted:
    """The text of a PDF.

    Raises InputError for one that is encrypted, damaged or too long, and for one of which no page
    can be read without recognition, where ``ocr`` is wanted and cannot be had.
    """
    with PDFIUM:
        document = _opened(content, name)
    try:
        with PDFIUM:
            facts, count = _facts(document), len(document)
        if count > _MOST_PAGES:
            raise InputError(f"{name} 有 {count} 页，一次最多读 {_MOST_PAGES} 页，请拆分后再试。")
        read = []
        heavy = _heavy(content, count, name)
        for page in _pages(document, name, ocr, heavy):
            read.append(page)
            if progress:
                progress(len(read), count)
    finally:
        with PDFIUM:
            document.close()
    if not any(page.lines.fragments and not page.fault for page in read):
        for wanted in filter(None, (page.wanted for page in read)):
            raise InputError(wanted)
    beside = inside(content)
    text, pages = assembled(read, beside.labels)
    around = [row.text for row in furniture([page.lines for page in read])]
    around += [page.slanted for page in read if page.slanted.strip()]
    warnings = (*_around(content, beside, name), *_warnings(read, name))
    marks = bookmarked(text, pages, beside.bookmarks)
    return Extracted(text, "pdf", marks, pages, facts, warnings=warnings, left_out=tuple(around))


def _around(content: bytes, beside: Inside, name: str) -> Iterator[str]:
    """What is wrong with the file as a whole, and what it carries besides its pages."""
    if b"%%EOF" not in content.rstrip(b"\x00")[-2048:]:
        yield f"{name} 的结尾不完整，可能缺页，请与原件核对。"
    if beside.attached:
        yield f"{name} 内含附件{'、'.join(beside.attached)}，没有读取，请另存后逐个入库。"


def _heavy(content: bytes, count: int, name: str) -> frozenset[int]:
    heavy = heavy_pages(content, count)
    if len(heavy) == count:
        raise InputError(f"{name} 的页面内容过于庞杂，没有读取；请打印或另存为新的 PDF 后再试。")
    return heavy


def _pages(document: Any, name: str, ocr: bool, heavy: Collection[int]) -> Iterator[ReadPage]:
    size = 0
    for number in range(1, len(document) + 1):
        if number in heavy:
            yield _unread(number, "的内容过于庞杂")
            continue
        page = _page(document, number, name, ocr)
        size += sum(len(each.text) for each in page.lines.fragments)
        if size > _MOST_CHARACTERS:
            raise InputError(f"{name} 的文字超过一千万字，请拆分后再试。")
        yield page


def _opened(content: bytes, name: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as exc:
        if "password" in str(exc).lower() or "security" in str(exc).lower():
            raise InputError(f"{name} 已加密，请去掉密码后再试。") from exc
        raise InputError(f"{name} 已损坏，打不开，请重新下载或重新生成后再试。") from exc


def _facts(document: Any) -> dict[str, str]:
    said = document.get_metadata_dict()
    facts = {
        "title": own_title(said.get("Title", "")),
        "author": said.get("Author", "").strip(),
        "created": _day(said.get("CreationDate", "")),
        "modified": _day(said.get("ModDate", "")),
    }
    return {key: fact for key, fact in facts.items() if fact}


def _day(date: str) -> str:
    """A PDF's date, ``D:20210901…``, as 2021-09-01."""
    match = re.match(r"(?:D:)?((?:19|20)\d{2})(\d{2})(\d{2})", date)
    return "-".join(match.groups()) if match else ""


def _unread(number: int, fault: str) -> ReadPage:
    return ReadPage(PageLines(number, 1, 1, ()), fault=fault)


def _page(document: Any, number: int, name: str, ocr: bool) -> ReadPage:
    import pypdfium2

    with PDFIUM:
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            return _unread(number, "已损坏")
        try:
            page = _filled(document, page, number)
            width, height = page.get_size()
            found = glyphs(page)
            wrong = _fault(page, found)
            if wrong == _SCATTERED:
                found = Glyphs((), 0)
            picture, scale = _rendered(page) if wrong and ocr else (None, 1.0)
        finally:
            page.close()
    words = celled(found.fragments, found.ruled.cells)
    lines = PageLines(number, width, height, words, found.ruled.frames)
    if picture is None:
        return ReadPage(lines, fault=wrong, slanted=found.slanted)
    try:
        seen = recognise(picture, scale, f"{name} 第 {number} 页")
    except InputError as exc:
        return ReadPage(lines, fault=wrong, wanted=str(exc))
    if not seen.fragments:
        # A picture without words in it is no fault.
        return ReadPage(lines, fault=None if wrong == _PICTURE else wrong)
    lines = PageLines(number, width, height, seen.fragments)
    return ReadPage(lines, "ocr", seen.confidence, stamped=seen.stamped)


def _filled(document: Any, page: Any, number: int) -> Any:
    """The page with what was filled into its forms and written on it as text of its own."""
    import pypdfium2.raw as pdfium

    if not pdfium.FPDFPage_GetAnnotCount(page.raw):
        return page
    drawn = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    if drawn != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number - 1]


def _fault(page: Any, found: Glyphs) -> str | None:
    if len(found.fragments) > _MOST_FRAGMENTS:
        return _SCATTERED
    words = " ".join(each.text for each in found.fragments)
    picture = _PICTURE if _is_picture(page, found.fragments) else None
    return fault(words, found.unmapped) or picture


def _is_picture(page: Any, fragments: Sequence[Fragment]) -> bool:
    """Whether the page shows more than the few characters in it: a scan, or words as outlines."""
    import pypdfium2.raw as pdfium

    if sum(len(each.text) for each in fragments) >= _FEW:
        return False
    width, height = page.get_size()
    drawn = 0
    for shown in page.get_objects(max_depth=3):
        if shown.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shown.get_bounds()
            if (right - left) * (top - bottom) > _PICTURE_SHARE * width * height:
                return True
        drawn += shown.type in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}
    return drawn > _DRAWN


def _rendered(page: Any) -> tuple[Any, float]:
    scale = min(_DOTS_PER_POINT, _LONGEST_SIDE / max(page.get_size()))
    bitmap = page.render(scale=scale)
    picture = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return picture, scale


def _warnings(read: Sequence[ReadPage], name: str) -> Iterator[str]:
    bad = [page for page in read if page.fault and not page.wanted]
    if bad:
        yield f"{name} 第 {_numbers(bad)} 页{_kinds(bad)}，没有读到可用的文字，请与原件核对。"
    wanted = [page for page in read if page.wanted]
    if wanted:
        yield (
            f"{name} 第 {_numbers(wanted)} 页{_kinds(wanted)}，需要文字识别，这次没有读，"
            '其余各页已读：请运行 pip install "faju[ocr]" 后重新添加，'
            "或用 --no-ocr 确认不读这些页。"
        )
    seen = [page for page in read if page.method == "ocr"]
    if seen:
        yield f"{name} 第 {_numbers(seen)} 页的文字由识别得来，可能有错字，引用前请与原件核对。"
    stamped = [page for page in read if page.stamped]
    if stamped:
        yield f"{name} 第 {_numbers(stamped)} 页盖有印章，章下的文字可能没有读到，请与原件核对。"
    doubtful = [page for page in seen if (page.confidence or 0) < _DOUBTFUL]
    if doubtful:
        yield f"{name} 第 {_numbers(doubtful)} 页识别的把握不大，请逐字核对。"


def _kinds(pages: Sequence[ReadPage]) -> str:
    return "、".join(dict.fromkeys(page.fault for page in pages if page.fault))


def _numbers(pages: Sequence[ReadPage]) -> str:
    """Page numbers with runs drawn together: 1、3-5."""
    runs: list[list[int]] = []
    for page in pages:
        number = page.lines.number
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)

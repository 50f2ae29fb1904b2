"""Which format a file has, told by its content first and by its name second; and its reader.

A reader is loaded with the first file it is for: answering questions needs none.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath

from corpus.errors import InputError
from corpus.formats.extracted import Extracted, Kind
from corpus.formats.office import as_docx, office_kind
from corpus.read import decode

__all__ = ["extract", "odd_ending"]

# Against files that fill the memory, by eye: all national laws in one text have 9 MB.
_LARGEST_TEXT = 20 * 2**20
_LARGEST = 300 * 2**20
_MOST_LINES = 200_000  # all national laws have 110,000
_SUFFIXES: dict[str, Kind] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".pdf": "pdf",
    ".ofd": "ofd",
}
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,5}")
_KINDS = {
    "txt": "纯文本",
    "md": " Markdown",
    "html": "网页",
    "docx": " Word 文档",
    "pdf": " PDF",
    "ofd": " OFD",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "请在 Word 或 WPS 中打开，另存为 .docx 后再试"
_AS_PDF = "请用能打开它的软件另存为 PDF 后再试"
_TO_TEXT = "请把其中的正文另存为 .docx 或 .txt 后再试"
_UNREAD: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"{\\rtf",), f"是 RTF 文件，{_AS_DOCX}"),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
        "是图片，请先合成为 PDF，再作为扫描件添加",
    ),
    (
        (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
        "是压缩包，请解压后逐个添加其中的文件",
    ),
    ((b"MIME-Version:", b"From: <Saved by"), "是 .mht 网页存档，请在浏览器中另存为 .html 后再试"),
)
_BY_SUFFIX = {
    ".doc": f"是旧版 Word 文件，{_AS_DOCX}",
    ".dot": f"是旧版 Word 文件，{_AS_DOCX}",
    ".wps": f"是 WPS 文字文件，{_AS_DOCX}",
    ".rtf": f"是 RTF 文件，{_AS_DOCX}",
    ".odt": f"是 OpenDocument 文件，{_AS_DOCX}",
    ".ceb": f"是 CEB 版式文件，{_AS_PDF}",
    ".caj": f"是 CAJ 文件，{_AS_PDF}",
    ".xls": f"是 Excel 表格，{_TO_TEXT}",
    ".et": f"是 WPS 表格，{_TO_TEXT}",
    ".ppt": f"是演示文稿，{_TO_TEXT}",
    ".dps": f"是 WPS 演示文稿，{_TO_TEXT}",
}
_IN_ZIP = (
    ("word/", ""),
    ("xl/", f"是 Excel 表格，{_TO_TEXT}"),
    ("ppt/", f"是演示文稿，{_TO_TEXT}"),
    ("META-INF/manifest.xml", f"是 OpenDocument 文件，{_AS_DOCX}"),
)
_PAGE = re.compile(
    r"[\xef\xbb\xbf\xff\xfe]*(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->|\s)*<(?:!doctype html|html)\b",
    re.I | re.S,
)
_TAG = re.compile(r"<(?:body|div|head|meta|p|table|title)\b[^>]*>", re.I)


def extract(
    content: bytes,
    name: str,
    *,
    ocr: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Extracted:
    """The text of a .txt, .md, .html, .docx or .pdf, with its headings, pages and own facts.

    A .doc, .wps, .rtf or .odt is read where LibreOffice is installed, an .ofd where ofdkit is.

    ``name`` is the file's name: a label in messages, and the second witness of the format. With
    ``ocr``, pages of a PDF without usable text are recognised from their picture, and ``progress``
    is called with the pages done and the pages there are; what it raises passes through.

    Raises InputError, in one Chinese sentence, for a file that cannot be read.
    """
    converted = _through_office(content, name)
    if converted is not None:
        return converted
    kind = _kind(content, name)
    found = _read(content, name, kind, ocr, progress)
    if not found.text.strip():
        raise InputError(f"{name} 里没有读到正文，请换一个有正文的文件。")
    if found.text.count("\n") > _MOST_LINES:
        raise InputError(f"{name} 超过 {_MOST_LINES // 10_000} 万行，请拆分后再试。")
    if odd_ending(name):
        odd = f"{name} 的扩展名不像文书，已按{_KINDS[found.kind]}读取，请看清楚是不是要入库的文件。"
        return replace(found, warnings=(odd, *found.warnings))
    named = _SUFFIXES.get(_suffix(name), found.kind)
    if {named, found.kind} <= {"txt", "md"} or named == found.kind:
        return found
    other = f"{name} 的内容其实是{_KINDS[found.kind]}，已按{_KINDS[found.kind]}读取。"
    return replace(found, warnings=(other, *found.warnings))


def _through_office(content: bytes, name: str) -> Extracted | None:
    """An older office file as LibreOffice gives it; None for others, or where there is none."""
    kind = office_kind(content) if len(content) <= _LARGEST else None
    word = as_docx(content, kind, name) if kind else None
    if kind is None or word is None:
        return None
    found = _read_docx(word, name)
    if not found.text.strip():
        raise InputError(f"{name} 里没有读到正文，请换一个有正文的文件。")
    said = f"{name} 由本机的 LibreOffice 转换后读取，请与原件核对。"
    return replace(found, kind=kind, warnings=(said, *found.warnings))


def odd_ending(name: str) -> bool:
    """Whether a file's name ends as no document's does: 程序.py, 数据.csv, 图.png."""
    suffix = _suffix(name)
    return _ENDING.fullmatch(suffix) is not None and suffix not in _SUFFIXES.keys() | _BY_SUFFIX


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()


def _kind(content: bytes, name: str) -> Kind:
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError(f"{name} 是空文件，请换一个有正文的文件。")
    if len(content) > _LARGEST:
        raise InputError(f"{name} 超过 {_LARGEST // 2**20} MB，请拆分后再试。")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK"):
        return _zip_kind(content, name)
    for reason in _reasons(content, name):
        raise InputError(f"{name} {reason}。")
    suffix = _suffix(name)
    if suffix in {".pdf", ".docx", ".ofd"} and b"\x00" in content:
        raise InputError(
            f"{name} 已损坏，不是完整的{_KINDS[_SUFFIXES[suffix]]}，请重新下载或保存后再试。"
        )
    if len(content) > _LARGEST_TEXT:
        raise InputError(f"{name} 的文字超过 {_LARGEST_TEXT // 2**20} MB，请拆分后再试。")
    return _text_kind(content, name)


def _reasons(content: bytes, name: str) -> Iterator[str]:
    """Why the file is of no format that is read; nothing for one that may be."""
    suffix = _suffix(name)
    if content.startswith(_OLE):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in content:
            yield "已加密，请去掉密码、另存为 .docx 后再试"
        yield _BY_SUFFIX.get(suffix, f"是旧版 Office 文件，{_AS_DOCX}")
    for starts, reason in _UNREAD:
        if content.startswith(starts) and (b"\x00" in content or len(starts[0]) > 4):
            yield reason
    if suffix in _BY_SUFFIX and b"\x00" in content:
        yield _BY_SUFFIX[suffix]


def _zip_kind(content: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "docx"  # Its reader says what is wrong.
    for start, reason in _IN_ZIP:
        if any(each.startswith(start) for each in names):
            if reason:
                raise InputError(f"{name} {reason}。")
            return "docx"
    if "OFD.xml" in names:
        return "ofd"
    if _suffix(name) == ".docx":
        return "docx"
    raise InputError(f"{name} 是压缩包，请解压后逐个添加其中的文件。")


def _text_kind(content: bytes, name: str) -> Kind:
    suffix = _suffix(name)
    head = content[:4096].replace(b"\x00", b"").decode("latin-1")
    if _PAGE.match(head) or (_SUFFIXES.get(suffix) == "html" and _TAG.search(head)):
        return "html"
    if suffix in _BY_SUFFIX:
        raise InputError(f"{name} {_BY_SUFFIX[suffix]}。")
    if suffix in {".docx", ".pdf", ".ofd"}:
        raise InputError(f"{name} 不是{_KINDS[_SUFFIXES[suffix]]}，请重新下载或另存后再试。")
    return "md" if _SUFFIXES.get(suffix) == "md" else "txt"


def _read(
    content: bytes,
    name: str,
    kind: Kind,
    ocr: bool,
    progress: Callable[[int, int], None] | None,
) -> Extracted:
    if kind == "pdf":
        from corpus.formats.pdf import read_pdf

        return read_pdf(content, name, ocr=ocr, progress=progress)
    if kind == "ofd":
        return _read_ofd(content, name)
    return _read_docx(content, name) if kind == "docx" else _read_text(content, name, kind)


def _read_ofd(content: bytes, name: str) -> Extracted:
    from corpus.formats.pdf import read_ofd

    try:
        return read_ofd(content, name)
    except ImportError as exc:
        raise InputError(
            f"{name} 是 OFD 版式文件，请用 WPS 或数科、福昕等 OFD 阅读器打开，另存为 PDF 后再试；"
            '或运行 pip install "faju[ofd]" 后直接添加。'
        ) from exc


def _read_docx(content: bytes, name: str) -> Extracted:
    from corpus.formats.word import read_docx

    return read_docx(content, name)


def _read_text(content: bytes, name: str, kind: Kind) -> Extracted:
    if kind == "html":
        from corpus.formats.web import read_page

        return read_page(content, name)
    from corpus.formats.plain import read_markdown, read_plain

    text = decode(content, name)
    return read_markdown(text) if kind == "md" else read_plain(text)

"""An OFD file (GB/T 33190) as text: its words stand in places as a PDF's do, and are read alike.

The package ofdkit reads the parts of the file; it runs nothing in it and bounds what it unpacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.errors import InputError
from corpus.formats.extracted import Extracted
from corpus.formats.lines import own_title
from corpus.formats.pdf.assembly import ReadPage, assembled
from corpus.formats.pdf.edges import furniture
from corpus.formats.pdf.glyphs import stretches
from corpus.formats.pdf.rows import PageLines
from corpus.formats.pdf.spacing import Glyph

__all__ = ["read_ofd"]

_POINTS = 72 / 25.4  # to a millimetre
_OVER, _UNDER = 0.88, 0.12  # of a character's height, the line it stands on
_MOST_PAGES = 1500


def read_ofd(content: bytes, name: str) -> Extracted:
    """The text of an OFD file, page by page.

    Raises ImportError where ofdkit is not installed, InputError for a file that it cannot read or
    that holds no words (a scan, words as outlines).
    """
    import ofdkit

    try:
        with ofdkit.open(content) as document:
            if len(document.pages) > _MOST_PAGES:
                raise InputError(f"{name} 超过 {_MOST_PAGES} 页，请拆分后再试。")
            read = [ReadPage(_lines(page)) for page in document.pages]
            title = own_title(document.info.title or "")
            said = tuple(document.warnings)
    except ofdkit.OFDError as exc:
        raise InputError(
            f"{name} 已损坏，或不是通行的 OFD，请用能打开它的软件另存为 PDF 后再试。"
        ) from exc
    text, pages = assembled(read, ())
    if not text.strip():
        raise InputError(
            f"{name} 里没有文字（可能是扫描件），请用能打开它的软件另存为 PDF，再作为扫描件添加。"
        )
    lost = f"{name} 有 {len(said)} 处没有读到，请与原件核对。" if said else ""
    empty = [str(page.lines.number) for page in read if not page.lines.fragments]
    bare = f"{name} 第 {'、'.join(empty)} 页没有文字，请与原件核对。" if empty else ""
    around = tuple(row.text for row in furniture([page.lines for page in read]))
    warnings = tuple(filter(None, (lost, bare)))
    facts = {"title": title} if title else {}
    return Extracted(text, "ofd", (), pages, facts, warnings=warnings, left_out=around)


def _lines(page: Any) -> PageLines:
    left, top, width, height = (each * _POINTS for each in page.box)
    found = stretches([glyph for run in page.runs for glyph in _glyphs(run, left, top)])
    return PageLines(page.index + 1, width, height, found)


def _glyphs(run: Any, left: float, top: float) -> Iterator[Glyph]:
    """The characters of a run, as wide as each other but for Latin ones, half as wide."""
    size, line = run.size * _POINTS, run.y * _POINTS - top
    wide = [1.0 if ord(each) > 0x2E80 or each in "“”‘’—…" else 0.5 for each in run.text]
    step = run.width * _POINTS / sum(wide)
    at = run.x * _POINTS - left
    for character, width in zip(run.text, wide, strict=True):
        yield Glyph(character, at, line - _OVER * size, at + width * step, line + _UNDER * size)
        at += width * step

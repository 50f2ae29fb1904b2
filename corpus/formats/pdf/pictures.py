"""The pages of a PDF as pictures, to be looked at beside what was read of them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from corpus.errors import InputError
from corpus.formats.pdf.lock import PDFIUM

__all__ = ["page_pictures"]

_DOTS_PER_POINT = 110 / 72  # print of 9 points can be read
_LONGEST_SIDE = 2000  # pixels
_QUALITY = 70


def page_pictures(content: bytes) -> Iterator[bytes]:
    """A JPEG of each page, b"" for one that cannot be drawn.

    Raises InputError for a file that cannot be opened.
    """
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as exc:
            raise InputError("原文件打不开，不能显示页面。") from exc
        count = len(document)
    try:
        for number in range(count):
            yield _picture(document, number)
    finally:
        with PDFIUM:
            document.close()


def _picture(document: Any, number: int) -> bytes:
    import pypdfium2

    with PDFIUM:
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            return b""
        scale = min(_DOTS_PER_POINT, _LONGEST_SIDE / max(page.get_size()))
        picture = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    target = BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()

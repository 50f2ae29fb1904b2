"""Small PDFs written by hand, with their drawing steps as they are given."""

from __future__ import annotations

from io import BytesIO

import pypdf
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)

__all__ = ["paper"]


def paper(*pages: bytes, form: bytes = b"") -> bytes:
    """A PDF of pages with these contents; each may draw ``form`` as /X."""
    writer = pypdf.PdfWriter()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    names = {NameObject(key): NameObject(value) for key, value in font.items()}
    held = writer._add_object(DictionaryObject(names))
    drawn = packed(form)
    drawn[NameObject("/Subtype")] = NameObject("/Form")
    drawn[NameObject("/BBox")] = ArrayObject(FloatObject(each) for each in (0, 0, 9, 9))
    shape = writer._add_object(drawn)
    for content in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Contents")] = writer._add_object(packed(content))
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/Font"): DictionaryObject({NameObject("/F1"): held}),
                NameObject("/XObject"): DictionaryObject({NameObject("/X"): shape}),
            }
        )
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def packed(content: bytes) -> DictionaryObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    return stream.flate_encode()

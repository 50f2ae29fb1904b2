"""Small PDFs that unpack without end: the page that does is not read, and it is said which."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)

from corpus import InputError
from corpus.formats.kinds import extract

WORD = b"BT /F1 12 Tf 72 %d Td (Article) Tj ET\n"
DOT = b"0 0 1 1 re f\n"


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


@pytest.mark.parametrize(
    ("page", "form"),
    [
        (WORD % 500 * 150_000, b""),
        (DOT * 150_000, b""),
        (b"/X Do\n" * 300, DOT * 500),
        (b"BT /F1 12 Tf (" + b"a" * (9 << 20) + b") Tj ET", b""),
    ],
)
def test_a_page_that_draws_without_end_is_not_read_and_the_others_are(
    page: bytes, form: bytes
) -> None:
    content = paper(WORD % 700, page + WORD % 400, WORD % 600, form=form)
    assert len(content) < 100_000
    found = extract(content, "a.pdf", ocr=False)
    assert found.text.split() == ["Article", "Article"]
    assert [each for each in found.warnings if "第 2 页的内容过于庞杂" in each]


def test_a_file_of_such_pages_alone_is_refused() -> None:
    with pytest.raises(InputError, match="过于庞杂"):
        extract(paper(DOT * 150_000), "a.pdf")


def test_without_a_readable_frame_the_streams_themselves_are_counted() -> None:
    content = paper(WORD % 700, DOT * 150_000)
    torn = content.replace(b"/Kids", b"/Kid5")
    with pytest.raises(InputError):
        extract(torn, "a.pdf", ocr=False)


def test_a_full_page_is_read() -> None:
    lines = b"".join(WORD % (800 - line) for line in range(0, 700, 12)) + DOT * 2000
    assert len(extract(paper(lines), "a.pdf", ocr=False).text.split()) == 59

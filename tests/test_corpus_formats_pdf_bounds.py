"""Small PDFs that unpack without end: the page that does is not read, and it is said which."""

from __future__ import annotations

import pytest
from doubles.pdf import paper

from corpus import InputError
from corpus.formats.kinds import extract

WORD = b"BT /F1 12 Tf 72 %d Td (Article) Tj ET\n"
DOT = b"0 0 1 1 re f\n"


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

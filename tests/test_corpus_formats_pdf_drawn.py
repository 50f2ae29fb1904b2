"""Tables and seals on the pictures of scanned pages."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from corpus.formats.pdf.ruled import ruled

if find_spec("cv2") is None:
    pytest.skip("OpenCV is not installed: pip install faju[ocr]", allow_module_level=True)

from corpus.formats.pdf.drawn import drawn_rules, has_stamp

SCALE = 200 / 72


def page(seal: bool = False, red_title: bool = False) -> Any:
    """A grey page a little askew: a table of three columns, the first cell over two rows."""
    picture = Image.new("RGB", (1654, 2339), (244, 244, 240))
    draw = ImageDraw.Draw(picture)
    lines = [(300, 400, 1300, 400), (600, 500, 1300, 500), (300, 600, 1300, 600)]
    lines += [(at, 400, at, 600) for at in (300, 600, 950, 1300)]
    for line in lines:
        draw.line(line, (60, 60, 60), 3)
    for at in range(12):
        draw.rectangle((320 + at * 22, 480, 336 + at * 22, 500), (30, 30, 30))
    if seal:
        draw.ellipse((1000, 1600, 1300, 1900), outline=(214, 48, 44), width=12)
    if red_title:
        draw.rectangle((300, 150, 1350, 230), (214, 48, 44))
    return np.asarray(picture.rotate(0.4, fillcolor=(244, 244, 240)))[:, :, ::-1]


def test_the_cells_of_a_scanned_table_are_found_though_it_is_askew() -> None:
    picture = page()
    cells = ruled(drawn_rules(picture, SCALE), picture.shape[0] / SCALE).cells
    sizes = [(round(c.box[2] - c.box[0]), round(c.box[3] - c.box[1])) for c in cells]
    expected = [(108, 72), (126, 36), (126, 36), (126, 36), (126, 36)]
    assert np.allclose(sorted(sizes), sorted(expected), atol=4)


def test_a_seal_is_told_from_a_red_head() -> None:
    assert has_stamp(page(seal=True), SCALE)
    assert not has_stamp(page(red_title=True), SCALE)
    assert not has_stamp(page(), SCALE)

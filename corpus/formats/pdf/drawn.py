"""What is drawn on the picture of a page, beside its words: a table's rules, a stamp.

OpenCV comes with the recogniser of words and is loaded with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.formats.pdf.ruled import Box

__all__ = ["drawn_rules", "has_stamp"]

# In points, by eye on made scans (benchmarks.measure.documents --type scan).
_RULE = 24.0  # a rule's least length: no stroke of a character is so long
_ASKEW = 1.0  # how far a rule may stray over that length
_DARK = 140  # of 255
_STAMP = (60.0, 180.0)  # a stamp's breadth
_SQUARE = 1.5  # its longer side to the shorter
_RED = 60  # how much redder than green and blue


def drawn_rules(picture: Any, scale: float) -> list[Box]:
    """The level and upright lines in a picture of ``scale`` pixels to a point, as in a PDF."""
    import cv2
    import numpy as np

    dark = (picture.min(axis=2) < _DARK).astype(np.uint8)
    found: list[Box] = []
    for level in (True, False):
        length, stray = round(_RULE * scale), 1 + 2 * round(_ASKEW * scale / 2)
        across = (stray, 1) if level else (1, stray)
        along = (1, length) if level else (length, 1)
        thick = cv2.dilate(dark, np.ones(across, np.uint8))
        lines = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(along, np.uint8))
        for left, top, wide, high in _parts(lines):
            x0, x1 = left / scale, (left + wide) / scale
            y0, y1 = top / scale, (top + high) / scale
            middle = ((x0 + x1) / 2, (y0 + y1) / 2)
            found.append(
                (x0, middle[1], x1, middle[1]) if level else (middle[0], y0, middle[0], y1)
            )
    return found


def has_stamp(picture: Any, scale: float) -> bool:
    """Whether a red seal is on the page: words under it may be lost."""
    import cv2
    import numpy as np

    blue, green, red = (picture[:, :, at].astype(np.int16) for at in range(3))
    mask = (red - np.maximum(green, blue) > _RED).astype(np.uint8)
    size = round(4 * scale)
    joined = cv2.dilate(mask, np.ones((size, size), np.uint8))
    for _, _, wide, high in _parts(joined):
        short, long = sorted((wide / scale, high / scale))
        if _STAMP[0] <= short and long <= _STAMP[1] and long < _SQUARE * short:
            return True
    return False


def _parts(mask: Any) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height of what hangs together in a mask of 0 and 1."""
    import cv2

    count, _, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for number in range(1, count):
        left, top, wide, high, _ = (int(each) for each in boxes[number])
        yield left, top, wide, high

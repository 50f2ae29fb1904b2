"""Words recognised from the picture of a page, by RapidOCR's models inside its package."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import median
from typing import Any

from corpus.errors import InputError
from corpus.formats.pdf.celled import celled
from corpus.formats.pdf.drawn import drawn_rules, has_stamp
from corpus.formats.pdf.glyphs import Fragment
from corpus.formats.pdf.ruled import Cell, holds, ruled

__all__ = ["Recognised", "recognise"]

_SHORT = 4  # characters; longer boxes are as high as their words (by eye, on made scans)
_HALF = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:?!()]|\((?=[\u4e00-\u9fff])|(?<=（\w)\)")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a picture in points, and the recogniser's mean confidence for a character.

    ``stamped``: a seal is on the page, and words under it may be missing.
    """

    fragments: Sequence[Fragment]
    confidence: float
    stamped: bool = False


def recognise(picture: Any, scale: float, place: str) -> Recognised:
    """The words in a picture of ``scale`` pixels to a point: height x width x 3, BGR.

    Raises InputError when the optional package is not installed; ``place`` says in the message
    which page of which file wants it.
    """
    try:
        engine = _engine()
    except ImportError as exc:
        raise InputError(
            f'{place}没有可用的文字，需要文字识别，请先运行 pip install "faju[ocr]" 再试。'
        ) from exc
    result = engine(picture)
    if result.boxes is None or result.txts is None:
        return Recognised((), 0.0)
    fragments = []
    weight = total = 0.0
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        words = _wide(text)
        if words:
            across, down = ([float(point[axis]) / scale for point in box] for axis in (0, 1))
            fragments.append(Fragment(words, min(across), min(down), max(across), max(down)))
            weight += len(words)
            total += len(words) * float(score)
    cells = ruled(drawn_rules(picture, scale), picture.shape[0] / scale).cells
    inside = [replace(each, cell=_cell(cells, each)) for each in _levelled(fragments)]
    sure = total / weight if weight else 0.0
    return Recognised(celled(inside, cells), sure, has_stamp(picture, scale))


def _cell(cells: Sequence[Cell], words: Fragment) -> Cell | None:
    x, y = (words.left + words.right) / 2, (words.top + words.bottom) / 2
    return next((cell for cell in cells if holds(cell.box, x, y)), None)


def _levelled(fragments: Sequence[Fragment]) -> list[Fragment]:
    """With the boxes of one or two words as high as most: around so few they are drawn too wide."""
    if not fragments:
        return []
    usual = median(each.height for each in fragments)
    return [
        each
        if len(each.text) > _SHORT
        else replace(
            each,
            top=(each.top + each.bottom - usual) / 2,
            bottom=(each.top + each.bottom + usual) / 2,
        )
        for each in fragments
    ]


@cache
def _engine() -> Any:
    # It runs on ONNX Runtime, which reports to its maker unless told not to before its import.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


def _wide(text: str) -> str:
    """With the punctuation of Chinese sentences full-width: a picture hardly tells which it was."""
    return _HALF.sub(lambda match: match.group().translate(_FULL), " ".join(text.split()))

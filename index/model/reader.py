"""A question and a passage read together by a cross-encoder that the user brings.

Nogueira and Cho, Passage Re-ranking with BERT (2019). It orders the few passages that the search
found. None comes with the package: the one trained here put fewer right passages first than the
search does without it (docs/accuracy.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus import InputError

__all__ = ["CrossEncoderReader", "Reader", "load_reader"]


class Reader(Protocol):
    """What reads a question beside passages."""

    def read(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """How well each passage fits the question (passages,), larger is better."""
        ...


def load_reader(name: str) -> Reader | None:
    """The CrossEncoder of this name or folder; None for "". InputError where there is none."""
    return CrossEncoderReader(name) if name else None


class CrossEncoderReader:
    """Any sentence-transformers CrossEncoder with one score."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        local = Path(name).is_dir()
        try:
            self._model = CrossEncoder(name, device="cpu", local_files_only=local)
        except (OSError, ValueError, RuntimeError, KeyError) as exc:
            reason = " ".join(str(exc).split())[:120]
            raise InputError(
                f"打不开排序模型 {name}（{reason}）；请给出存有 CrossEncoder 模型的本地文件夹路径。"
            ) from exc

    def read(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """How well each passage fits the question (passages,), larger is better."""
        if not passages:
            return np.empty(0, np.float32)
        scores = self._model.predict([(query, text) for text in passages], show_progress_bar=False)
        return np.asarray(scores, np.float32).reshape(len(passages), -1)[:, 0]

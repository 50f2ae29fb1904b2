"""Arrays as .npy files of a generation: no pickle, mapped into memory, read where they are used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import DamagedError

__all__ = ["load_arrays", "save_arrays"]


def save_arrays(folder: Path, names: Sequence[str], arrays: Sequence[NDArray[Any]]) -> None:
    """Write each array under its name, through a file object (paths may not be ASCII)."""
    for name, array in zip(names, arrays, strict=True):
        with (folder / name).open("wb") as file:
            np.save(file, array, allow_pickle=False)


def load_arrays(folder: Path, names: Sequence[str], what: str) -> list[NDArray[Any]]:
    """Read what ``save_arrays`` wrote; DamagedError calls it ``what``."""
    try:
        mapped = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in names)
        return [array.view(np.ndarray) for array in mapped]
    except (OSError, ValueError) as exc:
        raise DamagedError(f"{what}损坏：{folder}，请重新建库：faju build --force") from exc

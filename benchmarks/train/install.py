"""Put what training left into the package: python -m benchmarks.train.install OUT.

OUT is the folder that ``benchmarks.train.train`` wrote: its encoder and projection become
``index/model/*.safetensors``. Then run benchmarks/train/fit_answerability.py, whose judge belongs
to the model.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

Arrays = dict[str, NDArray[Any]]

TARGET = Path(__file__).resolve().parents[2] / "index" / "model"


def main() -> None:
    """Write the two files."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    write("adapter", arrays_of(args.out, "encoder"))
    write("projection", arrays_of(args.out, "projection"))


def arrays_of(folder: Path, name: str) -> Arrays:
    """One of the files that training wrote."""
    with np.load(folder / f"{name}.npz", allow_pickle=False) as stored:
        return {key: np.ascontiguousarray(array) for key, array in stored.items()}


def write(name: str, arrays: Arrays) -> None:
    """One file of the package."""
    target = TARGET / f"{name}.safetensors"
    save_file(arrays, target)
    print(f"{target.name}: {len(arrays)} arrays, {target.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()

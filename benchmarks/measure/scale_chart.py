"""The curves of `benchmarks.measure.scale`, drawn: what each figure is at each size.

python -m benchmarks.measure.scale_chart FILE.jsonl --out docs/scale.svg
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import log10
from pathlib import Path

PANELS = (
    "disk MB",
    "open MB",
    "found MB",
    "search cpu p50 ms",
    "ask cpu p50 ms",
    "find exact cpu p50 ms",
)
WIDTH, HEIGHT, MARGIN = 300, 190, 40
COLOURS = ("#9aa0a6", "#8b1a1a", "#1f5f8b")
Figures = Mapping[str, float | str]


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    lines = given.file.read_text(encoding="utf-8").splitlines()
    records = sorted(map(json.loads, lines), key=lambda each: (each["label"], each["passages"]))
    runs = [list(run) for _, run in groupby(records, key=lambda each: each["label"])]
    height = HEIGHT * ((len(PANELS) + 2) // 3) + 20
    body = "\n".join(part for at, name in enumerate(PANELS) for part in panel(at, name, runs))
    legend = "".join(
        f'<text x="{10 + 320 * at}" y="{height - 6}" fill="{colour}">{run[0]["label"]}</text>'
        for at, (run, colour) in enumerate(zip(runs, COLOURS, strict=False))
    )
    given.out.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{3 * WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="11">\n{body}\n{legend}\n</svg>\n',
        encoding="utf-8",
    )


def panel(at: int, name: str, runs: Sequence[Sequence[Figures]]) -> Iterator[str]:
    """One figure over the number of passages (logarithmic), a line for each run."""
    left, top = (at % 3) * WIDTH + MARGIN, (at // 3) * HEIGHT + MARGIN
    wide, high = WIDTH - MARGIN - 30, HEIGHT - MARGIN - 30
    points = [each for run in runs for each in run]
    most = max(float(each[name]) for each in points)
    sizes = [log10(float(each["passages"])) for each in points]
    first, span = min(sizes), max(max(sizes) - min(sizes), 0.1)
    yield f'<text x="{left}" y="{top - 8}" font-weight="bold">{name}</text>'
    yield f'<path d="M{left},{top}v{high}h{wide}" fill="none" stroke="#444"/>'
    for run, colour in zip(runs, COLOURS, strict=False):
        places = []
        for each in run:
            x = left + wide * (log10(float(each["passages"])) - first) / span
            y = top + high * (1 - float(each[name]) / most)
            places.append(f"{x:.1f},{y:.1f}")
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
            yield f'<text x="{x - 12:.1f}" y="{y - 6:.1f}" fill="{colour}">{each[name]}</text>'
            size = f"{float(each['passages']) / 1000:.0f}k"
            yield f'<text x="{x - 10:.1f}" y="{top + high + 14}">{size}</text>'
        yield f'<polyline points="{" ".join(places)}" fill="none" stroke="{colour}"/>'


if __name__ == "__main__":
    main()

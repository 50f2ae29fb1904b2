"""Charts as inline SVG: bars by run, calibration, risk against coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import sqrt

from qa.evaluation.curves import Curves

__all__ = ["bar_chart", "calibration_chart", "risk_chart"]

_COLOURS = ("#8b1a1a", "#1d4f91", "#a87510", "#17552a", "#5b2a91", "#57534e")
_WIDTH, _BAR, _LEFT, _RIGHT = 760, 17, 96, 60
_SIDE, _EDGE = 260, 52  # of a square chart: the plot, and the room for its labels

Point = tuple[float, float]


def bar_chart(values: Mapping[str, Mapping[str, float]], measures: Sequence[str]) -> str:
    """For each measure a bar for each run; ``values`` goes from run to measure to 0 … 1."""
    colours = {run: _COLOURS[n % len(_COLOURS)] for n, run in enumerate(values)}
    height = (len(values) * _BAR + 18) * len(measures)
    full = _WIDTH - _LEFT - _RIGHT
    parts = [
        f'<line x1="{_LEFT + full * tick / 4}" x2="{_LEFT + full * tick / 4}" y1="0"'
        f' y2="{height}" stroke="#dedad5"/>'
        for tick in range(5)
    ]
    for number, measure in enumerate(measures):
        top = number * (len(values) * _BAR + 18) + 9
        middle = top + len(values) * _BAR / 2 + 5
        parts.append(f'<text x="{_LEFT - 10}" y="{middle}" text-anchor="end">{measure}</text>')
        for place, (run, figures) in enumerate(values.items()):
            y, value = top + place * _BAR, figures[measure]
            length = full * value
            parts.append(
                f'<rect x="{_LEFT}" y="{y + 1}" width="{length:.1f}" height="{_BAR - 3}"'
                f' fill="{colours[run]}"><title>{escape(run)} {measure}</title></rect>'
                f'<text x="{_LEFT + length + 6:.1f}" y="{y + _BAR - 4}">{value:.3f}</text>'
            )
    legend = "".join(
        f'<li><span style="background:{colour}"></span>{escape(run)}</li>'
        for run, colour in colours.items()
    )
    drawing = _svg(_WIDTH, height, "各检索方式的主要指标", parts)
    return f'<figure class="chart"><ul class="legend">{legend}</ul>{drawing}</figure>'


def calibration_chart(curves: Curves) -> str:
    """Confidence against the share that was right; a dot for each tenth, larger for more."""
    most = max(each.n for each in curves.calibration)
    points = [(each.confidence, each.right) for each in curves.calibration]
    dots = [
        f'<circle cx="{_x(each.confidence)}" cy="{_y(each.right)}"'
        f' r="{3 + 7 * sqrt(each.n / most):.1f}" fill="#8b1a1a" fill-opacity="0.75">'
        f"<title>{each.n} 题，把握 {each.confidence:.2f}，答对 {each.right:.2f}</title></circle>"
        for each in curves.calibration
    ]
    ideal = _line([(0, 0), (1, 1)], "#8f8981", dashed=True)
    caption = (
        "虚线是理想情形：有几成把握，就有几成答对。点越大题越多；"
        f"平均相差 {curves.error:.3f}（ECE）。"
    )
    parts = [ideal, _line(points, "#8b1a1a"), *dots]
    return _square("置信度校准", ("置信度", "答对的比例"), parts, caption)


def risk_chart(curves: Curves) -> str:
    """The share of wrong answers as more questions are answered, the surest first."""
    points = list(zip(curves.coverage, curves.risk, strict=True))
    now = _line([(curves.answered, 0), (curves.answered, 1)], "#1d4f91", dashed=True)
    caption = (
        "把握大的题先答：答到横轴所示的比例时，纵轴是其中答错的比例。"
        f"竖线是现在的拒答界线（作答 {curves.answered:.1%}）。"
    )
    parts = [now, _line(points, "#8b1a1a")]
    return _square("风险与作答比例", ("作答的比例", "其中答错的比例"), parts, caption)


def _square(title: str, axes: tuple[str, str], parts: Sequence[str], caption: str) -> str:
    grid = []
    for tick in range(6):
        share = tick / 5
        grid += [
            _line([(share, 0), (share, 1)], "#dedad5"),
            _line([(0, share), (1, share)], "#dedad5"),
            f'<text x="{_x(share)}" y="{_y(0) + 18}" text-anchor="middle">{share:.1f}</text>',
            f'<text x="{_EDGE - 8}" y="{_y(share) + 4}" text-anchor="end">{share:.1f}</text>',
        ]
    middle = _EDGE + _SIDE / 2
    labels = [
        f'<text x="{middle}" y="{_y(0) + 38}" text-anchor="middle">{axes[0]}</text>',
        f'<text x="14" y="{_y(0.5)}" text-anchor="middle"'
        f' transform="rotate(-90 14 {_y(0.5)})">{axes[1]}</text>',
    ]
    drawing = _svg(_SIDE + _EDGE + 16, _SIDE + _EDGE + 4, title, [*grid, *labels, *parts])
    return (
        f'<figure class="chart square"><h3>{title}</h3>{drawing}'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def _svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{title}"'
        f' style="max-width:{width}px">{"".join(parts)}</svg>'
    )


def _line(points: Sequence[Point], colour: str, *, dashed: bool = False) -> str:
    path = " ".join(f"{_x(x)},{_y(y)}" for x, y in points)
    style = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{style}/>'


def _x(share: float) -> float:
    return round(_EDGE + _SIDE * share, 1)


def _y(share: float) -> float:
    return round(8 + _SIDE * (1 - share), 1)

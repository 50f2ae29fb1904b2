"""Charts as inline SVG: bars by run, calibration, risk against coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from qa.evaluation.curves import Curves
from qa.markup import Html, render

__all__ = ["bar_chart", "calibration_chart", "risk_chart"]

_COLOURS = ("#8b1a1a", "#1d4f91", "#a87510", "#17552a", "#5b2a91", "#57534e")
_WIDTH, _BAR, _LEFT, _RIGHT = 760, 17, 96, 60
_FULL = _WIDTH - _LEFT - _RIGHT
_GAP = 18  # between the groups of bars
_SIDE, _EDGE = 260, 52  # of a square chart: the plot, and the room for its labels

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Bar:
    """One run's value of a measure, as a bar from ``y`` down."""

    run: str
    value: float
    y: int

    @property
    def length(self) -> float:
        """In pixels."""
        return _FULL * self.value


@dataclass(frozen=True, slots=True)
class _Bars:
    """The bars of one measure, and where its name stands."""

    measure: str
    middle: float
    bars: list[_Bar]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line through points of the plot, 0 … 1 both ways."""

    points: Sequence[Point]
    colour: str = "#8b1a1a"
    dashed: bool = False

    @property
    def path(self) -> str:
        """The points in pixels."""
        return " ".join(f"{_x(x)},{_y(y)}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class _Dot:
    """Questions that were about equally sure, as a dot that is larger for more."""

    x: float
    y: float
    radius: float
    said: str


def bar_chart(values: Mapping[str, Mapping[str, float]], measures: Sequence[str]) -> Html:
    """For each measure a bar for each run; ``values`` goes from run to measure to 0 … 1."""
    step = len(values) * _BAR + _GAP
    return render(
        "evaluation/bars.html",
        colours={run: _COLOURS[n % len(_COLOURS)] for n, run in enumerate(values)},
        groups=[_bars(each, values, n * step + _GAP // 2) for n, each in enumerate(measures)],
        ticks=[_LEFT + _FULL * tick / 4 for tick in range(5)],
        width=_WIDTH,
        height=step * len(measures),
        left=_LEFT,
        bar=_BAR,
    )


def calibration_chart(curves: Curves) -> Html:
    """Confidence against the share that was right; a dot for each tenth, larger for more."""
    most = max(each.n for each in curves.calibration)
    dots = [
        _Dot(
            _x(each.confidence),
            _y(each.right),
            3 + 7 * sqrt(each.n / most),
            f"{each.n} 题，把握 {each.confidence:.2f}，答对 {each.right:.2f}",
        )
        for each in curves.calibration
    ]
    ideal = _Line([(0, 0), (1, 1)], "#8f8981", dashed=True)
    found = _Line([(each.confidence, each.right) for each in curves.calibration])
    caption = (
        "虚线是理想情形：有几成把握，就有几成答对。点越大题越多；"
        f"平均相差 {curves.error:.3f}（ECE）。"
    )
    axes = ("置信度", "答对的比例")
    return _square("置信度校准", axes, [ideal, found], caption, dots)


def risk_chart(curves: Curves) -> Html:
    """The share of wrong answers as more questions are answered, the surest first."""
    now = _Line([(curves.answered, 0), (curves.answered, 1)], "#1d4f91", dashed=True)
    found = _Line(list(zip(curves.coverage, curves.risk, strict=True)))
    caption = (
        "把握大的题先答：答到横轴所示的比例时，纵轴是其中答错的比例。"
        f"竖线是现在的拒答界线（作答 {curves.answered:.1%}）。"
    )
    return _square("风险与作答比例", ("作答的比例", "其中答错的比例"), [now, found], caption)


def _bars(measure: str, values: Mapping[str, Mapping[str, float]], top: int) -> _Bars:
    bars = [
        _Bar(run, each[measure], top + n * _BAR) for n, (run, each) in enumerate(values.items())
    ]
    return _Bars(measure, top + len(values) * _BAR / 2 + 5, bars)


def _square(
    title: str,
    axes: tuple[str, str],
    lines: Sequence[_Line],
    caption: str,
    dots: Sequence[_Dot] = (),
) -> Html:
    return render(
        "evaluation/square.html",
        title=title,
        axes=axes,
        ticks=[
            (share, _x(share), _y(share), _grid(share)) for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
        ],
        lines=lines,
        dots=dots,
        caption=caption,
        width=_SIDE + _EDGE + 16,
        height=_SIDE + _EDGE + 4,
        edge=_EDGE,
        middle=(_EDGE + _SIDE / 2, _y(0.5)),
        floor=_y(0),
    )


def _grid(share: float) -> Sequence[_Line]:
    """The line up and the line across at a tick."""
    return [_Line(ends, "#dedad5") for ends in (((share, 0), (share, 1)), ((0, share), (1, share)))]


def _x(share: float) -> float:
    return round(_EDGE + _SIDE * share, 1)


def _y(share: float) -> float:
    return round(8 + _SIDE * (1 - share), 1)

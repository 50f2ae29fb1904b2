"""The figures of an evaluation for a fixed-width screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from qa.evaluation.measures import ALL, MEASURES
from qa.evaluation.results import Figures, Report
from qa.evaluation.significance import CORRECTION, RESAMPLES
from qa.records import RunDifference

__all__ = [
    "COMPARED",
    "QUOTE_NAMES",
    "QUOTE_NOTE",
    "REFUSAL_NAMES",
    "difference_cells",
    "format_table",
    "kind_name",
    "shown",
]

REFUSAL_NAMES: dict[Literal["precision", "recall", "false_refusal_rate", "auroc"], str] = {
    "precision": "拒答准确率",
    "recall": "拒答召回率",
    "false_refusal_rate": "误拒率（有答案的题）",
    "auroc": "置信度区分力 AUROC",
}

QUOTE_NAMES: dict[Literal["first", "bearing", "whole"], str] = {
    "first": "第一句即答",
    "bearing": "切题的句子",
    "whole": "列举完整",
}
QUOTE_NOTE = (
    "第一句即答：答复的第一句就含依据的题的比例（拒答算没有）；切题的句子：引用的句子里与问题有关的比例；"
    "列举完整：要用一项项列举来回答的题里，列举引全了的比例"
)
"""What answers quote, and what the figures mean."""

COMPARED = (
    f"区间为 95%（自助法），p 为配对随机化检验（各 {RESAMPLES} 次重抽样），"
    f"校正 p 按 {CORRECTION} 法对本表各次比较一并校正"
)
"""How the differences between runs were found."""

_NOTES_SHOWN = 10
_OF_GROUPS = "nDCG@10"


def format_table(report: Report) -> str:
    """The figures as plain-text tables in Chinese, in aligned columns."""
    lines = [*_by_kind(report), *_differences(report)]
    for title, figures in (("文件", report.documents), ("章节", report.chapters)):
        if len(figures.n) > 1:
            lines += ["", f"按{title}（{_OF_GROUPS}）：", *_by_group(title, figures)]
    lines += _asked(report)
    if report.notes:
        lines += ["", f"有 {len(report.notes)} 处在库中找不到，按未检出计："]
        lines += report.notes[:_NOTES_SHOWN]
        lines += ["……"] * (len(report.notes) > _NOTES_SHOWN)
    return "\n".join(lines)


def kind_name(kind: str) -> str:
    """A kind as shown."""
    return "全部" if kind == ALL else kind


def shown(value: float | None, sign: str = "") -> str:
    """Three decimals, or a dash; ``sign`` "+" shows that of a gain too."""
    return "—" if value is None else f"{value:{sign}.3f}"


def difference_cells(found: RunDifference) -> list[str]:
    """A row of the differences' table: run, measure, difference, interval, p-values, won, lost."""
    return [
        *(found["run"], found["measure"], shown(found["difference"], "+")),
        f"{shown(found['low'], '+')} 至 {shown(found['high'], '+')}",
        *(f"{found['p']:.4f}", f"{found['p_corrected']:.4f}"),
        *(str(found["won"]), str(found["lost"])),
    ]


def _by_kind(report: Report) -> list[str]:
    rows = [["检索方式", "题型", "题数", *MEASURES]]
    for run, measures in report.kinds.runs.items():
        for kind, count in report.kinds.n.items():
            values = [shown(measures[measure].get(kind)) for measure in MEASURES]
            rows.append([run, kind_name(kind), str(count), *values])
    return _aligned(rows)


def _by_group(title: str, figures: Figures) -> list[str]:
    rows = [[title, "题数", *figures.runs]]
    for name, count in figures.n.items():
        values = [shown(measures[_OF_GROUPS][name]) for measures in figures.runs.values()]
        rows.append([name, str(count), *values])
    return _aligned(rows)


def _differences(report: Report) -> list[str]:
    if not report.differences:
        return []
    first = report.differences[0]
    heads = ["检索方式", "指标", "差值", "95% 区间", "p", "校正 p", "胜", "负"]
    rows = [heads, *map(difference_cells, report.differences)]
    return ["", f"与 {first['baseline']} 相比（{first['n']} 题；{COMPARED}）：", *_aligned(rows)]


def _asked(report: Report) -> list[str]:
    lines = []
    if report.kinds.evidence_in_answer:
        lines += ["", "答句含依据原文的题目所占比例："]
        lines += _aligned(
            [[kind_name(k), shown(value)] for k, value in report.kinds.evidence_in_answer.items()]
        )
    if report.kinds.quotes:
        rows = [["题型", "题数", *QUOTE_NAMES.values()]]
        rows += [
            [kind_name(kind), str(each["n"]), *(shown(each[key]) for key in QUOTE_NAMES)]
            for kind, each in report.kinds.quotes.items()
        ]
        lines += ["", f"答句（{QUOTE_NOTE}）：", *_aligned(rows)]
    if report.refusal:
        counts = (report.refusal["n_answerable"], report.refusal["n_unanswerable"])
        lines += ["", "拒答（有答案 {} 题，无答案 {} 题）：".format(*counts)]
        lines += _aligned(
            [[name, shown(report.refusal[key])] for key, name in REFUSAL_NAMES.items()]
        )
    return lines


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Columns on the screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

"""What an evaluation leaves behind: figures, records, TREC files and the report, as files."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

from corpus import InputError
from qa.evaluation.report import html_report
from qa.evaluation.results import Report

__all__ = ["result_files", "write_files", "zipped"]

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def result_files(report: Report, title: str) -> dict[str, str]:
    """metrics.json, questions.jsonl, qrels.trec, a run-NAME.trec for each run, report.html."""
    files = {
        "metrics.json": json.dumps(report.figures(), ensure_ascii=False, indent=2) + "\n",
        "questions.jsonl": "".join(
            json.dumps(record, ensure_ascii=False) + "\n" for record in report.records
        ),
        "qrels.trec": "".join(
            f"{id_} 0 {item} 1\n" for id_, items in report.qrels.items() for item in items
        ),
        "report.html": html_report(report, title),
    }
    for run, ranked in report.rankings.items():
        tag = "_".join(run.split())
        files[f"run-{run}.trec"] = "".join(
            f"{id_} Q0 {item} {place} {len(items) - place + 1} {tag}\n"
            for id_, items in ranked.items()
            for place, item in enumerate(items, start=1)
        )
    return files


def write_files(report: Report, title: str, out_dir: str | Path) -> None:
    """Write ``result_files`` into a folder, made where it is not there."""
    folder = Path(out_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in result_files(report, title).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as exc:
        raise InputError(
            f"写不了 {folder}（{exc.strerror}）；请换一个可写的文件夹（--out）"
        ) from exc


def zipped(report: Report, title: str) -> bytes:
    """``result_files`` in one zip, the same bytes each time."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in result_files(report, title).items():
            package.writestr(zipfile.ZipInfo(name, _NO_TIME), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()

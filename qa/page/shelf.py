"""What the 文档库 tab shows: the shelf, the cited documents, one card a file that is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.inputs import LIMITS
from qa.library import Reading
from qa.markup import Html, render
from qa.records import CitedRecord, DocumentRecord, day

__all__ = ["add_form", "library", "outcomes_list", "reading_card"]

_STATUSES = ("征求意见稿", "试行", "现行有效", "尚未施行", "已被修改", "已失效", "已废止")
_FIELDS = (
    ("title", "标题", ""),
    ("issuer", "发文机关", ""),
    ("number", "文号", "如 某政发〔2021〕12号"),
    ("published", "公布日期", "如 2021-09-01"),
    ("effective", "施行日期", "如 2021-10-01"),
    ("status", "效力", "如 征求意见稿"),
)
_VERSIONS = {
    "newer": "库中有旧版本{}，入库后以此件为准，旧版本作为历史版本保留。",
    "older": "库中已有新版本{}，此件作为历史版本入库。",
}
_CONTENTS = 200  # headings of a file that are shown
_ADDRESS = re.compile(r"(?:https?://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][!-~]*)?(?![!-~])")


@dataclass(frozen=True, slots=True)
class _Address:
    """An official address as a link, with the words after it (who checked it).

    ``href`` is "" where it is none that may be opened; then all of it is ``words``.
    """

    href: str
    words: str

    @classmethod
    def of(cls, url: str) -> _Address:
        """Other schemes than http and https are words."""
        found = _ADDRESS.match(url)
        if found is None:
            return cls("", url)
        href = found.group() if found.group().startswith("http") else f"https://{found.group()}"
        return cls(href, url[found.end() :])


def library(documents: Sequence[DocumentRecord], cited: Sequence[CitedRecord]) -> Html:
    """The shelf, the place where a document opens, and the cited documents."""
    return render(
        "page/library.html",
        documents=[(document, _line(document)) for document in documents],
        cited=[
            (each, day(each["date"] or "—"), _Address.of(each.get("address") or each["url"]))
            for each in cited
        ],
    )


def add_form(may_change: bool) -> Html:
    """Where files are put in; only said where not, when the page is open to other computers."""
    return render(
        "page/library_add.html",
        may_change=may_change,
        statuses=_STATUSES,
        largest=LIMITS.upload_size,
        most=LIMITS.uploads,
    )


def reading_card(reading: Reading, job: str) -> Html:
    """One file as read: its facts to be put right, its table of contents, what to look at."""
    fields = [(name, label, hint, getattr(reading.proposal, name)) for name, label, hint in _FIELDS]
    version = _VERSIONS.get(reading.relation, "").format(reading.held)
    return render(
        "page/library_reading.html",
        reading=reading,
        job=job,
        fields=fields,
        notices=[*([version] if version else []), *reading.warnings],
        contents=reading.contents() if reading.relation != "same" else [],
        most=_CONTENTS,
    )


def outcomes_list(outcomes: Sequence[tuple[str, bool]]) -> Html:
    """What came of each file or document: the message, and whether it is an error."""
    return render("page/library_outcomes.html", outcomes=outcomes)


def _line(document: DocumentRecord) -> str:
    dated = document["published"] or document["effective"]
    return " · ".join(part for part in (document["kind"], document["issuer"], day(dated)) if part)

"""A checked draft: its items, and what can be taken away from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from qa.check import Item, item_record
from qa.drafts.draft import Draft
from qa.records import FAULTS, CheckReply

__all__ = ["CheckedDraft"]


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft and the verdicts on it."""

    draft: Draft
    items: Sequence[Item]

    @property
    def faults(self) -> int:
        """How many items are wrong."""
        return sum(item.verdict in FAULTS for item in self.items)

    def record(self) -> CheckReply:
        """The contract's reply, with the text that the offsets count in."""
        return {"text": self.draft.text, "items": [item_record(item) for item in self.items]}

    def corrected(self) -> tuple[str, bytes]:
        """File name and bytes with the true wording; in a .docx as tracked changes."""
        from qa.drafts.correct import corrected_text, corrected_word

        name = PurePath(self.draft.name or "草稿.txt")
        if self.draft.kind == "word":
            content = corrected_word(self.draft, self.items, datetime.now(UTC))
        else:
            content = corrected_text(self.draft, self.items).encode()
        return f"{name.stem}-已更正{name.suffix or '.txt'}", content

    def report(self) -> tuple[str, bytes]:
        """File name and bytes of the report (.docx), each source a footnote."""
        from qa.drafts.report import check_report

        name = PurePath(self.draft.name or "草稿")
        content = check_report(self.items, self.draft.name, datetime.now(UTC).astimezone().date())
        return f"{name.stem}-核对报告.docx", content

    def table(self) -> tuple[str, bytes]:
        """File name and bytes of the items as CSV."""
        from qa.drafts.report import check_csv

        name = PurePath(self.draft.name or "草稿")
        return f"{name.stem}-核对表.csv", check_csv(self.items)
